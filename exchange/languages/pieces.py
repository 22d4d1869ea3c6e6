"""A text cut up to be translated piece by piece, and put together again with its own paragraphs.

A piece is a sentence, or what is not translated by sentences: a block of code, a line of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .sentences import align, sentences

# More fields than anybody fills in, or a form may hold (DATA_UPLOAD_MAX_NUMBER_FIELDS is 1,000).
MOST_PIECES = 200

_FENCED = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$\n*|\Z)", re.MULTILINE | re.DOTALL
)
_ROW = re.compile(r"[ \t]*\|")
# What a line of Markdown begins with: quotation marks, a list's sign, a heading's.
_LEAD = re.compile(r"\s*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+)*")
_HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Piece:
    """`lead` + `text` + `tail` is what stands in the original; `lead` is markup, `tail` white space.

    `there` is what the translation says for it, "" where it says nothing. `end` is where the piece
    ends in the original.
    """

    lead: str
    text: str
    tail: str
    end: int
    there: str = ""


def cut(original: str, translation: str = "") -> list[Piece]:
    """The pieces of a text, with what a translation of it has for each.

    Sentences that a translation makes one are one piece; what only the translation has goes with the
    piece before. A text of too many pieces is cut into paragraphs, one of far too many not at all.
    """
    if not original:
        return []
    for parts in (_aligned, _paragraphs):
        found = list(parts(original, translation))
        if len(found) <= MOST_PIECES:
            return list(_pieces(found))
    return list(_pieces([(original, translation)]))


def ends(pieces: Sequence[Piece]) -> str:
    """How a text was cut, as a form's field can hold it."""
    return ",".join(str(piece.end) for piece in pieces)


def cut_at(original: str, ends: str) -> list[Piece] | None:
    """The pieces that `ends` says; None where it says nothing that fits this text."""
    if not re.fullmatch(r"\d{1,6}(?:,\d{1,6}){0,999}", ends):
        return None
    at = [int(end) for end in ends.split(",")]
    if at != sorted(set(at)) or at[-1] != len(original):
        return None
    starts = [0, *at[:-1]]
    return list(_pieces([(original[a:b], "") for a, b in zip(starts, at, strict=True)]))


def join(pieces: Sequence[Piece], typed: Sequence[str], *, fill: bool) -> str:
    """The typed pieces as one text with the original's markup and paragraphs.

    For a piece that nobody typed anything for, the original's own words stand (`fill`), or nothing.
    """
    said: list[tuple[str, str]] = []
    for piece, raw in zip(pieces, typed, strict=True):
        words = raw.strip("\n").rstrip() if raw.strip() else piece.text if fill else ""
        if words:
            doubled = piece.lead.strip() and words.startswith(piece.lead.strip())
            said.append((words if doubled else piece.lead + words, piece.tail))
        elif said:  # the paragraph ends where its last sentence was left out
            said[-1] = said[-1][0], max(said[-1][1], piece.tail, key=_lines)
    return "".join(words + _between(words, tail) for words, tail in said).strip("\n").rstrip()


def _lines(space: str) -> int:
    return space.count("\n")


def _between(words: str, tail: str) -> str:
    """What goes behind a piece: the original's line ends, or the space that its own language wants."""
    if lines := _lines(tail):
        return "\n" * lines
    return "" if _HAN.match(words[-1:]) else " "


def _aligned(original: str, translation: str) -> Iterator[tuple[str, str]]:
    waiting = ""
    said: list[tuple[str, str]] = []
    for here, there in align(original, translation) if translation else _alone(original):
        if here:
            said.append((here, waiting + there))
            waiting = ""
        elif said:
            said[-1] = said[-1][0], said[-1][1] + there
        else:
            waiting += there
    yield from _whole_blocks(original, said)


def _alone(original: str) -> list[tuple[str, str]]:
    return [(original[start:end], "") for start, end in sentences(original)]


def _whole_blocks(original: str, parts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Parts that touch one block of code are one."""
    inside = [match.span() for match in _FENCED.finditer(original)]
    at, kept, block = 0, ("", ""), -1
    for here, there in parts:
        now = next((n for n, (a, b) in enumerate(inside) if a < at + len(here) and at < b), -1)
        if kept[0] and (now < 0 or now != block):
            yield kept
            kept = ("", "")
        kept, block = (kept[0] + here, kept[1] + there), now
        at += len(here)
    if kept[0]:
        yield kept


def _paragraphs(original: str, translation: str) -> Iterator[tuple[str, str]]:
    """One by one, where both have as many; else the translation stands whole beside the first."""
    ours = re.findall(r"[^\n]+\n*|\n+", original)
    theirs = re.findall(r"[^\n]+\n*|\n+", translation)
    if len(ours) != len(theirs):
        theirs = [translation, *[""] * (len(ours) - 1)]
    yield from zip(ours, theirs, strict=True)


def _pieces(parts: list[tuple[str, str]]) -> Iterator[Piece]:
    end = 0
    for here, there in parts:
        end += len(here)
        text = here.rstrip()
        lead = "" if _FENCED.match(text + "\n") or _ROW.match(text) else _lead(text)
        mine = there.strip()
        said = mine[len(_lead(mine)) :] if lead.strip() else mine
        yield Piece(lead, text[len(lead) :], here[len(text) :], end, said)


def _lead(text: str) -> str:
    found = _LEAD.match(text)
    return found[0] if found else ""
