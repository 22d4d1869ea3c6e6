from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A seeded site that runs; whatever a test does to it, it is ended by its own id."""
    site = Site(tmp_path_factory.mktemp("site") / "data")
    try:
        site.start()
        yield site
    finally:
        site.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    report = yield
    site = getattr(item, "funcargs", {}).get("site")
    if report.failed and site:
        report.sections.append(("what the site said", site.tail()))
    return report
