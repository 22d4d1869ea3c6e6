from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from exchange.boards.models import Board, Post, Thread
from exchange.boards.queries import open_to, roles
from exchange.boards.rules import Reader
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.ledger.queries import public_log
from exchange.safety.models import Rule
from exchange.safety.queries import rule

from .models import Flag

ENTRIES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the public log. `person` None is a former member; `target` None is not for you."""

    event: Event
    person: Any
    subject: Any
    board: Board | None
    rule: Rule | None
    note: Passage | None


def open_flags(moderator: Reader) -> QuerySet[Flag]:
    """Open reports on the boards that somebody moderates, oldest first."""
    flags = Flag.objects.filter(closed_at=None).select_related(
        "rule", "note", "reporter", "post__passage", "post__author", "post__thread__board"
    )
    mine = roles(moderator)
    if not mine.site:
        flags = flags.filter(post__thread__board__in=mine.boards)
    return flags.order_by("id")


def entries(reader: Reader, first: int, count: int) -> list[Entry]:
    """`count` lines of the public log from `first` (0 is the newest), in a fixed number of queries.

    What happened in a board that is not open to the reader is left out.
    """
    events = list(_readable(reader)[first : first + count])
    people = get_user_model().objects.in_bulk(
        {event.actor_id for event in events} | _ids(events, "user")
    )
    threads = Thread.objects.select_related("board").in_bulk(
        {int(event.scope.partition(".")[2]) for event in events if event.scope[:7] == "thread."}
    )
    posts = Post.objects.in_bulk(_ids(events, "post"))
    boards = Board.objects.in_bulk(_ids(events, "board") | _data(events, "board"))
    notes = Passage.objects.in_bulk(_data(events, "note"))
    things: dict[str, dict[int, Any]] = {
        "user": people,
        "post": posts,
        "thread": threads,
        "board": boards,
    }
    return [
        Entry(
            event=event,
            person=people.get(event.actor_id),
            subject=things[event.target.partition(".")[0]].get(event.target_id),
            board=boards.get(event.data.get("board", 0)),
            rule=rule(event.reason),
            note=notes.get(event.data.get("note", 0)),
        )
        for event in events
    ]


def _readable(reader: Reader) -> QuerySet[Event]:
    """Events outside closed boards. There are few closed boards, so their threads are listed."""
    closed = Thread.objects.exclude(open_to(reader, "board__"))
    scopes = [f"thread.{pk}" for pk in closed.values_list("pk", flat=True)]
    shut = Board.objects.exclude(open_to(reader)).values_list("pk", flat=True)
    return public_log().exclude(scope__in=[*scopes, *(f"board.{pk}" for pk in shut)])


def _ids(events: list[Event], kind: str) -> set[int]:
    return {event.target_id for event in events if event.target.startswith(f"{kind}.")}


def _data(events: list[Event], key: str) -> set[int]:
    return {event.data[key] for event in events if key in event.data}
