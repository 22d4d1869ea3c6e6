"""A real site, a real browser, and a watch over everything that the browser does."""

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.browser import FLAGS, find_browser
from scripts.pages import APPOINTED, People, Places, prepare

from .site import Site
from .watch import Watch

LOCALES = {"en": "en-US", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}
PATIENCE = 10_000  # milliseconds: two sites and two browsers share two cores
expect.set_options(timeout=PATIENCE)
# Django says this with a traceback, and only because somebody asked for another site.
REFUSED_HOST = re.compile(
    r"^ERROR django\.security\.DisallowedHost.*?(?=^[A-Z]+ )", re.DOTALL | re.MULTILINE
)
Visit = Callable[..., Page]

_sites: list[Site] = []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("EXCHANGE_CHROMIUM")
    if path is None:
        found = find_browser()
        if not found:
            pytest.skip("no Chromium was found, and none could be installed")
        path = found.path
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or None, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Data as a first start leaves it, made once for all workers: that is most of what a start costs."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "seeded"
    with (shared / "seeding").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
        if not folder.exists():
            first = Site(shared / "first")
            for _ in run(first):
                pass  # started, and ended
            first.log.unlink()
            first.data.rename(folder)
    return folder


@pytest.fixture(scope="session")
def site(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from run(Site(copied(seeded, tmp_path_factory.mktemp("site"))))


def copied(seeded: Path, folder: Path) -> Path:
    return shutil.copytree(seeded, folder / "data")


def run(site: Site) -> Iterator[Site]:
    """Started, shown in the reports of failing tests, and ended by its own id."""
    _sites.append(site)
    try:
        site.start()
        yield site
        site.stop()
        said = REFUSED_HOST.sub("", site.log.read_text())
        assert "Traceback" not in said, said[said.index("Traceback") - 200 :][:4000]
    finally:
        site.kill()
        _sites.remove(site)


@pytest.fixture(scope="module")
def pages(
    chromium: Browser, seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[People]:
    for site in run(Site(copied(seeded, tmp_path_factory.mktemp("axe")))):
        for appointed in APPOINTED:
            site.manage("appoint", *appointed)
        yield People(chromium, site.url, site.data)


@pytest.fixture(scope="module")
def places(pages: People) -> Places:
    return prepare(pages)


@pytest.fixture
def watch(site: Site) -> Watch:
    return Watch(site.url)


@pytest.fixture
def visit(chromium: Browser, site: Site, watch: Watch) -> Iterator[Visit]:
    """`visit("tom", "en")` is a page in a browser of Tom's own; without a name, a stranger's."""
    yield from visiting(chromium, site, watch)
    assert watch.faults == []


def visiting(chromium: Browser, site: Site, watch: Watch) -> Iterator[Visit]:
    contexts = []

    def visit(name: str = "", language: str = "en", **options: Any) -> Page:
        # A worker would make every request once more; the journey through a tunnel allows it.
        options = {"service_workers": "block"} | options
        context = chromium.new_context(
            base_url=site.url, locale=LOCALES.get(language, language), **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch.add(context)
        if name:
            cookies = site.client(name).cookies.items()
            context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in cookies])
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.failed:
        for site in _sites:
            report.sections.append(("what the site said", site.tail()))
    return report
