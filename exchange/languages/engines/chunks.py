"""A body in Markdown as the sentences to translate, each at its place, and the body put together again.

Blocks come from the parser that renders posts; within them nothing but sentences is ever
replaced, so lists, headings, tables, quotations and line ends stay as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt

from exchange.languages.sentences import sentences

from .protection import EMOJI, Mark, find, partners

# Characters that an engine gets at once; longer sentences are cut, at a comma if there is one.
LONGEST = 500

_LABEL = re.compile(r"^[ >]{0,9}\[([^\[\]\n]+)\]:\s*\S", re.MULTILINE)
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_HASHES = re.compile(r"[ \t]+#+[ \t]*\Z")
_COMMA = re.compile(r"[，、；;,][\s”’\"']*|\s+")
_EMOJI_BEFORE = re.compile(rf"(?:{EMOJI}|\s)+")
_EMOJI_BEHIND = re.compile(rf"(?:{EMOJI}|\s)+\Z")
_EDGES = re.compile(r"[\s\\]*\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """`body[start:end]` is one sentence or a part of one; `marks` count from `start`."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    is_cell: bool = False

    def text(self, body: str) -> str:
        return body[self.start : self.end]

    def within(self, start: int, end: int) -> Piece:
        """The part `body[start:end]` of it."""
        marks = _clipped(self.marks, start - self.start, end - self.start)
        return replace(self, start=start, end=end, marks=marks)

    def between(self, body: str, start: int, end: int) -> Piece:
        """The part of it that is in `body[start:end]` and cuts no mark, without spaces around."""
        start, end = max(start, self.start), min(end, self.end)
        for mark in self.marks:
            first, last = self.start + mark.start, self.start + mark.end
            start = last if first < start < last else start
            end = first if first < end < last else end
        return _trimmed(body, self.within(start, max(start, end)))

    def has_words(self, body: str) -> bool:
        """Whether a letter is outside its marks."""
        masked = list(self.text(body))
        for mark in self.marks:
            masked[mark.start : mark.end] = " " * (mark.end - mark.start)
        return any(char.isalpha() for char in masked)


@dataclass(frozen=True, slots=True)
class _Block:
    lines: tuple[tuple[int, int], ...]
    is_cell: bool


def pieces(body: str, names: Collection[str] = ()) -> list[Piece]:
    """What there is to translate of a body, in order: every sentence with a letter outside its marks.

    Code, definitions of links, rules and the lines of tables are none of it.
    """
    labels = {label.casefold() for label in _LABEL.findall(body)}
    found: list[Piece] = []
    for block in _blocks(body):
        marks = _marks(body, block, names, labels)
        for start, end in block.lines:
            line = Piece(start, end, _clipped(marks, start, end), block.is_cell)
            found += [
                _trimmed(body, piece) for piece in _sentences(body, line) if piece.has_words(body)
            ]
    return found


def put_back(body: str, parts: Sequence[Piece], texts: Sequence[str]) -> str:
    """The body with each piece's text in its place; with their own texts it is the body again."""
    made, done = [], 0
    for piece, text in zip(parts, texts, strict=True):
        made += [body[done : piece.start], text]
        done = piece.end
    return "".join([*made, body[done:]])


def _blocks(body: str) -> Iterator[_Block]:
    """The blocks with words in them, and where each of their lines is in the body."""
    starts = [0, *(match.end() for match in re.finditer("\n", body))]
    lines = body.split("\n")
    cells: dict[int, int] = {}
    kind = ""
    for token in _parser().parse(body.replace("\r", " ").replace("\0", " ")):
        if token.type != "inline":
            kind = token.type
            continue
        if not token.map or not token.content:
            continue
        first = token.map[0]
        if kind in ("th_open", "td_open"):
            place = _cell(lines[first], token.content, cells.get(first, 0))
            if place:
                cells[first] = place[1]
                yield _Block(((starts[first] + place[0], starts[first] + place[1]),), True)
            continue
        placed = [
            (starts[first + at] + place[0], starts[first + at] + place[1])
            for at, content in enumerate(token.content.split("\n"))
            if first + at < len(lines) and (place := _line(lines[first + at], content, kind))
        ]
        if placed:
            yield _Block(tuple(placed), False)


