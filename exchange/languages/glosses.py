"""The English of a dictionary: a sense's parts, what a Chinese word is in English, and the way back."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

MOST_WORDS_IN_PART = 8
WHOLE, IN_TWO, IN_SHORT, PHRASE_IN_SHORT = 6.0, 2.6, 2.0, 3.0
LOSS_A_SENSE, LOSS_A_PART = 0.5, 0.15
LOSS_OF_RANK = (0.0, 0.6, 2.5, 3.0, 4.0)
LOSS_OF_RARE_READING = 1.5
LOSS_BY_MARK = 1.5
# Most of what a single character counts are its uses in old texts and inside names.
LOSS_OF_CHARACTER = 0.9

_BRACKETS = re.compile(r"\[[^\]]*\]")
_PARENS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(
    r"\((?:archaic|old|literary|dialect|classical|Tw|HK|vulgar|bound form|slang|Buddhism|math|chemistry"
    r"|arch|derog|Cantonese|physics|biology|computing|botany|zoology|linguistics|military|onom)\b"
)
_POINTER = re.compile(
    r"(?:old |archaic |erroneous |also |Japanese )*(?:variant of|written|see\b|pr\.|CL:|abbr\.|used in|"
    r"used before|used after|used to|used as|used for|used at|used with|surname|erhua|same as|cf\.|"
    r"Taiwan pr|Beijing pr|classifier|particle|suffix|prefix|radical|Kangxi|interjection|onom|"
    r"equivalent of|indicat|lit\. .*fig\.|in data tables|contraction of|measure word)"
)
_LEAD = re.compile(r"\A(?:lit\. |fig\. |also |esp\. |usu\. |e\.g\. |i\.e\. |or )+")
_ARTICLE = re.compile(r"\A(?:to be |to |a |an |the |be )")
_TAIL = re.compile(r"(?: (?:sb|sth|somebody|something|one's|oneself|etc|of|sb's|sth's)\.?)+\Z")
_HAN = re.compile("[\u3400-\u9fff]")
_EDGES = " .,;:!?\"“”'‘’…-"
_TERM_WORD = re.compile(r"[a-z0-9]+(?:['’.+#-][a-z0-9]+)*[+#]*")
STOPWORDS = frozenset(
    "a an and are as at be by for from in into is it of on or sb sth that the to with one's etc not "
    "one who which sb's being has have was were used after before esp your his her".split()
)


class Sense(NamedTuple):
    """One sense of a headword as the index needs it: its number counts over the entry, from 0."""

    word: str
    text: str
    number: int
    rank: int
    usual: bool
    parts: tuple[str, ...]


def sense(word: str, text: str, number: int, rank: int = 0, *, usual: bool = True) -> Sense:
    return Sense(word, text, number, rank, usual, parts(text))


def parts(text: str) -> tuple[str, ...]:
    """The short English equivalents in a sense: "to rent (a room); to lease" is rent, lease."""
    found = []
    for piece in _split(text):
        part = bare(piece)
        if part and len(part.split()) <= MOST_WORDS_IN_PART:
            found.append(part)
    return tuple(dict.fromkeys(found))


def _split(text: str) -> Iterator[str]:
    for piece in _outside_parens(text, ";") if ";" in text else (text,):
        words = piece.split()
        # "cheap, inexpensive" lists; "before, during and after" does not.
        if "," in piece and len(words) > 2 and all(len(p.split()) < 3 for p in piece.split(",")):
            yield from piece.split(",")
        else:
            yield piece


def _outside_parens(text: str, mark: str) -> Iterator[str]:
    depth = start = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == mark and depth <= 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def bare(piece: str) -> str:
    """Without notes, articles and "to"; "" where it is only a pointer to another word."""
    text = _BRACKETS.sub("", piece) if "[" in piece else piece
    while "(" in text and (shorter := _PARENS.sub("", text)) != text:
        text = shorter
    text = " ".join(text.split()).strip(_EDGES)
    if not text or _POINTER.match(text):
        return ""
    text = _LEAD.sub("", text, count=1)
    text = _ARTICLE.sub("", text, count=1)
    text = _TAIL.sub("", text).strip(_EDGES)
    return text if text.isascii() or not _HAN.search(text) else ""


def key(term: str) -> str:
    """The form in which an English term is looked up: "To Move-House" is "move house"."""
    text = term.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = " ".join(text.replace("-", " ").replace("_", " ").split()).strip(_EDGES)
    shorter = _ARTICLE.sub("", text, count=1)
    return (shorter if shorter != text and shorter else text).strip(_EDGES)


def in_english(senses: Sequence[Sense], curated: Sequence[str], most: int = 16) -> list[str]:
    """What a Chinese word is in English, best first: curated, then the first of each sense."""
    scored: list[tuple[float, str]] = []
    entry = -1
    for sense in senses:
        entry += sense.number == 0
        loss = LOSS_BY_MARK * bool(_MARKS.search(sense.text)) + 3.0 * entry
        for place, part in enumerate(sense.parts):
            long = max(0, len(part.split()) - 3) * 1.2
            scored.append((sense.number + 0.7 * place + loss + long, part))
    scored.sort(key=lambda pair: pair[0])
    found = list(curated) + [part for _, part in scored]
    if any(sense.text.startswith("classifier") for sense in senses):
        found.append("measure word")
    unique: dict[str, str] = {}
    for term in found:
        unique.setdefault(key(term), term)
    return list(unique.values())[:most]


def scores(sense: Sense, frequency: int) -> Iterator[tuple[str, float]]:
    """The English terms that lead to a sense's headword, each with its score.

    6 for a whole part of the sense, 2 to 3 for a word or pair of words within a short one, plus
    log10 of the word's frequency, minus half a point for each sense before this one.
    """
    worth = (
        math.log10(frequency + 1) - LOSS_A_SENSE * min(sense.number, 6) - LOSS_OF_RANK[sense.rank]
    )
    worth -= LOSS_OF_RARE_READING * (not sense.usual)
    worth -= LOSS_OF_CHARACTER * (len(sense.word) == 1)
    worth -= LOSS_BY_MARK * bool(_MARKS.search(sense.text))
    for place, part in enumerate(sense.parts):
        value = worth - LOSS_A_PART * place
        term = key(part)
        if not term:
            continue
        yield term, WHOLE + value
        words = _TERM_WORD.findall(term)
        if 1 < len(words) <= 4:
            yield from _within(words, value)


def _within(words: Sequence[str], value: float) -> Iterator[tuple[str, float]]:
    for word in words:
        if word not in STOPWORDS:
            yield word, value + (IN_TWO if len(words) == 2 else IN_SHORT)
    if len(words) > 2:
        for first, second in pairwise(words):
            if first not in STOPWORDS and second not in STOPWORDS:
                yield f"{first} {second}", value + PHRASE_IN_SHORT
