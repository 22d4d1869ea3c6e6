"""So many sockets one person and one address may have, and no more."""

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


def test_nothing_is_kept_of_who_is_gone():
    made = Doors()
    keys = made.enter(7, "192.0.2.1", now=1.0)
    made.leave(keys, now=100.0)
    assert not made._open and not made._opened


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
