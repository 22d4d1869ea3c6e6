"""Tells the other processes that something was recorded, so that they need not wait a second.

The ledger is the truth and every hub looks at it by itself: a ring that is lost costs that second
and nothing else, so whatever goes wrong here is logged once and forgotten.
"""

import asyncio
import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator

from channels.layers import get_channel_layer
from django.conf import settings

log = logging.getLogger(__name__)

GROUP = "ledger"
# How long one ring may take; a Redis may accept a connection and never answer.
RING_SECONDS = 1.0
# Between two tries to join the group; short, because check 12 wants live pages back within 10 s.
FIRST_WAIT, LONGEST_WAIT = 1.0, 8.0


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
        if is_shared():
            loop = self._loop or self._start()
            loop.call_soon_threadsafe(self._ask, event_id)

    def _start(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                self._due = asyncio.Event()
                self._job = loop.create_task(self._ring_when_due())
                self._thread = threading.Thread(target=_run, args=[loop, self._job], daemon=True)
                self._thread.start()
                self._loop = loop
            return self._loop

    def _ask(self, event_id: int) -> None:
        self._event_id = event_id
        self._due.set()

    async def _ring_when_due(self) -> None:
        """What is recorded during a ring shares the next one, however slow Redis is."""
        while True:
            await self._due.wait()
            self._due.clear()
            with self._outage.noted():
                async with asyncio.timeout(RING_SECONDS):
                    message = {"type": "ledger.event", "event": self._event_id}
                    await get_channel_layer().group_send(GROUP, message)


def _run(loop: asyncio.AbstractEventLoop, job: "asyncio.Task[None]") -> None:
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(job)
    loop.close()


async def hear(wake: Callable[[], object]) -> None:
    """Call `wake` at each ring, for as long as this task lives."""
    outage = Outage("The bell cannot be heard")
    wait = FIRST_WAIT
    me = asyncio.current_task()
    while True:
        layer = get_channel_layer()
        with outage.noted():
            async with asyncio.timeout(RING_SECONDS):
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
            wait = FIRST_WAIT
            outage.over()
            while True:
                await layer.receive(channel)
                wake()
        with contextlib.suppress(Exception):  # what is left of the attempt
            await layer.flush()
        if me and me.cancelling():  # which flush() swallows
            return
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


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
