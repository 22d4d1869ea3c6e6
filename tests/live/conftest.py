import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async as in_thread
from django.conf import settings
from django.test import Client

from exchange.accounts.models import User
from exchange.live.asking import Rounds
from exchange.live.routing import application_with_sockets

OURS = settings.SITE_URL
SECONDS = 3.0  # far more than anything here takes


async def no_pages(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("a socket came to the pages")


class Visitor(ApplicationCommunicator):
    """Somebody's browser with a socket. `user` None is nobody.

    (channels' own WebsocketCommunicator cannot be imported without daphne.)
    """

    def __init__(self, user: User | None = None, *, origin: str | None = OURS, path: str = "/ws/"):
        headers = [] if origin is None else [(b"origin", origin.encode("latin-1"))]
        if user:
            headers.append((b"cookie", cookie_of(user).encode()))
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers}
        super().__init__(application_with_sockets(no_pages), scope)

    async def connects(self) -> bool:
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(SECONDS))["type"] == "websocket.accept"

    async def watch(self, scope: str, language: str = "en") -> dict[str, Any]:
        await self.tells({"watch": scope, "language": language})
        return await self.hears()

    async def tells(self, content: Any) -> None:
        await self.send_input({"type": "websocket.receive", "text": json.dumps(content)})

    async def hears(self) -> dict[str, Any]:
        message = await self.receive_output(SECONDS)
        assert message["type"] == "websocket.send", message
        content: dict[str, Any] = json.loads(message["text"])
        return content

    async def says(self, frame: str | bytes) -> int:
        """Send a raw frame and wait for the close code that it gets."""
        text = frame if isinstance(frame, str) else None
        data = frame if isinstance(frame, bytes) else None
        await self.send_input({"type": "websocket.receive", "text": text, "bytes": data})
        return await self.closed()

    async def closed(self) -> int:
        message = await self.receive_output(SECONDS)
        assert message["type"] == "websocket.close", message
        return int(message["code"])

    async def leaves(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.wait(SECONDS)


def cookie_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


@pytest.fixture
async def visit() -> AsyncIterator[Callable[..., Any]]:
    """Open a socket: `mine = await visit(tom)`. All of them leave at the end."""
    visitors = []

    async def visit(user: User | None = None) -> Visitor:
        visitor = await in_thread(Visitor)(user) if user else Visitor()
        visitors.append(visitor)
        assert await visitor.connects()
        return visitor

    yield visit
    for visitor in visitors:
        with contextlib.suppress(asyncio.CancelledError):
            await visitor.leaves()


@pytest.fixture(autouse=True)
def rounds_end_with_their_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round that still runs in its own thread would keep a connection to a database that is dropped."""
    end = Rounds.end

    def end_and_wait(rounds: Rounds) -> None:
        thread = rounds._thread
        end(rounds)
        if thread:
            thread.shutdown()

    monkeypatch.setattr(Rounds, "end", end_and_wait)


class Socket:
    """A connection's other end without a server: keeps what is sent, or is stuck."""

    def __init__(self, *, stuck: bool = False) -> None:
        self.got: list[dict[str, Any]] = []
        self.code: int | None = None
        self.changed = asyncio.Event()
        self._free = asyncio.Event()
        if not stuck:
            self._free.set()

    async def send(self, text: str) -> None:
        await self._free.wait()
        self.got.append(json.loads(text))
        self.changed.set()

    async def close(self, code: int) -> None:
        self.code = code
        self.changed.set()

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not done():
                await self.changed.wait()
                self.changed.clear()
