"""`make run`: brings the database, the static files and the content up to date, then serves."""

import contextlib
import errno
import io
import socket
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from exchange.config import env

APPLICATION = "exchange.config.asgi:application"
PASSWORD_LINE = "password:"  # noqa: S105 (the word before it)
# What uvicorn is told. There is no limit_concurrency: it counts sockets too, and past it every page is a 503.
LIMITS: dict[str, Any] = {
    "backlog": 2048,
    "timeout_keep_alive": 5,
    "timeout_graceful_shutdown": 10,
    "ws": "exchange.config.sockets:Protocol",
    "ws_max_size": 65536,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
    "ws_per_message_deflate": False,
    "server_header": False,
    "access_log": False,
    "log_config": None,
}


class Command(BaseCommand):
    help = "Set everything up, print the address and the sample accounts, and serve."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.run()
        except KeyboardInterrupt:
            sys.exit(130)

    def run(self) -> None:
        # Taken before anything is changed: a second `make run` must not touch the first one's data.
        with contextlib.closing(self.listen()) as listener:
            migrate()
            collect_static()
            self.seed()
            article = self.pin_article()
            connections.close_all()
            self.print_banner(article)
            with beside():
                serve(listener)

    def listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in host() else socket.AF_INET
        try:
            return socket.create_server(
                (host(), settings.PORT), family=family, backlog=LIMITS["backlog"]
            )
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {settings.PORT} is taken. Choose another one: make run PORT={settings.PORT + 1}"
                ) from None
            raise CommandError(
                f"Cannot listen on {host()}:{settings.PORT}: {error.strerror}"
            ) from None

    def seed(self) -> None:
        said = io.StringIO()
        call_command("seed", stdout=said, stderr=self.stderr)
        for line in said.getvalue().splitlines():
            if not line.startswith(PASSWORD_LINE):  # the banner says it, where it is seen
                self.stdout.write(line)

    def pin_article(self) -> Path | None:
        """The operator's article, now pinned; None if there is none or it does not fit."""
        path = article_file()
        if path is None:
            return None
        try:
            call_command("pin_article", str(path), stdout=io.StringIO(), stderr=self.stderr)
        except (CommandError, OSError) as error:
            self.stderr.write(f"The article {path} was not pinned: {error}")
            return None
        return path

    def print_banner(self, article: Path | None) -> None:
        self.stdout.write(f"\nExchange · 交流: {settings.SITE_URL}/")
        for line in banner(article):
            self.stdout.write(f"  {line}")
        if settings.DEMO:
            self.stdout.write(f"{PASSWORD_LINE} {password()}")
        self.stdout.write("Ctrl-C stops it.")
        self.stdout.flush()


def host() -> str:
    return env.text("HOST") or "127.0.0.1"


def migrate() -> None:
    """Looking first is three times as fast as a migration that finds nothing to do."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


# Static files


def collect_static() -> None:
    """Collect, hash and compress the static files unless the same files were collected before."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    current = static_digest()
    if stamp.exists() and stamp.read_text() == current:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(current)


def static_digest() -> str:
    digest = sha256()
    for path, place in sorted(static_files()):
        status = Path(place).stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def static_files() -> Iterator[tuple[str, str]]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield path, storage.path(path)


# The banner


def article_file() -> Path | None:
    given = env.text("ARTICLE")
    if given:
        return Path(given).expanduser().resolve()
    return next(iter(sorted(article_folder().glob("*.txt"))), None)


def article_folder() -> Path:
    return Path(settings.DATA_DIR) / "article"


def banner(article: Path | None) -> Iterator[str]:
    yield f"data      {settings.DATA_DIR}"
    folder = settings.MAILERS["default"].get("OPTIONS", {}).get("file_path")
    if folder:
        yield f"mails     {folder} (one file for each; none is sent)"
    if article:
        yield f"article   {article}"
    else:
        yield "article   no file is pinned: the opening post is our own account. To show your copy in full:"
        yield f"          make run ARTICLE=FILE, or put a text file into {article_folder()}"
    if settings.DEMO:
        yield "accounts  mei tom lin sam bo, each as <name>@example.org (lin moderates, bo is suspended)"


def password() -> str:
    return (Path(settings.DATA_DIR) / "demo-password").read_text().strip()


# Serving


@contextlib.contextmanager
def beside() -> Iterator[None]:
    """The background's work in a thread of this process, where there is any."""
    from exchange.config.background import Background, rounds

    todo = rounds()
    if not todo:
        yield
        return
    background = Background(todo)
    background.start()
    try:
        yield
    finally:
        background.stop()


def serve(listener: socket.socket) -> None:
    import uvicorn

    proxies = trusted_proxies()
    config = uvicorn.Config(
        APPLICATION, proxy_headers=bool(proxies), forwarded_allow_ips=proxies, **LIMITS
    )
    # Ctrl-C arrives here as KeyboardInterrupt, once every request in flight has been answered.
    uvicorn.Server(config).run(sockets=[listener])


def trusted_proxies() -> list[str]:
    """Whose word about the visitor's address counts; each by its own address."""
    addresses = env.words("FORWARDED_ALLOW_IPS")
    if "*" in addresses:
        raise CommandError("FORWARDED_ALLOW_IPS must name the proxies: with * anybody is believed.")
    return addresses
