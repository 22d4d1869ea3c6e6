"""The bell through a real Redis: from one process's thread to another's hub."""

import asyncio
import time
from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as in_thread
from channels.layers import get_channel_layer
from django.conf import settings

from exchange.ledger.models import Event
from exchange.live import hub as module
from exchange.live.bell import Bell, hear
from exchange.live.connection import Connection, Watched
from exchange.live.hub import Hub
from exchange.live.scopes import Opened
from tests.live.conftest import Socket, rounds_end_with_their_test

pytestmark = pytest.mark.skipif(not settings.REDIS_URL, reason="REDIS_URL is not set")
__all__ = ["rounds_end_with_their_test"]  # for each test here too


@pytest.fixture
def bell():
    made = Bell()
    yield made
    made.close()


async def joined(bell: Bell, heard: asyncio.Event) -> float:
    """Ring until it is heard, which joining the group takes a moment for; how long the last took."""
    async with asyncio.timeout(5):
        while True:
            started = time.monotonic()
            bell.ring(1)
            try:
                async with asyncio.timeout(0.2):
                    await heard.wait()
            except TimeoutError:
                continue
            heard.clear()
            return time.monotonic() - started


async def test_a_ring_is_heard_within_a_blink(bell):
    heard = asyncio.Event()
    task = asyncio.create_task(hear(lambda message: heard.set()))
    await joined(bell, heard)
    assert min([await joined(bell, heard) for _ in range(5)]) < 0.05
    task.cancel()


async def test_who_hears_no_more_leaves_nothing_behind(bell):
    heard = asyncio.Event()
    for _ in range(3):
        task = asyncio.create_task(hear(lambda message: heard.set()))
        await joined(bell, heard)
        task.cancel()
        await asyncio.wait([task], timeout=3)
        assert task.cancelled()
    layer = get_channel_layer()
    assert layer.groups == {} and layer.channels == {}


@pytest.mark.django_db(transaction=True)
async def test_what_another_process_recorded_comes_with_its_ring(bell, monkeypatch):
    monkeypatch.setattr(module, "LOOK_SECONDS", 3600)  # so that only the bell brings it
    monkeypatch.setattr("exchange.ledger.cursor.OVERLAP", timedelta(minutes=1))
    hub, socket = Hub(), Socket()
    connection = Connection(socket.send, socket.close)
    assert hub.enter(connection, "127.0.0.1")
    hub.watch(connection, "thread.1", Watched("en", Opened()))
    # A row without the signal, as only another process makes it; about nothing that has to be there.
    fields = {"verb": "case.opened", "scope": "thread.1", "target": "thread.1"}
    event = await in_thread(Event.objects.create)(**fields)
    while not socket.got:
        bell.ring(event.pk)
        await asyncio.sleep(0.02)
    assert [frame["event"] for frame in socket.got] == [event.pk]
    hub.drop(connection, 1001)
