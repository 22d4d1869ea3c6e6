"""A bell that nobody answers costs the request nothing. With a real Redis: tests/services/."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

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


class Layer:
    """A channel layer that keeps what is sent, and holds the first message back until it is let go."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.free = threading.Event()
        self.fails = False

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        await asyncio.to_thread(self.free.wait, 5)
        if self.fails:
            raise OSError("away")
        self.sent.append(message)

    @property
    def told(self) -> list[dict[str, Any]]:
        return [one for message in self.sent for one in message.get("told", ())]


@pytest.fixture
def layer(settings, monkeypatch) -> Layer:
    made = Layer()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(module, "get_channel_layer", lambda: made)
    return made


def here(scope: int, more: int = 0) -> dict[str, Any]:
    return {"type": "live.here", "scope": f"thread.{scope}", "people": [], "more": more}


def writes(token: str, family: str) -> dict[str, Any]:
    return {"type": "live.writing", "scope": "thread.1", "token": token, "in": family}


def test_who_is_in_a_thousand_threads_and_who_writes_is_all_said(bell, layer):
    bell.tell(writes("a", "zh"))
    for scope in range(1, 1001):
        bell.tell(here(scope))
    bell.ring(7)
    layer.free.set()
    wait_for(lambda: layer.told, 1001)
    assert writes("a", "zh") in layer.told
    assert {one["scope"] for one in layer.told} == {f"thread.{n}" for n in range(1, 1001)}
    assert max(len(message.get("told", ())) for message in layer.sent) == module.PIECE
    # What happened goes before the rest of who is here.
    assert {"type": "ledger.event", "event": 7} in layer.sent[:2]


def test_of_one_scope_and_one_writer_the_last_is_said(bell, layer):
    bell.ring(1)  # is held back: what comes meanwhile gathers
    for more in range(3):
        bell.tell(here(1, more))
    for token, family in (("a", "zh"), ("b", "en"), ("a", "")):
        bell.tell(writes(token, family))
    layer.free.set()
    wait_for(lambda: layer.told, 3)
    assert layer.told == [here(1, 2), writes("a", ""), writes("b", "en")]


def test_what_could_not_be_said_is_not_kept_but_events_ring_on(bell, layer, caplog):
    layer.fails = True
    for scope in range(1, 501):
        bell.tell(here(scope))
    layer.free.set()
    wait_for(lambda: lines(caplog), 1)
    wait_for(lambda: [] if bell._telling else [1], 1)
    layer.fails = False
    bell.ring(2)
    wait_for(lambda: layer.sent, 1)
    assert {"type": "ledger.event", "event": 2} in layer.sent and len(layer.told) < 500


async def test_the_hub_hears_many_scopes_in_one_message():
    hub = Hub()
    about = {"process": "another"}
    told = [here(1, 2) | about, here(2, 3) | about, writes("a", "zh") | about]
    hub._hear({"type": "live.told", "told": told})
    assert [hub._here.frame(f"thread.{n}")["here"] for n in (1, 2)] == [2, 3]
    assert hub._writing.frame("thread.1")["in"] == [["a", "zh"]]


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
