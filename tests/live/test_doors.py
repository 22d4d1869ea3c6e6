"""So many sockets one person and one address may have, and no more."""

import asyncio

import pytest

from exchange.live import consumer, doors
from exchange.live.doors import Doors


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.LIMITS = True


@pytest.mark.parametrize(
    ("person", "most"), [(7, doors.MOST_OF_A_PERSON), (0, doors.MOST_OF_AN_ADDRESS)]
)
def test_one_more_than_so_many_is_refused_until_one_is_closed(person, most):
    made = Doors()
    keys = [made.enter(person, "192.0.2.1", now=60.0 * number) for number in range(most)]
    assert all(keys) and made.enter(person, "192.0.2.1", now=60.0 * most) is None
    assert made.enter(8, "192.0.2.2", now=60.0 * most)
    made.leave(keys[0], now=60.0 * most)
    assert made.enter(person, "192.0.2.1", now=60.0 * most)


def test_a_program_that_opens_and_closes_is_slowed_down():
    made = Doors()
    for _ in range(doors.OPENED_BY_A_PERSON):
        made.leave(made.enter(7, "192.0.2.1", now=1.0), now=1.0)
    assert made.enter(7, "192.0.2.1", now=2.0) is None
    assert made.enter(7, "192.0.2.1", now=62.0)


def test_nothing_is_kept_of_who_is_gone_for_a_minute():
    made = Doors()
    for person, address in ((7, "192.0.2.1"), (0, "192.0.2.2")):
        made.leave(made.enter(person, address, now=100.0), now=101.0)
    stays = made.enter(8, "192.0.2.3", now=100.0)
    made.tidy(now=150.0)
    assert len(made._opened) == 5
    made.tidy(now=161.0)
    assert list(made._opened) == stays == list(made._open)
    made.leave(stays, now=162.0)
    made.tidy(now=170.0)
    assert not made._open and not made._opened


def test_however_many_others_came_nobody_s_count_is_forgotten():
    made = Doors()
    for number in range(10_001):
        made.leave(made.enter(0, f"2001:db8::{number:x}", now=1.0), now=1.0)
    for _ in range(doors.OPENED_FROM_AN_ADDRESS):
        made.leave(made.enter(0, "192.0.2.1", now=2.0), now=2.0)
    assert made.enter(0, "192.0.2.1", now=3.0) is None


def test_what_is_known_of_others_has_a_bound_and_who_is_known_comes_in(monkeypatch):
    monkeypatch.setattr(doors, "MOST_KNOWN", 3)
    made = Doors()
    for number in range(3):
        assert made.enter(0, f"192.0.2.{number}", now=100.0)
    assert made.enter(0, "192.0.2.9", now=100.0) is None and len(made._opened) == 3
    keys = made.enter(0, "192.0.2.0", now=100.0)
    assert keys == ["address.192.0.2.0"]
    for _ in range(2):
        made.leave(keys, now=101.0)
    assert made.enter(0, "192.0.2.9", now=161.0)


def test_where_limits_are_off_there_are_none(settings):
    settings.LIMITS = False
    made = Doors()
    assert all(made.enter(7, "192.0.2.1", now=1.0) for _ in range(2 * doors.MOST_OF_AN_ADDRESS))


@pytest.mark.django_db(transaction=True)
async def test_a_tab_too_many_is_told_so(visit, tom, monkeypatch):
    monkeypatch.setattr(doors, "MOST_OF_A_PERSON", 2)
    for _ in range(2):
        await visit(tom)
    third = await visit(tom)
    assert await third.closed() == consumer.TOO_MANY_SOCKETS


@pytest.mark.django_db(transaction=True)
async def test_who_was_the_last_to_go_is_forgotten_too(visit, monkeypatch):
    monkeypatch.setattr("exchange.live.hub.MINUTE", 0.05)
    monkeypatch.setattr(doors, "MINUTE", 0.05)
    await (await visit()).leaves()
    for _ in range(100):
        if not consumer.hub._doors._opened:
            break
        await asyncio.sleep(0.02)
    assert not consumer.hub._doors._opened
