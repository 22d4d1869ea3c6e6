"""The drawing of a thread's figures while others write below it: it stays with what its reader did to it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Visit
from .site import Site
from .steps import numbers_on, post, until
from .test_live import NO_SOCKETS
from .test_live_gaps import FAR_AHEAD, Wire, since, told

THREAD = "rent-one-line-each"
NARROW = {"width": 390, "height": 800}


def opened(visit: Visit, site: Site, script: str = "") -> tuple[Page, Wire]:
    """With the table open and scrolled sideways, and the keyboard in it; on the last page."""
    site.client("grace").reply(site.thread(THREAD), "Its twenty posts fill the first page.")
    page = visit("tom", "en", viewport=NARROW)
    wire = Wire(page, site.thread(THREAD))
    wire.lay()
    if script:
        page.add_init_script(script)
        page.clock.install()
    page.goto(f"/en/threads/{wire.thread}/?page=2")
    page.wait_for_load_state("networkidle")
    chart(page).locator("summary").click()
    table(page).evaluate("table => { table.scrollLeft = 60 }")
    table(page).focus()
    chart(page).evaluate("chart => { chart.before = true }")
    return page, wire


def chart(page: Page) -> Locator:
    return page.locator(".thread-chart")


def table(page: Page) -> Locator:
    return chart(page).locator(".scroll")


def is_as_it_was(page: Page) -> bool:
    return bool(chart(page).evaluate("chart => chart.before === true"))


def keeps_what_was_done(page: Page) -> None:
    expect(chart(page).locator("details")).to_have_attribute("open", "")
    expect(table(page)).to_be_focused()
    assert table(page).evaluate("table => table.scrollLeft") == 60


def drawn(site: Site, thread: int, after: str) -> dict[str, Any]:
    """The frame of the drawing, as the site words it."""
    missed = json.loads(site.client("tom").get(f"/en/threads/{thread}/changes?since={after}").text)
    found: dict[str, Any] = missed["frames"][-1]
    assert found["kind"] == "chart"
    return found


def test_a_reply_without_figures_leaves_the_drawing_alone(visit: Visit, site: Site) -> None:
    page, wire = opened(visit, site)
    last = numbers_on(page)[-1]
    for number in (1, 2):  # the drawing is sent with the first
        site.client("mei").reply(wire.thread, f"第 {number} 个问题。")
        expect(post(page, last + number)).to_be_attached()
    assert is_as_it_was(page)
    keeps_what_was_done(page)


def test_nor_does_asking_draw_it_anew(visit: Visit, site: Site) -> None:
    page, wire = opened(visit, site, NO_SOCKETS)
    last = numbers_on(page)[-1]
    for number in (1, 2):
        site.client("mei").reply(wire.thread, f"第 {number} 个回答。")
        with page.expect_response(f"**/threads/{wire.thread}/changes?*"):
            page.clock.run_for(20_000)
        expect(post(page, last + number)).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert is_as_it_was(page)
    keeps_what_was_done(page)


@pytest.mark.parametrize("stands", ["table", "summary"])
def test_a_drawing_that_changes_keeps_what_is_open_and_where_the_keyboard_is(
    visit: Visit, site: Site, stands: str
) -> None:
    page, wire = opened(visit, site)
    began = since(page)
    site.client("mei").reply(wire.thread, "还有一个问题。")
    frame = drawn(site, wire.thread, began)
    fresh = frame["html"].replace("Lowest to highest", "From the lowest to the highest")
    if stands == "summary":
        chart(page).locator("summary").focus()
    wire.sockets[-1].send(told(frame, html=fresh, event=FAR_AHEAD, at=FAR_AHEAD))
    expect(table(page)).to_contain_text("From the lowest")
    assert not is_as_it_was(page)
    if stands == "summary":
        expect(chart(page).locator("summary")).to_be_focused()
    else:
        keeps_what_was_done(page)
    wire.sockets[-1].send(told(frame, html="", event=FAR_AHEAD + 1, at=FAR_AHEAD + 1))
    until(page, "!document.querySelector('.thread-chart')")
