import asyncio
import contextlib
from collections.abc import Awaitable, Callable

# A reader this many frames behind is cut off, and catches up when it comes back.
BACKLOG = 200
# How long saying good-bye may take: the slow one may not even read that.
CLOSING_SECONDS = 10.0


class Connection:
    """One open socket. What it is sent stands in a bounded queue, so that nobody waits for it."""

    def __init__(
        self, send: Callable[[str], Awaitable[None]], close: Callable[[int], Awaitable[None]]
    ) -> None:
        self.scopes: set[str] = set()
        self.is_open = True
        self._send, self._close = send, close
        self._queue: asyncio.Queue[str] = asyncio.Queue(BACKLOG)
        self._task = asyncio.create_task(self._write())

    def offer(self, text: str) -> bool:
        """Queue a frame; False where the queue is full."""
        try:
            self._queue.put_nowait(text)
        except asyncio.QueueFull:
            return False
        return True

    def end(self, code: int | None = None) -> None:
        """Send nothing more; with `code`, close the socket with it."""
        was_open, self.is_open = self.is_open, False
        self._task.cancel()
        if code and was_open:
            self._task = asyncio.create_task(self._say_goodbye(code))

    async def _write(self) -> None:
        # A socket that is gone raises one of these; its consumer hears of it and cleans up.
        with contextlib.suppress(OSError, RuntimeError):
            while True:
                await self._send(await self._queue.get())

    async def _say_goodbye(self, code: int) -> None:
        with contextlib.suppress(OSError, RuntimeError, TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._close(code)
