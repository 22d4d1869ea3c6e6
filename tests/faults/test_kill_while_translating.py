"""A site that is killed between a post and its translation makes the translation once it is back."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import copied
from tests.journeys.site import Site
from tests.languages.engines import guests

from .people import Sent, send

WITHIN = 20.0  # seconds, with a start of the site in them
CHINESE, ENGLISH = "我喜欢火锅。", "I like hotpot."
MACHINE = """
SELECT t.body, j.state, j.attempts FROM languages_translation t
JOIN languages_translationjob j ON j.passage_id = t.passage_id AND j.language = t.language
JOIN boards_post p ON p.passage_id = t.passage_id
WHERE t.kind = 'machine' AND p.client_id = ?
"""


class Engine:
    """A LibreTranslate of this machine that can be told not to answer any more."""

    def __init__(self) -> None:
        self.silent = False
        self.asked = threading.Event()
        self._answer = guests.libretranslate()

    def __call__(self, path: str, data: Any) -> tuple[int, Any]:
        if data and CHINESE in str(data.get("q")):
            self.asked.set()
            if self.silent:
                return 200, None
        return self._answer(path, data)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def server(engine: Engine) -> Iterator[guests.Server]:
    with guests.serving(engine) as server:
        yield server


@pytest.fixture
def site(server: guests.Server, seeded: Path, tmp_path: Path) -> Iterator[Site]:
    data = copied(seeded, tmp_path)
    site = Site(data, TRANSLATOR="libretranslate", TRANSLATOR_URL=server.url)
    try:
        site.start()
        yield site
    finally:
        site.kill()


def post(site: Site) -> str:
    reply = Sent("mei", site.thread("opening"), f"kill-translation-{time.monotonic_ns()}", CHINESE)
    send(site.client("mei"), reply)
    return reply.client_id


def until(found: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + WITHIN
    while not (value := found()):
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)
    return value


def asked_for(server: guests.Server) -> int:
    return sum(CHINESE in str(data and data.get("q")) for _, data in server.asked)


def test_a_post_whose_site_is_killed_at_once_is_translated_later_and_once(
    site: Site, server: guests.Server
) -> None:
    sent = post(site)
    site.kill()
    site.start()
    assert until(lambda: site.rows(MACHINE, sent)) == [(ENGLISH, "done", 1)]
    assert asked_for(server) == 1


def test_a_translation_that_was_under_way_is_taken_up_again_by_the_next_worker(
    site: Site, engine: Engine, server: guests.Server
) -> None:
    engine.silent = True
    sent = post(site)
    assert engine.asked.wait(WITHIN)
    site.kill()
    engine.silent = False
    six_minutes_later(site)
    site.start()
    assert until(lambda: site.rows(MACHINE, sent)) == [(ENGLISH, "done", 2)]
    assert asked_for(server) == 2


def six_minutes_later(site: Site) -> None:
    """The dead worker's claim is as old as if somebody had taken that long to start the site again."""
    with closing(sqlite3.connect(site.data / "exchange.sqlite3", timeout=20)) as database:
        database.execute(
            "UPDATE languages_translationjob SET claimed_at = datetime(claimed_at, '-6 minutes')"
            " WHERE state = 'claimed'"
        )
        database.commit()
