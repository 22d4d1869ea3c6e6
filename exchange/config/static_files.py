"""Static files served by the process itself, before Django: a proxy may do it, but need not."""

import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.csp import build_policy
from servestatic import ServeStatic, ServeStaticASGI

# The manifest storage puts a hash of the content into the name: such a file never changes.
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")


def served_beside(application: Any, *, asynchronous: bool) -> Any:
    """The application with the collected static files before it."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    server = ServeStaticASGI if asynchronous else ServeStatic
    return server(
        application,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        max_age=60,
        immutable_file_test=lambda path, url: bool(HASHED.search(url)),
        add_headers_function=_add_headers,
        allow_all_origins=False,
    )


def _add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    headers["Content-Security-Policy"] = build_policy(settings.SECURE_CSP)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
