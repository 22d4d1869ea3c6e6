"""A page without a screen: it keeps to docs/live.md as static/js/live.js does, and writes down what it shows.

It takes what the socket brings also while it asks for what it missed, as the page does.
"""

import json
import random
import re
import socket as sockets
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.journeys.client import Client

# Back-off: the first wait and the longest, in seconds, each between half of it and the whole.
FIRST_WAIT, LONGEST_WAIT = 0.2, 2.0
RESTARTED, RESTARTED_WAIT = 1012, 1.0
# After so long without a word a socket is given up: the site says something every 25 seconds.
SILENCE = 60.0
SHOWN = re.compile(r'<article id="post-(\d+)" data-post-id="(\d+)"')
SINCE = re.compile(r'data-since="(\d+)"')
LAST_PAGE = re.compile(r"[?&;]page=(\d+)")


@dataclass
class Reader:
    """Reads one thread at any of some processes: `clients`, one for each, of the same person."""

    clients: Sequence[Client]
    thread: int
    chance: random.Random
    language: str = "en"
    posts: dict[int, int] = field(default_factory=dict)  # number: id
    faults: list[str] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    since: int = 0
    connections: int = 0
    repeats: int = 0
    reloads: int = 0
    is_live: bool = False
    live_at: float = 0  # when it last was told, by a socket, of a post
    # By number, what live-order.js asks of the last frame: its event, its `at`, its html.
    _shown_by: dict[int, tuple[int, int, str]] = field(default_factory=dict)
    _place: int = 0
    _socket: ClientConnection | None = None
    _ended: threading.Event = field(default_factory=threading.Event)
    # As in live.js: what is asked and read by two threads here stands behind one lock.
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _behind: bool = False
    _asking: bool = False
    _ask_again: bool = False
    _is_outdated: bool = False
    _comes_back: bool = False
    _is_told: bool = False  # the site said that it is watching

    def __post_init__(self) -> None:
        self._place = self.chance.randrange(len(self.clients))

    def start(self) -> "Reader":
        self._load()
        self.come_back()
        return self

    def come_back(self) -> None:
        """Open the socket (again), and read on from what is shown."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        if self._socket:
            self._socket.close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def cut(self) -> None:
        """As a tunnel does: nobody says good-bye."""
        if self._socket:
            with suppress(OSError):
                self._socket.socket.shutdown(sockets.SHUT_RDWR)

    @property
    def story(self) -> str:
        return (
            f"connected {self.connections} times, closed with {self.closes}, since {self.since},"
            f" live: {self.is_live}, asked to reload {self.reloads} times"
        )

    def has(self, numbers: set[int]) -> bool:
        return numbers <= self.posts.keys()

    # Connecting

    @property
    def client(self) -> Client:
        return self.clients[self._place % len(self.clients)]

    @property
    def scope(self) -> str:
        return f"thread.{self.thread}"

    def _run(self) -> None:
        wait = FIRST_WAIT
        while not self._ended.is_set():
            try:
                if self._is_outdated:
                    self._load()
                self._read_along()
                wait = FIRST_WAIT
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 1006
                self.closes.append(code)
                wait = RESTARTED_WAIT if code == RESTARTED else FIRST_WAIT
            except (OSError, HTTPException, WebSocketException, Unavailable):
                wait = min(2 * wait, LONGEST_WAIT)
            with self._lock:
                self.is_live = self._is_told = False
            self._place += 1  # whoever stands before the processes gives the next one
            self._ended.wait(wait * self.chance.uniform(0.5, 1))

    def _read_along(self) -> None:
        port = self.client.port
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        with connect(
            f"ws://localhost:{port}/ws/",
            origin=f"http://localhost:{port}",  # type: ignore[arg-type]  # a plain string is one
            additional_headers={"Cookie": cookies} if cookies else None,
            open_timeout=5,
            close_timeout=1,
            max_size=None,
        ) as socket:
            self._socket = socket
            self.connections += 1
            with self._lock:
                self._behind = True  # until an answer was taken nothing that comes moves `since`
            socket.send(json.dumps({"watch": self.scope, "language": self.language}))
            latest = 0
            while not self._ended.is_set():
                told = json.loads(socket.recv(SILENCE))
                with self._lock:
                    if "watching" in told:
                        self._begin(told["event"])
                    latest = self._hear(told, latest)

    # Catching up, while the socket is read: one question at a time, and being asked meanwhile means one more

    def _begin(self, event: int) -> None:
        self._is_told = True
        if event > self.since or self._comes_back:
            self._catch_up()
        else:
            self._behind = False
            self.is_live = True
        self._comes_back = True

    def _catch_up(self) -> None:
        self._behind = True
        self._ask_again = self._asking
        if not self._asking:
            self._asking = True
            threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        """What fails is asked again, from the same event, for as long as there is a socket: who comes back
        asks in any case."""
        wait = FIRST_WAIT
        while self._asks_on():
            missed = self._missed()
            with self._lock:
                if missed is not None:
                    self._take(missed)
                    if not self._ask_again:
                        self._asking = self._behind = False
                        self.is_live = self._is_told
                        return
                elif self._ask_again:
                    continue
            if missed is None:
                self._ended.wait(wait * self.chance.uniform(0.5, 1))
                wait = min(2 * wait, LONGEST_WAIT)

    def _asks_on(self) -> bool:
        with self._lock:
            self._asking = not self._ended.is_set() and (self._is_told or self._ask_again)
            self._ask_again = False
            return self._asking

    def _missed(self) -> dict[str, Any] | None:
        """None where that was no answer. Of a thread that is nobody's to read none comes."""
        try:
            path = f"/en/threads/{self.thread}/changes?since={self.since}"
            found: dict[str, Any] = json.loads(self._get(path))
        except (OSError, HTTPException, Unavailable):
            return None
        return found

    # Frames

    def _hear(self, frame: dict[str, Any], latest: int) -> int:
        """The highest number of a new post that this socket told of."""
        if frame.get("kind") == "post":
            self.live_at = time.monotonic()
            if frame["verb"] == "post.created" and frame["number"] not in self.posts:
                if frame["number"] < latest:
                    self.faults.append(f"{frame['number']} came live after {latest}")
                latest = max(latest, frame["number"])
            self._show(frame)
        if not self._behind and "kind" in frame:
            self.since = max(self.since, frame.get("event", 0))
        return latest

    def _show(self, frame: dict[str, Any]) -> None:
        number, post = frame["number"], frame["post"]
        if self._is_old(frame):
            self.repeats += 1
            return
        shown = re.findall(r'id="post-(\d+)" data-post-id="(\d+)"', frame["html"])[:1]
        if shown != [(str(number), str(post))]:
            self.faults.append(f"{number} came as {shown}")
        if number in self.posts:
            self.repeats += 1
            if self.posts[number] != post:
                self.faults.append(f"{number} is {self.posts[number]} and {post}")
        self.posts[number] = post

    def _is_old(self, frame: dict[str, Any]) -> bool:
        """Whether what is shown is as new, or newer; else it is what is shown from now on."""
        told = frame["event"], frame["at"], frame["html"]
        event, at, html = self._shown_by.get(frame["number"], (0, 0, ""))
        if told[1] < at:
            return True
        if told[2] == html and (told[0] <= event or told[1] == at):
            self._shown_by[frame["number"]] = event, told[1], html
            return True
        if told[1] == at and self._asking:  # one of the two was asked for before the other came
            self._ask_again = True
        self._shown_by[frame["number"]] = told
        return False

    def _take(self, missed: dict[str, Any]) -> None:
        if missed.get("reload"):
            self.reloads += 1
            self._is_outdated = True
            self.cut()  # to load the page anew, with a socket of its own
            return
        for frame in missed["frames"]:
            if frame["kind"] == "post":
                self._show(frame)
        self.since = max(self.since, missed["event"])

    def _load(self) -> None:
        """The thread's pages, first to last, as if the reader went through them."""
        page = self._get(f"/en/threads/{self.thread}/")
        since, last = SINCE.search(page), max(map(int, LAST_PAGE.findall(page)), default=1)
        assert since, page[:500]
        posts = dict(SHOWN.findall(page))
        for number in range(2, last + 1):
            posts |= SHOWN.findall(self._get(f"/en/threads/{self.thread}/?page={number}"))
        with self._lock:
            self.posts = {int(number): int(post) for number, post in posts.items()}
            self._shown_by = {}
            self.since = int(since[1])
            self._is_outdated = self._comes_back = False

    def _get(self, path: str) -> str:
        answer = self.client.get(path)
        if answer.status != 200:
            raise Unavailable(answer.status)
        return answer.text


class Unavailable(Exception):
    pass
