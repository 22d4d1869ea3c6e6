"""What changed between two texts, small enough to be seen: characters of Chinese, words of English.

Sentences are told apart first, so that a change stays where it was made; within a sentence the
longest common blocks are kept (difflib), which reads better than the fewest letters changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .sentences import sentences

SAME, REMOVED, ADDED = "same", "removed", "added"

# A sentence of more tokens is replaced as a whole: matching takes time by the square of it, about
# 15 ms for this many at worst (languages.md, h).
MOST_TOKENS = 500
# The same for texts of very many short sentences.
MOST_SENTENCES = 500

_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:['’-][A-Za-z0-9À-ɏ]+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text: `kind` is "same", "removed" (only before) or "added" (only after)."""

    kind: str
    text: str


def diff(before: str, after: str) -> list[Change]:
    """The runs in order: those that are not "added" join to `before`, not "removed" to `after`."""
    return list(_joined(_by_sentences(before, after)))


def _by_sentences(before: str, after: str) -> Iterator[Change]:
    ours, theirs = _sentences(before), _sentences(after)
    start = _common(ours, theirs)
    end = _common(ours[start:][::-1], theirs[start:][::-1])
    yield Change(SAME, "".join(ours[:start]))
    yield from _between(ours[start : len(ours) - end], theirs[start : len(theirs) - end])
    yield Change(SAME, "".join(ours[len(ours) - end :]))


def _between(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Change]:
    if max(len(ours), len(theirs)) > MOST_SENTENCES:
        yield from _replaced("".join(ours), "".join(theirs))
        return
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change(SAME, "".join(ours[a:b]))
        elif b - a == d - c:
            for old, new in zip(ours[a:b], theirs[c:d], strict=True):
                yield from _by_tokens(old, new)
        else:
            yield from _by_tokens("".join(ours[a:b]), "".join(theirs[c:d]))


def _by_tokens(before: str, after: str) -> Iterator[Change]:
    ours, theirs = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(ours), len(theirs)) > MOST_TOKENS:
        yield from _replaced(before, after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change(SAME, "".join(ours[a:b]))
        else:
            yield from _replaced("".join(ours[a:b]), "".join(theirs[c:d]))


def _replaced(before: str, after: str) -> Iterator[Change]:
    yield Change(REMOVED, before)
    yield Change(ADDED, after)


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Runs of one kind as one; what is empty left out."""
    last: Change | None = None
    for change in changes:
        if not change.text:
            continue
        if last and last.kind == change.kind:
            last = Change(last.kind, last.text + change.text)
            continue
        if last:
            yield last
        last = change
    if last:
        yield last


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many sentences both begin with."""
    for at, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if one != other:
            return at
    return min(len(ours), len(theirs))
