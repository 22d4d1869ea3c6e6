"""What a reader does not want to see, and what a page makes of it. Only they know of it.

Moderation is not touched: its pages show everything, and people hear of decisions about themselves
whomever they blocked.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from . import muted_words
from .models import Board, Mute, Post, Thread
from .rules import Reader

# More of each than anybody looks through again: it bounds what each page of theirs reads.
MOST = {Mute.Kind.PERSON: 500, Mute.Kind.THREAD: 500, Mute.Kind.BOARD: 100, Mute.Kind.WORD: 200}


@dataclass(frozen=True, slots=True)
class Mutes:
    """By ids: whom and what a reader muted, whom of them blocked as well, and who blocked the reader."""

    people: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()  # of the same people
    blocked: frozenset[int] = frozenset()
    blocked_by: frozenset[int] = frozenset()
    threads: frozenset[int] = frozenset()
    boards: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()

    @property
    def apart(self) -> frozenset[int]:
        """With whom there is a block, whoever made it: neither calls nor is told of the other."""
        return self.blocked | self.blocked_by

    def hides(self, text: str) -> bool:
        found = muted_words.pattern(self.words)
        return bool(found and found.search(muted_words.fold(text)))


NOTHING = Mutes()


def mutes_of(reader: Reader) -> Mutes:
    """One query a request for members, none for others: kept on the reader."""
    if not reader.is_authenticated:
        return NOTHING
    if not hasattr(reader, "_mutes"):
        reader._mutes = _read(reader.pk)
    kept: Mutes = reader._mutes
    return kept


def _read(reader_id: int) -> Mutes:
    blocks_me = Q(kind=Mute.Kind.PERSON, person=reader_id, blocks=True)
    rows = Mute.objects.filter(Q(by=reader_id) | blocks_me).values_list(
        "by", "kind", "person", "person__username", "thread", "board", "word", "blocks"
    )
    kept = ("people", "names", "blocked", "blocked_by", "threads", "boards", "words")
    found: dict[str, set[Any]] = {name: set() for name in kept}
    for by, kind, person, username, thread, board, word, blocks in rows:
        if by != reader_id:
            found["blocked_by"].add(by)
        elif kind == Mute.Kind.PERSON:
            found["people"].add(person)
            found["names"].add(username)
            if blocks:
                found["blocked"].add(person)
        else:
            name, value = {"thread": ("threads", thread), "board": ("boards", board)}.get(
                kind, ("words", word)
            )
            found[name].add(value)
    words = tuple(sorted(found.pop("words")))
    return Mutes(**{name: frozenset(ids) for name, ids in found.items()}, words=words)


def blocked_between(one: Reader, other: Reader) -> bool:
    """Whether either of the two blocked the other."""
    pair = Q(by=one.pk, person=other.pk) | Q(by=other.pk, person=one.pk)
    return Mute.objects.filter(pair, kind=Mute.Kind.PERSON, blocks=True).exists()


def deaf_to(people: Collection[int], *, author: int, thread: Thread | None = None) -> set[int]:
    """Who of some people, by id, is not told of what an author wrote in a thread. One query.

    They muted the author, the thread or its board, or there is a block between them and the author.
    """
    theirs = Q(by__in=people, person=author)
    if thread:
        theirs |= Q(by__in=people, thread=thread) | Q(by__in=people, board=thread.board_id)
    his = Q(by=author, person__in=people, blocks=True)
    rows = Mute.objects.filter(theirs | his).values_list("by", "person")
    return {person if by == author else by for by, person in rows}


def mark(reader: Reader, thread: Thread, shown: Iterable[tuple[Post, str]]) -> None:
    """Say of each of a page's posts why this reader does not see it at once: `Post.muted`.

    `shown` are posts with their fragments. Not one's own, and not what opens a pinned thread: that
    stands there for everybody.
    """
    mutes = mutes_of(reader)
    if not (mutes.people or mutes.words):
        return
    for post, html in shown:
        if post.author_id == reader.pk or (post.is_opening and thread.pinned_at):
            continue
        if post.author_id in mutes.people:
            post.muted = "blocked" if post.author_id in mutes.blocked else "person"
        elif mutes.words and mutes.hides(muted_words.text_of(html)):
            post.muted = "word"


def for_scripts(reader: Reader) -> str:
    """The same for posts that arrive while the page is open, as JSON; "" where nothing is muted."""
    mutes = mutes_of(reader)
    if not (mutes.people or mutes.words):
        return ""
    words = {spelling for word in mutes.words for spelling in muted_words.spellings(word)}
    content = {
        "people": sorted(mutes.people - mutes.blocked),
        "blocked": sorted(mutes.blocked),
        "words": sorted(words),
        "names": sorted(mutes.names),  # of those who look at the thread too
    }
    return _as_json(content)


def for_lists(reader: Reader, board: Board | None = None) -> str:
    """What a list says nothing of when something new stands there, as JSON; "" where nothing is muted."""
    mutes = mutes_of(reader)
    boards = sorted(mutes.boards) if board is None else []
    if not (mutes.threads or boards):
        return ""
    return _as_json({"threads": sorted(mutes.threads), "boards": boards})


def _as_json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def left_out(reader: Reader, threads: Iterable[Thread], board: Board | None = None) -> set[int]:
    """Which threads of a list, by id, this reader muted. On a board's own page its mute does not count.

    A pinned thread is left out only where it was muted itself: it is pinned for everybody.
    """
    mutes = mutes_of(reader)
    if mutes == NOTHING:
        return set()
    return {thread.pk for thread in threads if _is_muted(mutes, reader, thread, board)}


def _is_muted(mutes: Mutes, reader: Reader, thread: Thread, board: Board | None) -> bool:
    if thread.pk in mutes.threads:
        return True
    if thread.pinned_at or thread.author_id == reader.pk:
        return False
    if thread.author_id in mutes.people:
        return True
    if board is None and thread.board_id in mutes.boards:
        return True
    return bool(mutes.words) and mutes.hides(f"{thread.title.body}\n{thread.title_other or ''}")
