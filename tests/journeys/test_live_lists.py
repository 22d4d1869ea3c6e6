"""Lists and the bell of pages that stay open: they say that there is news, and move only when asked to."""

import json
import re
from itertools import count

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from .conftest import Visit
from .site import Site
from .steps import until

TOLD = 20_000  # what moderators decide is told when it can no longer be taken back by a key
LIST = {"front": "", "board": "boards/daily-life/"}
_serial = count(1)


def opened(visit: Visit, name: str, language: str, path: str) -> Page:
    page = visit(name, language)
    with page.expect_websocket() as socket:
        page.goto(f"/{language}/{path}")
    with socket.value.expect_event("framereceived"):
        pass  # the site knows what this page watches
    page.wait_for_load_state("networkidle")
    return page


def new_thread(site: Site, name: str = "grace") -> int:
    title = f"What did you cook today? ({next(_serial)})"
    return site.client(name).open_thread("daily-life", title, "Soup.")


@pytest.mark.parametrize("where", LIST)
@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 thread has news · Show", "2 threads have news · Show"),
        ("zh-hans", "1 个主题有新动态 · 查看", "2 个主题有新动态 · 查看"),
    ],
)
def test_a_list_says_that_threads_have_news_and_shows_them_when_asked(
    visit: Visit, site: Site, where: str, language: str, one: str, two: str
) -> None:
    quiet = new_thread(site)
    page = opened(visit, "tom", language, LIST[where])
    rows = page.locator(".rows a.title")
    before = rows.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    chip = page.locator("[data-live=rows]")
    expect(chip).to_be_hidden()
    first = new_thread(site)
    expect(chip).to_have_text(one)
    site.client("mei").reply(first, "面条。")  # the same thread once more
    site.client("mei").reply(quiet, "汤好喝吗？")
    expect(chip).to_have_text(two)
    assert rows.evaluate_all("links => links.map(link => link.getAttribute('href'))") == before

    page.evaluate("window.sameDocument = true")
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_be_hidden()
    newest = page.locator(f".rows a.title[href*='/threads/{quiet}/']")
    expect(newest).to_be_visible()
    expect(page.locator(".rows a.title").first).to_be_focused()
    expect(page.locator(f".rows a.title[href*='/threads/{first}/']")).to_be_visible()
    assert page.evaluate("window.sameDocument") is True


def test_a_muted_thread_is_no_news(visit: Visit, site: Site) -> None:
    muted, other = new_thread(site), new_thread(site)
    site.client("dana").post(f"/en/threads/{muted}/mute/")
    page = opened(visit, "dana", "en", LIST["board"])
    site.client("mei").reply(muted, "还有吗？")
    site.client("mei").reply(other, "还有吗？")
    chip = page.locator("[data-live=rows]")
    expect(chip).to_contain_text("1 thread")
    until(page, "true")
    expect(chip).to_contain_text("1 thread")


def test_what_a_list_shows_already_is_no_news(visit: Visit, site: Site) -> None:
    thread = new_thread(site)
    page = visit("tom", "en")
    sockets: list[WebSocketRoute] = []

    def connect(opening: WebSocketRoute) -> None:
        opening.connect_to_server()
        sockets.append(opening)

    page.route_web_socket(re.compile("/ws/$"), connect)
    page.goto(f"/en/{LIST['board']}")
    page.wait_for_load_state("networkidle")
    row = page.locator(f".row[data-thread='{thread}']")
    scope = page.locator("[data-rows]").get_attribute("data-scope")
    frame = {"kind": "rows", "scope": scope, "thread": thread, "board": 0}

    def tell(event: int) -> None:
        sockets[-1].send(json.dumps(frame | {"event": event}))

    chip = page.locator("[data-live=rows]")
    shown = int(row.get_attribute("data-event") or 0)
    tell(shown)
    site.client("mei").reply(new_thread(site), "面条。")
    expect(chip).to_contain_text("1 thread")
    tell(shown + 100)
    expect(chip).to_contain_text("2 threads")
    chip.click()
    expect(chip).to_be_hidden()
    tell(shown + 100)  # and what stands on no page of this list
    sockets[-1].send(json.dumps(frame | {"thread": 10**9, "event": shown}))
    expect(chip).to_contain_text("1 thread")
    chip.click()
    expect(chip).to_be_hidden()
    sockets[-1].send(json.dumps(frame | {"thread": 10**9, "event": shown}))
    site.client("mei").reply(thread, "汤。")
    expect(chip).to_contain_text("1 thread")
    assert "2 threads" not in chip.inner_text()


def test_a_stranger_s_list_says_it_too(visit: Visit, site: Site) -> None:
    page = opened(visit, "", "en", LIST["front"])
    new_thread(site)
    expect(page.locator("[data-live=rows]")).to_contain_text("1 thread")
    assert page.context.cookies() == []


def test_a_later_page_and_a_narrowed_list_stay_as_they_are(visit: Visit, site: Site) -> None:
    page = visit("tom", "en")
    for path in ("?page=2", "?only=zh"):
        page.goto(f"/en/{path}")
        expect(page.locator("[data-rows]")).to_have_count(0)


def test_a_list_without_sockets_asks(visit: Visit, site: Site) -> None:
    page = visit("tom", "en")
    page.add_init_script("delete window.WebSocket;")
    page.clock.install()
    page.goto("/en/")
    page.wait_for_load_state("networkidle")
    new_thread(site)
    page.clock.run_for(20_000)
    expect(page.locator("[data-live=rows]")).to_contain_text("1 thread")


def test_the_bell_rings_in_every_tab_and_is_settled_in_every_tab(visit: Visit, site: Site) -> None:
    thread = new_thread(site)
    number = site.client("june").reply(thread, "Come to my shop, everything half price")
    tabs = [opened(visit, "june", language, path) for language, path in TABS]
    site.client("lin").act(f"/en/posts/{number}/hiding/", "spam")
    for tab in tabs:
        expect(tab.locator(".bell .number")).to_have_text("1", timeout=TOLD)
    english, chinese, notices = tabs
    expect(english.locator(".bell")).to_have_accessible_name("1 new notice")
    expect(chinese.locator(".bell .hush")).to_have_text("条新通知")
    expect(notices.locator("[data-live=notices]")).to_be_visible()
    notices.locator("[data-live=notices] a").click()
    expect(notices.locator(".notices .unread")).to_have_count(1)

    reading = opened(visit, "june", "en", "notifications/")
    reading.get_by_role("button", name="Mark all as read").click()
    for tab in (english, chinese, notices):
        expect(tab.locator(".bell .number")).to_have_count(0)
    expect(notices.locator(".notices .unread")).to_have_count(0)
    expect(notices.get_by_role("button", name="Mark all as read")).to_have_count(0)


TABS = (("en", "rules/"), ("zh-hans", ""), ("en", "notifications/"))
