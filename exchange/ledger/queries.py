from collections.abc import Iterable

from django.db.models import Max, QuerySet

from .models import Event


def since(scope: str, after: int) -> QuerySet[Event]:
    """Events of one scope after id `after`, oldest first."""
    return Event.objects.filter(scope=scope, id__gt=after).order_by("id")


def latest_id(scope: str | None = None) -> int:
    """The highest event id so far, of one scope or of all; 0 where there is none."""
    events = Event.objects.filter(scope=scope) if scope else Event.objects.all()
    return events.aggregate(last=Max("id"))["last"] or 0


def public_log() -> QuerySet[Event]:
    """The moderation log: public events, newest first."""
    return Event.objects.filter(public=True).order_by("-created_at", "-id")


def last_of(verb: str, targets: Iterable[str]) -> dict[str, Event]:
    """The latest event of `verb` for each target that has one."""
    return {event.target: event for event in each_of(verb, targets)}


def each_of(verb: str, targets: Iterable[str]) -> QuerySet[Event]:
    """All events of `verb` of some targets, oldest first."""
    return Event.objects.filter(verb=verb, target__in=list(targets)).order_by("id")
