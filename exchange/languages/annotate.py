"""The words of rendered HTML: where they stand in its text, and readings written over them.

Places count characters of the element's `textContent`, as `text_of` gives it. Browsers count code
units of UTF-16 there, where what lies beyond U+FFFF is two: `utf16` turns one into the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import accumulate
from typing import Any

from . import dictionary
from .inflection import bases
from .reading import Word, read
from .terms import is_meant

# A ">" may stand in an attribute's value.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|[^\">])*)>|<!--.*?-->", re.DOTALL)
_VOID = frozenset({"br", "hr", "img", "wbr"})
_WITHIN_LINES = frozenset({"a", "em", "strong", "del", "span", "b", "i", "bdi", "small"})
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_NO_WORDS = re.compile(r'class="[^"]*\bmention\b|translate="no"')
_ADDRESS = re.compile(r"https?://|www\.|/|@|\.\w")
# Pieces that a term of the glossary may be cut into, the spaces between English words included.
_LONGEST_TERM = 11


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, or the text between two. `blind` text has no words: code, names, what is not translated."""

    markup: str
    text: str
    blind: bool = False
    ends_run: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A word in the text of some HTML at text[start:end], and the glossary's term that it is, or None."""

    word: Word
    start: int
    end: int
    term: Any = None


def pieces(html: str) -> Iterator[Piece]:
    """The tags and texts of well-formed HTML, as `render.sanitise` writes it, in order."""
    at, blind_in, depth = 0, "", 0
    for tag in _TAG.finditer(html):
        if tag.start() > at:
            yield Piece("", unescape(html[at : tag.start()]), depth > 0)
        at = tag.end()
        name = (tag[2] or "").lower()
        yield Piece(tag[0], "", ends_run=name not in _WITHIN_LINES)
        if name == "pre" and not tag[1] and html.startswith("\n", at):
            at += 1  # a parser drops it
        if name in _VOID or not name:
            continue
        if depth and name == blind_in:
            depth += -1 if tag[1] else 1
        elif not depth and not tag[1] and (name in _CODE or _NO_WORDS.search(tag[3])):
            blind_in, depth = name, 1
    if at < len(html):
        yield Piece("", unescape(html[at:]), depth > 0)


def text_of(html: str) -> str:
    """What a browser's `textContent` gives for an element with this HTML in it."""
    return "".join(piece.text for piece in pieces(html))


def utf16(text: str) -> Callable[[int], int]:
    """From a place in a text to the same place counted in code units of UTF-16."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return int
    units = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
    return units.__getitem__


def runs(html: str) -> list[tuple[int, str]]:
    """The stretches of text that are read on without a break, and where each begins."""
    found: list[tuple[int, str]] = []
    at, start, run = 0, 0, ""
    for piece in [*pieces(html), Piece("", "", ends_run=True)]:
        if (piece.ends_run or piece.blind) and run:
            found.append((start, run))
            run = ""
        if piece.text and not piece.blind:
            start = start if run else at
            run += piece.text
        at += len(piece.text)
    return [(start, run) for start, run in found if run.strip()]


def words_of(html: str, terms: Mapping[str, Any] | None = None) -> list[Found]:
    """The words of some HTML in order, without spaces, punctuation and addresses.

    `terms` are the glossary's by each of their forms as `term_key` writes it: where words side by
    side make a term, that is the word.
    """
    return [
        Found(word, start + word.start, start + word.end, term)
        for start, run in runs(html)
        for word, term in _with_terms(read(run), terms or {})
        if term or _is_word(word)
    ]


def _is_word(word: Word) -> bool:
    if word.pinyin is not None:
        return True
    return word.base is not None and len(word.text) > 1 and not _ADDRESS.search(word.text)


def term_key(form: str) -> str:
    """A term's form as it is looked for: Simplified, lower case, one space between words."""
    return " ".join(dictionary.simplified(form).lower().replace("’", "'").split())


def _with_terms(words: Sequence[Word], terms: Mapping[str, Any]) -> Iterator[tuple[Word, Any]]:
    at = 0
    while at < len(words):
        count, term = _term_at(words, at, terms) if terms else (1, None)
        yield (_joined(words[at : at + count]) if term else words[at]), term
        at += count


def _term_at(words: Sequence[Word], at: int, terms: Mapping[str, Any]) -> tuple[int, Any]:
    """How many words from here on are a term, and which; the longest one."""
    if words[at].text.isspace():
        return 1, None
    for count in range(min(_LONGEST_TERM, len(words) - at), 0, -1):
        text = "".join(word.text for word in words[at : at + count])
        if len(text) > 1 and (term := _term(text, terms)) is not None:
            return count, term
    return 1, None


def _term(text: str, terms: Mapping[str, Any]) -> Any:
    if not is_meant(text):
        return None
    key = term_key(text)
    if key in terms:
        return terms[key]
    if not key.isascii():
        return None
    start, _, last = key.rpartition(" ")
    forms = (f"{start} {base}".strip() for base in bases(last))
    return next((terms[form] for form in forms if form in terms), None)


def _joined(words: Sequence[Word]) -> Word:
    if len(words) == 1:
        return words[0]
    text = "".join(word.text for word in words)
    sounds = [word.pinyin or tuple(word.text) for word in words]
    pinyin = tuple(syllable for word in sounds for syllable in word)
    return replace(
        words[0],
        text=text,
        end=words[-1].end,
        pinyin=pinyin if dictionary.has_han(text) else None,
        base=None if dictionary.has_han(text) else text.lower(),
    )


def with_readings(html: str, found: Sequence[Found], over: Callable[[Word], Sequence[str]]) -> str:
    """The HTML with `<ruby>` around Chinese words. `over` gives what stands over a word, an element
    a character, or nothing. A word that a tag divides gets the part of its reading in each."""
    marks = [(f.start, f.end, tuple(over(f.word))) for f in found if f.word.pinyin is not None]
    out: list[str] = []
    begin, place = 0, 0
    for piece in pieces(html):
        end, at = begin + len(piece.text), begin
        out.append(piece.markup)
        while place < len(marks) and marks[place][0] < end:
            start, stop, sounds = marks[place]
            here = max(start, begin)
            out.append(escape(piece.text[at - begin : here - begin], quote=False))
            at = min(stop, end)
            part = sounds[here - start : at - start]
            out.append(_ruby(piece.text[here - begin : at - begin], part))
            if stop > end:
                break
            place += 1
        out.append(escape(piece.text[at - begin :], quote=False))
        begin = end
    return "".join(out)


def _ruby(words: str, sounds: Sequence[str]) -> str:
    reading = "".join(sounds)
    if not words or not reading:
        return escape(words, quote=False)
    return f"<ruby>{escape(words)}<rp>(</rp><rt>{escape(reading)}</rt><rp>)</rp></ruby>"


def spelled(sounds: Sequence[str]) -> str:
    """The pinyin of a word as it is written together: "yínháng", and "xī’ān" where it has to be."""
    out = ""
    for sound in sounds:
        out += "’" if out and out[-1].isalpha() and _needs_mark(sound) else ""
        out += sound
    return out


def _needs_mark(sound: str) -> bool:
    return unicodedata.normalize("NFD", sound)[:1] in ("a", "e", "o")
