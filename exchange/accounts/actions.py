import time
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from exchange.ledger.actions import record, spend, wake

from .models import User

# A thread that was left open overnight was not read all night.
LONGEST_SITTING = 30  # minutes
# Trust takes more than one evening, however many windows are open.
MOST_A_DAY = 60  # minutes
DAY = 24 * 3600 * 1_000_000  # microseconds


def read_for(*, user: User, minutes: int) -> int:
    """Count how long threads were open before somebody: the minutes that were counted.

    Like a draft it is nobody's act, so the ledger hears nothing of it.
    """
    counted = min(minutes, LONGEST_SITTING)
    if counted < 1:
        return 0
    # Up to a day's at once, and as much again with the next day's hours.
    key = salted_hmac("exchange.reading", str(user.pk), algorithm="sha256").hexdigest()[:40]
    cost = counted * (DAY // MOST_A_DAY)
    if spend(key, cost=cost, room=DAY, now=time.time_ns() // 1000):
        return 0
    User.objects.filter(pk=user.pk).update(minutes_read=F("minutes_read") + counted)
    return counted


def prefer(*, person: User, **preferences: Any) -> User:
    """Keep how pages look to a person, and what they read and learn. Only named fields change."""
    for name, value in preferences.items():
        setattr(person, name, value)
    with transaction.atomic():
        person.save(update_fields=list(preferences))
        record(
            "settings.changed", actor=person, scope=f"user.{person.pk}", target=f"user.{person.pk}"
        )
    return person


def touch(people: Iterable[int]) -> None:
    """Let the open pages of some people, by their ids, ask again what is theirs, at once."""
    User.objects.filter(pk__in=list(people)).update(changed_at=timezone.now())
    wake()


def end_sessions(person_id: int) -> int:
    """Log a suspended person out everywhere, also where no page asks again. How many sessions there were.

    A session does not say in a column whose it is, so all are looked through: not in a request.
    """
    with transaction.atomic():
        person = User.objects.filter(pk=person_id).first()
        if person is None or not person.is_suspended:
            return 0
        running = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        theirs = [one.pk for one in running if one.get_decoded().get(SESSION_KEY) == str(person_id)]
        return Session.objects.filter(pk__in=theirs).delete()[0]
