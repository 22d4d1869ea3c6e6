import json
import logging
import time
from collections import deque
from collections.abc import Callable
from copy import copy
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError

from exchange.accounts.rules import may_log_in
from exchange.boards import queries

from .connection import Connection
from .hub import TRY_AGAIN_LATER, hub
from .messages import Message, Refused, decode

log = logging.getLogger(__name__)

MOST_SCOPES = 8
MESSAGES_A_MINUTE = 100
# Close codes of our own.
SUSPENDED, TOO_MANY_MESSAGES = 4403, 4029


def _thread(reader: Any, thread_id: int) -> int:
    """The latest event of a thread that this reader may see; raises Thread.DoesNotExist."""
    return getattr(queries.thread(reader, thread_id), "since", None) or 0


# Who may watch a scope is asked where the page asks it.
GATEKEEPERS: dict[str, Callable[[Any, int], int]] = {"thread": _thread}


class LiveConsumer(AsyncWebsocketConsumer):
    """One socket of one page. It is told what happens and writes nothing."""

    # No channel for each socket: the hub is this process's one member of the layer.
    channel_layer_alias = ""
    connection: Connection | None = None

    async def connect(self) -> None:
        await self.accept()
        reader = self.scope["user"]
        if reader.is_authenticated and may_log_in(reader):
            await self.close(SUSPENDED)
            return
        self.connection = Connection(self.send, self.close)
        self._said: deque[float] = deque(maxlen=MESSAGES_A_MINUTE)

    async def disconnect(self, code: int) -> None:
        if self.connection:
            hub.forget(self.connection)
            self.connection.end()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        connection = self.connection
        if connection is None or not connection.is_open:
            return
        try:
            if self._says_too_much():
                raise Refused(TOO_MANY_MESSAGES)
            await self._answer(connection, decode(text_data))
        except Refused as refusal:
            hub.drop(connection, refusal.code)
        except DatabaseError as error:
            log.warning("A socket was sent away: %r", error)
            hub.drop(connection, TRY_AGAIN_LATER)

    async def _answer(self, connection: Connection, message: Message) -> None:
        scope = message.scope
        if message.act == "unwatch":
            hub.unwatch(connection, scope)
            return
        latest = await self._latest(connection, scope)
        if latest is None:
            _tell(connection, {"refused": scope})
        elif connection.is_open:  # it may have gone meanwhile
            hub.watch(connection, scope, message.language)
            _tell(connection, {"watching": scope, "event": latest})

    async def _latest(self, connection: Connection, scope: str) -> int | None:
        """The latest event of a scope, None where this reader may not watch it."""
        kind, _, number = scope.partition(".")
        full = len(connection.scopes) >= MOST_SCOPES and scope not in connection.scopes
        if full or kind not in GATEKEEPERS:
            return None
        # A copy: roles are kept on the reader for a request, and a socket outlives many of them.
        ask = database_sync_to_async(GATEKEEPERS[kind])
        try:
            return await ask(copy(self.scope["user"]), int(number))
        except ObjectDoesNotExist:
            return None

    def _says_too_much(self) -> bool:
        now = time.monotonic()
        full = len(self._said) == MESSAGES_A_MINUTE and now - self._said[0] < 60
        self._said.append(now)
        return full


def _tell(connection: Connection, content: dict[str, Any]) -> None:
    connection.offer(json.dumps(content))
