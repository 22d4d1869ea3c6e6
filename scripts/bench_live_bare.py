"""What `scripts.bench_live` compares with: one text to everybody, by bare Channels or by a bare loop.

`python -m scripts.bench_live_bare group|loop PORT REDIS_URL`: whoever connects is a reader, and what is
posted to it goes to all of them. The server and its options are those of `manage.py serve`.
"""

import sys
from typing import Any

import uvicorn
from django.conf import settings

MODE, PORT, REDIS_URL = sys.argv[1:4]
GROUP = "everybody"

settings.configure(
    INSTALLED_APPS=[],
    LOGGING_CONFIG=None,
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL], "prefix": "bare"},
        }
        if REDIS_URL != "none"
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    },
)

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer

from exchange.config.management.commands.serve import LIMITS


class Member(AsyncWebsocketConsumer):
    """As Channels' own tutorial has it: each socket is a member of the group."""

    groups = [GROUP]

    async def told(self, message: dict[str, Any]) -> None:
        await self.send(text_data=message["text"])


class Listed(AsyncWebsocketConsumer):
    """The least that can be done: a set, and a loop over it. One that does not read stops them all."""

    everybody: set["Listed"] = set()

    async def connect(self) -> None:
        self.everybody.add(self)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        self.everybody.discard(self)


async def tell(text: str) -> None:
    if MODE == "group":
        await get_channel_layer().group_send(GROUP, {"type": "told", "text": text})
        return
    for consumer in list(Listed.everybody):
        await consumer.send(text_data=text)


async def body(receive: Any) -> str:
    parts, more = b"", True
    while more:
        message = await receive()
        parts += message.get("body", b"")
        more = message.get("more_body", False)
    return parts.decode()


consumer = (Member if MODE == "group" else Listed).as_asgi()


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await consumer(scope, receive, send)
    elif scope["type"] == "http":
        if text := await body(receive):
            await tell(text)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})


if __name__ == "__main__":
    config = uvicorn.Config(application, port=int(PORT), lifespan="off", **LIMITS)
    uvicorn.Server(config).run()
