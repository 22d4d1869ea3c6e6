"""Whose pictures need no look any more, and who did how much within a limit.

The ledger has the acts that the first follows from.
"""

import time
from math import ceil
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from exchange.ledger.actions import forget_buckets, spend

from .limits import FROM_YOUR_NETWORK, LIMITS, LOOKUPS, Rate, Wait
from .models import Known

MICRO = 1_000_000
SALT = "exchange.limits"
# Where Redis does not answer, each process counts alone: as if there were so many of them.
PROCESSES = 4

_alone = LocMemCache("limits", {"OPTIONS": {"MAX_ENTRIES": 20_000}})


def know(user_id: int) -> None:
    """A moderator let a picture of theirs through."""
    Known.objects.get_or_create(user_id=user_id)


def know_no_longer(user_id: int) -> None:
    """A moderator took a picture of theirs away: as long as they are new, the next ones wait again."""
    Known.objects.filter(user_id=user_id).delete()


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
