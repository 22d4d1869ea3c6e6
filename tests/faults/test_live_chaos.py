"""Processes, Redis, the database and the clock fail under people who write and read: nothing is lost.

After each: every post that was answered is there once, and whoever reads along with catching up, as
docs/live.md has it, has every post of the thread once and in order.
"""

import os
import threading
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.security.selection import WHOLE

from .cluster import Cluster, Seed
from .reader import Reader
from .services import Proxy, Redis, through
from .talk import Talk, wait_until

# Seconds of talk before and after; how long Redis is away; how long the database does not answer.
BEFORE, AFTER = (5.0, 10.0) if WHOLE else (0.8, 1.5)
REDIS_AWAY = 60.0 if WHOLE else 2.0
DATABASE_PAUSED = 5.0
HOUR = 3600
LIVE_AGAIN = 10.0
# What check 12 allows 95 of 100 answers while Redis is away.
SLOW = 1.5


@pytest.fixture
def talk(cluster: Cluster) -> Talk:
    return Talk(cluster, cluster.thread("postcards"))


def for_a_while(seconds: float) -> None:
    threading.Event().wait(seconds)


def fresh_reader(talk: Talk, port: int) -> Reader:
    talk.read(1, [port])
    return talk.readers[-1]


def test_a_socket_process_that_is_killed_loses_nothing(cluster: Cluster, talk: Talk) -> None:
    talk.read(6, cluster.ports)
    talk.write([cluster.first.port])
    for_a_while(BEFORE)
    cluster.second.kill()
    for_a_while(AFTER)
    cluster.second.start()
    for_a_while(BEFORE)
    talk.finish()
    assert any(reader.connections > 1 for reader in talk.readers)
    assert talk.statuses == {302}  # who writes noticed nothing


def test_a_page_process_that_is_killed_loses_nothing_that_was_answered(
    cluster: Cluster, talk: Talk
) -> None:
    talk.read(3, [cluster.second.port])
    talk.write([cluster.first.port])
    for_a_while(BEFORE)
    cluster.first.kill()
    for_a_while(0.5)
    cluster.first.start()
    for_a_while(AFTER)
    talk.finish()
    assert sum(writer.unanswered for writer in talk.writers) > 0
    assert {reader.connections for reader in talk.readers} == {1}


def test_a_redis_that_is_killed_and_comes_back_fails_nobody(
    cluster: Cluster, talk: Talk, redis: Redis
) -> None:
    talk.read(3, [cluster.second.port])
    talk.write([cluster.first.port])
    for_a_while(BEFORE)
    redis.kill()
    for_a_while(REDIS_AWAY)
    redis.start()
    back = time.monotonic()
    # The first who comes after it is told of what happens from then on.
    fresh = fresh_reader(talk, cluster.second.port)
    assert wait_until(lambda: fresh.live_at > back, LIVE_AGAIN)
    for_a_while(AFTER)
    talk.finish()
    assert talk.statuses == {302}
    assert talk.delays[int(len(talk.delays) * 0.95)] <= SLOW


def test_a_redis_that_accepts_and_never_answers_fails_nobody(
    cluster: Cluster, talk: Talk, redis: Redis
) -> None:
    talk.read(3, [cluster.second.port])
    talk.write([cluster.first.port])
    for_a_while(BEFORE)
    redis.freeze()
    frozen = time.monotonic()
    for_a_while(REDIS_AWAY)
    # Pages, and somebody who comes just now.
    fresh = fresh_reader(talk, cluster.second.port)
    assert fresh.is_live
    for_a_while(REDIS_AWAY)
    redis.thaw()
    back = time.monotonic()
    assert wait_until(lambda: all(reader.live_at > back for reader in talk.readers), LIVE_AGAIN)
    talk.finish()
    assert talk.statuses == {302}
    assert len(talk.delays) > (back - frozen) / SLOW
    assert talk.delays[int(len(talk.delays) * 0.95)] <= SLOW


# A database that does not answer for a while


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    made = Proxy("127.0.0.1", 5432)
    yield made
    made.close()


@pytest.fixture
def behind_a_proxy(
    seeded_on_postgres: Seed, redis: Redis, tmp_path: Path, proxy: Proxy
) -> Iterator[Cluster]:
    with seeded_on_postgres.copy(tmp_path) as (database, data):
        proxied = through(database, proxy)
        cluster = Cluster(data, tmp_path, database, redis.url, DATABASE_URL=proxied)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.kill()


def test_a_database_that_does_not_answer_for_five_seconds_loses_nothing(
    behind_a_proxy: Cluster, proxy: Proxy
) -> None:
    cluster = behind_a_proxy
    talk = Talk(cluster, cluster.thread("postcards"))
    talk.read(3, cluster.ports)
    talk.write(cluster.ports)
    for_a_while(BEFORE)
    proxy.pause()
    for_a_while(DATABASE_PAUSED)
    proxy.resume()
    back = time.monotonic()
    assert wait_until(lambda: all(reader.live_at > back for reader in talk.readers), LIVE_AGAIN)
    for_a_while(BEFORE)
    talk.finish()
    assert talk.statuses <= {302, 503}


# A clock that is set


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    return tmp_path / "clock"


@pytest.fixture
def with_a_clock(
    seeded_on_postgres: Seed, redis: Redis, tmp_path: Path, clock: Path
) -> Iterator[Cluster]:
    path = os.pathsep.join(
        filter(None, [str(Path(__file__).parent / "clock"), os.environ.get("PYTHONPATH")])
    )
    with seeded_on_postgres.copy(tmp_path) as (database, data):
        changes = {"PYTHONPATH": path, "TEST_CLOCK": str(clock)}
        cluster = Cluster(data, tmp_path, database, redis.url, **changes)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.kill()


def off_by(port: int) -> float:
    """How many seconds the clock of the process behind a port is ahead of ours, by its answers."""
    with urlopen(f"http://localhost:{port}/healthz", timeout=5) as answer:
        return parsedate_to_datetime(answer.headers["Date"]).timestamp() - time.time()


@pytest.mark.parametrize("off", [HOUR, -HOUR])
def test_a_clock_that_jumps_an_hour_loses_nothing(
    with_a_clock: Cluster, clock: Path, off: int
) -> None:
    cluster = with_a_clock
    talk = Talk(cluster, cluster.thread("postcards"))
    talk.read(3, cluster.ports)
    talk.write(cluster.ports)
    for_a_while(BEFORE)
    clock.write_text(str(off))
    assert wait_until(
        lambda: all(abs(off_by(port) - off) < 60 for port in cluster.ports), LIVE_AGAIN
    )
    for_a_while(AFTER)
    clock.write_text("0")
    for_a_while(AFTER)
    talk.finish()
    assert talk.statuses == {302}
