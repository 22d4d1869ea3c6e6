"""Check 7, pictures: kill -9 while files are made safe, stored and sent leaves no row without its file."""

import hashlib
import io
import json
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path

from PIL import Image

from tests.journeys.client import Client
from tests.journeys.site import Site

from .people import post_for_a_while
from .records import expect_whole

ROUNDS = 6
LATEST = 1.6  # seconds from the first new post to the kill: a file takes about 0.4
PEOPLE = {"tom": "postcards", "mei": "postcards", "grace": "cat-tax"}
_serial = count(1)

OF_POSTS = """
SELECT p.client_id, u.id FROM boards_post p JOIN uploads_upload u ON u.passage_id = p.passage_id
WHERE p.client_id LIKE 'kill-picture-%'
"""
FILES = """
SELECT f.key, f.size FROM uploads_storedfile f JOIN uploads_rendition r ON r.file_id = f.key
JOIN uploads_upload u ON u.id = r.upload_id WHERE u.made_at IS NOT NULL
"""


@dataclass
class Photographer:
    """Uploads a picture, posts it, and goes on until the site is gone."""

    name: str
    client: Client
    thread: int
    posted: dict[str, int] = field(default_factory=dict)  # client_id: upload, as they were answered
    begun: int = 0

    @property
    def answers(self) -> int:
        return len(self.posted)

    def post_until_the_end(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self.post()
            except (OSError, HTTPException):
                return  # killed

    def post(self) -> None:
        serial = next(_serial)
        self.begun += 1
        answer = self.client.upload(photo(serial))
        assert answer.status == 200, answer.text[:500]
        upload = json.loads(answer.text)["id"]
        client_id = f"kill-picture-{serial}"
        words = {"body": f"第{serial}张", "picture-0-id": str(upload), "picture-0-caption": "猫"}
        sent = self.client.post(
            f"/en/threads/{self.thread}/posts/", client_id=client_id, pictures_shown="1", **words
        )
        assert sent.status == 302, (sent.status, sent.text[:500])
        self.posted[client_id] = upload


def photo(serial: int) -> bytes:
    """No two are the same."""
    chance = random.Random(serial)
    content = io.BytesIO()
    Image.frombytes("RGB", (40, 30), chance.randbytes(3600)).resize((900, 675)).save(
        content, "JPEG"
    )
    return content.getvalue()


def stored(folder: Path) -> Iterator[tuple[str, bytes]]:
    for place in folder.glob("*/*"):
        if not place.name.startswith("."):
            yield place.relative_to(folder).as_posix(), place.read_bytes()


def test_no_picture_that_was_answered_is_lost_or_half_made(site: Site) -> None:
    chance = random.Random(2025)
    places = dict(site.rows("SELECT seed_key, id FROM boards_thread WHERE seed_key IS NOT NULL"))
    people = [Photographer(n, site.client(n), places[key]) for n, key in PEOPLE.items()]
    folder = site.data / "uploads"
    for _ in range(ROUNDS):
        post_for_a_while(people, site.kill, chance.uniform(0, LATEST))
        site.start()
        expect_whole(site.rows)
        found = dict(stored(folder))
        kept = site.rows(FILES)
        assert [key for key, size in kept if len(found.get(key, b"")) != size] == []
        # Each file is what its name says, and known: whatever nobody uses is collected later.
        for key, content in found.items():
            assert hashlib.sha256(content).hexdigest() == key.replace("/", "").partition(".")[0]
        known = {key for (key,) in site.rows("SELECT key FROM uploads_storedfile")}
        assert set(found) - known == set()
    answered = {client_id: upload for p in people for client_id, upload in p.posted.items()}
    posted = dict(site.rows(OF_POSTS))
    assert {client_id: posted.get(client_id) for client_id in answered} == answered
    assert len(answered) >= ROUNDS
    assert sum(p.begun for p in people) > len(answered)  # somebody was in the middle
