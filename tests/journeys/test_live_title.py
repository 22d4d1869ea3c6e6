"""A thread's title that changes while its page is open stands there at once, and nothing else moves."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .site import Site
from .steps import post
from .test_live import LONG, reader, scroll_to, top_of

BODY = "I looked at four flats today."
_serial = count(1)


@pytest.fixture
def title() -> str:
    return f"Flat hunting, day {next(_serial)}"


@pytest.fixture
def thread(site: Site, title: str) -> int:
    made = site.client("grace").open_thread("daily-life", title, BODY)
    site.client("grace").reply(made, LONG)
    return made


def opening(site: Site, thread: int) -> int:
    query = "SELECT id FROM boards_post WHERE thread_id = ? AND number = 1"
    return int(site.rows(query, thread)[0][0])


def rename(site: Site, thread: int, title: str, title_other: str = "", body: str = BODY) -> None:
    grace, number = site.client("grace"), opening(site, thread)
    form = grace.get(f"/en/posts/{number}/edit/").text
    version = re.findall(r'name="title_version" value="(\d+)"', form)[0]
    fields = {"title": title, "title_other": title_other, "title_version": version}
    grace.edit(number, body, **fields)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_edit_of_it_moves_neither_the_reader_nor_the_keyboard(
    visit: Visit, site: Site, thread: int, title: str, language: str
) -> None:
    page = reader(visit, "tom", language, thread)
    link = page.locator("[data-heading] a")
    link.focus()
    scroll_to(page, "#post-2 .half p:nth-of-type(9)")
    line = post(page, 2).get_by_text("Line 9 of")
    before = top_of(line)
    fresh = f"{title}: four flats, and each of them so dear that one needs a long title for it"
    rename(site, thread, fresh)
    expect(page.locator(".page-head h1")).to_have_text(fresh)
    expect(page).to_have_title(f"{fresh} · Exchange 交流")
    assert abs(top_of(line) - before) < 1
    expect(link).to_be_focused()
    site.client("mei").reply(thread, "好辛苦！")
    expect(page).to_have_title(f"(1) {fresh} · Exchange 交流")
    rename(site, thread, title, "找房第一天")
    first, second = (title, "找房第一天") if language == "en" else ("找房第一天", title)
    expect(page.locator(".page-head h1")).to_have_text(first)
    expect(page.locator("[data-heading] .alt")).to_have_text(second)
    expect(page).to_have_title(f"(1) {first} · Exchange 交流")
    expect(link).to_have_count(0)
    expect(page.locator("[data-heading]")).to_be_focused()  # what had the keyboard is gone
    expect(page.locator("[data-live=changed]")).to_be_hidden()


def test_an_edit_of_the_words_below_it_leaves_it_alone(
    visit: Visit, site: Site, thread: int, title: str
) -> None:
    page = reader(visit, "tom", "en", thread)
    page.locator(".page-head h1").evaluate("heading => { heading.before = true }")
    rename(site, thread, title, body="I looked at five flats today.")
    expect(post(page, 1)).to_contain_text("five flats")
    site.client("mei").reply(thread, "好辛苦！")
    expect(post(page, 3)).to_be_attached()
    assert page.locator(".page-head h1").evaluate("heading => heading.before === true")


def test_a_translation_of_it_comes_when_it_is_accepted(
    visit: Visit, site: Site, thread: int, title: str
) -> None:
    page, chinese = reader(visit, "tom", "en", thread), reader(visit, "mei", "zh-hans", thread)
    passage = site.rows("SELECT title_id FROM boards_thread WHERE id = ?", thread)[0][0]
    answer = site.client("grace").post(  # its author's own is accepted at once
        f"/en/passages/{passage}/translation/", into="zh", version="1", body="找房子的一天"
    )
    assert answer.status == 302, answer.text
    expect(page.locator("[data-heading] .alt")).to_contain_text("找房子的一天")
    expect(page.locator("[data-heading] .alt")).to_contain_text("translated by a member")
    expect(page).to_have_title(f"{title} · Exchange 交流")
    expect(chinese.locator(".page-head h1")).to_have_text("找房子的一天")
    expect(chinese).to_have_title("找房子的一天 · Exchange 交流")
