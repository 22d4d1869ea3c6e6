import json
import logging
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import InterfaceError, OperationalError

from exchange.boards.models import Thread
from exchange.ledger.cursor import Cursor
from exchange.ledger.models import Event
from exchange.ledger.queries import latest_id
from exchange.notifications import queries as notifications

from . import charts, frames, lists, notices
from .people import Changes

log = logging.getLogger(__name__)

type Wanted = Mapping[str, Collection[str]]  # scopes, and the languages that each is wanted in

# The database is away, or slow: all of it is tried again. Whatever else goes wrong is one event's fault.
OUTAGES = (OperationalError, InterfaceError)
# Who may see what is another one after these: asked anew of all who watch what they are about.
MOVES_A_THREAD = {"thread.moved", "thread.split", "thread.merged", "thread.parted"}
CHANGES_A_BOARD = {"board.opened", "board.changed"}
CHANGES_A_PERSON = {"moderator", "staff", "person", "settings"}


class Ready(NamedTuple):
    scope: str
    language: str
    text: str


@dataclass(slots=True)
class Round:
    """What a reading of the ledger came to: texts to send; and before they are sent, `people` who have to
    be looked at, by ids, and `scopes` that have to be asked for anew."""

    ready: list[Ready] = field(default_factory=list)
    people: set[int] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)


class Follower:
    """Reads the ledger from now on and turns it into text that is ready to be sent.

    It is synchronous: the hub lets it run in a thread.
    """

    def __init__(self) -> None:
        self._cursor: Cursor | None = None
        # Read and not told yet: they outlive a round that failed.
        self._pending: list[Event] = []
        # The highest id that was read: what is loaded for a round is as new as that, or newer.
        self._at = 0
        self._changed: set[int] = set()
        self._changes = Changes()
        self._charts = charts.Sent()

    def round(self, wanted: Wanted) -> Round:
        """What happened since the last round, by scope and the languages it is wanted in.

        Raises what the database raises while it is away; nothing is lost then, the next round tries
        again. An event that cannot be told is logged and left behind: its scope is asked to reload.
        """
        self._cursor = self._cursor or Cursor(latest_id())
        self._pending += self._cursor.advance()
        self._at = self._cursor.position
        self._changed |= self._changes.since_last(time.monotonic())
        try:
            found = self._told(self._pending, self._changed, wanted)
        except OUTAGES:
            self._charts = charts.Sent()  # what it counted as sent was not
            raise
        self._pending, self._changed = [], set()
        return found

    def _told(self, events: list[Event], changed: set[int], wanted: Wanted) -> Round:
        found = Round(people=changed | _people(events), scopes=_scopes(events, wanted))
        try:
            found.ready = list(self._of_events(events, wanted))
        except OUTAGES:
            raise
        except Exception:  # noqa: BLE001 logged with the event that it is of
            self._charts = charts.Sent()
            found.ready = [ready for event in events for ready in self._of_one(event, wanted)]
        watching = [person for person in sorted(found.people) if f"user.{person}" in wanted]
        found.ready += _unless_it_fails(lambda: _notices(watching, wanted), "Notices") or []
        return found

    def _of_one(self, event: Event, wanted: Wanted) -> list[Ready]:
        about = f"Event {event.id} ({event.verb})"
        ready = _unless_it_fails(lambda: self._of_events([event], wanted), about)
        if ready is None:
            # The page that is asked for instead shows what it can.
            frame = {"event": event.id, "kind": "reload", "scope": event.scope}
            ready = [_ready(frame, language) for language in sorted(wanted.get(event.scope, ()))]
        return ready

    def _of_events(self, events: list[Event], wanted: Wanted) -> Iterable[Ready]:
        """Each event once for each language, however many read along."""
        seen = [event for event in events if event.scope in wanted]
        things = frames.things_of(seen, self._at)
        for language in sorted({language for scope in wanted for language in wanted[scope]}):
            theirs = [event for event in seen if language in wanted[event.scope]]
            for frame in frames.build(theirs, things, language):
                yield _ready(frame, language)
        yield from self._of_charts(seen, things, wanted)
        if any(scope == lists.FRONT or scope.startswith("board.") for scope in wanted):
            for frame in lists.told(events):
                for language in wanted.get(frame["scope"], ()):
                    yield _ready(frame, language)

    def _of_charts(
        self, events: list[Event], things: frames.Things, wanted: Wanted
    ) -> Iterable[Ready]:
        self._charts.forget_all_but(wanted)
        for thread, event in charts.drawn_anew(events, things).items():
            for language in sorted(wanted.get(thread.scope, ())):
                frame = charts.frame(thread, event, things.at, language)
                if self._charts.is_new(frame, language):
                    yield _ready(frame, language)


def _unless_it_fails(make: Callable[[], Iterable[Ready]], about: str) -> list[Ready] | None:
    """None, and a line that says of what, where something else is wrong than the database."""
    try:
        return list(make())
    except OUTAGES:
        raise
    except Exception:
        log.exception("%s cannot be told to open pages", about)
        return None


def _notices(watching: Collection[int], wanted: Wanted) -> Iterable[Ready]:
    for person, unread in notifications.unread_of(watching).items():
        for language in sorted(wanted[f"user.{person}"]):
            yield _ready(notices.frame(person, unread, language), language)


def _ready(frame: frames.Frame, language: str) -> Ready:
    return Ready(frame["scope"], language, json.dumps(frame, ensure_ascii=False))


def _people(events: Iterable[Event]) -> set[int]:
    """Of whom roles, standing or settings changed."""
    theirs = [event for event in events if event.verb.partition(".")[0] in CHANGES_A_PERSON]
    return {event.target_id for event in theirs if event.target.startswith("user.")}


def _scopes(events: Iterable[Event], wanted: Mapping[str, object]) -> set[str]:
    """The watched scopes that other people may watch now. A query where a board changed."""
    events = list(events)
    moved = {event.scope for event in events if event.verb in MOVES_A_THREAD}
    changed = [event for event in events if event.verb in CHANGES_A_BOARD]
    boards = {event.target for event in changed}
    if boards:
        watched = [scope.partition(".")[2] for scope in wanted if scope.startswith("thread.")]
        numbers = [event.target_id for event in changed]
        there = Thread.objects.filter(pk__in=watched, board__in=numbers)
        moved |= {f"thread.{pk}" for pk in there.values_list("pk", flat=True)}
    return (moved | boards) & wanted.keys()
