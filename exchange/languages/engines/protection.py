"""What an engine must not touch goes as placeholders, which are verified when they come back.

A placeholder is letters and digits, `Z7Q`: every engine knows those, and they survive
lower-casing and added spaces. Text of a post that looks like one is made one itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from exchange.languages import mentions

type Kind = Literal["keep", "open", "close", "emphasis-open", "emphasis-close"]

_PLACEHOLDER = re.compile(r"[Zz]\s?(\d{1,4})\s?[Qq]")
# What engines and people write for "something goes here".
_LOOKALIKE = (
    r"[Zz]\s?\d{1,4}\s?[Qq]|\{\{?[^{}\n]{0,20}\}\}?|\[\[[^\[\]\n]{0,20}\]\](?![(\[])|⟦[^⟦⟧\n]{0,20}⟧"
    r"|%(?:\(\w{1,12}\))?[sd]\b|\$\{\w{1,12}\}|\b[A-Z]{2,12}_\d{1,4}\b|<\d{1,4}>"
)
_LOOKS_LIKE_ONE = re.compile(rf"{_LOOKALIKE}|__\w{{1,20}}__|⁇")

_UNITS = (
    "km²|m²|m2|ft²|sq\\.? ?ft|sqft|sq\\.? ?m|km/h|mph|km|cm|mm|kg|mg|lbs?|oz|ml|kWh|GB|MB|Mbps"
    "|°C|°F|℃|℉|㎡"
)
_CURRENCY = (
    "(?:US|CA|AU|NZ|HK|NT|S)?\\$|[€£¥￥]"
    "|(?<![A-Za-z])(?:USD|CAD|AUD|NZD|HKD|NTD|TWD|CNY|RMB|GBP|EUR|SGD)\\s?"
)
_NUMBER = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
# Chinese counts by ten thousands: the engine has to work such numbers out.
_NOT_COUNTED = r"(?!\d|[.,]\d|\s?[十百千万亿萬億]|[年月日号號点點时時])"
_FIGURE = (
    rf"(?<![0-9.])(?:{_CURRENCY}){_NUMBER}(?:[kKmM](?![A-Za-z]))?(?:\s?[-–~]\s?(?:{_CURRENCY})?{_NUMBER})?"
    rf"{_NOT_COUNTED}"
    rf"|(?<![A-Za-z0-9_.,]){_NUMBER}\s?(?:{_UNITS})(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9_.,]){_NUMBER}\s?[%％‰]"
    r"|(?<![A-Za-z0-9_.,])\d{4}-\d\d?-\d\d?(?![\w-])|(?<![A-Za-z0-9_.:])\d{1,2}:\d\d(?![\w:])"
    rf"|(?<![A-Za-z0-9_.,])(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+\.\d+|\d{{3,}}){_NOT_COUNTED}(?![A-Za-z0-9_])"
)
_DESTINATION = (
    r"\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
EMOJI = "[\U0001f000-\U0001faff\u2600-\u27bf][\U0001f000-\U0001faff\u2600-\u27bf\u200d\ufe0f]*"
# In this order at each place. Addresses are ASCII: Chinese goes on right behind them.
_SIGN = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    rf"|(?P<lookalike>{_LOOKALIKE})"
    r"|(?P<tag><(?:[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|/?[A-Za-z][^<>\n]*|!--[^<>\n]*--|[^\s<>@]+@[^\s<>]+)>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    rf"|(?P<end>\](?:{_DESTINATION}|\[[^\[\]\n]*\]))"
    r"|(?P<address>(?<![A-Za-z0-9@/._-])(?:[hH][tT][tT][pP][sS]?://[a-zA-Z0-9\[]|www\.[a-zA-Z0-9-]+\.[a-zA-Z])"
    r"[^\x00-\x20\x7f-\U0010ffff<>\"`|\\^{}]*)"
    r"|(?P<mail>(?<![a-zA-Z0-9_.+-])[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)"
    r"|(?P<bracket>!?\[|\])"
    rf"|(?P<figure>{_FIGURE})|(?P<emoji>{EMOJI})"
    r"|(?P<run>\*{1,3}(?!\*)|_{1,3}(?!_)|~~(?!~))",
    re.DOTALL,
)
# A quotation's first line: who said it and where.
_QUOTED = re.compile(r"\[[^\[\]\n]*#\d+\]\(/posts/\d+/\)")
_MOST_OPEN = 20
_STOPS = ".,;:!?)%"
_SURPLUS = ".,;:!?'*_~)]"


class Lost(ValueError):
    """A placeholder did not come back exactly once, or another one did."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that goes as a placeholder; of a link, its beginning and its end.

    `said` comes back instead of it: how the glossary puts it in the other language.
    """

    start: int
    end: int
    kind: Kind = "keep"
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str
    kind: Kind
    # Whether a space was put there, so that the placeholder is no part of a word.
    before: bool
    behind: bool


@dataclass(frozen=True, slots=True)
class Protected:
    """What the engine gets, and what its placeholders stand for."""

    text: str
    kept: tuple[_Kept, ...] = ()


def find(text: str, names: Collection[str] = (), labels: Collection[str] = ()) -> list[Mark]:
    """The parts of a block of Markdown that no engine may touch, in order and apart.

    `names` are the members called by name, `labels` the link definitions of the whole body in
    lower case.
    """
    marks = list(_signs(text, names, labels))
    return sorted(marks, key=lambda mark: mark.start)


def protect(text: str, marks: Sequence[Mark], *, emphasis: bool = True) -> Protected:
    """The text with placeholders; without `emphasis` its marks are left out and do not come back."""
    pieces: list[str] = []
    kept: list[_Kept] = []
    done, last = 0, ""
    for mark in marks:
        pieces.append(text[done : mark.start])
        last, done = (pieces[-1] or last)[-1:], mark.end
        if mark.kind.startswith("emphasis") and not emphasis:
            continue
        before = _needs_space(last, outer=not mark.kind.endswith("close"))
        behind = _needs_space(text[mark.end : mark.end + 1], outer=not mark.kind.endswith("open"))
        said = mark.said or text[mark.start : mark.end]
        kept.append(_Kept(said, mark.kind, before, behind))
        last = f"{' ' * before}Z{len(kept)}Q{' ' * behind}"
        pieces.append(last)
    return Protected("".join([*pieces, text[done:]]), tuple(kept))


def restore(output: str, protected: Protected, *, english: bool = False) -> str:
    """The engine's output with what the placeholders stand for. Raises `Lost`.

    In `english` they get the spaces around them that Chinese did not have.
    """
    found = list(_PLACEHOLDER.finditer(output))
    numbers = [int(match[1]) for match in found]
    if sorted(numbers) != list(range(1, len(protected.kept) + 1)):
        raise Lost(f"{len(protected.kept)} placeholders, came back as {numbers}")
    if _others(output) - _others(protected.text):
        raise Lost("placeholders that were not there")
    _check_order(protected.kept, numbers)
    made, done = "", 0
    for match in found:
        kept = protected.kept[int(match[1]) - 1]
        made = _before(made + output[done : match.start()], kept, english) + kept.text
        done = match.end()
        rest = output[done : done + 2]
        wanted = english and not kept.kind.endswith("open") and _is_word(rest.lstrip()[:1])
        done += kept.behind and rest[:1] == " " and not wanted
        if wanted and not rest[:1].isspace():
            made += " "
    return made + output[done:]


def around(text: str, marks: Sequence[Mark]) -> list[tuple[int, int, Mark | None]]:
    """The text cut at its marks but those of emphasis, for engines that lose them."""
    parts: list[tuple[int, int, Mark | None]] = []
    done = 0
    for mark in marks:
        if mark.kind.startswith("emphasis"):
            continue
        parts += [(done, mark.start, None), (mark.start, mark.end, mark)]
        done = mark.end
    return [part for part in [*parts, (done, len(text), None)] if part[0] < part[1]]


def without_placeholders(text: str) -> str:
    return _PLACEHOLDER.sub(" ", text)


def _others(text: str) -> Counter[str]:
    """What looks like a placeholder and is none of ours."""
    return Counter(_LOOKS_LIKE_ONE.findall(_PLACEHOLDER.sub(" ", text)))


def partners(kinds: Iterable[Kind]) -> dict[int, int]:
    """Which beginning belongs to which end, by their places, both ways."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {"": [], "emphasis-": []}
    for at, kind in enumerate(kinds):
        if kind.endswith("open"):
            waiting[kind.removesuffix("open")].append(at)
        elif kind.endswith("close") and waiting[kind.removesuffix("close")]:
            opening = waiting[kind.removesuffix("close")].pop()
            found |= {opening: at, at: opening}
    return found


