"""Followers of the ledger that must miss nothing, not even while no process runs."""

import logging
from collections.abc import Callable, Collection

from django.db import InterfaceError, OperationalError

from .cursor import Cursor
from .models import Bookmark, Event

log = logging.getLogger(__name__)


class Consumer:
    """Hands each event of some verbs to `handle`, at least once and in order.

    Its place is kept in the database after the events were handled: a process that dies in between
    leads to the same events once more, so `handle` has to be idempotent. An event that cannot be
    handled is logged and left behind; a database that is away is tried again by the next round.
    """

    def __init__(self, name: str, verbs: Collection[str], handle: Callable[[Event], None]) -> None:
        self.name, self.verbs, self.handle = name, verbs, handle
        self._cursor: Cursor | None = None

    def round(self) -> int:
        """The number of events that were handled now."""
        cursor = self._cursor or Cursor(self._begin())
        before = cursor.position
        self._cursor = None  # whatever goes wrong, the kept place is where it goes on
        events = cursor.advance_by_verb(self.verbs)
        for event in events:
            self._handle(event)
        if cursor.position > before:
            Bookmark.objects.filter(name=self.name).update(position=cursor.position)
        self._cursor = cursor
        return len(events)

    def _begin(self) -> int:
        return Bookmark.objects.get_or_create(name=self.name)[0].position

    def _handle(self, event: Event) -> None:
        try:
            self.handle(event)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("%s cannot handle event %d (%s)", self.name, event.id, event.verb)
