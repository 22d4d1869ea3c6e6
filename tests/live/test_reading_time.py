"""How long somebody had threads open is counted when the socket closes, and only so far."""

import pytest
from channels.db import database_sync_to_async as in_thread

from exchange.accounts.actions import LONGEST_SITTING, MOST_A_DAY, read_for
from exchange.live import consumer

pytestmark = pytest.mark.django_db(transaction=True)


class Clock:
    """The consumer's own, which a test can move on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(consumer, "time", made)
    return made


async def minutes_of(user) -> int:
    await in_thread(user.refresh_from_db)()
    return user.minutes_read


async def test_a_thread_that_was_open_for_minutes_is_counted_when_it_is_closed(
    visit, thread, sam, clock
):
    page = await visit(sam)
    await page.watch(thread.scope)
    clock.now += 5 * 60 + 20
    assert await minutes_of(sam) == 0
    await page.leaves()
    assert await minutes_of(sam) == 5


async def test_a_page_without_a_thread_and_a_stranger_count_nothing(visit, thread, sam, clock):
    idle, stranger = await visit(sam), await visit()
    await stranger.watch(thread.scope)
    clock.now += 600
    await idle.leaves()
    await stranger.leaves()
    assert await minutes_of(sam) == 0


async def test_a_window_left_open_overnight_is_one_sitting(visit, thread, sam, clock):
    page = await visit(sam)
    await page.watch(thread.scope)
    clock.now += 9 * 3600
    await page.leaves()
    assert await minutes_of(sam) == LONGEST_SITTING


def test_no_more_than_a_days_minutes_are_counted_however_many_windows_are_open(sam):
    counted = [read_for(user=sam, minutes=20) for _ in range(9)]
    assert sum(counted) == MOST_A_DAY and counted[-1] == 0
    sam.refresh_from_db()
    assert sam.minutes_read == MOST_A_DAY
