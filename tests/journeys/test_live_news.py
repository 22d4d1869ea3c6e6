"""News that its reader does not look at: of another page of the thread, of a list that was just made."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from exchange.boards.models import POSTS_PER_PAGE

from .conftest import Visit
from .site import Site
from .steps import numbers_on, post
from .test_budgets import SHIFTS

_serial = count(1)


@pytest.fixture
def title() -> str:
    return f"Which bus do you take? ({next(_serial)})"


@pytest.fixture
def long_thread(site: Site, title: str) -> int:
    made = site.client("grace").open_thread("daily-life", title, "The 7.")
    for number in range(2, POSTS_PER_PAGE + 3):
        site.client("grace").reply(made, f"And then the {number}.")
    return made


def opened(visit: Visit, name: str, path: str, language: str = "en") -> Page:
    page = visit(name, language, viewport={"width": 390, "height": 800})
    with page.expect_websocket() as socket:
        page.goto(f"/{language}/{path}")
    with socket.value.expect_event("framereceived"):
        pass  # the site knows what this page watches
    page.wait_for_load_state("networkidle")
    return page


def split(site: Site, thread: int, number: int) -> None:
    lin = site.client("lin")
    parts = {"title": f"Another question ({next(_serial)})", "board": "daily-life"}
    lin.act(f"/en/threads/{thread}/split/", "off-topic", post=str(number), **parts)
    lin.get("/en/rules/")  # what the site says of it, on no page of a later test


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 new reply on a later page", "2 new replies on a later page"),
        ("zh-hans", "后面的页面有 1 条新回复", "后面的页面有 2 条新回复"),
    ],
)
def test_replies_on_a_later_page_are_counted_said_and_one_tap_away(
    visit: Visit, site: Site, long_thread: int, title: str, language: str, one: str, two: str
) -> None:
    page = opened(visit, "tom", f"threads/{long_thread}/", language)
    chip = page.locator("[data-live=more]")
    expect(chip).to_be_hidden()
    site.client("tom").reply(long_thread, "My own, from another device, is no news")
    site.client("mei").reply(long_thread, "我坐地铁。")
    expect(chip).to_have_text(one)
    expect(chip).to_be_in_viewport()
    expect(page).to_have_title(f"(1) {title} · Exchange 交流")
    expect(page.locator("[data-live=status]")).to_contain_text("mei")
    taken_back = site.client("sam").reply(long_thread, "Never mind")
    expect(chip).to_have_text(two)
    site.client("sam").post(f"/en/posts/{taken_back}/deletion/")
    expect(chip).to_have_text(one)
    chip.click()
    expect(post(page, POSTS_PER_PAGE + 4)).to_be_in_viewport()


def test_that_a_thread_changed_is_said_where_it_is_seen_and_heard(
    visit: Visit, site: Site, long_thread: int
) -> None:
    page = opened(visit, "tom", f"threads/{long_thread}/")
    page.mouse.wheel(0, 500)
    said = page.get_by_role("status").filter(has=page.locator("[data-live=changed]"))
    expect(said).to_have_count(1)  # before it says anything
    expect(page.locator("[data-live=changed]")).to_be_hidden()
    split(site, long_thread, 5)
    note = page.locator("[data-live=changed]")
    expect(note).to_be_in_viewport()
    expect(said).to_contain_text("This thread changed. Reload")


def test_a_post_of_an_earlier_page_does_not_come_before_the_line_of_one_that_was_moved(
    visit: Visit, site: Site, long_thread: int
) -> None:
    """The second page begins with the line of a post that stands in another thread now."""
    first_there = POSTS_PER_PAGE + 1
    split(site, long_thread, first_there)
    page = opened(visit, "tom", f"threads/{long_thread}/?page=2")
    before = numbers_on(page)
    assert page.locator(f"p#post-{first_there}").count() == 1 and first_there not in before
    number = site.rows(
        "SELECT id FROM boards_post WHERE thread_id = ? AND number = 3", long_thread
    )[0][0]
    site.client("grace").edit(number, "And then the third, which is late.")
    site.client("mei").reply(long_thread, "我走路。")  # comes after the edit
    expect(post(page, before[-1] + 1)).to_be_attached()
    assert numbers_on(page) == [*before, before[-1] + 1]


@pytest.mark.parametrize("where", ["", "boards/daily-life/"])
def test_what_comes_between_the_making_of_a_list_and_its_socket_is_news(
    visit: Visit, site: Site, where: str
) -> None:
    page = visit("tom", "en")
    waiting: list[tuple[WebSocketRoute, str | bytes]] = []

    def hold(opening: WebSocketRoute) -> None:
        site_side = opening.connect_to_server()
        opening.on_message(lambda message: waiting.append((site_side, message)))

    page.route_web_socket(re.compile("/ws/$"), hold)
    page.goto(f"/en/{where}")
    page.wait_for_load_state("networkidle")
    site.client("grace").open_thread("daily-life", f"Soup again ({next(_serial)})", "Leek.")
    assert waiting
    for there, message in waiting:
        there.send(message)
    expect(page.locator("[data-live=rows]")).to_contain_text("1 thread has news")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("width", "most"), [(360, 0.0), (768, 0.01), (1280, 0.01)])
def test_that_somebody_else_is_here_moves_nothing(
    visit: Visit, site: Site, language: str, width: int, most: float
) -> None:
    """On wider pages each post's number goes a little aside when the time behind it becomes short: half of
    what a page may move (test_budgets.py) is more than that, and less than a line."""
    for key in ("postcards", "out-of-the-window"):
        path = f"threads/{site.thread(key)}/"
        opened(visit, "", path)
        page = visit("", language, viewport={"width": width, "height": 740})
        page.add_init_script(SHIFTS)
        page.goto(f"/{language}/{path}")
        expect(page.locator("[data-live=here]")).to_contain_text("2")
        page.evaluate("new Promise(requestAnimationFrame)")
        assert page.evaluate("window.shift") <= most, key
