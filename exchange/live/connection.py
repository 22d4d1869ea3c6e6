import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from .people import NOBODY, Login, Person
from .scopes import Opened

# A reader this many frames behind is cut off, and catches up when it comes back.
BACKLOG = 200
# So is one that does not take a single frame for so long.
STUCK_SECONDS = 20.0
# How long saying good-bye may take: the slow one may not even read that.
CLOSING_SECONDS = 10.0


class Watched(NamedTuple):
    language: str
    opened: Opened


class Connection:
    """One open socket. What it is sent stands in a bounded queue, so that nobody waits for it.

    Only while something stands there is a task at work: an idle socket costs little more than itself.
    """

    __slots__ = (
        *("watched", "is_open", "person", "session", "keys", "idle_since", "told_at", "_send"),
        *("_close", "_queue", "_task", "_sending_since", "__weakref__"),
    )

    def __init__(
        self,
        send: Callable[[str], Awaitable[None]],
        close: Callable[[int], Awaitable[None]],
        *,
        person: Person = NOBODY,
        session: str = "",
    ) -> None:
        self.watched: dict[str, Watched] = {}
        self.is_open = True
        self.person, self.session = person, session
        self.keys: list[str] = []
        self.idle_since = self.told_at = time.monotonic()
        self._send, self._close = send, close
        self._queue: deque[str] = deque()
        self._task: asyncio.Task[None] | None = None
        self._sending_since = float("inf")

    @property
    def login(self) -> Login:
        return Login(self.person.id, self.session)

    def offer(self, text: str) -> bool:
        """Queue a frame; False where the queue is full."""
        if len(self._queue) >= BACKLOG:
            return False
        self._queue.append(text)
        self.told_at = time.monotonic()
        if self._task is None and self.is_open:
            self._start_writing()
        return True

    def _start_writing(self) -> None:
        """At once and not in the loop's next turn: of a thousand sockets most take a frame without waiting,
        and their task is over before it has cost anything."""
        loop = asyncio.get_running_loop()
        task = asyncio.Task(self._write(), loop=loop, eager_start=True)
        self._task = None if task.done() else task

    def is_stuck(self, now: float) -> bool:
        return now - self._sending_since > STUCK_SECONDS

    def end(self, code: int | None = None) -> None:
        """Send nothing more; with `code`, close the socket with it."""
        was_open, self.is_open = self.is_open, False
        if self._task:
            self._task.cancel()
        self._queue.clear()
        if code and was_open:
            self._task = asyncio.create_task(self._say_goodbye(code))

    async def _write(self) -> None:
        # A socket that is gone raises one of these; its consumer hears of it and cleans up.
        with contextlib.suppress(OSError, RuntimeError):
            while self._queue:
                self._sending_since = time.monotonic()
                await self._send(self._queue.popleft())
        self._sending_since = float("inf")
        self._task = None

    async def _say_goodbye(self, code: int) -> None:
        with contextlib.suppress(OSError, RuntimeError, TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._close(code)
