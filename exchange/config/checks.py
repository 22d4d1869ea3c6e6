"""Deployments that would go wrong are refused, or warned of, before they serve anybody."""

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from .sqlite import has_wal_bug

SHORTEST_KEY = 50


@register()
def deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [message for wrong, message in _judged() if wrong]


def _judged() -> list[tuple[bool, CheckMessage]]:
    public = not settings.EMBEDDED
    return [
        (
            public and settings.DEMO,
            Error(
                "DEMO fills a public site with invented people.",
                hint="Unset DEMO: it is for localhost only.",
                id="exchange.E001",
            ),
        ),
        (
            public and settings.DEBUG,
            Error(
                "DEBUG shows a public site's inside to strangers.",
                hint="Unset DEBUG: it is for localhost only.",
                id="exchange.E002",
            ),
        ),
        (
            "*" in settings.ALLOWED_HOSTS,
            Error(
                "ALLOWED_HOSTS takes any host name.",
                hint="Name the hosts that the site is reached by.",
                id="exchange.E003",
            ),
        ),
        (
            len(settings.SECRET_KEY) < SHORTEST_KEY,
            Error(
                "SECRET_KEY is too short.",
                hint=f"Use {SHORTEST_KEY} random characters, or unset it: DATA_DIR keeps one then.",
                id="exchange.E004",
            ),
        ),
        (
            public and settings.SITE_URL.startswith("http:"),
            Error(
                "A public site is served over plain HTTP.",
                hint="Give SITE_URL with https: passwords travel with every request.",
                id="exchange.E005",
            ),
        ),
        (
            _is_sqlite() and has_wal_bug(sqlite3.sqlite_version_info),
            Warning(
                f"SQLite {sqlite3.sqlite_version} has the WAL-reset bug.",
                hint="Serve from one process only, or use PostgreSQL.",
                id="exchange.W001",
            ),
        ),
    ]


def _is_sqlite() -> bool:
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]
