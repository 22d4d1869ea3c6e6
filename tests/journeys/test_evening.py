"""One evening at the desk: thirty reports in three languages, cleared by two keys a case."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Visit, copied, run, visiting
from .site import Site
from .watch import Watch

DESK = "/zh-hans/moderation/?board=daily-life"


@pytest.fixture(scope="module")
def desk(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Of its own: everything else that waits on the board is in the way."""
    yield from run(Site(copied(seeded, tmp_path_factory.mktemp("evening"))))


@pytest.fixture
def visit(chromium: Browser, desk: Site) -> Iterator[Visit]:
    watch = Watch(desk.url)
    yield from visiting(chromium, desk, watch)
    assert watch.faults == []


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state("networkidle")  # the keys' script comes after the page


def decided(desk: Site) -> Counter[str]:
    """How often each kind of decision was made so far, by the sample people too."""
    return Counter(dict(desk.rows("SELECT verb, count(*) FROM moderation_decision GROUP BY verb")))


def test_thirty_reports_in_three_languages_are_cleared_by_keyboard(
    visit: Visit, desk: Site
) -> None:
    planted = desk.run("tests/journeys/plant_evening.py")
    assert planted.returncode == 0, planted.stderr
    right = json.loads(planted.stdout)
    reports = desk.rows("SELECT count(*) FROM moderation_flag WHERE closed_at IS NULL")
    spoken = desk.rows("SELECT DISTINCT language FROM moderation_case WHERE closed_at IS NULL")
    assert reports == [(30,)]
    assert {"en", "zh-hans", "zh-hant"} <= {language for (language,) in spoken}

    before = decided(desk)
    lin = visit("lin", "zh-hans")
    lin.goto(DESK)
    expect(lin.locator("[data-desk]")).to_contain_text(str(len(right)))
    lin.wait_for_load_state("networkidle")
    lin.keyboard.press("j")
    expect(lin.locator(".desk a.title").first).to_be_focused()
    press(lin, "Enter")
    for _ in right:
        expect(lin.locator("[data-case]")).to_be_attached()
        number = re.search(r"/cases/(\d+)/", lin.url)
        assert number
        case = desk.rows("SELECT target FROM moderation_case WHERE id = ?", number[1])
        if right[case[0][0]] == "leave":
            press(lin, "n")
            continue
        press(lin, "h")
        expect(lin.locator("#id_reason")).not_to_have_value("")  # the rule of the reports
        press(lin, "Enter")
    expect(lin).to_have_url(re.compile(re.escape(DESK)))
    expect(lin.locator(".desk a.title")).to_have_count(0)
    left = list(right.values()).count("leave")
    taken_away = ("post.hidden", "translation.removed", "correction.removed")
    after = decided(desk)
    assert after["case.dismissed"] - before["case.dismissed"] == left
    assert sum(after[verb] - before[verb] for verb in taken_away) == len(right) - left
