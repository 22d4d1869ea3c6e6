"""Whose pictures need no look any more, who did how much within a limit, and the house rules.

The ledger has the acts that the first follows from.
"""

import time
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from exchange.ledger.actions import forget_buckets, record, spend

from .editions import content
from .limits import FROM_YOUR_NETWORK, LIMITS, LOOKUPS, SIGN_UP_QUESTIONS, Rate, Wait
from .models import Edition, Known, Rule, Switch, Watch
from .queries import edition_now, forget, forget_switch
from .watching import domain

MICRO = 1_000_000
SALT = "exchange.limits"
# Where Redis does not answer, each process counts alone: as if there were so many of them.
PROCESSES = 4

_alone = LocMemCache("limits", {"OPTIONS": {"MAX_ENTRIES": 20_000}})

# Where rules stand while others take their numbers, of which each is one rule's.
ASIDE = 10_000


def know(user_id: int) -> bool:
    """A moderator let something of theirs through that waited. Whether they were not known before."""
    return Known.objects.get_or_create(user_id=user_id)[1]


def know_no_longer(user_id: int) -> bool:
    """A moderator took a picture of theirs away: as long as they are new, the next ones wait again.
    Whether they were known before."""
    return Known.objects.filter(user_id=user_id).delete()[0] > 0


def publish_rules(
    *, rules: Sequence[Mapping[str, Any]], edition: int = 1, by: Any = None
) -> Edition | None:
    """These are the house rules from now on: rows of `{"code", "number", "severity", "name", "text"}`.

    None where members read the same as before; otherwise the new edition, whose number is `edition` or
    the next one that is free. What a rule says stays in its editions; a rule that was a reason once is
    never taken away.
    """
    with transaction.atomic():
        _keep_unnumbered_edition()
        _write(rules)
        last, wanted = Edition.objects.first(), content(rules)
        if last and last.rules == wanted:
            published = None
        else:
            number = max(edition, last.number + 1 if last else 1)
            published = Edition.objects.create(number=number, rules=wanted)
            record("rules.published", actor=by, scope="rules", target=f"rules.{number}")
    forget()
    return published


def keep_edition(*, user: Any, shown: str) -> None:
    """Which edition of the rules somebody was shown when they signed up. `shown` comes from a form:
    what is no edition is taken for the one of now."""
    number = int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 6 else 0
    if not Edition.objects.filter(pk=number).exists():
        number = edition_now()
    type(user).objects.filter(pk=user.pk).update(rules_edition=number)
    user.rules_edition = number


def _keep_unnumbered_edition() -> None:
    """Sites had rules before they counted editions: what stands there is the first one."""
    if Edition.objects.exists():
        return
    if found := content(list(Rule.objects.values())):
        Edition.objects.create(number=1, rules=found)


def _write(rules: Sequence[Mapping[str, Any]]) -> None:
    numbers = dict(Rule.objects.values_list("code", "number"))
    if any(numbers.get(rule["code"], rule["number"]) != rule["number"] for rule in rules):
        Rule.objects.update(number=F("number") + ASIDE)
    for rule in rules:
        kept = {key: rule[key] for key in ("number", "severity", "name", "text")}
        Rule.objects.update_or_create(code=rule["code"], defaults=kept)


# What is looked for, and the switches. The words themselves are in no event.

FILTERS, SWITCHES = "filters", "switches"


class Repeated(Exception):
    """The same is looked for already, or being tried: `watch`."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(watch.pk)
        self.watch = watch


def add_watch(*, by: Any, sort: str, kind: str, text: str, language: str, rule: Rule) -> Watch:
    """To be tried first: it counts once it is activated. Raises Repeated."""
    text = domain(text) if sort == Watch.Sort.DOMAIN else text
    same = Watch.objects.filter(sort=sort, text=text, language=language, removed_at=None)
    try:
        with transaction.atomic():
            if before := same.first():
                raise Repeated(before)
            watch = Watch.objects.create(
                sort=sort, kind=kind, text=text, language=language, rule=rule, by=by
            )
            _happened("watch.added", by, watch)
    except IntegrityError:  # its twin was written this moment
        raise Repeated(same.get()) from None
    return watch


def activate(*, by: Any, watch: Watch) -> bool:
    """From now on it counts. False where it did before, or was taken out."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Watch.objects.filter(pk=watch.pk, active_at=None, removed_at=None)
        if not waiting.update(active_at=now):
            return False
        watch.active_at = now
        _happened("watch.activated", by, watch)
    return True


