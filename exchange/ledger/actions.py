from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from .models import Bucket, Event
from .signals import event_recorded
from .verbs import VERBS

_dated: ContextVar[datetime | None] = ContextVar("dated", default=None)


@contextmanager
def dated(at: datetime) -> Iterator[None]:
    """Within it events are recorded as of then. For sample data alone, which has a past to tell of."""
    token = _dated.set(at)
    try:
        yield
    finally:
        _dated.reset(token)


def record(
    verb: str, *, actor: Any, scope: str, target: str, reason: str = "", **data: int | str
) -> Event:
    """Write one event inside the caller's transaction; followers wake after its commit.

    Raises KeyError for a verb that is not in the table.
    """
    event = Event.objects.create(
        verb=verb,
        actor_id=actor.pk if actor else None,
        scope=scope,
        target=target,
        reason=reason,
        data=data,
        public=VERBS[verb].public,
        created_at=_dated.get() or timezone.now(),
    )
    transaction.on_commit(lambda: event_recorded.send(sender=Event, event_id=event.pk), robust=True)
    return event


def wake() -> None:
    """Let whoever follows look now, after the commit, at what changed without an event."""
    transaction.on_commit(lambda: event_recorded.send(sender=Event, event_id=0), robust=True)


# One statement, so that of two processes at once each sees what the other spent. Both databases read
# it the same way; Django's own way to say it would be three queries.
SPEND = """
    INSERT INTO ledger_bucket (key, full_at) VALUES (%(key)s, %(now)s + %(cost)s)
    ON CONFLICT (key) DO UPDATE SET full_at = %(cost)s + CASE
        WHEN ledger_bucket.full_at < %(now)s THEN %(now)s ELSE ledger_bucket.full_at END
    WHERE ledger_bucket.full_at <= %(latest)s
    RETURNING full_at
"""


def spend(key: str, *, cost: int, room: int, now: int) -> int:
    """Take `cost` out of a bucket that holds `room`: 0, or how long it is until that much is in it.

    All in microseconds; `now` since 1970. Of a refusal nothing is written. It asks for no transaction,
    and inside of one it would make others wait for its end.
    """
    latest = now + room - cost
    with connection.cursor() as cursor:
        cursor.execute(SPEND, {"key": key, "now": now, "cost": cost, "latest": latest})
        if cursor.fetchall():
            return 0
    full_at = Bucket.objects.filter(pk=key).values_list("full_at", flat=True).first()
    return max(full_at - latest, 1) if full_at is not None else 1


def forget_buckets(now: int) -> int:
    """Take away the rows of what is not used any more. How many."""
    return Bucket.objects.filter(full_at__lt=now).delete()[0]
