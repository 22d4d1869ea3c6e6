import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.config.settings")
pages = get_asgi_application()

# Only after Django is set up: these import models and settings.
from exchange.config.static_files import served_beside  # noqa: E402
from exchange.live.routing import application_with_sockets  # noqa: E402

application = application_with_sockets(served_beside(pages, asynchronous=True))
