import logging
from collections.abc import Awaitable, Callable
from typing import Any

from channels.db import database_sync_to_async
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import SessionMiddlewareStack
from django.conf import settings
from django.db import Error
from django.urls import path, re_path

from .consumer import LiveConsumer
from .people import reader

log = logging.getLogger(__name__)

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def application_with_sockets(pages: Application) -> Application:
    """`pages`, and beside them sockets at /ws/ for our own pages."""
    sockets: Any = _while_the_database_answers(
        _with_the_servers_send(SessionMiddlewareStack(_with_its_reader(LiveConsumer.as_asgi())))
    )
    elsewhere: Any = refuse
    routes = [path("ws/", sockets), re_path("", elsewhere)]
    websocket = _from_our_pages_only(URLRouter(routes))
    together: Application = ProtocolTypeRouter(
        {"http": pages, "websocket": websocket, "lifespan": lifespan}
    )
    return together


def _from_our_pages_only(application: Application) -> Application:
    """The Origin must be, letter for letter, one of ours: browsers send exactly one form of it.

    Channels' own validator also takes the other case, a path or a user name in it.
    """

    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        ours = len(origins) == 1 and origins[0] in map(as_browsers_send_it, settings.SOCKET_ORIGINS)
        await (application if ours else refuse)(scope, receive, send)

    return checked


def as_browsers_send_it(origin: str) -> str:
    """In lower case, and without the port that its scheme has anyway."""
    scheme = origin.lower().partition(":")[0]
    return origin.lower().removesuffix({"http": ":80", "https": ":443"}.get(scheme, ":"))


def _while_the_database_answers(application: Application) -> Application:
    """Reading the session comes before any answer: without a database the socket is refused."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await application(scope, receive, send)
        except Error as error:
            log.warning("A socket was refused: %r", error)
            await refuse(scope, receive, send)

    return guarded


def _with_the_servers_send(application: Application) -> Application:
    """What `application` wraps around it looks at each frame whether a session is to be saved: frames of
    a thousand readers go past that."""

    async def direct(scope: Scope, receive: Receive, send: Send) -> None:
        await application(scope | {"send": send}, receive, send)

    return direct


def _with_its_reader(application: Application) -> Application:
    """In place of channels' own, which knows no former SECRET_KEY, and ends the sessions of all who come with
    one: everywhere, and before a page could have told them another cookie."""

    async def known(scope: Scope, receive: Receive, send: Send) -> None:
        user = await database_sync_to_async(reader)(scope["session"])
        await application(scope | {"user": user}, receive, send)

    return known


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Closed before it was accepted: the browser sees a 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """Nothing has to be started or stopped; the server only wants an answer."""
    while True:
        event = (await receive())["type"]
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            return
