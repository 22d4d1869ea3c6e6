"""A tab that was opened in the back, as by a middle click: it costs nothing until it is looked at."""

from itertools import count

import pytest
from playwright.sync_api import Page, WebSocket, expect

from .conftest import Visit
from .site import Site
from .steps import numbers_on, post
from .test_live import SHOW
from .test_live_lists import TOLD

IN_THE_BACK = """
Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
"""
_serial = count(1)


@pytest.fixture
def title() -> str:
    return f"Which tea do you drink at work? ({next(_serial)})"


@pytest.fixture
def thread(site: Site, title: str) -> int:
    return site.client("grace").open_thread("daily-life", title, "Green.\n\n" * 40)


def behind(visit: Visit, name: str, path: str) -> tuple[Page, list[WebSocket]]:
    page = visit(name, "en", viewport={"width": 390, "height": 800})
    page.add_init_script(IN_THE_BACK)
    sockets: list[WebSocket] = []

    def keep(opening: WebSocket) -> None:
        sockets.append(opening)

    page.on("websocket", keep)
    page.goto(f"/en/{path}")
    page.wait_for_load_state("networkidle")
    return page, sockets


def test_it_has_no_socket_and_asks_for_what_it_missed_when_it_is_looked_at(
    visit: Visit, site: Site, thread: int, title: str
) -> None:
    page, sockets = behind(visit, "tom", f"threads/{thread}/")
    site.client("mei").reply(thread, "红茶。")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_load_state("networkidle")
    assert (len(sockets), numbers_on(page)) == (0, [1])
    expect(page).to_have_title(f"{title} · Exchange 交流")
    page.evaluate(SHOW)
    expect(post(page, 2)).to_be_attached()
    expect(page).to_have_title(f"(1) {title} · Exchange 交流")
    site.client("sam").reply(thread, "Coffee!")
    expect(post(page, 3)).to_be_attached()
    assert len(sockets) == 1


def test_what_was_committed_late_is_asked_for_though_nothing_newer_happened(
    visit: Visit, thread: int
) -> None:
    """It may have a lower number than the last that the page was made with."""
    page, _ = behind(visit, "tom", f"threads/{thread}/")
    with page.expect_request(f"**/threads/{thread}/changes?*"):
        page.evaluate(SHOW)


def test_its_list_and_its_bell_have_the_news_when_it_is_looked_at(
    visit: Visit, site: Site, thread: int
) -> None:
    advert = site.client("june").reply(thread, "Come to my shop, everything half price")
    page, sockets = behind(visit, "june", "")
    bell = page.locator(".bell .number")
    expect(bell).to_have_count(0)
    lin = site.client("lin")
    lin.act(f"/en/posts/{advert}/hiding/", "spam")
    lin.get("/en/rules/")  # what the site says of it, on no page of a later test
    site.client("mei").reply(thread, "绿茶好喝吗？")
    page.wait_for_load_state("networkidle")
    assert sockets == []
    expect(page.locator("[data-live=rows]")).to_be_hidden()
    page.evaluate(SHOW)
    expect(page.locator("[data-live=rows]")).to_contain_text("1 thread has news")
    expect(bell).to_have_text("1", timeout=TOLD)


def test_without_sockets_it_asks_when_it_is_looked_at(
    visit: Visit, site: Site, thread: int
) -> None:
    page = visit("tom", "en")
    page.add_init_script("delete window.WebSocket;" + IN_THE_BACK)
    page.goto(f"/en/threads/{thread}/")
    page.wait_for_load_state("networkidle")
    site.client("mei").reply(thread, "白开水。")
    page.evaluate(SHOW)
    expect(post(page, 2)).to_be_attached()
