"""What is said of an edition of the house rules beside the one before it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.languages.compare import Change, diff

NEW, GONE, OTHER, SAME = "new", "gone", "changed", "same"
# What members read of a rule, and so what makes an edition.
READ = ("code", "number", "name", "text")


@dataclass(frozen=True, slots=True)
class Said:
    """A rule as an edition has it. `state` is what became of it since the edition before; of one that
    is `changed`, `name_changes` and `text_changes` say where, each empty where nothing did."""

    code: str
    number: int
    name: Mapping[str, str]
    text: Mapping[str, str]
    state: str = SAME
    name_changes: Sequence[Change] = ()
    text_changes: Sequence[Change] = ()


def content(rules: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What an edition keeps of rules, in their order."""
    kept = [{key: rule[key] for key in READ} for rule in rules]
    return sorted(kept, key=lambda rule: int(rule["number"]))


def beside(
    rules: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]], language: str
) -> list[Said]:
    """The rules in their order, then those that are gone. `language` is the one that is read."""
    earlier = {rule["code"]: rule for rule in before}
    found = [_beside(rule, earlier.pop(rule["code"], None), language) for rule in rules]
    return found + [_said(rule, GONE) for rule in earlier.values()]


def _beside(rule: Mapping[str, Any], was: Mapping[str, Any] | None, language: str) -> Said:
    if was is None:
        return _said(rule, NEW)
    name, text = (_changes(was[part], rule[part], language) for part in ("name", "text"))
    return _said(rule, OTHER, name, text) if name or text else _said(rule, SAME)


def _said(rule: Mapping[str, Any], state: str, *changes: Sequence[Change]) -> Said:
    return Said(rule["code"], rule["number"], rule["name"], rule["text"], state, *changes)


def _changes(before: Mapping[str, str], after: Mapping[str, str], language: str) -> list[Change]:
    was, now = before.get(language, ""), after.get(language, "")
    return diff(was, now) if was != now else []
