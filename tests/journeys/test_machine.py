"""Strangers and translations: a machine's can be turned off, and where there is none one can be asked for."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, log_in, own_words, post

# What is read in each language, in the other one and as a machine says it.
COLD = {
    "en": ("今天很冷，我在家里看书。", "It is cold today, I read at home."),
    "zh-hans": ("It is cold today, so I stay at home.", "今天很冷，所以我待在家里。"),
}
SWITCHED = {
    "en": ("Hide machine translations", "Show machine translations"),
    "zh-hans": ("隐藏机器译文", "显示机器译文"),
}
PLEASE = {"en": "Please translate this", "zh-hans": "求译文"}


def passage(site: Site, thread: int, number: int = 1) -> int:
    query = "SELECT passage_id FROM boards_post WHERE thread_id = ? AND number = ?"
    return site.rows(query, thread, number)[0][0]


@pytest.fixture(scope="module")
def threads(site: Site) -> dict[str, list[int]]:
    """Two for the readers of each language, in the other one, with a machine's half."""
    mei, made, halves = site.client("mei"), {}, {}
    for language, (body, machine) in COLD.items():
        made[language] = [mei.open_thread("site", f"{body[:6]} {at}", body) for at in (1, 2)]
        halves |= {passage(site, thread): [language, machine] for thread in made[language]}
    done = site.run("tests/journeys/machine.py", json.dumps(halves))
    assert done.returncode == 0, done.stderr[-3000:]
    return made


def expect_machine(page: Page, words: str, shown: bool) -> None:
    """Its words are there to be read, or those that it translated stand alone."""
    expect(own_words(post(page, 1))).to_be_visible()
    half = post(page, 1).locator(".half.machine")
    expect(half).to_contain_text(words)
    expect(half).to_be_visible(visible=shown)


@pytest.mark.parametrize("language", COLD)
def test_a_stranger_turns_a_machine_s_words_off_for_all_pages_and_on_again(
    visit: Visit, threads: dict[str, list[int]], language: str
) -> None:
    first, second = (f"/{language}/threads/{thread}/" for thread in threads[language])
    machine, (hide, show) = COLD[language][1], SWITCHED[language]
    page = visit(language=language)
    switch = page.locator("[data-machine-switch]")
    page.goto(first)
    expect_machine(page, machine, shown=True)
    expect(switch).to_have_text(hide, use_inner_text=True)
    switch.click()
    expect_machine(page, machine, shown=False)
    expect(switch).to_have_text(show, use_inner_text=True)
    expect(switch).to_be_focused()
    for path in (second, first):
        page.goto(path)
        expect_machine(page, machine, shown=False)
    assert page.context.cookies() == []
    switch.click()
    expect_machine(page, machine, shown=True)
    page.goto(second)
    expect_machine(page, machine, shown=True)
    expect(switch).to_have_text(hide, use_inner_text=True)


@pytest.mark.parametrize("language", COLD)
def test_a_stranger_is_led_to_where_one_asks_for_a_translation(
    visit: Visit, site: Site, language: str
) -> None:
    """Beside words in the other language alone; who logs in comes back to the same text."""
    theirs, own = COLD[language]
    thread = site.client("mei").open_thread("site", theirs[:6], theirs)
    site.client("tom").reply(thread, own)
    page = visit(language=language)
    page.goto(f"/{language}/threads/{thread}/")
    expect(post(page, 2).locator("a.please")).to_be_hidden()
    post(page, 1).locator("a.please").click()
    place = re.compile(rf"/{language}/passages/{passage(site, thread)}/translation/")
    expect(page).to_have_url(place)
    expect_language(page, language)
    expect(page.get_by_text(theirs).first).to_be_visible()
    page.get_by_role("button", name=PLEASE[language]).click()
    log_in(page, "grace", site.password)
    expect(page).to_have_url(place)
    expect(page.get_by_text(theirs).first).to_be_visible()
