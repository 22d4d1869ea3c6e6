"""Tells the other processes that something was recorded, so that they need not wait a second; and who is
here and who writes, which stands nowhere else.

The ledger is the truth and every hub looks at it by itself: a ring that is lost costs that second
and nothing else, so whatever goes wrong here is logged once and forgotten.
"""

import asyncio
import contextlib
import logging
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

log = logging.getLogger(__name__)

GROUP = "ledger"
# How long one ring may take; a Redis may accept a connection and never answer.
RING_SECONDS = 1.0
# Between two tries to join the group; short, because check 12 wants live pages back within 10 s.
FIRST_WAIT, LONGEST_WAIT = 1.0, 8.0
# Of what is only of the moment, so much is said in one message: a few hundred people in each scope.
PIECE = 50


def is_shared() -> bool:
    """Whether processes have a channel layer in common."""
    return bool(settings.REDIS_URL)


class Bell:
    """Rings from one long-lived loop in a thread of its own.

    `async_to_sync(group_send)` in the request would open a connection for each event (2.1 ms against
    0.09), and would let the request wait for Redis.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew, as after a fork, which takes no threads along."""
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outage = Outage("The bell cannot be rung")

    def close(self) -> None:
        """Ring no more; what was asked for last may be lost."""
        with self._lock:
            loop, self._loop = self._loop, None
            if loop is not None:
                loop.call_soon_threadsafe(self._job.cancel)
                self._thread.join(2 * RING_SECONDS)

    def ring(self, event_id: int) -> None:
        self._ask({"type": "ledger.event", "event": event_id})

    def tell(self, message: dict[str, Any]) -> None:
        """Say to the other processes what is only of the moment. Its `type` has a handler in the hub.

        Of several about the same (`type`, `scope`, `token`) the last is said.
        """
        self._ask(message)

    def _ask(self, message: dict[str, Any]) -> None:
        if is_shared():
            loop = self._loop or self._start()
            loop.call_soon_threadsafe(self._put, message)

    def _start(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                self._due = asyncio.Event()
                self._ringing: dict[str, Any] | None = None
                self._telling: dict[tuple[Any, ...], dict[str, Any]] = {}
                self._job = loop.create_task(self._ring_when_due())
                self._thread = threading.Thread(target=_run, args=[loop, self._job], daemon=True)
                self._thread.start()
                self._loop = loop
            return self._loop

    def _put(self, message: dict[str, Any]) -> None:
        if message["type"] == "ledger.event":
            self._ringing = message
        else:
            about = message["type"], message.get("scope"), message.get("token")
            self._telling[about] = message
        self._due.set()

    async def _ring_when_due(self) -> None:
        """What is recorded during a ring shares the next one, however slow Redis is."""
        while True:
            await self._due.wait()
            self._due.clear()
            while message := self._next():
                with self._outage.noted():
                    async with asyncio.timeout(RING_SECONDS):
                        await get_channel_layer().group_send(GROUP, message)
                if self._outage.is_on:
                    self._telling.clear()  # it is said again soon, and is another one by then

    def _next(self) -> dict[str, Any] | None:
        """An event goes before who is here and who writes; of these many in one message."""
        ringing, self._ringing = self._ringing, None
        if ringing:
            return ringing
        piece = list(islice(self._telling, PIECE))
        return (
            {"type": "live.told", "told": [self._telling.pop(it) for it in piece]}
            if piece
            else None
        )


def _run(loop: asyncio.AbstractEventLoop, job: "asyncio.Task[None]") -> None:
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(job)
    loop.close()


async def hear(handle: Callable[[dict[str, Any]], object]) -> None:
    """Hand on each message, for as long as this task lives."""
    outage = Outage("The bell cannot be heard")
    wait = FIRST_WAIT
    me = asyncio.current_task()
    while True:
        layer = get_channel_layer()
        with outage.noted():
            async with _member(layer) as channel:
                wait = FIRST_WAIT
                outage.over()
                while True:
                    handle(await layer.receive(channel))
        with contextlib.suppress(Exception):  # what is left of the attempt
            await layer.flush()
        if me and me.cancelling():  # which flush() swallows
            return
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


@contextlib.asynccontextmanager
async def _member(layer: Any) -> AsyncIterator[str]:
    """A channel in the group. The layer forgets a channel that is no longer heard, but not that it was in
    a group: each hub that ended would leave its name there."""
    async with asyncio.timeout(RING_SECONDS):
        channel = await layer.new_channel()
        await layer.group_add(GROUP, channel)
    try:
        yield channel
    finally:
        with contextlib.suppress(Exception):  # Redis is away: the flush forgets it
            async with asyncio.timeout(RING_SECONDS):
                await layer.group_discard(GROUP, channel)


class Outage:
    """Swallows failures, and logs the first of several in a row."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._on = False

    @contextlib.contextmanager
    def noted(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001 no failure of a bell matters to anybody
            if not self._on:
                log.warning("%s, trying on: %r", self._what, error)
            self._on = True
        else:
            self.over()

    @property
    def is_on(self) -> bool:
        return self._on

    def over(self) -> None:
        if self._on:
            log.warning("%s: no longer so", self._what)
        self._on = False


class OnceAMinute(logging.Filter):
    """channels_redis logs a traceback each second for as long as Redis is away."""

    def __init__(self) -> None:
        super().__init__()
        self._said = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        if now - self._said < 60:
            return False
        self._said = now
        if record.exc_info:
            record.msg = f"{record.msg}: {record.exc_info[1]!r}"
            record.exc_info = None
        return True


bell = Bell()
os.register_at_fork(after_in_child=bell.reset)
logging.getLogger("channels_redis.pubsub").addFilter(OnceAMinute())
