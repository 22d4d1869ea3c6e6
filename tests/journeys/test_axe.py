"""Every kind of page, asked by axe-core: no violation of any impact, in both languages and themes."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from scripts.pages import HEIGHT, LANGUAGES, SHOTS, THEMES, WIDTHS, People, Places, Shot, prepare

from .conftest import run
from .site import Site

# What answers 200 and is no page: probes, data, pictures, a second address of a page, and the
# components' page, which shows every landmark and every field six times.
NO_PAGES = {
    *("healthz", "changes", "names", "card", "manifest", "service_worker", "styleguide"),
    "/threads/{thread_id}/{slug}/",
}
MATRIX = Path(__file__).parent.parent / "access" / "matrix.toml"
# Best practices count as well. Animations are off, so that no colour is half-way.
ASK = "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found))"


@pytest.fixture(scope="module")
def pages(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    for site in run(Site(tmp_path_factory.mktemp("axe") / "data")):
        yield People(chromium, site.url, site.password)


@pytest.fixture(scope="module")
def places(pages: People) -> Places:
    return prepare(pages)


def violations(page: Page) -> list[str]:
    found = json.loads(page.evaluate(ASK))
    assert len(found["passes"]) > 10, "axe did not look"
    return [
        f"{rule['id']} ({rule['impact']}) {node['target']} {node['html'][:160]} "
        f"{(node['failureSummary'] or '')[:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_no_page_has_a_violation(
    shot: Shot, language: str, pages: People, places: Places, record_property: object
) -> None:
    found = []
    with pages.page(shot.person, language) as page:
        page.set_viewport_size({"width": WIDTHS["phone"], "height": HEIGHT})
        shot.show(page, language, places)
        page.wait_for_load_state()
        page.evaluate(AXE_SCRIPT)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"phone {theme}: {said}" for said in violations(page)]
        # One of each at the desktop's width: each language gets the theme that the other has not.
        page.set_viewport_size({"width": WIDTHS["desktop"], "height": HEIGHT})
        page.emulate_media(color_scheme=THEMES[LANGUAGES.index(language)])
        found += [f"desktop: {said}" for said in violations(page)]
    assert found == []


def test_every_page_type_is_listed() -> None:
    table = tomllib.loads(MATRIX.read_text())
    answering = {
        name
        for name, rows in table.items()
        if any(key.startswith("GET") and "200" in row for key, row in rows.items())
    }
    assert answering - NO_PAGES - {shot.route for shot in SHOTS} == set()
