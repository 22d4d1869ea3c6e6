import asyncio
import contextlib
import logging
import time
from collections.abc import Coroutine

from channels.db import database_sync_to_async

from . import bell
from .connection import Connection
from .follower import Follower

log = logging.getLogger(__name__)

# What another process recorded is found within this time, bell or no bell.
LOOK_SECONDS = 1.0
# After this long without a look at the ledger the sockets are sent away, to catch up when they return.
PATIENCE_SECONDS = 30.0
# Close codes: this reader was too slow; the server is in trouble (as in RFC 6455's registry).
TOO_SLOW = 4008
TRY_AGAIN_LATER = 1013


class Hub:
    """Who watches what in this process. One reading of the ledger serves all its sockets.

    Everything but `ring` is called on the event loop that the sockets live on.
    """

    def __init__(self) -> None:
        self._watchers: dict[str, dict[Connection, str]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._failing_since: float | None = None

    def watch(self, connection: Connection, scope: str, language: str) -> None:
        """From now on send what happens in `scope`, in that interface language."""
        self._watchers.setdefault(scope, {})[connection] = language
        connection.scopes.add(scope)
        if self._loop is None:
            self._start()

    def unwatch(self, connection: Connection, scope: str) -> None:
        watchers = self._watchers.get(scope, {})
        watchers.pop(connection, None)
        connection.scopes.discard(scope)
        if not watchers:
            self._watchers.pop(scope, None)
        if not self._watchers:
            self._stop()

    def forget(self, connection: Connection) -> None:
        for scope in list(connection.scopes):
            self.unwatch(connection, scope)

    def drop(self, connection: Connection, code: int) -> None:
        self.forget(connection)
        connection.end(code)

    def ring(self) -> None:
        """Look at the ledger now. From any thread; an idle loop would else hear it seconds late."""
        loop, wake = self._loop, self._wake
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is just closing
                loop.call_soon_threadsafe(wake.set)

    def _start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self._failing_since = None
        jobs: list[Coroutine[None, None, None]] = [self._follow()]
        if bell.is_shared():
            jobs.append(bell.hear(self._wake.set))
        self._tasks = [asyncio.create_task(job) for job in jobs]

    def _stop(self) -> None:
        self._loop = None
        for task in self._tasks:
            task.cancel()
        self._tasks = []

    async def _follow(self) -> None:
        follower = Follower()
        while True:
            await self._round(follower)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()
            self._wake.clear()

    async def _round(self, follower: Follower) -> None:
        wanted = {scope: set(found.values()) for scope, found in self._watchers.items()}
        try:
            ready = await database_sync_to_async(follower.round)(wanted)
        except Exception as error:  # noqa: BLE001 whatever is away, the sockets outlive it
            self._failed(error)
            return
        self._worked()
        for scope, language, text in ready:
            self._broadcast(scope, language, text)
            await asyncio.sleep(0)  # the writers' turn: a long round must not fill every queue

    def _broadcast(self, scope: str, language: str, text: str) -> None:
        for connection, theirs in list(self._watchers.get(scope, {}).items()):
            if theirs == language and not connection.offer(text):
                self.drop(connection, TOO_SLOW)

    def _failed(self, error: Exception) -> None:
        now = time.monotonic()
        if self._failing_since is None:
            self._failing_since = now
            log.warning("The ledger cannot be read, trying on: %r", error)
        elif now - self._failing_since > PATIENCE_SECONDS:
            everybody = {c for found in self._watchers.values() for c in found}
            for connection in everybody:
                self.drop(connection, TRY_AGAIN_LATER)

    def _worked(self) -> None:
        if self._failing_since is not None:
            self._failing_since = None
            log.warning("The ledger can be read again")


hub = Hub()
