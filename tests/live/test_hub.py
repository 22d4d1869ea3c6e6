"""The hub with the real follower, and connections whose other end is this test."""

import asyncio
from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as in_thread

from exchange.ledger.models import Event
from exchange.live import hub as module
from exchange.live.connection import BACKLOG, Connection, Watched
from exchange.live.follower import Follower
from exchange.live.hub import Hub
from exchange.live.scopes import Opened
from tests.cast import reply

from .conftest import Socket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def hub(monkeypatch):
    """A hub of its own that looks at the ledger only when it is woken."""
    monkeypatch.setattr(module, "LOOK_SECONDS", 3600)
    monkeypatch.setattr("exchange.ledger.cursor.OVERLAP", timedelta(0))
    made = Hub()
    yield made
    for connection in list(made._connections):
        made.drop(connection, 1001)


@pytest.fixture
def watcher(hub):
    def watch(scope: str, language: str = "en", *, stuck: bool = False) -> Socket:
        socket = Socket(stuck=stuck)
        socket.connection = Connection(socket.send, socket.close)
        assert hub.enter(socket.connection, "")
        hub.watch(socket.connection, scope, Watched(language, Opened()))
        return socket

    return watch


async def looked_once(hub: Hub) -> None:
    """Until the follower stands at the ledger's end."""
    looked = asyncio.Event()
    follow = hub._round

    async def then_say(follower: Follower) -> None:
        await follow(follower)
        looked.set()

    hub._round = then_say
    hub.ring()
    async with asyncio.timeout(3):
        await looked.wait()
    hub._round = follow


def happened(scope: str, count: int = 1) -> None:
    """Events as another process records them: rows, and no signal here."""
    target = {"verb": "case.opened", "scope": scope, "target": scope}
    Event.objects.bulk_create([Event(**target) for _ in range(count)])


async def test_a_slow_client_is_dropped_while_another_gets_all(hub, watcher):
    quick, slow = watcher("thread.1"), watcher("thread.1", stuck=True)
    await looked_once(hub)
    await in_thread(happened)("thread.1", BACKLOG + 50)
    hub.ring()
    await quick.until(lambda: len(quick.got) == BACKLOG + 50)
    await slow.until(lambda: slow.code is not None)
    assert slow.code == module.TOO_SLOW and slow.got == []
    assert quick.code is None and not slow.connection.is_open
    ids = [frame["event"] for frame in quick.got]
    assert ids == sorted(set(ids))


async def test_what_another_process_recorded_is_found_by_looking(hub, watcher, monkeypatch):
    socket = watcher("thread.1")
    await looked_once(hub)
    await in_thread(happened)("thread.1")
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    hub.ring()  # so that it waits the shorter time from now on
    await socket.until(lambda: len(socket.got) == 1)
    await in_thread(happened)("thread.1")
    await socket.until(lambda: len(socket.got) == 2)


async def test_each_event_is_sent_to_those_who_watch_its_scope_only(hub, watcher):
    one, two = watcher("thread.1"), watcher("thread.2")
    await looked_once(hub)
    await in_thread(happened)("thread.2")
    await in_thread(happened)("thread.1")
    hub.ring()
    for socket, scope in ((one, "thread.1"), (two, "thread.2")):
        await socket.until(lambda socket=socket: socket.got)
        assert [frame["scope"] for frame in socket.got] == [scope]


async def test_nothing_is_sent_after_unwatch(hub, watcher):
    gone, there = watcher("thread.1"), watcher("thread.1")
    await looked_once(hub)
    hub.unwatch(gone.connection, "thread.1")
    await in_thread(happened)("thread.1")
    hub.ring()
    await there.until(lambda: there.got)
    assert gone.got == []


