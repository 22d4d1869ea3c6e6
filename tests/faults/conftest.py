from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import copied, once, seeded
from tests.journeys.site import Site

from .cluster import Cluster, Seed, seed
from .services import Redis, postgres

__all__ = ["once", "seeded"]


@pytest.fixture(scope="module")
def site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A seeded site that runs; whatever a test does to it, it is ended by its own id."""
    site = Site(copied(seeded, tmp_path_factory.mktemp("site")))
    try:
        site.start()
        yield site
    finally:
        site.kill()


@pytest.fixture(scope="session")
def seeded_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seed]:
    """What a first start leaves in PostgreSQL and in its folder, to be copied."""
    server = postgres()
    if not server:
        pytest.skip("no PostgreSQL answered")
    with seed(server, tmp_path_factory.mktemp("postgres")) as made:
        yield made


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if not Redis.is_installed():
        pytest.skip("there is no redis-server")
    redis = Redis(tmp_path)
    try:
        redis.start()
        yield redis
    finally:
        redis.kill()


@pytest.fixture
def cluster(seeded_on_postgres: Seed, redis: Redis, tmp_path: Path) -> Iterator[Cluster]:
    """Two processes of one site that run; nothing else uses their database or their Redis."""
    with seeded_on_postgres.copy(tmp_path) as (database, data):
        cluster = Cluster(data, tmp_path, database, redis.url)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    report = yield
    fixtures = getattr(item, "funcargs", {})
    for name in ("site", "cluster"):
        if report.failed and name in fixtures:
            report.sections.append(("what the site said", fixtures[name].tail()))
    return report