def _check_order(kept: Sequence[_Kept], numbers: Sequence[int]) -> None:
    """A link never ends before it begins. (Either may be in another sentence.)"""
    place = {number - 1: at for at, number in enumerate(numbers)}
    for opening, closing in partners(one.kind for one in kept).items():
        if opening < closing and place[opening] > place[closing]:
            raise Lost("a link ends before it begins")


def _before(text: str, kept: _Kept, english: bool) -> str:
    """The text before a placeholder, without the space put there, or with the one that is wanted."""
    bare = text.removesuffix(" ") if kept.before else text
    last = bare[-1:]
    wanted = english and not kept.kind.endswith("close") and (_is_word(last) or last in _STOPS)
    return f"{bare} " if wanted and last else bare


def _needs_space(neighbour: str, *, outer: bool) -> bool:
    """Whether a placeholder would run into its neighbour: Latin outside, any letter inside."""
    if not neighbour or neighbour.isspace():
        return False
    return _is_word(neighbour) if outer else neighbour.isalnum()


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _signs(text: str, names: Collection[str], labels: Collection[str]) -> Iterator[Mark]:
    opening: list[tuple[int, int]] = []
    hard: list[Mark] = []
    runs: list[tuple[int, int]] = []
    for match in _unmentioned(text, names, hard):
        if match.lastgroup == "bracket" and match[0] != "]":
            opening.append(match.span())
        elif match.lastgroup == "bracket":
            _close_label(text, match, opening, labels, hard)
        elif match["end"] is not None:
            _close_link(text, match, opening, hard)
        elif match["run"] is not None:
            runs.append(match.span())
        else:
            hard.append(Mark(match.start(), _end(match)))
    hard = _apart(hard)
    yield from hard
    yield from _emphasis(text, _outside(runs, hard))


