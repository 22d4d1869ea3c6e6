"""A thread that is read while others write in it: nothing moves under the reader, and nothing is lost."""

import re
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from .conftest import Visit
from .site import Site
from .steps import own_words, post, until
from .watch import Watch

AFTER_A_CUT = 30_000
LONG = "\n\n".join(f"Line {number} of what I pay each month." for number in range(1, 30))
NO_SOCKETS = "delete window.WebSocket;"
HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
SHOW = HIDE.replace('"hidden"', '"visible"')
_serial = count(1)


@pytest.fixture
def title() -> str:
    return f"What does your month cost? ({next(_serial)})"


@pytest.fixture
def thread(site: Site, title: str) -> int:
    made = site.client("grace").open_thread("daily-life", title, LONG)
    site.client("grace").reply(made, LONG)
    return made


def reader(
    visit: Visit, name: str, language: str, thread: int, place: str = "", **options: object
) -> Page:
    page = visit(name, language, viewport={"width": 390, "height": 800}, **options)
    with page.expect_websocket() as opened:
        page.goto(f"/{language}/threads/{thread}/{place}")
    with opened.value.expect_event("framereceived"):
        pass  # the site knows what this page watches
    page.wait_for_load_state("networkidle")  # and it has asked for what it missed
    return page


def chip(page: Page) -> Locator:
    return page.locator("[data-live=new]")


def top_of(element: Locator) -> float:
    return float(element.evaluate("element => element.getBoundingClientRect().top"))


def show_name(page: Page, language: str) -> None:
    """In the settings; else one is only counted."""
    page.goto(f"/{language}/settings/")
    page.locator("[name=presence][value=named]").check()
    page.locator("main form button.btn").first.click()
    page.wait_for_url(f"**/{language}/settings/")


def scroll_to(page: Page, selector: str) -> None:
    """To the middle of the window, in one go: a post may be drawn anew between two calls."""
    page.evaluate(
        "selector => document.querySelector(selector).scrollIntoView({ block: 'center' })", selector
    )


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("en", "1 new reply", "2 new replies"), ("zh-hans", "1 条新回复", "2 条新回复")],
)
def test_what_comes_below_the_fold_is_counted_and_moves_nothing(
    visit: Visit, site: Site, thread: int, title: str, language: str, one: str, two: str
) -> None:
    page = reader(visit, "tom", language, thread)
    page.mouse.wheel(0, 300)
    until(page, "scrollY === 300")
    line = post(page, 1).get_by_text("Line 9 of")
    before = top_of(line)
    site.client("mei").reply(thread, "我这儿便宜多了。")
    expect(chip(page)).to_have_text(one)
    site.client("sam").reply(thread, "Mine is twice that!")
    expect(chip(page)).to_have_text(two)
    expect(page).to_have_title(f"(2) {title} · Exchange 交流")
    assert (top_of(line), page.evaluate("scrollY")) == (before, 300)
    spoken = page.locator("[data-live=status]")
    expect(spoken).to_contain_text("mei")  # in one sentence or two: the other reply may be later
    expect(spoken).to_contain_text("sam")

    chip(page).focus()
    page.keyboard.press("Enter")
    expect(post(page, 3)).to_be_in_viewport()
    expect(post(page, 3)).to_be_focused()
    post(page, 4).scroll_into_view_if_needed()
    expect(chip(page)).to_be_hidden()
    expect(page).to_have_title(f"{title} · Exchange 交流")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_what_comes_in_view_slides_in_unless_its_reader_wants_nothing_to_move(
    visit: Visit, site: Site, thread: int, motion: str
) -> None:
    page = reader(visit, "tom", "en", thread, reduced_motion=motion)
    page.evaluate(
        """() => {
          window.began = [];
          document.addEventListener("animationstart", (event) => began.push(event.animationName));
        }"""
    )
    scroll_to(page, "#post-2 .acts")
    site.client("mei").reply(thread, "看得见。")
    expect(post(page, 3)).to_be_visible()
    expect(page.locator("[data-live=status]")).to_have_text("mei replied")
    assert page.evaluate("began") == (["arrives"] if motion == "no-preference" else [])
    expect(chip(page)).to_be_hidden()


