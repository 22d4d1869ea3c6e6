"""Translated sentences at their places, with spaces where English has them and Chinese has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .chunks import Piece, put_back

_ENDS_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff60”’…—]\Z")
_BEGINS_CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff00-\uff60“‘]")
_ENDS_WORD = re.compile(r"[A-Za-z0-9.,;:!?)\]”’\"%]\Z")
_BEGINS_WORD = re.compile(r"[A-Za-z0-9(\[“‘\"$€£¥@`]")
_BEGINS_KEPT = re.compile(r"[A-Za-z0-9(\[$€£¥@`]")
_MARKS = re.compile(r"[*_~\]\[]+")


def joined(body: str, parts: Sequence[Piece], texts: Sequence[str], target: str) -> str:
    """The body with each piece's translation, and what is between two of them as `target` has it."""
    if target == "en":
        return put_back(body, parts, _spaced(body, parts, texts))
    made, done = "", 0
    for piece, text in zip(parts, texts, strict=True):
        made = _without_space(_without_space(made, body[done : piece.start]), text)
        done = piece.end
    return _without_space(made, body[done:])


def _without_space(left: str, right: str) -> str:
    """Both together, and no spaces between them if both are Chinese there."""
    bare, following = left.rstrip(" "), right.lstrip(" ")
    if _ENDS_CHINESE.search(bare) and _BEGINS_CHINESE.match(following):
        return bare + following
    return left + right


def needs_space(left: str, right: str) -> bool:
    """Whether English wants a space between two texts."""
    return bool(_ENDS_WORD.search(left) and _BEGINS_WORD.match(right))


def _spaced(body: str, parts: Sequence[Piece], texts: Sequence[str]) -> list[str]:
    """The texts with the spaces that Chinese did not have between its sentences and words."""
    made = list(texts)
    for at, piece in enumerate(parts):
        before = body[: piece.start]
        line = before[before.rfind("\n") + 1 :]
        marks = _MARKS.search(line[len(line.rstrip("*_~[]")) :])
        gap = marks[0] if marks else ""
        is_closing = bool(gap) and _is_closing(line, gap)
        if gap and not is_closing:
            continue  # the space belongs before the marks, and nothing is there to change
        left = _text_before(body, parts, made, at, len(gap))
        if needs_space(left, made[at]):
            made[at] = f" {made[at]}"
        follows = body[piece.end : piece.end + 1]
        is_kept = at + 1 == len(parts) or parts[at + 1].start != piece.end
        if is_kept and follows and _ENDS_WORD.search(made[at]) and _BEGINS_KEPT.match(follows):
            made[at] = f"{made[at]} "
    return made


def _is_closing(line: str, gap: str) -> bool:
    return line[: -len(gap)].count(gap) % 2 == 1 or gap.startswith("]")


def _text_before(body: str, parts: Sequence[Piece], texts: Sequence[str], at: int, gap: int) -> str:
    """What stands before a piece once the one before it is translated."""
    start = parts[at].start - gap
    if at and parts[at - 1].end == start:
        return texts[at - 1]
    return body[max(0, start - 1) : start]
