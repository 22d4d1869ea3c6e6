"""Every kind of page can be used in English, and is listed. What is looked at stands in `axe.py`."""

import tomllib
from pathlib import Path

import pytest

from scripts.pages import People, Places, Shot
from scripts.shots import SHOTS

from .axe import faults, faults_of_components

# What answers 200 and is no page: probes, data, pictures, a second address of a page, and the
# components' page, which only staff see: the last test here looks at it.
NO_PAGES = {
    *(
        "healthz",
        "changes",
        "list_changes",
        "names",
        "scripts",
        "words_export",
        "card",
        "manifest",
        "service_worker",
        "styleguide",
        "places",
        "figures_csv",
        "figures_json",
        "chart",
        "desk_count",
        "log_feed",
        "transparency_csv",
        # The page of a reason, as "exclusion" is, for what only a question can be.
        "question_hiding",
    ),
    "/threads/{thread_id}/{slug}/",
}
MATRIX = Path(__file__).parent.parent / "access" / "matrix.toml"


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_every_kind_of_page_can_be_used(shot: Shot, pages: People, places: Places) -> None:
    assert faults(shot, "en", pages, places) == []


def test_every_component_can_be_read_in_every_theme(pages: People) -> None:
    assert faults_of_components("en", pages) == []


def test_every_page_type_is_listed() -> None:
    table = tomllib.loads(MATRIX.read_text())
    answering = {
        name
        for name, rows in table.items()
        if any(key.startswith("GET") and "200" in row for key, row in rows.items())
    }
    assert answering - NO_PAGES - {shot.route for shot in SHOTS} == set()
