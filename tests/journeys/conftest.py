"""A real site, a real browser, and a watch over everything that the browser does."""

import fcntl
import json
import os
import re
import shutil
import sqlite3
from collections import Counter
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
# Two sites and two browsers share two cores; and a page without a socket asks every 20 seconds only:
# what was seen before has come by itself. How fast it comes is measured by `make bench`.
PATIENCE = 10_000  # milliseconds
expect.set_options(timeout=PATIENCE)
# Django says this with a traceback, and only because somebody asked for another site.
REFUSED_HOST = re.compile(
    r"^ERROR django\.security\.DisallowedHost.*?(?=^[A-Z]+ )", re.DOTALL | re.MULTILINE
)
Visit = Callable[..., Page]
Once = Callable[[str, Callable[[Path], None]], Path]
# What takes longest is begun first. Both of these wait for the same preparation, so the second is
# begun only when the first has made it.
FIRST, LATER = "test_axe.py", "test_axe_chinese.py"

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
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """`once(name, make)` is a folder that one of the workers makes for all of them."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def once(name: str, make: Callable[[Path], None]) -> Path:
        folder, begun = shared / name, shared / f"{name}.begun"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
            if not folder.exists():
                shutil.rmtree(begun, ignore_errors=True)
                make(begun)
                begun.rename(folder)
        return folder

    return once


@pytest.fixture(scope="session")
def seeded(once: Once) -> Path:
    """Data as a first start leaves it: making it is most of what a start costs."""

    def make(folder: Path) -> None:
        first = Site(folder)
        for _ in run(first):
            pass  # started, and ended
        first.log.unlink()

    return once("seeded", make)


@pytest.fixture(scope="session")
def prepared(once: Once, seeded: Path, chromium: Browser) -> Path:
    """`data` with what the list of pages shows, and `places.json`, which says where that is."""

    def make(folder: Path) -> None:
        for site in run(Site(copied(seeded, folder))):
            for appointed in APPOINTED:
                site.manage("appoint", *appointed)
            places = prepare(People(chromium, site.url, site.data))
            told = places._asdict() | {"mails": ""}  # another place in each copy
            (folder / "places.json").write_text(json.dumps(told))

    return once("prepared", make)


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
    chromium: Browser, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[People]:
    for site in run(Site(copied(prepared / "data", tmp_path_factory.mktemp("axe")))):
        yield People(chromium, site.url, site.data)


@pytest.fixture(scope="module")
def places(pages: People, prepared: Path) -> Places:
    found = json.loads((prepared / "places.json").read_text())
    return Places(**found | {"mails": pages.data / "mail"})


@pytest.fixture
def newcomer(site: Site) -> Iterator[str]:
    """Marcus, as if he had come today: the sample people are known. He is so again for each test."""
    path = site.data / "exchange.sqlite3"
    change = "UPDATE accounts_user SET is_sample = ? WHERE username = 'marcus'"
    with sqlite3.connect(path, timeout=20) as database:
        database.execute(change, [False])
    yield "marcus"
    with sqlite3.connect(path, timeout=20) as database:
        database.execute("DELETE FROM safety_known")
        database.execute(change, [True])


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
            cookies = site.client(name).session().items()
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with many tests first, so that no worker is left with one in the end."""
    sizes = Counter(item.path.name for item in items)
    sizes[FIRST], sizes[LATER] = len(items), sorted(sizes.values())[-6:][0]
    items.sort(key=lambda item: (-sizes[item.path.name], item.path.name))
