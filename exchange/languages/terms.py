"""Where the glossary's wordings stand in a text: the longest at each place, in both languages.

Texts and wordings are folded alike, character for character, so that places stay: small letters,
half-width forms, Simplified characters. What a machine reads, code and addresses, and whom somebody
calls by name is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from . import mentions
from .conversion import convert

type Place = tuple[int, int, int]

_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = "\u3000\xa0\t\n"
_PLAIN: dict[int, int | str] = {**_FULL_WIDTH, **{ord(char): " " for char in _SPACES}}
_PLAIN |= {ord(char): "'" for char in "’‘"}
# Each alternative takes what it reads for good (`++`), so the whole is linear.
_APART = re.compile(
    r"^ {0,3}(`{3,}+)[^`\n]*$.*?(?:^ {0,3}\1`*[ \t]*$|\Z)"
    r"|^ {0,3}(~{3,}+)[^\n]*$.*?(?:^ {0,3}\2~*[ \t]*$|\Z)"
    r"|(?<!`)`++[^`\n]++`++"
    r"|(?<=\]\()[^\s)]++"
    r"|(?:https?://|www\.)[^\s<>，。！？；：、（）「」『』【】]++"
    r"|(?<![\w.+-])[a-zA-Z0-9_.+-]{1,64}+@[a-zA-Z0-9-]++(?:\.[a-zA-Z0-9-]++)+",
    re.MULTILINE | re.DOTALL,
)
_CALLED = re.compile(r"[@＠][\w.’·-]{1,30}")
# Left in place of what is apart: it is part of no wording and no word.
_GAP = "\0"
# Abbreviations that are everyday words in small letters: “she sat” is no exam.
_WORDS_TOO = frozenset(
    "act aids am cap er gap goat ira it ma mom op or pa pe pin pm sat sim ta tap us who".split()
)
_MONEY_BEFORE = frozenset("$¥€£.,")
_MONEY_BEHIND = frozenset("元块塊刀%")


@dataclass(frozen=True, slots=True)
class Terms:
    """Wordings ready to be looked for, made by `compiled`.

    `ids` has the folded ones, `lengths` theirs by first character, the longest first. `capitals` are
    those that count only where they are written as abbreviations are.
    """

    ids: Mapping[str, int]
    lengths: Mapping[str, tuple[int, ...]]
    capitals: frozenset[str]


def compiled(wordings: Iterable[tuple[int, Iterable[str]]]) -> Terms:
    """From `(term's id, its wordings)`. A wording that two terms have leads to the first."""
    ids: dict[str, int] = {}
    capitals: set[str] = set()
    for number, listed in wordings:
        for wording in listed:
            if key := folded(wording):
                ids.setdefault(key, number)
                if wording.isupper() and key in _WORDS_TOO:
                    capitals.add(key)
    lengths: dict[str, set[int]] = {}
    for key in ids:
        lengths.setdefault(key[0], set()).add(len(key))
    by_length = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
    return Terms(ids, by_length, frozenset(capitals))


def find(text: str, terms: Terms, names: Collection[str] | None = None) -> list[Place]:
    """`(start, end, term's id)` of each wording in a text, from left to right, none within another.

    An English wording begins and ends where words do, also right beside Han, and takes a plural's
    ending along. `names` are the members' that the text calls, as `mentions` has them; without them
    all that follows an `@` at once is taken for a name. About 2 ms for 10,000 characters.
    """
    prose = _without_names(_APART.sub(_blank, text), names)
    plain = folded(prose)
    found: list[Place] = []
    at = 0
    while at < len(plain):
        place = _longest(prose, plain, at, terms) if plain[at] in terms.lengths else None
        if place:
            found.append(place)
        at = place[1] if place else at + 1
    return found


def folded(text: str) -> str:
    """As long as the text: two writings of one wording are the same folded."""
    plain = text.translate(_PLAIN)
    small = plain.lower()
    if len(small) != len(plain):
        small = "".join(low if len(low := char.lower()) == 1 else char for char in plain)
    return convert(small, "tw2s")


def key(wording: str) -> str:
    """What two terms may not share: folded, with single spaces."""
    return " ".join(folded(wording).split())


def is_meant(text: str) -> bool:
    """Whether an abbreviation that is an everyday word as well is written as one: SAT, but not "she sat"."""
    return text.lower() not in _WORDS_TOO or text.isupper()


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def _longest(prose: str, plain: str, at: int, terms: Terms) -> Place | None:
    if _joined(plain, at):
        return None
    for length in terms.lengths[plain[at]]:
        wording = plain[at : at + length]
        if wording not in terms.ids or _is_small(prose, at, wording, terms):
            continue
        end = _end(plain, at + length)
        if end and not (wording.isdecimal() and _is_amount(plain, at, end)):
            return at, end, terms.ids[wording]
    return None


def _is_small(prose: str, at: int, wording: str, terms: Terms) -> bool:
    return wording in terms.capitals and not prose[at : at + len(wording)].isupper()


def _end(plain: str, end: int) -> int:
    """Where the word ends that a wording ends in, with a plural's `s` or `es`; 0 where it goes on."""
    if not _joined(plain, end):
        return end
    for ending in ("s", "es"):
        behind = end + len(ending)
        if (
            plain[end - 1].isalpha()
            and plain.startswith(ending, end)
            and not _joined(plain, behind)
        ):
            return behind
    return 0


def _joined(plain: str, at: int) -> bool:
    """Whether one word goes on over this place. `\\b` would say so of `a租` as well."""
    return 0 < at < len(plain) and _of_word(plain[at - 1]) and _of_word(plain[at])


def _of_word(char: str) -> bool:
    """A letter or figure of a script that puts spaces between words, or what joins them in code."""
    return (char.isalnum() and char < "\u2e80") or char in "_\u0301\u0300\u0304\u030c"


def _is_amount(plain: str, start: int, end: int) -> bool:
    """Whether figures are part of a price or of a longer number."""
    before, behind = plain[max(start - 1, 0) : start], plain[end : end + 2]
    decimals = behind[:1] in (".", ",") and behind[1:].isdecimal()
    return before in _MONEY_BEFORE or behind[:1] in _MONEY_BEHIND or decimals


def _without_names(text: str, names: Collection[str] | None) -> str:
    if names is None:
        return _CALLED.sub(_blank, text)
    for start, end in list(mentions.find(text, names)):
        text = text[:start] + _GAP * (end - start) + text[end:]
    return text


def _blank(found: re.Match[str]) -> str:
    return _GAP * len(found[0])
