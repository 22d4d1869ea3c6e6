"""A socket whose other side reads nothing ends, by uvicorn with the site's own protocol."""

import asyncio
import socket
from typing import Any

import uvicorn

from exchange.config import sockets
from exchange.config.management.commands.serve import LIMITS

SECONDS = 10.0
# More than the system keeps on its way between two programs.
MUCH = "x" * 100_000, 200


async def test_who_answers_no_ping_and_reads_nothing_is_cut(monkeypatch):
    monkeypatch.setattr(sockets, "CLOSING_SECONDS", 0.2)
    ended, told = asyncio.Event(), []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        try:
            for _ in range(MUCH[1]):
                await send({"type": "websocket.send", "text": MUCH[0]})
                told.append(1)
        finally:
            ended.set()

    quick = {"ws_ping_interval": 0.2, "ws_ping_timeout": 0.2}
    server = uvicorn.Server(uvicorn.Config(application, lifespan="off", **LIMITS | quick))
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as slow:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(listener.getsockname())
        slow.sendall(
            b"GET /ws/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        async with asyncio.timeout(SECONDS):
            await ended.wait()
        server.should_exit = True
        await serving
    assert 0 < len(told) < MUCH[1]
