"""Thousands of readers in one process, for `scripts.bench_live`, which talks to it line by line.

It parses each frame once, however many readers get it, so that it is faster than any server. Times are
those of the machine's monotonic clock, which all processes share.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

AT_ONCE = 50
PATIENCE = 20.0  # seconds until a frame that did not come is lost


@dataclass
class Arrivals:
    """Of one post, at all readers."""

    count: int = 0
    first: float = 0
    last: float = 0
    size: int = 0


@dataclass
class Tally:
    """What all readers got. `posts` by their numbers; of each reader the latest number and all keys."""

    posts: dict[int, Arrivals] = field(default_factory=dict)
    doubles: int = 0
    misordered: int = 0
    closed: int = 0
    watching: int = 0

    def arrived(self, number: int, size: int) -> None:
        now = time.monotonic()
        post = self.posts.get(number)
        if post is None:
            post = self.posts[number] = Arrivals(first=now, size=size)
        post.count += 1
        post.last = now


tally = Tally()
_known: dict[bytes, Any] = {}


def parsed(payload: bytes) -> Any:
    """(event, number) of a post's frame, with 0 of one that is not new; None of others. Once a text."""
    if payload not in _known:
        content = json.loads(payload)
        if "watching" in content:
            return "watching"
        if len(_known) > 2000:
            _known.clear()
        is_new = content.get("verb") == "post.created"
        told = content.get("event", 0), content["number"] if is_new else 0
        _known[payload] = told if content.get("kind") == "post" else None
    return _known[payload]


class Reader(WSListener):  # type: ignore[misc]  # picows is compiled, without types
    def __init__(self) -> None:
        self.latest = 0
        self.events: set[int] = set()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.hear(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        tally.closed += 1

    def hear(self, payload: bytes) -> None:
        found = parsed(payload)
        if found == "watching":
            tally.watching += 1
        elif found:
            event, number = found
            tally.doubles += event in self.events
            self.events.add(event)
            if number:
                tally.misordered += number < self.latest
                self.latest = max(self.latest, number)
                tally.arrived(number, len(payload))


class Readers:
    def __init__(self) -> None:
        self.transports: list[WSTransport] = []
        self.readers: list[Reader] = []

    async def connect(
        self, url: str, origin: str, count: int, scope: str, languages: list[str]
    ) -> dict[str, Any]:
        """All of them, in turns of those languages; without a scope they only connect."""
        began, gate = time.monotonic(), asyncio.Semaphore(AT_ONCE)
        tally.watching = 0

        async def one(place: int) -> None:
            async with gate:
                transport, reader = await ws_connect(
                    Reader,
                    url,
                    extra_headers={"Origin": origin},
                    websocket_handshake_timeout=60,
                    # An address of its own for each of 200: the machine has a whole network of them.
                    local_addr=(f"127.0.{1 + place % 200}.1", 0),
                )
                self.transports.append(transport)
                self.readers.append(reader)
                if scope:
                    language = languages[place % len(languages)]
                    message = {"watch": scope, "language": language}
                    transport.send(WSMsgType.TEXT, json.dumps(message).encode())

        await asyncio.gather(*[one(place) for place in range(count)])
        await until(lambda: not scope or tally.watching >= count)
        return {"watching": tally.watching, "seconds": time.monotonic() - began}

    async def collect(self, number: int) -> dict[str, Any]:
        """When that post has come to everybody, or does not come any more."""
        everybody = len(self.transports)
        await until(lambda: number in tally.posts and tally.posts[number].count >= everybody)
        return vars(tally.posts.get(number) or Arrivals())

    async def all(self, numbers: list[int]) -> dict[str, Any]:
        """When all those posts have come, and what came of them."""
        everybody = len(self.transports)

        def came(number: int) -> int:
            return tally.posts[number].count if number in tally.posts else 0

        await until(lambda: all(came(number) >= everybody for number in numbers))
        return {
            "lost": sum(everybody - came(number) for number in numbers),
            "doubles": tally.doubles,
            "misordered": tally.misordered,
            "closed": tally.closed,
            "first": {number: tally.posts[number].first for number in numbers if came(number)},
            "last": {number: tally.posts[number].last for number in numbers if came(number)},
        }

    async def heard(self) -> dict[str, Any]:
        """How many events of posts the one with the fewest heard of, and the one with the most."""
        heard = [len(reader.events) for reader in self.readers]
        return {"least": min(heard), "most": max(heard)}

    async def close(self) -> dict[str, Any]:
        for transport in self.transports:
            transport.disconnect()
        self.transports, self.readers = [], []
        await asyncio.sleep(0.5)
        tally.posts.clear()
        tally.doubles = tally.misordered = tally.closed = 0
        return {}


async def until(done: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < deadline:  # noqa: ASYNC110 arrivals only count
        await asyncio.sleep(0.01)


async def main() -> None:
    readers, loop = Readers(), asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        order = json.loads(line)
        answer = await getattr(readers, order.pop("do"))(**order)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
