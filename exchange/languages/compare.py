"""What changed between two wordings: character by character in Chinese, word by word in English."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .text import clusters

type Kind = Literal["equal", "delete", "insert"]

# Beyond it the comparison is slow and its result a patchwork: such texts are replaced whole.
MOST_TOKENS = 500

_JOINTS = frozenset("'’-")
_TOKEN = re.compile("w+(?:jw+)*|s+|.")


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of one text or of both: without the inserted ones the first, without the deleted the second."""

    kind: Kind
    text: str


def diff(before: str, after: str) -> list[Change]:
    """The pieces of both texts in order; of a replacement what is left out comes first."""
    ours, theirs = tokens(before), tokens(after)
    if max(len(ours), len(theirs)) > MOST_TOKENS:
        return _changes([("", before, after)] if before != after else [(before, "", "")])
    # Without autojunk, which drops common characters such as 的 from long texts.
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    steps: list[tuple[str, str, str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        gone, new = "".join(ours[a:b]), "".join(theirs[c:d])
        steps.append((gone, "", "") if kind == "equal" else ("", gone, new))
    return _changes(_without_gaps(steps))


def tokens(text: str) -> list[str]:
    """Words with what joins them, runs of white space, and anything else one by one; joined the text."""
    parts = list(clusters(text))
    kinds = "".join(map(_kind, parts))
    return ["".join(parts[slice(*found.span())]) for found in _TOKEN.finditer(kinds)]


def _kind(cluster: str) -> str:
    first = cluster[0]
    if first.isspace():
        return "s"
    if first in _JOINTS:
        return "j"
    wide = unicodedata.east_asian_width(first) in "WF"
    return "w" if first.isalnum() and not wide else "o"


def _without_gaps(steps: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """A space that stayed between two changes goes with them, so that a phrase is changed as one."""
    joined: list[tuple[str, str, str]] = []
    for at, (same, gone, new) in enumerate(steps):
        within = 0 < at < len(steps) - 1
        if same and within and same.isspace():
            _, before, after = joined.pop()
            joined.append(("", before + same, after + same))
        elif not same and joined and not joined[-1][0]:
            _, before, after = joined.pop()
            joined.append(("", before + gone, after + new))
        else:
            joined.append((same, gone, new))
    return joined


def _changes(steps: list[tuple[str, str, str]]) -> list[Change]:
    kinds: tuple[Kind, ...] = ("equal", "delete", "insert")
    return [
        Change(kind, text) for step in steps for kind, text in zip(kinds, step, strict=True) if text
    ]
