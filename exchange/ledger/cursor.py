from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from .models import Event

# On PostgreSQL an id is given before the commit, so a lower one can appear after a higher one.
# A follower reads this much again and skips what it has seen.
OVERLAP = timedelta(seconds=5)
NEAR_IDS = 1000  # OVERLAP as ids: 200 events a second for five seconds


class Cursor:
    """The place in the ledger of a follower that lives as long as its process.

    The live hub needs no more: its sockets die with it, and a page that comes back catches up
    from the ledger by itself.
    """

    def __init__(self, position: int) -> None:
        self.position = position
        self._seen: dict[int, datetime] = {}

    def advance(self, scopes: Iterable[str]) -> list[Event]:
        """Events of `scopes` that were not given before, oldest first."""
        return self._advance(Q(scope__in=list(scopes)))

    def advance_by_verb(self, verbs: Iterable[str], most: int = 5000) -> list[Event]:
        """The same over all scopes, of some verbs; at most so many at once, more than OVERLAP ever holds."""
        return self._advance(Q(verb__in=list(verbs)), most)

    def _advance(self, wanted: Q, most: int | None = None) -> list[Event]:
        now = timezone.now()
        near = Q(id__gt=self.position) | Q(created_at__gte=now - OVERLAP)
        # The plain bound on the id is what keeps a long scope from being read through each time.
        events = Event.objects.filter(near, wanted, id__gt=self.position - NEAR_IDS).order_by("id")[
            :most
        ]
        fresh = [event for event in events if event.id not in self._seen]
        self._seen = {i: at for i, at in self._seen.items() if at >= now - 2 * OVERLAP}
        self._seen |= {event.id: event.created_at for event in fresh}
        self.position = max([self.position, *(event.id for event in fresh)])
        return fresh
