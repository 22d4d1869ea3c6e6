"""A bell that nobody answers costs the request nothing. With a real Redis: tests/services/."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from exchange.ledger.signals import event_recorded
from exchange.live import bell as module
from exchange.live import receivers
from exchange.live.bell import Bell, OnceAMinute
from exchange.live.hub import Hub

# Two hundred rings that waited for an answer would take 20 s.
AT_ONCE = 2


def shared(settings, port: int) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [settings.REDIS_URL], "prefix": "test.bell"},
        }
    }


@pytest.fixture
def bell() -> Iterator[Bell]:
    made = Bell()
    yield made
    made.close()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Something that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for(said, count: int) -> None:
    deadline = time.monotonic() + 5
    while len(said()) < count and time.monotonic() < deadline:
        time.sleep(0.01)


def lines(caplog) -> list[str]:
    return [r.message for r in caplog.records if r.name == "exchange.live.bell"]


def test_it_starts_nothing_where_processes_share_nothing(bell, settings):
    settings.REDIS_URL = ""
    before = threading.active_count()
    bell.ring(1)
    assert threading.active_count() == before


@pytest.mark.parametrize("which", ["closed_port", "silent_port"])
def test_without_an_answer_the_request_goes_on_and_one_line_says_so(
    bell, settings, request, monkeypatch, caplog, which
):
    monkeypatch.setattr(module, "RING_SECONDS", 0.1)
    shared(settings, request.getfixturevalue(which))
    started = time.monotonic()
    for event in range(200):
        bell.ring(event)
    assert time.monotonic() - started < AT_ONCE
    wait_for(lambda: lines(caplog), 1)
    bell.ring(201)
    time.sleep(0.3)  # the second try fails as well
    assert len(lines(caplog)) == 1 and "cannot be rung" in lines(caplog)[0]
    assert all(record.exc_info is None for record in caplog.records)


def test_one_thread_serves_all_rings_and_a_fork_begins_anew(bell, settings, closed_port):
    shared(settings, closed_port)
    before = threading.active_count()
    for event in range(20):
        bell.ring(event)
    assert threading.active_count() == before + 1
    first = bell._loop
    bell.close()  # as if it stayed behind in the parent
    bell.reset()
    bell.ring(21)
    assert bell._loop not in (None, first)


async def test_who_cannot_hear_says_so_once_and_tries_on(
    settings, closed_port, monkeypatch, caplog
):
    shared(settings, closed_port)
    monkeypatch.setattr(module, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.02)
    task = asyncio.create_task(module.hear(lambda: None))
    await asyncio.sleep(0.3)
    assert not task.done()
    task.cancel()
    await asyncio.wait([task], timeout=3)
    assert task.done()
    assert len(lines(caplog)) == 1 and "cannot be heard" in lines(caplog)[0]


async def test_an_idle_loop_is_woken_from_another_thread(monkeypatch):
    hub = Hub()
    hub._loop = asyncio.get_running_loop()
    threading.Timer(0.05, hub.ring).start()
    started = time.monotonic()
    async with asyncio.timeout(3):
        await hub._wake.wait()
    assert time.monotonic() - started < 1


def test_an_event_rings_both(monkeypatch):
    rung = []
    monkeypatch.setattr(receivers.hub, "ring", lambda: rung.append("hub"))
    monkeypatch.setattr(receivers.bell, "ring", rung.append)
    event_recorded.send(sender=None, event_id=7)
    assert rung == ["hub", 7]


def test_the_layers_own_tracebacks_become_a_line_a_minute():
    keep = OnceAMinute()
    error = (OSError, OSError("gone"), None)
    record = logging.LogRecord("channels_redis", logging.ERROR, "", 1, "Failed", (), error)
    assert keep.filter(record) and record.getMessage() == "Failed: OSError('gone')"
    assert record.exc_info is None and not keep.filter(record)
