"""A text sentence by sentence, as somebody goes through it who corrects it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from . import sentences

# What stands before a line's words and is not theirs: a heading's, a list's marks.
_LINE_MARKS = re.compile(r"\s*(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+)?")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` stands at `body[start:end]`, `place` is its number from 0.

    `own` is false for what there is nothing to correct in: a quotation, code, a line without letters.
    """

    place: int
    text: str
    start: int
    end: int
    own: bool = True


def read(body: str) -> list[Sentence]:
    """The sentences of a text in Markdown, each without the space around it. Linear."""
    apart = _apart(body)
    found = []
    for place, (start, end) in enumerate(sentences.sentences(body)):
        line = body.rfind("\n", 0, start) + 1
        marks = _LINE_MARKS.match(body, start, end) if line == start else None
        words = body[marks.end() if marks else start : end].lstrip()
        text = words.rstrip()
        own = line not in apart and any(sign.isalpha() for sign in text)
        found.append(Sentence(place, text, end - len(words), end - len(words) + len(text), own))
    return found


def find(read: Sequence[Sentence], place: int, text: str) -> Sentence | None:
    """Where a sentence stands by now: of several that say the same, the one nearest to its place."""
    same = [sentence for sentence in read if sentence.own and sentence.text == text]
    return min(same, key=lambda sentence: abs(sentence.place - place), default=None)


def put(body: str, sentence: Sentence, text: str) -> str:
    """The body with other words where the sentence stands."""
    return body[: sentence.start] + text + body[sentence.end :]


def beside(body: str, other: str) -> dict[int, str]:
    """By a sentence's place, what says the same in the text's other half.

    Where several sentences correspond to several, it stands beside the first of them.
    """
    starts = [start for start, _ in sentences.sentences(body)]
    found: dict[int, list[str]] = {}
    at = 0
    for ours, theirs in sentences.align(body, other):
        # What has no counterpart of its own goes with the sentence before it.
        place = bisect_right(starts, at if ours else at - 1) - 1
        if theirs.strip():
            found.setdefault(max(place, 0), []).append(theirs.strip())
        at += len(ours)
    return {place: " ".join(parts) for place, parts in found.items()}


def _apart(body: str) -> set[int]:
    """Where the lines of quotations and code begin."""
    found, at, fenced = set(), 0, False
    for line in body.splitlines(keepends=True):
        fence = bool(_FENCE.match(line))
        if fenced or fence or line.lstrip().startswith(">"):
            found.add(at)
        fenced ^= fence
        at += len(line)
    return found
