import time
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from .models import Event

# On PostgreSQL an id is given before the commit, so a lower one can appear after a higher one: so long
# after it at most. A statement may wait ten seconds for a lock and take twenty (config/env.py).
OVERLAP = timedelta(seconds=30)
NEAR_IDS = 6000  # OVERLAP as ids: 200 events a second for thirty seconds


class Cursor:
    """The place in the ledger of a follower that lives as long as its process.

    The live hub needs no more: its sockets die with it, and a page that comes back catches up
    from the ledger by itself.

    What is not there yet is known by its id: a number that was left out is asked for until OVERLAP is
    over, and nothing else is read twice. The time of an event is not looked at, so that a clock that is
    set back tells nothing twice; only the first look, which cannot know what was there, goes by it.
    """

    def __init__(self, position: int) -> None:
        self.position = position
        # Ids up to there that may still come, with the time they were missed first. None: never looked.
        self._missing: dict[int, float] | None = None

    def advance(self, most: int = 5000) -> list[Event]:
        """Events that were not given before, oldest first; at most so many at once."""
        return self._advance(Q(), most)

    def advance_by_verb(self, verbs: Iterable[str], most: int = 5000) -> list[Event]:
        """The same, of some verbs."""
        return self._advance(Q(verb__in=list(verbs)), most)

    def _advance(self, wanted: Q, most: int) -> list[Event]:
        """One query; one more at the first look, and where ids were left out and not all verbs are wanted."""
        now = time.monotonic()
        if self._missing is None:
            missing = dict.fromkeys(self._left_out_before(), now)
            lately = timezone.now() - OVERLAP
            late = Q(created_at__gte=lately, id__gt=self.position - NEAR_IDS)
        else:
            missing = self._missing
            late = Q(id__in=list(missing))
        found = Event.objects.filter(Q(id__gt=self.position) | late, wanted).order_by("id")
        events = list(found[:most])
        given = {event.id for event in events}
        last = max([self.position, *given])
        missing |= dict.fromkeys(self._left_out(given, last, wanted), now)
        until = now - OVERLAP.total_seconds()
        self._missing = {i: at for i, at in missing.items() if i not in given and at > until}
        self.position = last
        return events

    def _left_out_before(self) -> set[int]:
        near = Event.objects.filter(id__gt=self.position - NEAR_IDS, id__lte=self.position)
        there = set(near.values_list("id", flat=True))
        return set(range(min(there, default=self.position + 1), self.position)) - there

    def _left_out(self, given: set[int], last: int, wanted: Q) -> set[int]:
        """What is missing between the place so far and the next one, but for verbs that are not wanted."""
        first = max(self.position, last - NEAR_IDS) + 1
        missing = set(range(first, last)) - given
        if missing and wanted:
            others = Event.objects.filter(id__gte=first, id__lt=last).exclude(wanted)
            missing -= set(others.values_list("id", flat=True))
        return missing
