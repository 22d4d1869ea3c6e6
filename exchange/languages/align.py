"""Two halves of one text, paragraph beside paragraph.

The method is that of W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual
Corpora", Computational Linguistics 19 (1993): a text and its translation are about equally long
piece by piece, so the cheapest way through both by dynamic programming is the likely one. Here
the pieces are blocks of HTML, and blocks of unlike kind (a list beside a heading) cost extra;
`sentences.py` walks the same `path` with paragraphs and sentences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import erfc, inf, log, sqrt
from typing import Protocol

from .text import weighted_length

# How often so many blocks stand for so many, from the article's table 5 (1-1, 1-0, 2-1, 2-2).
_SHAPES = {
    (1, 1): 0.89,
    (1, 0): 0.00495,
    (0, 1): 0.00495,
    (2, 1): 0.0445,
    (1, 2): 0.0445,
    (2, 2): 0.011,
}
# Variance of a translation's length per letter of the original, the article's section 3.3.
_VARIANCE = 6.8
# As unlikely as a block without a counterpart: a heading belongs to a heading where there is one.
_UNLIKE = -log(0.00495)
# More cells than this take longer than a page may; such texts stand beside each other whole.
_MAX_CELLS = 10_000

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
_VOID = frozenset({"br", "hr", "img"})
_HEADINGS = frozenset({"h3", "h4", "h5", "h6"})


class Piece(Protocol):
    """Something of a text that has a counterpart in the other; `length` in weighted letters."""

    @property
    def kind(self) -> str: ...
    @property
    def length(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list, table ... of sanitised HTML; `length` in weighted letters of text."""

    html: str
    kind: str
    length: int


def blocks(html: str) -> list[Block]:
    """The outermost elements of well-formed HTML in order; text between them goes with the next.

    `"".join(block.html for block in blocks(html)) == html`.
    """
    found, start, depth, kind = [], 0, 0, ""
    for tag in _TAG.finditer(html):
        closing, name = tag[1], tag[2].lower()
        if depth == 0:
            kind = name
        if name not in _VOID:
            depth += -1 if closing else 1
        if depth <= 0:
            depth = 0
            found.append(_block(html[start : tag.end()], kind))
            start = tag.end()
    rest = html[start:]
    if found and not rest.strip():
        last = found.pop()
        return [*found, _block(last.html + rest, last.kind)]
    return [*found, _block(rest, "p")] if rest else found


def pairs(left: str, right: str) -> list[tuple[str, str]]:
    """What stands beside what, in order; "" where a block has no counterpart.

    The first members joined are `left`, the second members `right`.
    """
    ours, theirs = blocks(left), blocks(right)
    return [
        ("".join(b.html for b in ours[a:b_]), "".join(b.html for b in theirs[c:d]))
        for a, b_, c, d in path(ours, theirs)
    ]


def path(ours: Sequence[Piece], theirs: Sequence[Piece]) -> list[tuple[int, int, int, int]]:
    """The cheapest way through both: spans `ours[a:b]` beside `theirs[c:d]`, in order.

    One span of everything where either has nothing or the table would be too large.
    """
    if not ours or not theirs or len(ours) * len(theirs) > _MAX_CELLS:
        return [(0, len(ours), 0, len(theirs))]
    cost = _Cost(ours, theirs)
    best = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(ours) + 1):
        for j in range(len(theirs) + 1):
            for (m, n), share in _SHAPES.items():
                before = (i - m, j - n)
                if before not in best:
                    continue
                total = best[before] - log(share) + cost(i - m, i, j - n, j)
                if total < best.get((i, j), inf):
                    best[i, j], came[i, j] = total, before
    return list(_steps(came, (len(ours), len(theirs))))[::-1]


def _steps(
    came: dict[tuple[int, int], tuple[int, int]], at: tuple[int, int]
) -> Iterator[tuple[int, int, int, int]]:
    while at in came:
        before = came[at]
        yield before[0], at[0], before[1], at[1]
        at = before


class _Cost:
    """How unlikely it is that a span of one half says a span of the other."""

    def __init__(self, ours: Sequence[Piece], theirs: Sequence[Piece]) -> None:
        self.kinds = [b.kind for b in ours], [b.kind for b in theirs]
        self.sums = (
            [0, *accumulate(b.length for b in ours)],
            [0, *accumulate(b.length for b in theirs)],
        )
        # Letters of the second half for one of the first, in these very texts. Chinese takes about
        # 0.6 weighted letters for one of English; further off, whole paragraphs are missing.
        ratio = max(1, self.sums[1][-1]) / max(1, self.sums[0][-1])
        self.ratio = min(2.0, max(0.5, ratio))

    def __call__(self, a: int, b: int, c: int, d: int) -> float:
        if a == b or c == d:
            return 0.0
        here = self.sums[0][b] - self.sums[0][a]
        there = self.sums[1][d] - self.sums[1][c]
        mean = (here + there / self.ratio) / 2
        delta = abs(there - here * self.ratio) / sqrt(max(1.0, mean * _VARIANCE))
        unlike = self.kinds[0][a:b] != self.kinds[1][c:d] and (b - a, d - c) == (1, 1)
        return -log(max(erfc(delta / sqrt(2)), 1e-30)) + (_UNLIKE if unlike else 0.0)


def _block(html: str, kind: str) -> Block:
    return Block(
        html, "heading" if kind in _HEADINGS else kind, weighted_length(_TAG.sub("", html).strip())
    )