async def test_it_follows_only_while_somebody_watches(hub, watcher):
    socket = watcher("thread.1")
    tasks = hub._tasks
    assert tasks and not any(task.done() for task in tasks)
    hub.forget(socket.connection)
    await asyncio.wait(tasks, timeout=3)
    assert all(task.done() for task in tasks) and hub._watchers == {}
    hub.ring()  # does nothing, and harms nobody


async def test_an_outage_is_logged_once_and_loses_nothing(
    hub, watcher, thread, mei, monkeypatch, caplog
):
    socket = watcher(thread.scope)
    await looked_once(hub)
    with monkeypatch.context() as patch:
        patch.setattr("exchange.ledger.cursor.Cursor.advance", away)
        await in_thread(reply)(mei, thread)
        for _ in range(3):
            await looked_once(hub)
    hub.ring()
    await socket.until(lambda: len(socket.got) == 3)
    assert socket.got[:2] == [{"paused": True}, {"paused": False}]
    assert [frame["number"] for frame in socket.got[2:]] == [2]
    said = [record.message for record in caplog.records]
    assert len(said) == 2 and "trying on" in said[0] and "read again" in said[1]
    assert all(record.exc_info is None for record in caplog.records)


async def test_a_database_that_hangs_is_said_and_goes_on(
    hub, watcher, thread, mei, monkeypatch, caplog
):
    socket = watcher(thread.scope)
    await looked_once(hub)
    answers = asyncio.Event()
    run = hub._database.run

    async def hang(call, *args):
        await answers.wait()
        return await run(call, *args)

    monkeypatch.setattr(hub._database, "run", hang)
    monkeypatch.setattr(module, "SLOW_SECONDS", 0.01)
    await in_thread(reply)(mei, thread)
    hub.ring()
    await socket.until(lambda: socket.got)
    answers.set()
    await socket.until(lambda: len(socket.got) == 3)
    assert socket.got[:2] == [{"paused": True}, {"paused": False}]
    assert socket.got[2]["number"] == 2
    said = [record.message for record in caplog.records]
    assert len(said) == 2 and "no answer in" in said[0] and "read again" in said[1]


async def test_a_database_that_hangs_for_long_sends_everybody_away(hub, watcher, monkeypatch):
    socket = watcher("thread.1")
    await looked_once(hub)

    async def hang(call, *args):
        await asyncio.Event().wait()

    monkeypatch.setattr(hub._database, "run", hang)
    monkeypatch.setattr(module, "SLOW_SECONDS", 0.01)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0)
    hub.ring()
    await socket.until(lambda: socket.code is not None)
    assert socket.code == module.TRY_AGAIN_LATER and hub._watchers == {}


async def test_an_event_that_cannot_be_told_ends_nothing(hub, watcher, thread, mei, monkeypatch):
    socket = watcher(thread.scope)
    await looked_once(hub)
    with monkeypatch.context() as patch:
        patch.setattr("exchange.live.frames.build", lambda *args: 1 / 0)
        await in_thread(reply)(mei, thread)
        hub.ring()
        await socket.until(lambda: socket.got)
    await in_thread(reply)(mei, thread, "Later.")
    hub.ring()
    await socket.until(lambda: len(socket.got) == 2)
    assert [frame["kind"] for frame in socket.got] == ["reload", "post"]


async def test_after_a_long_outage_everybody_is_sent_away_to_catch_up(hub, watcher, monkeypatch):
    socket = watcher("thread.1")
    await looked_once(hub)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr("exchange.ledger.cursor.Cursor.advance", away)
    await looked_once(hub)
    hub.ring()
    await socket.until(lambda: socket.code is not None)
    assert socket.code == module.TRY_AGAIN_LATER and hub._watchers == {}


def away(*args):
    raise OSError("the database is away")


async def test_who_watches_nothing_is_closed_after_a_minute(hub, watcher, monkeypatch):
    watching, idle = watcher("thread.1"), watcher("thread.1")
    hub.unwatch(idle.connection, "thread.1")
    monkeypatch.setattr(module, "IDLE_SECONDS", -1)
    monkeypatch.setattr(module, "TIDY_SECONDS", -1)
    await looked_once(hub)
    await idle.until(lambda: idle.code is not None)
    assert idle.code == module.IDLE and watching.connection.is_open


