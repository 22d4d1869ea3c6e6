from datetime import timedelta

from exchange.ledger.cursor import NEAR_IDS, OVERLAP
from exchange.ledger.models import Event
from exchange.ledger.queries import since

# Past this many events a fresh page is cheaper than catching up.
MOST = 200


def missed(scope: str, after: int) -> list[Event] | None:
    """Events of `scope` that a page which saw event `after` may have missed; None if too many.

    With them come those just before `after`: with a lower id they may have been committed later.
    Seeing one of them again does no harm.
    """
    newer = list(since(scope, after)[: MOST + 1])
    return None if len(newer) > MOST else [*_late(scope, after), *newer]


def _late(scope: str, after: int) -> list[Event]:
    seen_at = Event.objects.filter(pk=after).values_list("created_at", flat=True).first()
    if seen_at is None:
        return []
    near: timedelta = OVERLAP
    found = since(scope, after - NEAR_IDS).filter(id__lt=after, created_at__gte=seen_at - near)
    return list(found)
