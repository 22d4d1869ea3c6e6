"""Telling people of events: each once, whatever is handled twice and whoever dies in between."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from exchange.accounts.actions import touch
from exchange.ledger.models import Event

from . import audience
from .models import Due, Letter, Notification
from .queries import count_key

log = logging.getLogger(__name__)

# A moderator can take a decision back by one key for so long: nobody is told before that is over.
DELAY = timedelta(seconds=10)
AT_ONCE = 200  # rows in a round: the others' work waits no longer than for these
# What cannot be told now is tried again after an hour, for a day.
AGAIN, GIVEN_UP = timedelta(hours=1), timedelta(days=1)
# A mail server answers far sooner; a claim older than this was a worker's that died.
CLAIM = timedelta(minutes=5)
# After each try that failed: 1, 5 and 30 minutes, 2 hours, then twice a day for three days.
WAITS = [timedelta(minutes=m) for m in (1, 5, 30, 120, *[12 * 60] * 6)]


def expect(event: Event) -> None:
    """Somebody will be told of it, once it can no longer be taken back by a key."""
    Due.objects.get_or_create(event=event, defaults={"at": event.created_at + DELAY})


def deliver(now: datetime | None = None) -> int:
    """Tell of what is due. How many events were looked at."""
    now = now or timezone.now()
    due = list(Due.objects.filter(at__lte=now).order_by("at").select_related("event")[:AT_ONCE])
    for row in due:
        try:
            with transaction.atomic():
                tell(row.event)
                row.delete()
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("event %d cannot be told of", row.event_id)
            _put_off(row, now)
    return len(due)


def _put_off(row: Due, now: datetime) -> None:
    if now > row.event.created_at + GIVEN_UP:
        Due.objects.filter(pk=row.pk).delete()
    else:
        Due.objects.filter(pk=row.pk).update(at=now + AGAIN)


def tell(event: Event) -> None:
    """Make the notices and mails that an event asks for. Doing it twice makes no more."""
    heard = audience.of(event)
    by_mail = audience.letters(event, heard)
    if not heard:
        return
    with transaction.atomic():
        Notification.objects.bulk_create(
            (Notification(person_id=pk, event=event, reason=why) for pk, why in heard.items()),
            ignore_conflicts=True,
        )
        Letter.objects.bulk_create(
            (Letter(person_id=pk, event=event) for pk in by_mail), ignore_conflicts=True
        )
        _changed(heard)


def mark_read(*, person: Any, up_to: int) -> int:
    """Those that the page showed, and older ones: what came meanwhile stays new."""
    with transaction.atomic():
        unread = Notification.objects.filter(person=person, read_at=None, pk__lte=up_to)
        changed = unread.update(read_at=timezone.now())
        _changed([person.pk])
    return changed


def _changed(people: Iterable[int]) -> None:
    """The count in every open page of theirs is an old one."""
    touch(people)
    transaction.on_commit(lambda: forget_counts(people), robust=True)


def forget_counts(people: Iterable[int]) -> None:
    cache.delete_many([count_key(pk) for pk in people])


# Mails


def claim_letter() -> Letter | None:
    """The next mail to be sent; it is this worker's until CLAIM is over."""
    now = timezone.now()
    waiting = Letter.objects.filter(sent_at=None, given_up_at=None, at__lte=now)
    for letter in waiting.order_by("at").select_related("person", "event")[:20]:
        same = Letter.objects.filter(pk=letter.pk, at=letter.at, sent_at=None)
        if same.update(at=now + CLAIM, tries=F("tries") + 1):
            letter.tries += 1
            return letter
    return None


def sent(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())


def not_sent(letter: Letter) -> None:
    """Try again later, ever less often; after the last try it is given up."""
    now = timezone.now()
    row = Letter.objects.filter(pk=letter.pk)
    if letter.tries > len(WAITS):
        row.update(given_up_at=now)
    else:
        row.update(at=now + WAITS[letter.tries - 1])
