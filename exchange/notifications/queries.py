from collections.abc import Collection
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from .models import Notification

PER_PAGE = 30
MOST_COUNTED = 99
# A count is forgotten as soon as it changes. Only where several processes share no cache can it be
# older than that, and for no longer than this.
COUNTED_FOR = 60  # seconds


def count_key(person_id: int) -> str:
    return f"notifications.unread.{person_id}"


def unread(person: Any) -> int:
    """How many somebody has not read, up to one more than MOST_COUNTED: at most one query a minute."""
    if not hasattr(person, "_unread"):
        person._unread = _counted(person)
    return int(person._unread)


def _counted(person: Any) -> int:
    key = count_key(person.pk)
    found: int | None = cache.get(key)
    if found is None:
        rows = Notification.objects.filter(person=person, read_at=None)
        found = rows[: MOST_COUNTED + 1].count()
        cache.set(key, found, COUNTED_FOR)
    return found


def unread_of(people: Collection[int]) -> dict[int, int]:
    """How many each of some people, by ids, has not read: counted now, in one query."""
    if not people:
        return {}
    rows = Notification.objects.filter(person__in=people, read_at=None)
    counted = dict(rows.order_by().values_list("person").annotate(Count("pk")))
    return {person: counted.get(person, 0) for person in people}


def shown_count(unread: int) -> str:
    """As the bell shows it, "" for none."""
    return f"{MOST_COUNTED}+" if unread > MOST_COUNTED else str(unread or "")


def latest(person: Any, before: int | None = None) -> list[Notification]:
    """A page of somebody's notices and one more if there is one, newest first."""
    rows = Notification.objects.filter(person=person)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("event").order_by("-id")[: PER_PAGE + 1])