def remove_watch(*, by: Any, watch: Watch) -> bool:
    """False where it was taken out before."""
    now = timezone.now()
    with transaction.atomic():
        if not Watch.objects.filter(pk=watch.pk, removed_at=None).update(removed_at=now):
            return False
        watch.removed_at = now
        _happened("watch.removed", by, watch)
    return True


def switch(*, name: str, on: bool, by: Any) -> bool:
    """Something for times of attack, on or off. False where it was so before."""
    with transaction.atomic():
        if on:
            changed = Switch.objects.get_or_create(name=name, defaults={"by": by})[1]
        else:
            changed = bool(Switch.objects.filter(name=name).delete()[0])
        if changed:
            number = Switch.NAMES.index(name) + 1
            record(
                "switch.on" if on else "switch.off",
                actor=by,
                scope=SWITCHES,
                target=f"switch.{number}",
                name=name,
            )
    forget_switch(name)
    return changed


def _happened(verb: str, by: Any, watch: Watch) -> None:
    record(
        verb,
        actor=by,
        scope=FILTERS,
        target=f"watch.{watch.pk}",
        reason=watch.rule_id,
        kind=watch.kind,
        sort=watch.sort,
    )


# Limits


def count_act(act: str, *, account: str, address: str, newcomer: bool) -> Wait | None:
    """Count one write of a member. None if it may go on; else nothing of it is counted for them.

    One query for each of the two that is named.
    """
    limit, now = LIMITS[act], time.time_ns() // 1000
    counted = [(f"account {account}", limit.newcomer if newcomer else limit.account, limit.what)]
    if newcomer:
        counted.append((f"address {address}", limit.address, FROM_YOUR_NETWORK))
    for who, rate, what in counted:
        key = _key(act, who)
        if wait := spend(key, cost=rate.cost, room=rate.room, now=now):
            return Wait(what, ceil(wait / MICRO))
    return None


def count_lookup(act: str, *, account: str, address: str) -> Wait | None:
    """Count one look at something; `account` is "" for strangers, who are counted by address."""
    limit, now = LOOKUPS[act], time.time()
    if account:
        wait = _count(_key(act, f"account {account}"), limit.account, now)
        return Wait(limit.what, wait) if wait else None
    wait = _count(_key(act, f"address {address}"), limit.address, now)
    return Wait(FROM_YOUR_NETWORK, wait) if wait else None


def count_question(address: str) -> Wait | None:
    """Count one answer to a question at sign-up, right or wrong. None if it may be looked at."""
    key, now = _key("question at sign-up", f"address {address}"), time.time_ns() // 1000
    rate = SIGN_UP_QUESTIONS
    wait = spend(key, cost=rate.cost, room=rate.room, now=now)
    return Wait(FROM_YOUR_NETWORK, ceil(wait / MICRO)) if wait else None


def use_once(name: str, *, within: int) -> bool:
    """Whether nobody used this name in the last so many seconds: of two at once, one did."""
    room = within * MICRO
    return not spend(_key("once", name), cost=room, room=room, now=time.time_ns() // 1000)


def forget_acts() -> int:
    """Whoever is within all limits again is not known here any more."""
    return forget_buckets(time.time_ns() // 1000)


def _key(act: str, who: str) -> str:
    """No address and no account can be read out of it, nor tried out without the site's key."""
    return salted_hmac(SALT, f"{act} {who}", algorithm="sha256").hexdigest()[:40]


def _count(key: str, rate: Rate, now: float) -> int:
    """0, or the seconds until the window ends."""
    window = int(rate.within.total_seconds())
    number, into = divmod(now, window)
    counted = f"limits.{key}.{number:.0f}"
    try:
        found, many = _one_more(cache, counted, window), rate.many
    except RedisError:
        found, many = _one_more(_alone, counted, window), max(1, rate.many // PROCESSES)
    return ceil(window - into) if found > many else 0


def _one_more(counter: Any, key: str, window: int) -> int:
    found: int
    try:
        found = counter.incr(key)
    except ValueError:  # there is none yet; two may find that at once
        counter.add(key, 0, 2 * window)
        found = counter.incr(key)
    return found
