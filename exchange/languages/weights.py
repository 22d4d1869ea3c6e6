"""What each word counts when text is cut: its frequency, less for what seldom stands there as a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from .inflection import bases

if TYPE_CHECKING:
    from .curated import Curated

# A character that is a word in less than so many of its uses is bound (午 of 中午, 文 of 作文). One
# as rare as half of that counts half, so that 写|作文 costs less than 写作|文.
_FREE_AT_LEAST = 0.12
# Newspapers, which the frequencies are of, have "in the course of" and authorities far more often
# than talk has: 中午|睡, 手机|关.
_NEWSPRINT = {"中": 0.2, "机关": 0.01}
# A headword that the list of frequencies has hardly seen may be only its parts beside each other,
_SELDOM = 5
# where both are so common that they stand so by chance (经济|发展, not 健康保险),
_BY_CHANCE = 1.0
# or both usual enough to be looked up by themselves (隔壁|邻居),
_USUAL = 500
# or one is what an everyday verb is done to (剪|头发, not 放鸽子), or not so (不|透明, not 不在乎).
_COMMON_VERB, _COMMON_OBJECT = 300, 200
_NOT_LISTED = 10
_ABOVE_CHANCE = 3
# The list of frequencies is the mainland's: what people in Taiwan say daily is hardly in it (国中).
_TAIWAN, _TAIWAN_AT_LEAST = "(Tw)", 60
# 从来|不 and 差点|没, but not 不得不.
_DENIED = re.compile(r"[^不无避]\w[不没]\Z")
_TO_DO = re.compile(r"(?:\([^)]*\) ?)?to |\(to ")
# A name, or a question: 巴黎大学, 什么时候.
_NAME = re.compile(r"[A-Z?]")
_ENGLISH_WORD = re.compile(r"[a-z]+")
_NO_CONTENT = frozenset(
    "a an the to of for in on at by with from into and or be is as sth sb s one oneself etc fig lit "
    "esp usu also i e g get make have do take up out off it that which who not".split()
)
_SHORTEST_STEM = 4

type Frequencies = Mapping[str, int]


class Weights:
    """`seen` are the frequencies of a list with more words than ours, `senses` those of headwords."""

    def __init__(self, seen: Frequencies, senses: Mapping[str, Sequence[str]]) -> None:
        self.seen = seen
        self.total = sum(seen.values())
        self.uses: Counter[str] = Counter()
        for word, frequency in seen.items():
            for char in word:
                self.uses[char] += frequency
        self.senses = senses

    def of(self, frequencies: Frequencies, reviewed: Curated) -> dict[str, int]:
        """Each word's weight, 0 for what is cut apart. What was reviewed as whole never is."""
        apart = reviewed.apart - reviewed.whole
        found: dict[str, int] = {}
        for word, frequency in frequencies.items():
            known = word in reviewed.words
            is_parts = word in apart or (not known and self.is_parts(word))
            found[word] = 0 if is_parts else self._of(word, frequency)
        for word in reviewed.whole & found.keys():
            found[word] = max(found[word], self._above_chance(word))
        return found

    def _above_chance(self, word: str) -> int:
        """What a word of two characters has to count so as not to be cut: 老|是."""
        if len(word) != len("老是"):
            return 1
        return int(_ABOVE_CHANCE * self._chance(word[0], word[1]))

    def _chance(self, first: str, last: str) -> float:
        return self.seen.get(first, 0) * self.seen.get(last, 0) / self.total

    def _of(self, word: str, frequency: int) -> int:
        if len(word) == 2 and any(_TAIWAN in sense for sense in self.senses.get(word, ())):
            return max(frequency, _TAIWAN_AT_LEAST)
        share = _NEWSPRINT.get(word, 1.0)
        if len(word) == 1 and self.uses[word]:
            share = min(share, self.seen.get(word, 0) / self.uses[word] / _FREE_AT_LEAST)
        return max(1, int(frequency * share))

    def is_parts(self, word: str) -> bool:
        """Whether a headword is no more than its parts: 经济|发展, 剪|头发, 从来|不."""
        if _DENIED.match(word):
            return self.seen.get(word[:2], 0) >= _COMMON_OBJECT
        meant = self.senses.get(word, ())
        if len(word) == len("不透明") and word[0] == "不" and self.seen.get(word, 0) <= _NOT_LISTED:
            return self.seen.get(word[1:], 0) >= _COMMON_OBJECT
        if not meant or self.seen.get(word, 0) > _SELDOM or any(map(_NAME.search, meant)):
            return False
        if len(word) == 3:
            return self._is_done(word[0], word[1:], meant)
        halves = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        return any(self._are_neighbours(first, last, meant) for first, last in halves)

    def _is_done(self, verb: str, thing: str, meant: Sequence[str]) -> bool:
        """A verb and its object in a dictionary's words: each sense is to do something to the thing."""
        if self.seen.get(verb, 0) < _COMMON_VERB or self.seen.get(thing, 0) < _COMMON_OBJECT:
            return False
        if thing[0] in "不得" or not all(map(_TO_DO.match, meant)):
            return False
        named = self.senses.get(thing, ())
        return bool(named) and not _TO_DO.match(named[0]) and _within(named, meant)

    def _are_neighbours(self, first: str, last: str, meant: Sequence[str]) -> bool:
        shared = (_within(self.senses.get(part, ()), meant) for part in (first, last))
        if self._chance(first, last) >= _BY_CHANCE:
            return all(shared)
        usual = min(self.seen.get(first, 0), self.seen.get(last, 0)) >= _USUAL
        return usual and all(shared)


def _within(part: Sequence[str], whole: Iterable[str]) -> bool:
    """Whether each sense of the whole has a word of the part's meaning in it."""
    words = {word for sense in part for word in _content(sense)}
    return all(any(_akin(a, b) for a in _content(sense) for b in words) for sense in whole)


def _content(sense: str) -> set[str]:
    found = set(_ENGLISH_WORD.findall(sense.lower())) - _NO_CONTENT
    return {base for word in found for base in bases(word)}


def _akin(one: str, other: str) -> bool:
    """The same word, or one begins as the other does: hair and haircut, economy and economic."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST_STEM:
        return one == other
    return longer.startswith(shorter[: max(_SHORTEST_STEM, len(shorter) - 1)])
