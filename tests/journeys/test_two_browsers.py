"""Tom reads English, Mei Chinese, in one thread at once; nothing is reloaded and nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import numbers_on, own_words, post, until, write_reply
from .watch import Watch

AFTER_A_CUT = 30_000
HIDDEN = {"en": "A moderator hid this post", "zh-hans": "被管理员隐藏"}
_serial = count(1)


@pytest.fixture
def thread(site: Site) -> int:
    title = f"Do you keep the window open in winter? ({next(_serial)})"
    return site.client("grace").open_thread("daily-life", title, "Mine is open all night.")


@pytest.fixture
def tom(visit: Visit, thread: int) -> Page:
    return reader(visit, "tom", "en", thread)


@pytest.fixture
def mei(visit: Visit, thread: int) -> Page:
    return reader(visit, "mei", "zh-hans", thread)


def reader(visit: Visit, name: str, language: str, thread: int) -> Page:
    page = visit(name, language)
    with page.expect_websocket() as opened:
        page.goto(f"/{language}/threads/{thread}/")
    # The first frame says that the site knows what this page watches.
    if not opened.value.is_closed():
        until(page, "document.readyState === 'complete'")
    return page


@contextmanager
def without_reload(*pages: Page) -> Iterator[None]:
    for page in pages:
        page.evaluate("window.sameDocument = true")
    yield
    for page in pages:
        assert page.evaluate("window.sameDocument") is True


def test_replies_in_each_language_an_edit_and_a_hiding_arrive_at_once(
    tom: Page, mei: Page, site: Site, thread: int
) -> None:
    with without_reload(tom):
        write_reply(mei, "开着睡？我这儿零下二十度！")
        arrived = post(tom, 2)
        expect(arrived).to_be_visible()
        expect(arrived).to_have_attribute("lang", "zh-Hans")
        expect(own_words(arrived)).to_have_text("开着睡？我这儿零下二十度！")
        expect(arrived.locator(".acts a").first).to_have_text("Reply")
    expect(post(mei, 2)).to_be_visible()
    with without_reload(mei):
        write_reply(tom, "Minus twenty? Then keep it shut!", "零下二十度？那还是关着吧！")
        arrived = post(mei, 3)
        expect(arrived).to_be_visible()
        expect(arrived).to_have_attribute("lang", "en")
        expect(arrived.locator('.half[lang="zh-Hans"]')).to_contain_text("还是关着吧")
        expect(arrived.locator(".acts a").first).to_have_text("回复")
    expect(post(tom, 3)).to_be_visible()

    sams = site.client("sam").reply(thread, "Come to my shop, everything half price")
    toms = int(post(tom, 3).get_attribute("data-post-id") or 0)
    with without_reload(tom, mei):
        for page in (tom, mei):
            expect(post(page, 4)).to_be_visible()
        site.client("tom").edit(toms, "Minus **twenty**? Keep it shut, please!")
        for page in (tom, mei):
            expect(own_words(post(page, 3)).locator("strong")).to_have_text("twenty")
        site.client("lin").act(f"/en/posts/{sams}/hiding/", "spam")
        for page, language in ((tom, "en"), (mei, "zh-hans")):
            line = post(page, 4).locator(".withdrawn")
            expect(line).to_contain_text(HIDDEN[language])
            assert "half price" not in page.content()
    assert numbers_on(tom) == numbers_on(mei) == [1, 2, 3, 4]


def test_what_was_posted_while_the_connection_was_cut_by_a_killed_server_is_caught_up_with(
    tom: Page, mei: Page, site: Site, thread: int, watch: Watch
) -> None:
    expect(post(tom, 1)).to_be_visible()
    with without_reload(tom, mei):
        with watch.looking_away():
            site.kill()
            for page in (tom, mei):
                page.context.set_offline(True)
            site.start()
            missed = ["第一条", "The second one", "第三条"]
            for body in missed:
                site.client("sam").reply(thread, body)
            for page in (tom, mei):
                page.context.set_offline(False)
                expect(post(page, 4)).to_be_visible(timeout=AFTER_A_CUT)
        for page in (tom, mei):
            assert numbers_on(page) == [1, 2, 3, 4]
            assert [own_words(post(page, n)).inner_text() for n in (2, 3, 4)] == missed
        # And what comes now arrives as before.
        site.client("kelsey").reply(thread, "Is everybody back?")
        for page in (tom, mei):
            expect(post(page, 5)).to_be_visible()
            assert numbers_on(page) == [1, 2, 3, 4, 5]


def test_a_stranger_sees_replies_arrive_too(visit: Visit, site: Site, thread: int) -> None:
    page = reader(visit, "", "zh-hans", thread)
    with without_reload(page):
        site.client("sam").reply(thread, "我也想知道。")
        expect(post(page, 2)).to_be_visible()
    assert page.context.cookies() == []


def test_words_being_typed_stay_while_others_reply(tom: Page, site: Site, thread: int) -> None:
    box = tom.locator("#reply [name=body]")
    box.click()
    box.press_sequentially("Half a sen")
    site.client("mei").reply(thread, "我先说！")
    expect(post(tom, 2)).to_be_visible()
    expect(box).to_be_focused()
    box.press_sequentially("tence")
    expect(box).to_have_value("Half a sentence")


def test_an_edit_that_arrives_leaves_the_keyboard_where_it_was(
    tom: Page, site: Site, thread: int
) -> None:
    mine = site.client("sam").reply(thread, "Before")
    expect(post(tom, 2)).to_be_visible()
    link = post(tom, 2).get_by_role("link", name="Report")
    link.focus()
    site.client("sam").edit(mine, "After")
    expect(own_words(post(tom, 2))).to_have_text("After")
    expect(link).to_be_focused()
