"""Where sentences end, in Chinese, English and texts of both, and which says which.

Rules, not statistics: a full stop of Chinese always ends a sentence, one of English unless it is
part of a number, a name or an abbreviation, and none within a short quotation or bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .align import path
from .text import weighted_length

# Longer quotations are passages of their own, whose sentences are told apart.
LONGEST_QUOTATION = 120

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"
_CLOSERS = "\"'”’»)\\]）】」』》〉*_~"
# What ends a sentence, and what goes with the end: closing marks, spaces, emoji, more line ends.
_END = re.compile(
    rf"(?P<stop>\n|[。！？｡!?]+[.。！？!?…]*|[.…]+)(?P<closers>[{_CLOSERS}]*)"
    "(?P<rest>[^\\S\n]*(?:[\U0001f000-\U0001faff\u2600-\u27bf\u200d\ufe0f]+[^\\S\n]*)*\n*)"
)
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]|['’.])*\Z")
# Never the last word of a sentence.
_GO_ON = frozenset(
    "mr mrs ms dr prof st no nos fig figs vs e.g eg i.e ie approx apt dept ave blvd rd cf ca est "
    "rev hon gen vol p pp p.s al incl max min ph".split()
)
# The last word of a sentence only where the next one begins with a capital.
_MAY_END = frozenset(
    "etc a.m p.m am pm inc ltd co corp jr sr u.s u.k d.c ph.d b.a m.a b.s m.s sq ft in oz lb lbs "
    "hr hrs mo mos wk yr yrs jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu "
    "fri sat sun ext tel dist univ".split()
)
_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "‘": "’", "《": "》"}
_MARK = re.compile('[“”「」『』（）()‘’《》"\n]')
# `“……。”他说` goes on behind the quotation.
_SAYS = re.compile(rf"[{_HAN}]{{0,4}}?(?:说|說|道|问|問|答|喊|叫|写|寫)")


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    kind: str = ""

    @property
    def length(self) -> int:
        return weighted_length(self.text.strip())


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence with the space behind it; joined they are the text.

    A line end ends a sentence. "" gives []. Linear.
    """
    quoted = _quotations(text)
    ends = [match.end() for match in _END.finditer(text) if _is_end(text, match, quoted)]
    spans, start = [], 0
    for end in ends:
        spans.append((start, end))
        start = end
    if start < len(text):
        spans.append((start, len(text)))
    return _without_blank(text, spans)


def align(left: str, right: str) -> list[tuple[str, str]]:
    """A text and its translation, sentence beside sentence, in order.

    The first members joined are `left`, the second members `right`; "" has no counterpart. Paragraphs
    are paired before their sentences.
    """
    return [
        pair
        for a, b in _beside(_paragraphs(left), _paragraphs(right))
        for pair in _beside(_sentences(a), _sentences(b))
    ]


def _beside(ours: list[_Part], theirs: list[_Part]) -> Iterator[tuple[str, str]]:
    if not ours and not theirs:
        return
    for a, b, c, d in path(ours, theirs):
        yield "".join(part.text for part in ours[a:b]), "".join(part.text for part in theirs[c:d])


def _paragraphs(text: str) -> list[_Part]:
    return [_Part(line) for line in re.findall(r"\n*[^\n]+\n*|\n+", text)]


def _sentences(text: str) -> list[_Part]:
    return [_Part(text[start:end]) for start, end in sentences(text)]


def _without_blank(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A span of white space alone goes with the one before it, or behind it at the beginning."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        blank_before = bool(kept) and text[slice(*kept[-1])].isspace()
        if kept and (blank_before or text[start:end].isspace()):
            kept[-1] = kept[-1][0], end
        else:
            kept.append((start, end))
    return kept


def _quotations(text: str) -> bytearray:
    """A 1 for each character inside a short quotation or bracket that closes on its line."""
    inside = bytearray(len(text))
    waiting: list[tuple[str, int]] = []
    for mark in _MARK.finditer(text):
        sign, at = mark[0], mark.start()
        if sign == "\n":
            waiting.clear()
        elif sign in _PAIRS or (sign == '"' and _opens(text, at, waiting)):
            waiting.append((_PAIRS.get(sign, sign), at))
        elif any(close == sign for close, _ in waiting[-3:]):
            while waiting[-1][0] != sign:
                waiting.pop()
            start = waiting.pop()[1]
            if at - start <= LONGEST_QUOTATION:
                inside[start:at] = b"\1" * (at - start)
    return inside


def _opens(text: str, at: int, waiting: list[tuple[str, int]]) -> bool:
    """Whether a straight quotation mark opens: behind a space and so on, and none is open."""
    if any(close == '"' for close, _ in waiting[-3:]):
        return False
    return at == 0 or not text[at - 1].isalnum() or "\u3400" <= text[at - 1] <= "\u9fff"


def _is_end(text: str, match: re.Match[str], quoted: bytearray) -> bool:
    stop, following = match["stop"], text[match.end() : match.end() + 1]
    if stop == "\n" or not following or "\n" in match["rest"]:
        return True
    if quoted[match.start()]:
        # The end of a quotation ends what is around it too, unless that goes on.
        closes = match["closers"] and not quoted[match.end() - len(match["rest"]) - 1]
        if not closes:
            return False
    goes_on = following.islower() or (following in "，,、；;：:" or _SAYS.match(text, match.end()))
    if match["closers"].rstrip("*_~") and goes_on:
        return False
    if stop[0] in "。！？｡":
        return True
    if not match["rest"] and not re.match(f"[{_HAN}“「『]", following):
        return False
    return _ends_english(text, match, following)


def _ends_english(text: str, match: re.Match[str], following: str) -> bool:
    stop = match["stop"]
    if stop[0] in "!?":
        return True
    if len(stop) > 1 or stop == "…":
        return bool(match["rest"]) and following.isupper()
    line = text[max(0, match.start() - 40) : match.start()]
    if re.search(r"(?:\A|\n)[^\S\n]*\d{1,3}\Z", line):  # the number of a list
        return False
    found = _WORD_BEFORE.search(line)
    word = found[0].lower().strip("'’.") if found else ""
    if word in _GO_ON and (word != "no" or following.isdigit()):
        return False
    if len(word) == 1 and word != "i" and line[-1:].isupper():  # an initial
        return False
    return not (word in _MAY_END or "." in word) or not (following.islower() or following.isdigit())
