"""A queue is cleared by keyboard alone, in both languages; two moderators see each other's work."""

import re
import sqlite3
from itertools import count, cycle
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, too_wide

_serial = count(1)
# Each test has one where nothing else waits.
BOARDS = cycle(("li-hua", "exam-papers", "english-corner", "tuition", "healthcare", "site"))


class Reported(NamedTuple):
    board: str
    words: list[str]


@pytest.fixture
def reported(site: Site) -> Reported:
    """Three posts that Sam reported, and nothing else waits on their board."""
    board = next(BOARDS)
    with sqlite3.connect(site.data / "exchange.sqlite3", timeout=20) as database:
        database.execute(
            "UPDATE moderation_case SET closed_at = opened_at WHERE closed_at IS NULL AND board_id ="
            " (SELECT id FROM boards_board WHERE slug = ?)",
            [board],
        )
    tom, kelsey, sam = (site.client(name) for name in ("tom", "kelsey", "sam"))
    serial = next(_serial)
    thread = tom.open_thread(board, f"Dear Li Hua ({serial})", "Write back soon!")
    words = [f"Advert number {serial}{letter}, cheap and good" for letter in "abc"]
    for text in words:
        kelsey.reply(thread, text)
    for text in words:
        answer = sam.get(f"/en/threads/{thread}/")
        found = re.search(
            rf'data-post-id="(\d+)"(?:(?!data-post-id).)*?{text}', answer.text, re.DOTALL
        )
        assert found
        sam.act(f"/en/posts/{found[1]}/flag/", "spam")
    return Reported(board, words)


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_queue_is_cleared_by_keyboard_alone(
    visit: Visit, site: Site, reported: Reported, language: str
) -> None:
    lin = visit("lin", language)
    lin.goto(f"/{language}/moderation/?board={reported.board}")
    rows = lin.locator(".desk .row")
    expect(rows).to_have_count(3)
    expect_language(lin, language)

    lin.keyboard.press("j")
    expect(rows.first.locator("a.title")).to_be_focused()
    lin.keyboard.press("x")
    expect(rows.first.locator("input[type=checkbox]")).to_be_checked()
    lin.keyboard.press("x")
    expect(rows.first.locator("input[type=checkbox]")).not_to_be_checked()
    press(lin, "c")  # it is opened, and taken on there
    expect(lin.locator(".desk-decide [name=_method]")).to_be_attached()
    first = lin.url

    press(lin, "n")  # nothing to do: on to the next one
    expect(lin.locator("[data-undo]")).to_be_visible()
    assert re.search(rf"/cases/\d+/\?queue=board%3D{reported.board}$", lin.url) and lin.url != first
    press(lin, "z")  # taken back: that case waits again
    assert lin.url.partition("?")[0] == first.partition("?")[0]
    expect(lin.locator(".desk-decide [data-key=n]")).to_be_visible()

    lin.goto(f"/{language}/moderation/?board={reported.board}")
    lin.keyboard.press("j")
    expect(lin.locator(".desk a.title").first).to_be_focused()
    press(lin, "Enter")
    for left in (2, 1, 0):
        press(lin, "h")
        expect(lin.locator("#id_reason")).to_have_value("spam")  # as it was reported
        press(lin, "Enter")
        expect(lin.locator("[data-undo]")).to_be_visible()
        if left:
            expect(lin.locator("[data-case]")).to_be_attached()
    expect(lin).to_have_url(re.compile(rf"/{language}/moderation/\?board={reported.board}$"))
    expect(lin.locator(".desk a.title")).to_have_count(0)
    lin.keyboard.press("?")
    expect(lin.locator("dialog#shortcuts")).to_be_visible()
    stranger = visit(language=language)
    for text in reported.words:
        stranger.goto(f"/{language}/moderation/log/")
        assert text not in stranger.content()


def test_open_desks_count_along_and_one_works_on_a_case_at_a_time(
    visit: Visit, site: Site, reported: Reported
) -> None:
    lin, priya = visit("lin"), visit("lin")
    for page in (lin, priya):
        page.goto(f"/en/moderation/?board={reported.board}")
        expect(page.locator("[data-desk]")).to_have_text("3 cases")
    lin.keyboard.press("j")
    expect(lin.locator(".desk a.title").first).to_be_focused()
    press(lin, "Enter")
    press(lin, "n")
    expect(priya.locator("[data-desk]")).to_have_text("2 cases")


