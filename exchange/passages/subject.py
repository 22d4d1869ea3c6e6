"""A text and what it is part of, as its reader may see it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from exchange.boards.models import Post, Thread
from exchange.languages.models import Passage


@dataclass(frozen=True, slots=True)
class Subject:
    """A passage that its reader may read, and what it is part of.

    `kind` is "post", "caption" (also a picture's description), "title", "note" or "reason".
    `author` wrote it, None for the site. `address` is where it
    stands. `public` is false where its owner is hidden or not shown to everybody, so that nothing of
    it may be kept or sent on. `moderates`: whether the reader keeps order there.
    """

    passage: Passage
    kind: str
    author: Any
    address: str
    public: bool
    moderates: bool = False
    post: Post | None = None
    thread: Thread | None = None

    @property
    def waits(self) -> bool:
        """Whether a moderator has to look at it first: so far nobody else works on it."""
        if self.kind == "title":
            return bool(self.thread and self.thread.held_at)
        return bool(self.post and self.post.held_at)


class Text(NamedTuple):
    """What of a Subject it takes to show its words: its page costs more to find out."""

    passage: Passage
    kind: str
    public: bool
