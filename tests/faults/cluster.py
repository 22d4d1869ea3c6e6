"""Two processes of one site: one PostgreSQL database, one Redis, the same data folder's content."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.journeys.client import Client
from tests.journeys.site import Site

from .services import database

SECRET = "of-this-test-alone-" + "0123456789" * 5


class PostgresSite(Site):
    """A site whose rows are in PostgreSQL."""

    def __init__(self, data: Path, database: str, **changes: str) -> None:
        super().__init__(data, **{"DATABASE_URL": database, "SECRET_KEY": SECRET} | changes)
        self.database = database

    def rows(self, query: str, *values: object) -> list[tuple]:
        with closing(psycopg.connect(self.database, autocommit=True)) as connection:
            return connection.execute(
                query.replace("?", "%s") if values else query, values or None
            ).fetchall()


@dataclass
class Seed:
    """What a first start leaves: that is most of what a start costs, so it is made once and copied."""

    server: str
    database: str
    data: Path

    @property
    def name(self) -> str:
        return self.database.rpartition("/")[2]

    @contextmanager
    def copy(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """A database and a data folder as after the first start."""
        with database(self.server, self.name) as url:
            yield url, shutil.copytree(self.data, folder / "data")


@contextmanager
def seed(server: str, folder: Path) -> Iterator[Seed]:
    with database(server) as url:
        site = PostgresSite(folder / "seeded", url)
        try:
            site.start()
        finally:
            site.stop()
        yield Seed(server, url, site.data)


class Cluster:
    """`first` and `second` serve the same site; a session of one is known to the other."""

    def __init__(
        self, seed_data: Path, folder: Path, database: str, redis: str, **changes: str
    ) -> None:
        self.sites = []
        for name in ("first", "second"):
            data = folder / name
            if not data.exists():
                shutil.copytree(seed_data, data)
            changes = {"REDIS_URL": redis} | changes
            self.sites.append(PostgresSite(data, database, **changes))
        self.first, self.second = self.sites

    def start(self) -> None:
        """Both at once."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Site.start, self.sites))

    def kill(self) -> None:
        for site in self.sites:
            site.kill()

    @property
    def ports(self) -> list[int]:
        return [site.port for site in self.sites]

    def client(self, name: str, port: int) -> Client:
        """A sample person's session, used at the process with that port; without a name, nobody's."""
        session = self.first.client(name)
        return Client(port, cookies=dict(session.cookies))

    def thread(self, seed_key: str) -> int:
        return self.first.thread(seed_key)

    def tail(self) -> str:
        return "\n".join(f"--- {site.data.name}\n{site.tail()}" for site in self.sites)
