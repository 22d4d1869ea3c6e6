"""A command in a second process reaches the open pages of the running site."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.journeys.site import Site

WITHIN = 5.0  # seconds; the site looks into the ledger every second
ARTICLE = """\
Neighbours on both sides of a screen
2025-January-24 17:59 By: GMW.cn

By Guangming Daily Reporter Zhang San

In the first week nobody knew *what* to say, so people said hello.

In the second week they compared the price of a cabbage.
Editor: Li Si
Share to Facebook
Disclaimer
The views in this article are the author's alone.
责任编辑：李四
版权声明：光明网
"""
OTHER = ARTICLE.replace("a cabbage", "two cabbages")


@dataclass
class OpenPage:
    """The socket of an open page of the pinned thread, and the latest event that it knows."""

    socket: ClientConnection
    event: int

    def posts(self, seconds: float) -> list[dict]:
        """What arrives within that time; with a first frame of a post it ends early."""
        frames: list[dict] = []
        deadline = time.monotonic() + seconds
        while not frames and (left := deadline - time.monotonic()) > 0:
            try:
                frame = json.loads(self.socket.recv(left))
            except TimeoutError:
                break
            # The site may repeat the last seconds; a page skips what it knows.
            if frame.get("kind") == "post" and frame["event"] > self.event:
                frames.append(frame)
                self.event = frame["event"]
        return frames


@pytest.fixture
def page(site: Site) -> Iterator[OpenPage]:
    number = site.thread("opening")
    address = f"ws://localhost:{site.port}/ws/"
    with connect(address, origin=site.url, open_timeout=10) as socket:
        socket.send(json.dumps({"watch": f"thread.{number}", "language": "en"}))
        watching = json.loads(socket.recv(10))
        assert watching["watching"] == f"thread.{number}"
        yield OpenPage(socket, watching["event"])


def pin(site: Site, path: Path, words: str) -> tuple[int, str]:
    path.write_text(words, encoding="utf-8")
    done = site.manage("pin_article", str(path))
    return done.returncode, done.stdout + done.stderr


def test_a_pinned_article_reaches_an_open_page(site: Site, page: OpenPage, tmp_path: Path) -> None:
    code, said = pin(site, tmp_path / "article.txt", ARTICLE)
    assert (code, said.strip()) == (0, "The article is pinned.")
    [frame] = page.posts(WITHIN)
    assert frame["number"] == 1
    assert "compared the price of a cabbage." in frame["html"]
    assert "The views in this article are the author&#x27;s alone." in frame["html"]
    assert "责任编辑" not in frame["html"]
    shown = site.client().get(f"/en/threads/{site.thread('opening')}/").text
    assert "compared the price of a cabbage." in shown
    assert "Neighbours on both sides of a screen" in shown


def test_pinning_it_again_changes_nothing_and_a_new_version_keeps_the_old_one(
    site: Site, page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "article.txt"
    pin(site, file, ARTICLE)
    page.posts(2)
    assert pin(site, file, ARTICLE) == (0, "The article was pinned before.\n")
    assert page.posts(2) == []
    assert pin(site, file, OTHER)[0] == 0
    [frame] = page.posts(WITHIN)
    assert "two cabbages" in frame["html"]
    history = site.client().get(f"/en/posts/{frame['post']}/history/").text
    assert "the price of a cabbage." in history


def test_a_file_that_does_not_fit_says_what_is_missing_and_changes_nothing(
    site: Site, page: OpenPage, tmp_path: Path
) -> None:
    before = site.client().get(f"/en/threads/{site.thread('opening')}/").text
    code, said = pin(site, tmp_path / "article.txt", ARTICLE.partition("Disclaimer")[0])
    assert code == 1
    assert "the disclaimer" in said
    assert "Nothing was changed" in said
    assert page.posts(1.5) == []
    assert site.client().get(f"/en/threads/{site.thread('opening')}/").text == before