@cache
def _parser() -> MarkdownIt:
    """Blocks as `render.py` sees them, without what is in them. Keeps no state between texts."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.disable(["inline", "html_block"])


def _line(line: str, content: str, kind: str) -> tuple[int, int] | None:
    """Where the words of a block's line are: behind its marks of list, quotation or heading."""
    content = content.strip()
    end = len(line.rstrip())
    if kind == "heading_open" and not line[:end].endswith(content):
        end = len(_HASHES.sub("", line[:end]))
    start = end - len(content)
    if not content or start < 0 or line[start:end] != content:
        return None
    task = _TASK.match(content)
    start += task.end() if task else 0
    end = start + len(_EDGES.sub("", line[start:end]))
    return (start, end) if start < end else None


def _cell(line: str, content: str, after: int) -> tuple[int, int] | None:
    raw = content.replace("|", "\\|")
    start = line.find(raw, after)
    return (start, start + len(raw)) if start >= 0 else None


def _marks(body: str, block: _Block, names: Collection[str], labels: Collection[str]) -> list[Mark]:
    """Found over the whole block, for code and links may go over its lines' ends."""
    text, done = [], block.lines[0][0]
    for start, end in block.lines:
        text += [re.sub(r"[^\n]", " ", body[done:start]), body[start:end]]
        done = end
    first = block.lines[0][0]
    return [
        Mark(mark.start + first, mark.end + first, mark.kind)
        for mark in find("".join(text), names, labels)
    ]


def _clipped(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks in a stretch, counted from its start."""
    return tuple(
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if mark.start < end and mark.end > start
    )


def _sentences(body: str, line: Piece) -> Iterator[Piece]:
    masked = _masked(line.text(body), line.marks)
    for span in sentences(masked):
        for start, end in _cut(masked, *_stripped(masked, *span)):  # emoji are masked
            yield line.within(line.start + start, line.start + end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and emoji at its edges."""
    before = _EMOJI_BEFORE.match(text, start, end)
    start = before.end() if before else start
    return start, start + len(_EMOJI_BEHIND.sub("", text[start:end]))


def _masked(text: str, marks: Sequence[Mark]) -> str:
    """The text with letters for its marks, at the same offsets, so that no sentence ends in one."""
    pieces, done = [], 0
    for mark in marks:
        sign = {"keep": "X", "close": "]", "open": "["}.get(mark.kind, "*")
        pieces += [text[done : mark.start], sign * (mark.end - mark.start)]
        done = mark.end
    return "".join([*pieces, text[done:]])


def _cut(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence of more than `LONGEST` characters in parts."""
    while end - start > LONGEST:
        commas = [match.end() for match in _COMMA.finditer(masked, start + 1, start + LONGEST)]
        at = commas[-1] if commas else _between_letters(masked, start + LONGEST)
        yield start, start + len(masked[start:at].rstrip())
        start = at
    if start < end:
        yield start, end


def _between_letters(masked: str, at: int) -> int:
    """Not in a word or a mark, if one of the last hundred places is neither."""
    for place in range(at, at - 100, -1):
        if not (masked[place - 1].isascii() and masked[place].isascii()):
            return place
    return at


def _trimmed(body: str, piece: Piece) -> Piece:
    """Without links and emphasis around the whole of it, and emoji, which need not go to the engine.

    Emphasis of which only one end is inside is kept like a name: it cannot be left out.
    """
    other = partners(mark.kind for mark in piece.marks)
    start, end = _core(piece, other)
    marks = tuple(
        replace(mark, kind="keep") if "emphasis" in mark.kind and at not in other else mark
        for at, mark in enumerate(piece.marks)
    )
    return replace(piece, marks=marks).within(*_stripped(body, start, end))


def _core(piece: Piece, other: dict[int, int]) -> tuple[int, int]:
    """Where a piece begins and ends without the marks that end, or begin, outside of what is left."""
    start, end = piece.start, piece.end
    first, last = 0, len(piece.marks) - 1
    while first <= last:
        opening, closing = piece.marks[first], piece.marks[last]
        opens = opening.kind.endswith("open") and piece.start + opening.start == start
        closes = closing.kind.endswith("close") and piece.start + closing.end == end
        if opens and other.get(first, last) >= last and (closes or first not in other):
            start, first = piece.start + opening.end, first + 1
        elif closes and other.get(last, -1) < first:
            end, last = piece.start + closing.start, last - 1
        else:
            break
    return start, end
