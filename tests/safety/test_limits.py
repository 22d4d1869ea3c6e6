"""The table of limits and how it is counted: exactly, cheaply, and of nobody that is named."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from django.core.cache import cache
from django.utils.translation import override
from redis.exceptions import RedisError

from exchange.ledger.models import Bucket
from exchange.safety import actions, limits, tasks
from exchange.safety.gates import NEWCOMER_AGE
from exchange.safety.limits import LIMITS, LOOKUPS, MINUTE, SECOND, Limit, Rate
from exchange.web.remaining import after, goes_on
from tests.security.clock import Clock

WHO = {"account": "7", "address": "192.0.2.1", "newcomer": False}
HERE = {"account": "", "address": "192.0.2.1"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def allowed(act: str, tries: int, **who) -> int:
    return sum(actions.count_act(act, **WHO | who) is None for _ in range(tries))


@pytest.mark.parametrize("row", [*LIMITS.values(), *LOOKUPS.values()])
def test_a_newcomer_may_do_less_than_a_member_and_a_network_more_than_either(row: Limit) -> None:
    per_second = [
        rate.many / rate.within.total_seconds() for rate in (row.newcomer, row.account, row.address)
    ]
    assert row.newcomer.many <= row.account.many <= row.address.many
    assert per_second[0] <= per_second[1]
    assert row.newcomer.many < row.address.many


def test_a_bucket_is_full_again_within_its_time() -> None:
    assert Rate(20, timedelta(hours=1)).cost == 180 * actions.MICRO
    assert Rate(7, MINUTE).room <= 60 * actions.MICRO
    assert LIMITS["reply"].newcomer.cost == 5 * actions.MICRO  # one in five seconds


@pytest.mark.parametrize("newcomer", [False, True])
@pytest.mark.parametrize("act", ["reply", "report", "term"])
@pytest.mark.django_db
def test_so_many_go_through_at_once_and_then_one_at_a_time(act, newcomer, clock) -> None:
    rate = LIMITS[act].newcomer if newcomer else LIMITS[act].account
    assert allowed(act, rate.many + 3, newcomer=newcomer) == rate.many
    wait = actions.count_act(act, **WHO | {"newcomer": newcomer})
    assert wait and 0 < wait.seconds <= rate.within.total_seconds()
    clock.forward(wait.seconds - 1)
    assert allowed(act, 1, newcomer=newcomer) == 0
    clock.forward(1)
    assert allowed(act, 2, newcomer=newcomer) == 1
    clock.forward(rate.within.total_seconds())
    assert allowed(act, rate.many + 3, newcomer=newcomer) == rate.many


@pytest.mark.django_db
def test_who_is_refused_loses_nothing_more_by_trying(clock) -> None:
    allowed("report", 20)
    assert allowed("report", 30) == 0
    clock.forward(180)
    assert allowed("report", 2) == 1


@pytest.mark.django_db
def test_each_act_and_each_person_is_counted_apart(clock) -> None:
    assert allowed("thread", 20) == 15
    assert allowed("thread", 20, account="8") == 15
    assert allowed("reply", 40) == 30


@pytest.mark.django_db
def test_new_accounts_at_one_address_are_counted_together_and_old_ones_are_not(clock) -> None:
    many = LIMITS["thread"].address.many
    passed = sum(allowed("thread", 5, account=str(n), newcomer=True) for n in range(10))
    assert passed == many
    wait = actions.count_act("thread", account="99", address="192.0.2.1", newcomer=True)
    assert wait and wait.what == limits.FROM_YOUR_NETWORK
    assert allowed("thread", 1, account="99") == 1
    assert allowed("thread", 1, account="98", address="192.0.2.2", newcomer=True) == 1


@pytest.mark.django_db
def test_one_write_is_one_query_and_a_newcomer_s_two(clock, django_assert_num_queries) -> None:
    for _ in range(2):
        with django_assert_num_queries(1):
            actions.count_act("reply", **WHO)
        with django_assert_num_queries(2):
            actions.count_act("reply", **WHO | {"account": "8", "newcomer": True})
    with django_assert_num_queries(0):
        actions.count_lookup("reading", **HERE)


@pytest.mark.django_db
def test_no_row_names_anybody_and_none_stays_longer_than_its_time(clock, settings) -> None:
    allowed("reply", 3)
    allowed("thread", 1, newcomer=True)
    keys = set(Bucket.objects.values_list("pk", flat=True))
    assert len(keys) == 3
    assert all(re.fullmatch("[0-9a-f]{40}", key) for key in keys)
    settings.SECRET_KEY = "another" * 10
    allowed("reply", 1)
    assert len(set(Bucket.objects.values_list("pk", flat=True)) - keys) == 1
    clock.forward(7)
    assert actions.forget_acts() == 2  # three replies of a member are used up for six seconds
    clock.forward(3600)
    assert actions.forget_acts() == 2
    assert not Bucket.objects.exists()


@pytest.mark.django_db
def test_the_background_forgets_once_a_minute(clock, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "_next", 0.0)
    allowed("reply", 1)
    clock.forward(3600)
    assert tasks.work() == 1
    allowed("reply", 1)
    clock.forward(3600)
    assert tasks.work() == 0


@pytest.mark.django_db
def test_an_empty_cache_forgets_no_write(clock) -> None:
    allowed("report", 20)
    cache.clear()
    assert allowed("report", 1) == 0


@pytest.mark.parametrize("act", LOOKUPS)
def test_lookups_are_counted_in_the_cache(act, clock) -> None:
    many = LOOKUPS[act].address.many
    for who, most in ((HERE, many), (HERE | {"account": "7"}, LOOKUPS[act].account.many)):
        assert not any(actions.count_lookup(act, **who) for _ in range(most))
        wait = actions.count_lookup(act, **who)
        assert wait and 0 < wait.seconds <= 60
        clock.forward(wait.seconds)
        assert actions.count_lookup(act, **who) is None


def test_without_redis_each_process_counts_alone_and_more_strictly(clock, monkeypatch) -> None:
    def away(*args, **kwargs):
        raise RedisError

    monkeypatch.setattr(actions, "cache", type("Away", (), {"incr": away, "add": away})())
    actions._alone.clear()
    many = LOOKUPS["image"].address.many
    passed = [actions.count_lookup("image", **HERE) is None for _ in range(many)]
    assert sum(passed) == many // actions.PROCESSES


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_home_is_one_address(address: str, expected: str) -> None:
    assert limits.prefix(address) == expected


def test_a_newcomer_is_one_for_three_days() -> None:
    now = datetime(2026, 11, 26, tzinfo=timezone.utc)  # noqa: UP017
    assert limits.is_newcomer(now - NEWCOMER_AGE + SECOND, now)
    assert not limits.is_newcomer(now - NEWCOMER_AGE, now)


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (1, "You can go on in 1 second.", "1秒后可以继续。"),
        (12, "You can go on in 12 seconds.", "12秒后可以继续。"),
        (60, "You can go on in 60 seconds.", "60秒后可以继续。"),
        (61, "You can go on in about 2 minutes.", "约2分钟后可以继续。"),
        (1200, "You can go on in about 20 minutes.", "约20分钟后可以继续。"),
        (3601, "You can go on in about 2 hours.", "约2小时后可以继续。"),
    ],
)
def test_the_time_is_said_in_the_reader_s_language(seconds, english, chinese) -> None:
    with override("en"):
        assert (goes_on(seconds), after("Stop.", seconds)) == (english, f"Stop. {english}")
    with override("zh-hans"):
        assert (goes_on(seconds), after("停。", seconds)) == (chinese, f"停。{chinese}")
