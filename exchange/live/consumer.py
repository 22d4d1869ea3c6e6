import json
import logging
import time
from collections import deque
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error

from exchange.accounts.actions import read_for
from exchange.accounts.rules import may_log_in

from .asking import Questions
from .connection import Connection, Watched
from .doors import address_in
from .hub import TRY_AGAIN_LATER, hub
from .messages import Message, Refused, decode
from .notices import current
from .people import SUSPENDED, Person
from .scopes import Opened

log = logging.getLogger(__name__)

MOST_SCOPES = 16
MESSAGES_A_MINUTE = 100
# Close codes of our own.
TOO_MANY_SOCKETS, TOO_MANY_MESSAGES = 4013, 4029

questions = Questions()


class LiveConsumer(AsyncWebsocketConsumer):
    """One socket of one page. It is told what happens and writes nothing, but how long a member had a
    thread open once it is closed: that tells a reader from a program."""

    # No channel for each socket: the hub is this process's one member of the layer.
    channel_layer_alias = ""
    connection: Connection | None = None
    # When the first thread was watched, by the clock that never goes back.
    watching_since: float | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """However it ends: of what raises or is cancelled nobody hears that the socket closed."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def connect(self) -> None:
        await self.accept()
        reader = self.scope["user"]
        if reader.is_authenticated and may_log_in(reader):
            await self.close(SUSPENDED)
            return
        session = self.scope["session"].session_key or ""
        connection = Connection(self._write, self.close, person=Person.of(reader), session=session)
        if not hub.enter(connection, address_in(self.scope)):
            await self.close(TOO_MANY_SOCKETS)
            return
        self.connection = connection
        self._said: deque[float] = deque(maxlen=MESSAGES_A_MINUTE)

    async def disconnect(self, code: int) -> None:
        self._leave()
        await self._count_reading()

    def _leave(self) -> None:
        connection, self.connection = self.connection, None
        if connection:
            hub.forget(connection)
            connection.end()

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
        except Error as error:
            log.warning("A socket was sent away: %r", error)
            hub.drop(connection, TRY_AGAIN_LATER)
        except Exception:
            log.exception("A socket was sent away")
            hub.drop(connection, TRY_AGAIN_LATER)

    async def _answer(self, connection: Connection, message: Message) -> None:
        match message.act:
            case "unwatch":
                hub.unwatch(connection, message.scope)
            case "presence":
                hub.come(connection, message.scope, message.here)
            case "typing":
                hub.write(connection, message.scope, message.family)
            case _:
                await self._watch(connection, message)

    async def _watch(self, connection: Connection, message: Message) -> None:
        scope, rounds = message.scope, hub.rounds
        opened = await self._opened(connection, scope)
        if opened and connection.is_open:  # it may have gone meanwhile
            hub.watch(connection, scope, Watched(message.language, opened))
            if await hub.passed(rounds):  # with something newer than the answer
                opened = await self._opened(connection, scope)
        if opened is None:
            if scope in connection.watched:
                hub.unwatch(connection, scope)
            _tell(connection, {"refused": scope})
        elif scope in connection.watched:
            hub.watch(connection, scope, Watched(message.language, opened))
            if scope.startswith("thread."):
                self.watching_since = self.watching_since or time.monotonic()
            me = {"me": opened.me} if opened.me else {}
            _tell(connection, {"watching": scope, "event": opened.latest} | me)
            hub.greet(connection, scope)
            if scope.startswith("user."):
                count = database_sync_to_async(current)
                _tell(connection, await count(connection.person.id, message.language))

    async def _opened(self, connection: Connection, scope: str) -> Opened | None:
        """None where this reader may not watch it."""
        if len(connection.watched) >= MOST_SCOPES and scope not in connection.watched:
            return None
        # Whoever it is by now: a socket outlives roles and settings.
        return await questions.ask((connection.person.id, scope))

    async def _write(self, text: str) -> None:
        """As the class above sends it, with three hops less for each of a thousand readers."""
        await self.scope["send"]({"type": "websocket.send", "text": text})

    async def _count_reading(self) -> None:
        reader = self.scope.get("user")
        if self.watching_since is None or not (reader and reader.is_authenticated):
            return
        minutes = int(time.monotonic() - self.watching_since) // 60
        self.watching_since = None
        if minutes:
            try:
                await database_sync_to_async(read_for)(user=reader, minutes=minutes)
            except Error as error:  # it is trust that grows later, nothing else
                log.warning("How long somebody read was not counted: %r", error)

    def _says_too_much(self) -> bool:
        now = time.monotonic()
        full = len(self._said) == MESSAGES_A_MINUTE and now - self._said[0] < 60
        self._said.append(now)
        return full


def _tell(connection: Connection, content: dict[str, Any]) -> None:
    connection.offer(json.dumps(content, ensure_ascii=False))
