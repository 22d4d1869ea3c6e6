"""Checks 7 and 9: kill -9 at random moments of posting loses nothing that was answered.

The real `make run` process with its embedded SQLite; then the same on PostgreSQL, where one answers.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.site import Site

from .cluster import PostgresSite, Seed
from .people import Poster, Sent, post_for_a_while, send
from .records import Rows, expect_each_once, expect_whole

ROUNDS, ROUNDS_ON_POSTGRES = 20, 5
LATEST = 1.0  # seconds from the first answer to the kill
# Seconds, on the machine that check 7 means; on a slower one at most so many times what a start takes
# there after an orderly end, however busy it is.
BACK_WITHIN, AS_A_CLEAN_START = 5.0, 3.0
# Two of them write in one thread, which is where numbers could double.
PEOPLE = {"tom": "postcards", "mei": "postcards", "sam": "dentist", "grace": "cat-tax"}


def kill_again_and_again(site: Site, rounds: int, look: Callable[[], None], rows: Rows) -> None:
    chance = random.Random(2025)
    clients = {name: site.client(name) for name in PEOPLE}
    site.stop()
    longest = max(BACK_WITHIN, AS_A_CLEAN_START * site.start())
    places = dict(rows("SELECT seed_key, id FROM boards_thread WHERE seed_key IS NOT NULL"))
    sent: list[Sent] = []
    resent = 0
    for _ in range(rounds):
        posters = [Poster(name, clients[name], places[key]) for name, key in PEOPLE.items()]
        post_for_a_while(posters, site.kill, chance.uniform(0, LATEST))
        seconds = site.start()
        assert seconds <= longest, f"back only after {seconds:.1f} s"
        look()
        fresh = [reply for poster in posters for reply in poster.sent]
        expect_whole(rows)
        expect_each_once(rows, [reply for reply in fresh if reply.answered])
        # Who got no answer sends again: whether the first try was saved or not, one post it is.
        for reply in [reply for reply in fresh if not reply.answered]:
            reply.answered = send(clients[reply.name], reply)
            assert send(clients[reply.name], reply) == reply.answered
            resent += 1
        sent += fresh
    expect_whole(rows)
    expect_each_once(rows, sent)
    assert len(sent) > 5 * rounds
    assert resent >= rounds  # each kill met somebody in the middle


def test_sqlite_loses_no_answered_post(site: Site) -> None:
    def look() -> None:
        assert site.rows("PRAGMA integrity_check") == [("ok",)]
        assert site.rows("PRAGMA foreign_key_check") == []

    kill_again_and_again(site, ROUNDS, look, site.rows)


@pytest.fixture
def on_postgres(seeded_on_postgres: Seed, tmp_path: Path) -> Iterator[PostgresSite]:
    """A site on a database of its own, which is dropped afterwards."""
    with seeded_on_postgres.copy(tmp_path) as (database, data):
        site = PostgresSite(data, database)
        try:
            site.start()
            yield site
        finally:
            site.kill()


def test_postgresql_loses_no_answered_post(on_postgres: PostgresSite) -> None:
    kill_again_and_again(on_postgres, ROUNDS_ON_POSTGRES, lambda: None, on_postgres.rows)
