"""A PostgreSQL and a Redis for the services lane: what answers, or in CI throw-away ones of our own."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from .lanes import in_ci, say
from .system import apt_install, is_root

# A database number that people seldom use; keys have a prefix of their own too.
REDIS_NUMBER = 9
START_SECONDS = 30


@dataclass
class Services:
    database_url: str
    redis_url: str


@contextmanager
def services(run: str) -> Iterator[Services | None]:
    """Addresses to test against, None if there are none; what was started or made is gone afterwards."""
    with ExitStack() as stack:
        postgres = next(filter(postgres_answers, postgres_candidates()), None)
        cache = next(filter(redis_answers, redis_candidates()), None)
        if in_ci():
            postgres = postgres or stack.enter_context(own_postgres())
            cache = cache or stack.enter_context(own_redis())
        if not postgres or not cache:
            yield None
            return
        say(f"services: {without_password(postgres)} and {without_password(cache)}")
        stack.callback(sweep_postgres, postgres, f"test_exchange_{run}")
        stack.callback(sweep_redis, cache, f"test.{run}.")
        yield Services(with_path(postgres, f"exchange_{run}"), cache)


# What answers


def postgres_candidates() -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
    for user in dict.fromkeys([getpass.getuser(), "postgres"]):
        yield f"postgresql://{user}@127.0.0.1:5432/postgres"


def redis_candidates() -> Iterator[str]:
    given = os.environ.get("REDIS_URL")
    if given:
        yield given
    yield f"redis://127.0.0.1:6379/{REDIS_NUMBER}"


def postgres_answers(url: str) -> bool:
    """Whether it lets us in and lets us make databases."""
    may_create = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    with suppress(psycopg.Error), connect(url) as connection:
        row = connection.execute(may_create).fetchone()
        return bool(row and row[0])
    return False


def redis_answers(url: str) -> bool:
    with suppress(redis.RedisError, OSError), redis.Redis.from_url(url, socket_timeout=3) as client:
        return bool(client.ping())
    return False


def connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(with_path(url, "postgres"), connect_timeout=3, autocommit=True)


# Our own


@contextmanager
def own_postgres() -> Iterator[str | None]:
    if not postgres_binary("initdb"):
        apt_install("postgresql")
    initdb, control = postgres_binary("initdb"), postgres_binary("pg_ctl")
    if not initdb or not control:
        yield None
        return
    folder, port = mkdtemp(prefix="exchange-postgres-"), free_port()
    # PostgreSQL refuses to run as root; Debian's package brings the user.
    as_user = ["runuser", "-u", "postgres", "--"] if is_root() else []
    if as_user:
        shutil.chown(folder, "postgres")
    data = f"{folder}/data"
    flags = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        quiet([*as_user, initdb, "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8"])
        quiet([*as_user, control, "-D", data, "-o", flags, "-l", f"{folder}/log", "-w", "start"])
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        with suppress(subprocess.CalledProcessError):
            quiet([*as_user, control, "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_redis() -> Iterator[str | None]:
    if not shutil.which("redis-server"):
        apt_install("redis-server")
    server = shutil.which("redis-server")
    if not server:
        yield None
        return
    folder, port = mkdtemp(prefix="exchange-redis-"), free_port()
    command = [server, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"redis://127.0.0.1:{port}/0"
        wait_until(lambda: redis_answers(url))
        yield url
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def postgres_binary(name: str) -> str | None:
    found = sorted(
        glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: float(Path(path).parts[4])
    )
    return found[-1] if found else shutil.which(name)


def quiet(command: list[str]) -> None:
    # A server that is started keeps these streams, so a pipe would never end.
    subprocess.run(
        command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_until(ready) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError("a service did not start")
        time.sleep(0.1)


# Leaving nothing behind


def sweep_postgres(url: str, prefix: str) -> None:
    with suppress(psycopg.Error), connect(url) as connection:
        names = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        for (name,) in connection.execute(names, [prefix]).fetchall():
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(str(name))
            )
            connection.execute(drop)


def sweep_redis(url: str, prefix: str) -> None:
    with suppress(redis.RedisError), redis.Redis.from_url(url) as client:
        for key in client.scan_iter(match=f"*{prefix}*"):
            client.delete(key)


# Addresses


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def without_password(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}"