def test_an_edit_above_what_is_read_does_not_move_it(visit: Visit, site: Site, thread: int) -> None:
    number = site.client("grace").reply(thread, "A short one")
    site.client("mei").reply(thread, LONG)
    page = reader(visit, "tom", "en", thread)
    line = post(page, 4).get_by_text("Line 9 of")
    scroll_to(page, "#post-4 .half p:nth-of-type(9)")
    before = top_of(line)
    site.client("grace").edit(number, LONG)
    expect(own_words(post(page, 3))).to_contain_text("Line 29")
    assert abs(top_of(line) - before) < 1


def test_the_box_that_one_writes_in_stays_under_the_hands(
    visit: Visit, site: Site, thread: int
) -> None:
    page = reader(visit, "tom", "en", thread)
    box = page.locator("#reply [name=body]")
    box.click()
    before = top_of(box)
    site.client("mei").reply(thread, LONG)
    expect(post(page, 3)).to_have_count(1)
    assert abs(top_of(box) - before) < 1
    expect(box).to_be_focused()


def test_the_tab_counts_what_came_while_it_was_hidden(
    visit: Visit, site: Site, thread: int, title: str
) -> None:
    page = reader(visit, "tom", "en", thread)
    scroll_to(page, "#post-2 .acts")
    page.evaluate(HIDE)
    for number in (1, 2):
        site.client("mei").reply(thread, f"第 {number} 条")
        expect(page).to_have_title(f"({number}) {title} · Exchange 交流")
    expect(post(page, 4)).to_be_in_viewport()
    page.evaluate(SHOW)
    expect(page).to_have_title(f"{title} · Exchange 交流")


@pytest.mark.parametrize(
    ("language", "locked"), [("en", "This thread is locked"), ("zh-hans", "已锁定")]
)
def test_a_thread_that_is_locked_while_one_types_keeps_the_words(
    visit: Visit, site: Site, thread: int, language: str, locked: str
) -> None:
    page = reader(visit, "tom", language, thread)
    box = page.locator("#reply [name=body]")
    box.click()
    box.press_sequentially("Half a sentence")
    lin = site.client("lin")
    lin.act(f"/en/threads/{thread}/lock/", "off-topic")
    line = page.locator("[data-refusal]")
    expect(line).to_contain_text(locked)
    expect(box).to_be_hidden()
    expect(line).to_be_focused()  # not lost, and read aloud
    expect(page.locator("[data-states] .badge")).to_have_count(1)
    expect(post(page, 1).locator("a.answer")).to_be_hidden()
    lin.act(f"/en/threads/{thread}/lock/", _method="DELETE")
    lin.get("/en/rules/")  # what the site says of it, on no page of a later test
    expect(box).to_be_visible()
    expect(box).to_have_value("Half a sentence")
    expect(line).to_be_hidden()
    expect(page.locator("[data-states] .badge")).to_have_count(0)
    expect(post(page, 1).locator("a.answer")).to_be_visible()
    expect(page.locator("[data-live=changed]")).to_be_hidden()


def test_who_is_here_and_who_writes_is_said_in_both_languages(
    visit: Visit, site: Site, thread: int
) -> None:
    for name, language in (("tom", "en"), ("mei", "zh-hans")):
        show_name(visit(name, language), language)
    tom = reader(visit, "tom", "en", thread)
    expect(tom.locator("[data-live=here]")).to_be_hidden()  # alone
    mei = reader(visit, "mei", "zh-hans", thread)
    expect(tom.locator("[data-live=here]")).to_have_text("2 people are here: you and mei")
    expect(mei.locator("[data-live=here]")).to_have_text("2 人在这里：你和tom")
    second = reader(visit, "tom", "en", thread)  # on another device: no more people
    expect(second.locator("[data-live=here]")).to_have_text("2 people are here: you and mei")

    mei.locator("#reply [name=body]").press_sequentially("我这儿")
    line = tom.locator("[data-live=typing]")
    expect(line).to_have_text("Someone is writing in 中文")
    expect(line.locator("span")).to_have_attribute("lang", "zh-Hans")
    expect(mei.locator("[data-live=typing]")).to_be_empty()  # one's own is no news
    mei.locator("#reply [name=body]").fill("")
    expect(line).to_be_empty()

    tom.locator("#reply [name=body]").press_sequentially("Mine is")
    line = mei.locator("[data-live=typing]")
    expect(line).to_have_text("有人正在用English写回复")
    expect(line.locator("span")).to_have_attribute("lang", "en")
    tom.close()
    second.close()
    expect(mei.locator("[data-live=here]")).to_be_hidden()


