"""Check 11: whatever cuts them off, readers end with each visible post once and in order."""

import random
import threading

import pytest

from exchange.live.queries import MOST
from tests.security.selection import WHOLE

from .cluster import Cluster
from .services import Redis
from .talk import Talk, wait_until

READERS, POSTS = (30, 500) if WHOLE else (30, 75)
# Seconds between two cuts, and how long somebody is in a tunnel.
CUTS = (0.1, 5.0) if WHOLE else (0.05, 0.6)
TOO_FAR = MOST + 20


@pytest.fixture
def talk(cluster: Cluster) -> Talk:
    return Talk(cluster, cluster.thread("postcards"))


def cut_again_and_again(talk: Talk, stop: threading.Event) -> int:
    chance, cuts = random.Random(11), 0
    while not stop.wait(chance.uniform(*CUTS)):
        for reader in chance.sample(talk.readers, 5):
            reader.cut()
            cuts += 1
    return cuts


def test_thirty_readers_who_are_cut_off_all_the_time_miss_nothing(
    cluster: Cluster, talk: Talk, redis: Redis
) -> None:
    talk.read(READERS, cluster.ports)
    ended = threading.Event()
    cutter = threading.Thread(target=cut_again_and_again, args=[talk, ended])
    cutter.start()
    talk.write([cluster.first.port], most=POSTS // 3)
    try:
        assert wait_until(lambda: len(talk.numbers) > POSTS // 4, 120)
        cluster.second.stop()  # as for a new version: it says good-bye
        cluster.second.start()
        assert wait_until(lambda: len(talk.numbers) > POSTS // 2, 120)
        redis.kill()
        redis.start()
        assert wait_until(lambda: len(talk.numbers) >= POSTS // 3 * 3, 240)
    finally:
        ended.set()
        cutter.join()
    talk.finish()
    assert sum(reader.connections for reader in talk.readers) > 3 * READERS
    assert 1012 in {code for reader in talk.readers for code in reader.closes}
    assert {reader.reloads for reader in talk.readers} == {0}


def test_who_was_away_for_too_long_is_asked_to_reload_and_has_everything_then(
    cluster: Cluster, talk: Talk
) -> None:
    talk.read(2, [cluster.second.port])
    away, there = talk.readers
    away.end()
    client = cluster.client("tom", cluster.first.port)
    for number in range(TOO_FAR):
        client.reply(talk.thread, f"While you were away, {number}.")
    assert wait_until(lambda: len(there.posts) == len(away.posts) + TOO_FAR)
    away.come_back()
    assert wait_until(lambda: away.posts == there.posts)
    assert (away.reloads, there.reloads) == (1, 0)
    talk.finish()
