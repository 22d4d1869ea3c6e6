"""CC-CEDICT's lines, read: one entry a reading, cross-references followed, the likelier first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .pinyin import beside

_LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*\Z")
_REFERENCE = re.compile(r"([^\s|\[\]/;,()]+)(?:\|([^\s|\[\]/;,()]+))?\[([^\]]*)\]")
_FOLLOWED = re.compile(
    r"(?:\([^)]*\) ?)?(?:(?:old |archaic |erroneous |common |popular |nonstandard |Japanese )*"
    r"variant of|(?:also )?see|erhua (?:form|variant) of|abbr\. (?:for|of|to)|same as|equivalent (?:to|of)"
    r"|contraction of|abbreviation (?:for|of)) "
    r"([^\s|\[\]/;,()]+)(?:\|([^\s|\[\]/;,()]+))?\[([^\]]*)\]"
)
_VARIANT = re.compile(r"(?:\([^)]*\) ?)?(?:[a-z]+ )?variant of ")
_MEASURES = re.compile(r"CL: ?(.*)\Z")
_MEASURES_INSIDE = re.compile(r" ?\(CL:([^()]*)\)")
_BOTH_SCRIPTS = re.compile("[\u3400-\u9fff]+\\|([\u3400-\u9fff]+)")
_SURNAME = re.compile(r"(?:surname [A-Z]|[A-Z]\w* \(surname\)|.*\bsurname\b)")
_OLD = re.compile(
    r"\((?:archaic|old|literary|dialect|classical|Tw|HK|loanword|vulgar|Buddhism|arch)\b[^)]*\)"
    r"|old variant|used in "
)
_FOLLOW_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Raw:
    """One line: `numbered` is the pinyin as it stands there, `proper` a capital in it."""

    simplified: str
    traditional: str
    numbered: str
    senses: tuple[str, ...]
    measures: tuple[str, ...] = ()

    @property
    def proper(self) -> bool:
        return self.numbered[:1].isupper() and not self.simplified.isascii()

    @property
    def pinyin(self) -> tuple[str, ...]:
        return beside(self.simplified, self.numbered)

    @property
    def surname(self) -> bool:
        return self.proper and any(map(_SURNAME.match, self.senses)) and len(self.simplified) < 3

    @property
    def variant(self) -> bool:
        return all(_VARIANT.match(sense) for sense in self.senses)

    @property
    def old(self) -> bool:
        """Every sense is marked as old, bookish or of one region, or only points elsewhere."""
        return all(map(_OLD.search, self.senses))


def lines(text: str) -> Iterator[Raw]:
    """The entries of a file in CC-CEDICT's format. Lines of another shape are passed over."""
    for line in text.splitlines():
        match = None if line.startswith("#") else _LINE.match(line)
        if match:
            parts = [part.strip() for part in match[4].split("/") if part.strip()]
            measures = tuple(_measures(parts))
            senses = tuple(
                _MEASURES_INSIDE.sub("", part) if "(CL:" in part else part
                for part in parts
                if not part.startswith("CL:")
            )
            if senses:
                yield Raw(match[2], match[1], match[3], senses, measures)


def _measures(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        if "CL:" in part:
            found = _MEASURES.match(part) or _MEASURES_INSIDE.search(part)
            for reference in _REFERENCE.finditer(found[1] if found else ""):
                yield reference[2] or reference[1]


def followed(entries: Iterable[Raw]) -> list[Raw]:
    """The entries with the senses of what they point at, and reading notes made readable."""
    listed = list(entries)
    by_word: dict[tuple[str, str], list[Raw]] = {}
    for entry in listed:
        by_word.setdefault((entry.traditional, entry.numbered.lower()), []).append(entry)
    return [_followed(entry, by_word) for entry in listed]


def _followed(entry: Raw, by_word: dict[tuple[str, str], list[Raw]]) -> Raw:
    senses: list[str] = []
    measures = list(entry.measures)
    for sense in entry.senses:
        target = None if len(senses) > 20 else _target(sense, by_word, entry)
        if target is None or not _VARIANT.match(sense):
            senses.append(readable(sense))
        if target is not None:
            senses += [readable(more) for more in target.senses if not _FOLLOWED.match(more)]
            measures += target.measures
    kept = dict.fromkeys(sense for sense in senses if sense)
    return replace(
        entry, senses=tuple(kept) or entry.senses, measures=tuple(dict.fromkeys(measures))
    )


def _target(sense: str, by_word: dict[tuple[str, str], list[Raw]], start: Raw) -> Raw | None:
    """What a sense that is only a pointer leads to, over at most three steps."""
    found: Raw | None = None
    for _ in range(_FOLLOW_AT_MOST):
        match = _FOLLOWED.match(sense) if "[" in sense else None
        if not match:
            break
        near = by_word.get((match[1], match[3].lower()), [])
        near = [entry for entry in near if entry is not start and not entry.surname]
        if not near:
            break
        found = near[0]
        sense = found.senses[0]
    return found


def readable(sense: str) -> str:
    """A sense with "裡|里[li3]" written "里 (lǐ)", and "裡|里" written "里"."""
    if "[" in sense:
        sense = _REFERENCE.sub(_reference, sense)
    return _BOTH_SCRIPTS.sub(r"\1", sense) if "|" in sense else sense


def _reference(match: re.Match[str]) -> str:
    word = match[2] or match[1]
    spoken = " ".join(beside(word, match[3]))
    return f"{word} ({spoken})"


def rank(entry: Raw) -> int:
    """0 for an everyday reading, more for what comes after it: names, old words, pointers, surnames."""
    if entry.surname:
        return 4
    if entry.variant:
        return 3
    if entry.old:
        return 2
    return 1 if entry.proper else 0
