"""Deployments that would go wrong are refused, or warned of, before they serve anybody."""

import sqlite3
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from exchange.languages.engines.folder import models

from .sqlite import has_wal_bug

SHORTEST_KEY = 50


@register()
def deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [message for wrong, message in [*_judged(), *_translator(), *_pictures()] if wrong]


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
        (
            public and not settings.LIMITS,
            Warning(
                "Nobody is told to slow down.",
                hint="Unset LIMITS: it is off for tests of load only.",
                id="exchange.W004",
            ),
        ),
    ]


def _translator() -> list[tuple[bool, CheckMessage]]:
    engine, url = settings.TRANSLATOR, urlsplit(settings.TRANSLATOR_URL)
    return [
        (
            engine == "libretranslate" and not settings.TRANSLATOR_URL,
            Error(
                "TRANSLATOR=libretranslate has no address.",
                hint="Give TRANSLATOR_URL, like http://127.0.0.1:5000.",
                id="exchange.E006",
            ),
        ),
        (
            engine == "deepl" and not settings.TRANSLATOR_KEY,
            Error(
                "TRANSLATOR=deepl has no key.",
                hint="Give TRANSLATOR_KEY, which DeepL shows in the account.",
                id="exchange.E007",
            ),
        ),
        (
            engine == "fx" and not models(settings.TRANSLATION_MODELS),
            Error(
                "TRANSLATOR=fx has no models.",
                hint="`manage.py translation_models list` says what TRANSLATION_MODELS has to hold.",
                id="exchange.E008",
            ),
        ),
        (
            engine in ("libretranslate", "deepl")
            and url.scheme == "http"
            and f"[{url.hostname}]" not in settings.LOOPBACK
            and url.hostname not in settings.LOOPBACK,
            Warning(
                "Posts travel to the translator over plain HTTP.",
                hint="Give TRANSLATOR_URL with https, or run the translator on this machine.",
                id="exchange.W002",
            ),
        ),
    ]


def _pictures() -> list[tuple[bool, CheckMessage]]:
    bucket = urlsplit(settings.STORAGES["default"]["OPTIONS"].get("endpoint_url", ""))
    own = settings.MEDIA_ORIGIN
    return [
        (
            own.startswith("http:") and settings.SITE_URL.startswith("https:"),
            Error(
                "Pictures come over plain HTTP.",
                hint="Give MEDIA_ORIGIN with https: browsers show no such pictures on the site's pages.",
                id="exchange.E009",
            ),
        ),
        (
            bool(own) and own == settings.SITE_URL,
            Error(
                "MEDIA_ORIGIN is the site's own address, where there would be no pages any more.",
                hint="Give it another host, or unset it: pictures are then served by the site.",
                id="exchange.E010",
            ),
        ),
        (
            bucket.scheme == "http"
            and f"[{bucket.hostname}]" not in settings.LOOPBACK
            and bucket.hostname not in settings.LOOPBACK,
            Warning(
                "Uploads travel to the bucket over plain HTTP.",
                hint="Leave tls=0 out of STORAGE_URL, or keep the bucket's server on this machine.",
                id="exchange.W003",
            ),
        ),
    ]


def _is_sqlite() -> bool:
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]
