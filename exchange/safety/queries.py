import threading
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet

from .models import Edition, Known, Rule, Switch, Watch
from .watching import Entry, Filters

# The rules change with a deployment or a `seed`, which clears this; an hour bounds any slip.
KEPT = 3600
KEY = "safety.rules"
EDITION_KEY = "safety.edition"
# Seconds: asked at each sign-up and each post. Who turns a switch clears it; other processes, whose
# cache is their own where there is no Redis, follow by then.
SWITCH_KEPT = 10


def rules() -> list[Rule]:
    """The house rules in their order."""
    found: list[Rule] | None = cache.get(KEY)
    if found is None:
        found = list(Rule.objects.all())
        cache.set(KEY, found, KEPT)
    return found


def rule(code: str) -> Rule | None:
    return next((rule for rule in rules() if rule.code == code), None)


def edition_now() -> int:
    """The number of the edition that the rules are; 0 before there is one."""
    found: int | None = cache.get(EDITION_KEY)
    if found is None:
        found = Edition.objects.values_list("number", flat=True).first() or 0
        cache.set(EDITION_KEY, found, KEPT)
    return found


def editions() -> list[Edition]:
    """All that there were, the newest first, without what they say."""
    return list(Edition.objects.defer("rules"))


def forget() -> None:
    cache.delete_many([KEY, EDITION_KEY])


def is_known(user_id: int) -> bool:
    """Whether a moderator let something of this person's through before that waited."""
    return Known.objects.filter(pk=user_id).exists()


def is_on(name: str) -> bool:
    """Whether a switch of a time of attack (models.Switch) is on."""
    found: bool | None = cache.get(_switch_key(name))
    if found is None:
        found = Switch.objects.filter(pk=name).exists()
        cache.set(_switch_key(name), found, SWITCH_KEPT)
    return found


def forget_switch(name: str) -> None:
    cache.delete(_switch_key(name))


def _switch_key(name: str) -> str:
    return f"safety.switch.{name}"


# What is looked for


class Stamp(NamedTuple):
    """Another one once any row that counts is added or taken away: what a set was made of."""

    many: int
    activated: datetime | None
    removed: datetime | None


# The set of this process. It is made of the rows that its stamp tells of, so any thread may replace it.
_kept: tuple[Stamp, Filters] | None = None
_making = threading.Lock()


def active() -> QuerySet[Watch]:
    return Watch.objects.exclude(active_at=None).filter(removed_at=None)


def filters() -> Filters:
    """What counts now, made once in a process for as long as no moderator changes it. One query."""
    global _kept  # noqa: PLW0603 one set for all threads
    stamp = _stamp()
    if (kept := _kept) and kept[0] == stamp:
        return kept[1]
    with _making:
        if not _kept or _kept[0] != stamp:
            _kept = stamp, Filters(map(entry_of, active().order_by("pk")))
        return _kept[1]


def entry_of(watch: Watch) -> Entry:
    return Entry(watch.pk, watch.sort, watch.kind, watch.text, watch.language, watch.rule_id)


def _stamp() -> Stamp:
    found = Watch.objects.exclude(active_at=None).aggregate(
        many=Count("pk", filter=Q(removed_at=None)),
        activated=Max("active_at"),
        removed=Max("removed_at"),
    )
    return Stamp(**found)


def watches() -> QuerySet[Watch]:
    """What counts, and what was only tried so far, the newest first."""
    return Watch.objects.filter(removed_at=None).select_related("rule", "by").order_by("-pk")