def test_a_desk_without_sockets_counts_along_too(
    visit: Visit, site: Site, reported: Reported
) -> None:
    lin, other = visit("lin"), visit("lin")
    other.add_init_script("delete window.WebSocket;")
    other.clock.install()
    for page in (lin, other):
        page.goto(f"/en/moderation/?board={reported.board}")
        expect(page.locator("[data-desk]")).to_have_text("3 cases")
    other.wait_for_load_state("networkidle")
    lin.keyboard.press("j")
    expect(lin.locator(".desk a.title").first).to_be_focused()
    press(lin, "Enter")
    press(lin, "n")
    other.clock.run_for(21_000)  # 20 seconds, and a moment in which more may come
    expect(other.locator("[data-desk]")).to_have_text("2 cases")


def test_keys_are_off_while_one_types_and_where_somebody_turned_them_off(
    visit: Visit, reported: Reported
) -> None:
    lin = visit("lin")
    lin.goto(f"/en/moderation/?board={reported.board}")
    lin.keyboard.press("j")
    expect(lin.locator(".desk a.title").first).to_be_focused()
    press(lin, "Enter")
    address = lin.url
    lin.locator("#id_note").focus()
    lin.keyboard.type("nhq")
    expect(lin.locator("#id_note")).to_have_value("nhq")
    lin.evaluate("document.activeElement.blur()")
    lin.evaluate("document.documentElement.dataset.noShortcuts = ''")
    lin.keyboard.press("n")
    lin.wait_for_timeout(100)
    assert lin.url == address


def test_the_desk_works_without_scripts(visit: Visit, reported: Reported) -> None:
    lin = visit("lin", java_script_enabled=False)
    lin.goto(f"/en/moderation/?board={reported.board}")
    for box in lin.locator(".desk input[type=checkbox]").all()[:2]:
        box.check()
    lin.locator(".desk-bulk button[value=hide]").click()
    lin.locator("[name=reason]").select_option("spam")
    expect(lin.locator("[data-notices] article")).to_have_count(1)
    lin.locator("button[name=preview]").click()  # a look only
    expect(lin.locator("[data-notices]")).to_contain_text("No advertising")
    lin.locator("main form .buttons button.btn").click()
    expect(lin.locator("h1")).to_have_text("2 cases decided")
    lin.locator(".desk-chosen button").first.click()  # taken back
    expect(lin.locator(".messages .notice")).to_be_visible()
    lin.goto(f"/en/moderation/?board={reported.board}")
    expect(lin.locator(".desk .row")).to_have_count(2)
    lin.locator(".desk a.title").first.click()
    lin.locator("[data-case] form[action$='/claim/'] button").click()
    expect(lin.locator(".desk-decide")).to_contain_text("You took this case on.")
    lin.locator("form.desk-buttons button").click()
    expect(lin.locator(".messages button.tool")).to_be_visible()


def test_the_notices_follow_what_is_chosen(visit: Visit, reported: Reported) -> None:
    """Kelsey reads English: in Chinese the page shows hers, and what it says."""
    for language, expected, rule in (("zh-hans", 2, "不煽动仇恨"), ("en", 1, "No hatred")):
        lin = visit("lin", language)
        lin.goto(f"/{language}/moderation/?board={reported.board}")
        for box in lin.locator(".desk input[type=checkbox]").all():
            box.check()
        lin.locator(".desk-bulk button[value=hide]").click()
        notices = lin.locator("[data-notices] article")
        expect(notices).to_have_count(expected)
        expect(notices.first).to_have_attribute("lang", "en")
        lin.locator("[name=reason]").focus()
        lin.locator("[name=reason]").select_option("hate")
        expect(notices.last).to_contain_text(rule)
        expect(lin.locator("[data-no-rule]")).to_be_hidden()
        lin.locator("[name=act][value=dismiss]").check()
        expect(notices).to_have_count(0)
        expect(lin.locator("[data-nobody]")).to_be_visible()
        lin.locator("[name=act][value=hide]").check()
        expect(notices).to_have_count(expected)
        expect(lin.locator("[data-nobody]")).to_be_hidden()
        assert not too_wide(lin)
