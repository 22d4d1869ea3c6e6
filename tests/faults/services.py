"""A PostgreSQL database and a Redis of a test's own, which it may stop, freeze and start again."""

import os
import select
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from scripts.services import (
    connect,
    free_port,
    postgres_answers,
    postgres_candidates,
    redis_answers,
    wait_until,
    with_path,
)


def postgres() -> str | None:
    """The address of a server that lets us make databases."""
    named = filter(None, [os.environ.get("EXCHANGE_FAULTS_DATABASE")])
    return next(filter(postgres_answers, [*named, *postgres_candidates()]), None)


@contextmanager
def database(server: str, template: str = "template1") -> Iterator[str]:
    """A database that is gone afterwards; with `template`, a copy of that one, which nobody may have open."""
    name = f"exchange_faults_{uuid4().hex[:12]}"
    with connect(server) as connection:
        wait_until(lambda: is_made(connection, name, template))
    try:
        yield with_path(server, name)
    finally:
        with connect(server) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def is_made(connection: "psycopg.Connection[tuple[object, ...]]", name: str, template: str) -> bool:
    """False while somebody still has the template open: a site that was just stopped, a clean-up."""
    try:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    except psycopg.errors.ObjectInUse:
        return False
    return True


class Redis:
    """A redis-server on a port of its own, which stays the same."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_port(), folder
        self.process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def is_installed() -> bool:
        return shutil.which("redis-server") is not None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        self.process = subprocess.Popen(
            [*command, "--dir", str(self._folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: redis_answers(self.url))

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def freeze(self) -> None:
        """From now on it accepts connections, which the system does for it, and never answers."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)


class Proxy:
    """Stands before a server on the loopback. While it is paused nothing passes, and nothing is cut."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self._passing = threading.Event()
        self._passing.set()
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def pause(self) -> None:
        self._passing.clear()

    def resume(self) -> None:
        self._passing.set()

    def close(self) -> None:
        self._closed = True
        self._passing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while not self._closed:
                client, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=[client], daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        self._passing.wait()
        with suppress(OSError), closing(client), socket.create_connection(self._target) as server:
            other = {client: server, server: client}
            while not self._closed:
                for source in select.select([client, server], [], [], 1.0)[0]:
                    self._passing.wait()
                    data = source.recv(65536)
                    if not data:
                        return
                    other[source].sendall(data)


def through(url: str, proxy: Proxy) -> str:
    """The same address, with the proxy in the server's place."""
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user}{at}127.0.0.1:{proxy.port}"))
