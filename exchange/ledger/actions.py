from typing import Any

from django.db import transaction

from .models import Event
from .signals import event_recorded
from .verbs import VERBS


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
    )
    transaction.on_commit(lambda: event_recorded.send(sender=Event, event_id=event.pk), robust=True)
    return event