async def test_a_socket_that_takes_no_frame_is_cut_long_before_its_queue_is_full(
    hub, watcher, monkeypatch
):
    quick, stuck = watcher("thread.1"), watcher("thread.1", stuck=True)
    await looked_once(hub)
    await in_thread(happened)("thread.1")
    hub.ring()
    await quick.until(lambda: quick.got)
    monkeypatch.setattr("exchange.live.connection.STUCK_SECONDS", -1)
    monkeypatch.setattr(module, "TIDY_SECONDS", -1)
    await looked_once(hub)
    await stuck.until(lambda: stuck.code is not None)
    assert stuck.code == module.TOO_SLOW and quick.connection.is_open


async def test_what_was_read_is_sent_although_asking_who_may_failed(hub, watcher, monkeypatch):
    socket = watcher("thread.1")
    await looked_once(hub)
    with monkeypatch.context() as patch:
        patch.setattr(hub, "_revoke", away)
        await in_thread(happened)("thread.1")
        await looked_once(hub)
    hub.ring()
    await socket.until(lambda: len(socket.got) == 3)
    assert [frame.get("kind") or frame for frame in socket.got] == [
        {"paused": True},
        {"paused": False},
        "desk",
    ]


async def test_a_sweep_looks_at_sessions_and_asks_for_no_scope_again(hub, watcher, monkeypatch):
    asked: list[str] = []
    for name in ("standing", "still_open"):
        whole = getattr(module.people, name)
        monkeypatch.setattr(
            module.people,
            name,
            lambda found, name=name, whole=whole: (asked.append(name), whole(found))[1],
        )
    monkeypatch.setattr(module, "SWEEP_SECONDS", -1)
    member = watcher("thread.1")
    member.connection.person = module.people.Person(7, "seven")
    await looked_once(hub)
    await member.until(lambda: member.code is not None)
    assert member.code == module.people.SESSION_ENDED  # there is no such session
    assert "still_open" not in asked and "standing" in asked


async def test_who_leaves_a_process_last_is_no_longer_here_to_the_others_either(
    hub, watcher, monkeypatch
):
    said: list[dict[str, object]] = []
    monkeypatch.setattr(module.bell.bell, "tell", said.append)
    there, leaving, other = watcher("thread.1"), Socket(), Hub()
    leaving.connection = Connection(leaving.send, leaving.close)
    assert other.enter(leaving.connection, "")
    for one, socket in ((hub, there), (other, leaving)):
        one.watch(socket.connection, "thread.1", Watched("en", Opened(presence=True)))
        one.come(socket.connection, "thread.1", True)

    def here() -> object:
        while said:
            hub._hear(said.pop(0))
        return hub._here.frame("thread.1")["here"]

    other._of_the_moment()
    assert here() == 2
    other.forget(leaving.connection)
    assert here() == 1


async def test_whoever_watches_and_hears_nothing_is_told_that_the_site_is_there(
    hub, watcher, monkeypatch
):
    monkeypatch.setattr(module, "TIDY_SECONDS", 0.01)
    quiet, busy, idle = (watcher("thread.1") for _ in range(3))
    hub.unwatch(idle.connection, "thread.1")
    monkeypatch.setattr("exchange.ledger.cursor.Cursor.advance", away)
    await looked_once(hub)  # all are told that the ledger is away, and after that nobody looks
    for connection in (quiet.connection, idle.connection):
        connection.told_at -= module.ALIVE_SECONDS
    await quiet.until(lambda: {"alive": True} in quiet.got)
    assert quiet.got.count({"alive": True}) == 1
    assert {"alive": True} not in busy.got + idle.got
