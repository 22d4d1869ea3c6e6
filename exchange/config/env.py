"""Typed readers of the environment. Each refuses nonsense with the variable's name in the message."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = text(name) or str(default)
    if not (value.isascii() and value.isdecimal()) or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} must be a number from {least} to {most}, not {value!r}."
        )
    return int(value)


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = text(name, default) or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {sorted(allowed)}, not {value!r}.")
    return value


def url(name: str, default: str, schemes: set[str]) -> SplitResult:
    value = text(name) or default
    parts = urlsplit(value)
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must start with one of {sorted(schemes)}.")
    return parts


def origin(name: str, default: str) -> str:
    """A scheme, host and port without a path: `https://exchange.example`."""
    parts = url(name, default, {"http", "https"})
    if not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ImproperlyConfigured(f"{name} must be like https://exchange.example, without a path.")
    return f"{parts.scheme}://{parts.netloc}"


def address(name: str) -> str:
    """An address of the web, with a path or without; "" where none is given."""
    value = text(name)
    if value and not url(name, "", {"http", "https"}).hostname:
        raise ImproperlyConfigured(f"{name} must be like https://translate.example.")
    return value


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or one made once and kept in `folder`, readable by its owner alone."""
    given = text("SECRET_KEY")
    if given:
        return given
    kept = folder / "secret_key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        try:
            os.link(fresh, kept)  # fails where another process was first: its key is the one to use
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA mmap_size=0;"
)


# A PostgreSQL whose machine is gone says nothing: these end the wait, which would be for a quarter of an
# hour. Where it answers again soon nobody notices. Seconds, but the last in milliseconds.
WHERE_NOBODY_ANSWERS = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


def database(default_file: Path) -> dict[str, Any]:
    """Django's settings of DATABASE_URL: `sqlite:///path` or `postgres://user:password@host/name`."""
    parts = url("DATABASE_URL", f"sqlite:///{default_file}", {"sqlite", "postgres", "postgresql"})
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path[1:]))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # A pool with health checks gave no 500 at all when PostgreSQL restarted under load.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
            "options": "-c statement_timeout=20000 -c lock_timeout=10000",
            **WHERE_NOBODY_ANSWERS,
            **dict(parse_qsl(parts.query)),
        },
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0,
    }


def sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "exchange.config.sqlite_fair",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def storage(folder: Path) -> dict[str, Any]:
    """Django's storage of STORAGE_URL: `file:///folder` or `s3://KEY:SECRET@host/bucket?region=...`.

    The host is that of an S3-compatible server, with `tls=0` for one that speaks plain HTTP.
    """
    parts = url("STORAGE_URL", f"file://{folder}", {"file", "s3"})
    if parts.scheme == "file":
        return {
            "BACKEND": "exchange.config.media_folder.Folder",
            "OPTIONS": {"location": unquote(parts.path)},
        }
    bucket = unquote(parts.path.strip("/"))
    if not (parts.hostname and bucket and parts.username and parts.password):
        raise ImproperlyConfigured("STORAGE_URL must be like s3://KEY:SECRET@host/bucket.")
    asked = dict(parse_qsl(parts.query))
    scheme = "http" if asked.get("tls") == "0" else "https"
    return {
        "BACKEND": "exchange.config.media_bucket.Bucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
            "region_name": asked.get("region", "us-east-1"),
        },
    }


def mailer(folder: Path) -> dict[str, Any]:
    """Django's mailer of EMAIL_URL: `smtp[s]://user:password@host:port`, `console:` or `file:`."""
    parts = url("EMAIL_URL", "file:", {"smtp", "smtps", "console", "file"})
    backend = "django.core.mail.backends."
    if parts.scheme == "console":
        return {"BACKEND": backend + "console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "BACKEND": backend + "filebased.EmailBackend",
            "OPTIONS": {"file_path": unquote(parts.path) or str(folder)},
        }
    return {
        "BACKEND": backend + "smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and "tls=0" not in parts.query,
            "timeout": 10,
        },
    }
