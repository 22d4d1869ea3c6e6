from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from exchange.boards.models import Board, Post, Thread
from exchange.boards.queries import open_to, roles, with_title
from exchange.boards.rules import Reader
from exchange.figures import models as figures
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.ledger.queries import public_log
from exchange.safety.models import Rule
from exchange.safety.queries import rule
from exchange.uploads import queries as uploads
from exchange.uploads.models import Rendition, Upload

from .models import Flag

ENTRIES_PER_PAGE = 50
FLAGS_PER_PAGE = 50
# Above the reports: the oldest few. The rest has a page of its own.
PICTURES_ON_DESK = 4
PICTURES_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the public log. `person` is who acted (None: a former member, or the operator);
    `subject` what it was done to, `thread` where, `board` the one that the act named."""

    event: Event
    person: Any
    subject: Any
    thread: Thread | None
    board: Board | None
    rule: Rule | None
    note: Passage | None

    @property
    def title(self) -> str:
        """The thread's title in the page's language if it has one; "" where it cannot be read."""
        return self._half[0]

    @property
    def title_language(self) -> str:
        return self._half[1]

    @property
    def _half(self) -> tuple[str, str]:
        thread = self.thread
        if thread is None or thread.is_closed:
            return "", ""
        if thread.title_reads_better(get_language() or "en"):
            return thread.title_other or "", thread.title_other_language or ""
        return thread.title.body, thread.title.language


def open_flags(moderator: Reader) -> QuerySet[Flag]:
    """Open reports on the boards that somebody moderates, oldest first."""
    flags = Flag.objects.filter(closed_at=None).select_related(
        *("rule", "note", "reporter", "upload__caption", "upload__description"),
        *("post__passage", "post__author", "post__thread__board"),
    )
    flags = flags.prefetch_related("post__passage__translations", *_as_shown("upload__"))
    mine = roles(moderator)
    if not mine.site:
        flags = flags.filter(post__thread__board__in=mine.boards)
    return flags.order_by("id")


def waiting_pictures(moderator: Reader) -> QuerySet[Upload]:
    """Pictures that newcomers' posts hold back, on the boards that somebody moderates, oldest first."""
    found = uploads.waiting().filter(passage__post__hidden_at=None, passage__post__deleted_at=None)
    found = found.select_related(
        *("passage__post__author", "passage__post__thread__board", "caption", "description")
    ).prefetch_related(*_as_shown())
    mine = roles(moderator)
    if not mine.site:
        found = found.filter(passage__post__thread__board__in=mine.boards)
    return found


def has_pictures(post: Post) -> bool:
    return uploads.of(post.passage).exists()


def reportable_pictures(post: Post) -> list[Upload]:
    """Those of a post that everybody sees."""
    found = uploads.of(post.passage).select_related("caption", "description")
    return [one for one in found.prefetch_related(*_as_shown()) if one.state == "shown"]


def _as_shown(prefix: str = "") -> Iterator[Any]:
    """What is loaded with a picture that is to be shown, by boards/gallery.py."""
    files = Rendition.objects.select_related("file").order_by("page", "width")
    yield Prefetch(f"{prefix}renditions", files)
    yield from (f"{prefix}caption__translations", f"{prefix}description__translations")


def entries(reader: Reader, first: int, count: int) -> list[Entry]:
    """`count` lines of the public log from `first` (0 is the newest), in a fixed number of queries.

    What happened in a board that is not open to the reader is left out.
    """
    events = list(_readable(reader)[first : first + count])
    people = get_user_model().objects.in_bulk(
        {event.actor_id for event in events} | _ids(events, "user")
    )
    threads = with_title(Thread.objects).in_bulk(_scopes(events, "thread"))
    posts = Post.objects.in_bulk(_ids(events, "post"))
    texts = _posts_of(_ids(events, "passage"))
    # A closed board is not even named to those who may not read it.
    boards = Board.objects.filter(open_to(reader)).in_bulk(
        _ids(events, "board") | _data(events, "board", "to")
    )
    notes = Passage.objects.in_bulk(_data(events, "note"))
    things: dict[str, dict[int, Any]] = {
        "user": people,
        "post": posts,
        "thread": threads,
        "board": boards,
        "passage": texts,
        "figure": figures.Entry.objects.select_related("item").in_bulk(_ids(events, "figure")),
        "item": figures.Item.objects.in_bulk(_ids(events, "item")),
    }
    return [
        Entry(
            event=event,
            person=people.get(event.actor_id),
            subject=things.get(event.target.partition(".")[0], {}).get(event.target_id),
            thread=threads.get(_scope_id(event, "thread")),
            board=boards.get(event.data.get("board") or event.data.get("to", 0)),
            rule=rule(event.reason),
            note=notes.get(event.data.get("note", 0)),
        )
        for event in events
    ]


def _readable(reader: Reader) -> QuerySet[Event]:
    """Events outside closed boards. There are few closed boards, so their threads are listed."""
    # Whoever may read all boards is asked for by an empty filter, which excludes nothing by itself.
    open_boards = Board.objects.filter(open_to(reader))
    closed = Thread.objects.exclude(board__in=open_boards)
    scopes = [f"thread.{pk}" for pk in closed.values_list("pk", flat=True)]
    shut = Board.objects.exclude(pk__in=open_boards).values_list("pk", flat=True)
    return public_log().exclude(scope__in=[*scopes, *(f"board.{pk}" for pk in shut)])


def _posts_of(passage_ids: set[int]) -> dict[int, Post]:
    """What is said of a text is said of the post that it is, or in which it is a picture's caption; of
    a title, which is none, of its thread."""
    named = Passage.objects.filter(pk__in=passage_ids).filter(
        Q(post__isnull=False) | Q(within__post__isnull=False)
    )
    found = named.select_related("post", "within__post")
    return {text.pk: text.within.post if text.within else text.post for text in found}


def _ids(events: list[Event], kind: str) -> set[int]:
    return {event.target_id for event in events if event.target.startswith(f"{kind}.")}


def _scopes(events: list[Event], kind: str) -> set[int]:
    return {_scope_id(event, kind) for event in events} - {0}


def _scope_id(event: Event, kind: str) -> int:
    """The id in a scope such as `thread.42`; 0 for a scope of another kind."""
    found, _, number = event.scope.partition(".")
    return int(number) if found == kind else 0


def _data(events: list[Event], *keys: str) -> set[int]:
    return {event.data[key] for event in events for key in keys if key in event.data}
