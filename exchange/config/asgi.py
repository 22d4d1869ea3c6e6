import os
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.config.settings")
django.setup(set_prefix=False)

# Only after Django is set up: these import models and settings.
from exchange.config.bodies import bounded
from exchange.config.static_files import served_beside
from exchange.languages.words import warm
from exchange.live.routing import application_with_sockets

# Rather now than in the first reader's request.
warm()


class Pages(ASGIHandler):
    """All views and middleware are synchronous: one hop into a thread, and none back.

    Django's own handler goes through its asynchronous inside once more, which costs a second hop and
    leaves a traceback whenever a browser gives up on a request ("CurrentThreadExecutor already quit").
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        await super().handle(scope, bounded(scope, receive), send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response)(request)


application = application_with_sockets(served_beside(Pages(), asynchronous=True))