def _unmentioned(text: str, names: Collection[str], hard: list[Mark]) -> Iterator[re.Match[str]]:
    """The signs of a text in order, but for those in mentions, which are marked themselves."""
    called = list(mentions.find(text, names))
    at = 0
    while match := _SIGN.search(text, at):
        while called and called[0][0] < match.start():
            start, end = called.pop(0)
            hard.append(Mark(start, end))
            at = max(at, end)
        if match.start() < at:
            continue
        while called and called[0][0] < match.end():  # in code or an address it calls nobody
            called.pop(0)
        at = _end(match)
        yield match
    hard += [Mark(start, end) for start, end in called]


def _close_link(
    text: str, match: re.Match[str], opening: list[tuple[int, int]], hard: list[Mark]
) -> None:
    if not opening:
        hard.append(Mark(*match.span()))
        return
    start, end = opening.pop()
    whole = end == match.start() or match[0] == "][]"
    if whole or _QUOTED.fullmatch(text, start, match.end()):
        hard.append(Mark(start, match.end()))
        return
    hard += [Mark(start, end, "open"), Mark(*match.span(), "close")]


def _close_label(
    text: str,
    match: re.Match[str],
    opening: list[tuple[int, int]],
    labels: Collection[str],
    hard: list[Mark],
) -> None:
    if not opening:
        return
    start, end = opening.pop()
    if text[end : match.start()].casefold() in labels:
        hard.append(Mark(start, match.end()))


def _apart(marks: list[Mark]) -> list[Mark]:
    """Without marks inside others."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _outside(runs: list[tuple[int, int]], marks: list[Mark]) -> list[tuple[int, int]]:
    inside = {at for mark in marks for at in range(mark.start, mark.end)}
    return [run for run in runs if run[0] not in inside]


def _emphasis(text: str, runs: list[tuple[int, int]]) -> Iterator[Mark]:
    """Pairs of the same marks, the first before a letter and the second behind one."""
    waiting: list[tuple[int, int]] = []
    for start, end in runs:
        before, behind = text[start - 1 : start] or " ", text[end : end + 1] or " "
        within_word = text[start] == "_" and before.isalnum() and behind.isalnum()
        sign = text[start:end]
        opened = [at for at, run in enumerate(waiting) if text[slice(*run)] == sign]
        if opened and not before.isspace() and not within_word:
            first = waiting[opened[-1]]
            del waiting[opened[-1] :]
            yield Mark(*first, "emphasis-open")
            yield Mark(start, end, "emphasis-close")
        elif not behind.isspace() and not within_word:
            waiting = [*waiting[1 - _MOST_OPEN :], (start, end)]


def _end(match: re.Match[str]) -> int:
    """Of an address without the sentence's punctuation, and brackets that do not belong to it."""
    address = match["address"] or ""
    if not address:
        return match.end()
    end = len(address)
    while end and address[end - 1] in _SURPLUS:
        last = address[end - 1]
        opening = {")": "(", "]": "["}.get(last)
        if opening and address.count(opening, 0, end) >= address.count(last, 0, end):
            break
        end -= 1
    return match.start() + end