def test_somebody_muted_is_counted_and_not_named(visit: Visit, site: Site, thread: int) -> None:
    site.client("dana").post("/en/people/marcus/mute/")
    dana = reader(visit, "dana", "en", thread)
    reader(visit, "marcus", "en", thread)
    expect(dana.locator("[data-live=here]")).to_have_text("2 people are here")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_page_without_sockets_asks_every_20_seconds(
    visit: Visit, site: Site, thread: int, watch: Watch, language: str
) -> None:
    page = visit("tom", language)
    page.add_init_script(NO_SOCKETS)
    page.clock.install()
    page.goto(f"/{language}/threads/{thread}/")
    until(page, "document.readyState === 'complete'")
    site.client("mei").reply(thread, "没有也行。")
    for _ in range(2):
        page.clock.run_for(20_000)
    expect(post(page, 3)).to_be_attached()
    page.evaluate(HIDE)
    page.wait_for_load_state("networkidle")
    asked = len(watch.requests)
    page.clock.run_for(60_000)  # nobody looks, so nothing is asked
    assert len(watch.requests) == asked
    site.client("sam").reply(thread, "Not even now?")
    page.evaluate(SHOW)
    expect(post(page, 4)).to_be_attached()


@pytest.mark.parametrize(
    ("language", "paused", "back"),
    [
        ("en", "Live updates are paused", "Live updates are back"),
        ("zh-hans", "实时更新已暂停", "实时更新已恢复"),
    ],
)
def test_after_a_tunnel_everything_is_there(
    visit: Visit, site: Site, thread: int, watch: Watch, language: str, paused: str, back: str
) -> None:
    page = reader(visit, "tom", language, thread)
    state = page.locator("[data-live=state]")
    with watch.looking_away():
        page.context.set_offline(True)
        expect(state).to_contain_text(paused)
        first = site.client("mei").reply(thread, "One")
        site.client("sam").reply(thread, "Two")
        site.client("mei").edit(first, "One, edited")
        page.context.set_offline(False)
        expect(post(page, 4)).to_be_attached(timeout=AFTER_A_CUT)
    expect(own_words(post(page, 3))).to_have_text("One, edited")
    expect(state).to_have_text(back)
    expect(chip(page)).to_contain_text("2")


def test_without_scripts_it_is_a_plain_page(visit: Visit, thread: int) -> None:
    page = visit("tom", "en", java_script_enabled=False)
    page.goto(f"/en/threads/{thread}/")
    for name in ("new", "here", "typing", "state", "changed", "more"):
        expect(page.locator(f"[data-live={name}]")).to_be_hidden()
    expect(page.locator("#reply [name=body]")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "seconds", "opened", "asks"),
    [
        (1012, 11, 2, False),  # restarted: back within ten seconds
        (4008, 3, 2, False),  # too slow: back at once
        (4013, 55, 1, True),  # too many: asks, and tries again after a minute
        (4013, 65, 2, True),
        (4029, 65, 2, True),
        (4401, 3, 2, False),  # logged out: back as nobody
        (4403, 600, 1, False),  # suspended
    ],
)
def test_how_a_socket_ended_says_what_a_page_does(
    visit: Visit, thread: int, watch: Watch, code: int, seconds: int, opened: int, asks: bool
) -> None:
    page = visit("tom", "en")
    sockets: list[WebSocketRoute] = []

    def keep(opening: WebSocketRoute) -> None:
        """The first is closed; those after it stay open, and say nothing."""
        sockets.append(opening)

    page.route_web_socket(re.compile("/ws/$"), keep)
    page.clock.install()
    page.goto(f"/en/threads/{thread}/")
    page.wait_for_load_state("networkidle")
    assert len(sockets) == 1
    sockets[0].close(code=code)
    page.clock.run_for(seconds * 1000)
    page.wait_for_load_state("networkidle")
    assert len(sockets) == opened
    asked = any(f"threads/{thread}/changes" in url for url in watch.requests)
    assert asked is asks
