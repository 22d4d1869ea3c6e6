"""What the page's own script does when answers fail, overtake each other or do not come: nothing is lost."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from .conftest import Visit
from .site import Site
from .steps import numbers_on, post, until
from .watch import Watch

_serial = count(1)
FAR_AHEAD = 10**9  # further than what is repeated for safety
HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
CONNECTING, CLOSED = 0, 3
OPENING_FOR_EVER = """
window.sockets = [];
window.WebSocket = class extends EventTarget {
  readyState = 0;
  constructor() {
    super();
    sockets.push(this);
  }
  close() {
    this.readyState = 3;
  }
};"""
SHOW = HIDE.replace('"hidden"', '"visible"')


@pytest.fixture
def thread(site: Site) -> int:
    title = f"Does your window face the street? ({next(_serial)})"
    return site.client("grace").open_thread("daily-life", title, "Mine does.")


@dataclass
class Wire:
    """What goes between a page and the site; `held` frames and answers go on when a test says so."""

    page: Page
    thread: int
    sockets: list[WebSocketRoute] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answer: Callable[[Route], None] = Route.continue_
    passes: Callable[[dict[str, Any]], bool] = bool

    def lay(self) -> None:
        self.page.route_web_socket(re.compile("/ws/$"), self._open)
        self.page.route(f"**/threads/{self.thread}/changes?*", self._ask)

    def _open(self, opening: WebSocketRoute) -> None:
        self.sockets.append(opening)
        site = opening.connect_to_server()

        def tell(frame: str | bytes) -> None:
            if self.passes(json.loads(frame)):
                opening.send(frame)
            else:
                self.held.append(str(frame))

        site.on_message(tell)

    def _ask(self, route: Route) -> None:
        self.asked.append(route.request.url.partition("since=")[2])
        self.answer(route)

    def cut(self) -> None:
        self.sockets[-1].close(code=4008)


def fails(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body="")


def opened(visit: Visit, thread: int, clock: bool = False) -> tuple[Page, Wire]:
    page = visit("tom", "en", viewport={"width": 390, "height": 800})
    wire = Wire(page, thread)
    wire.lay()
    if clock:
        page.clock.install()
    page.goto(f"/en/threads/{thread}/")
    page.wait_for_load_state("networkidle")
    return page, wire


def since(page: Page) -> str:
    return str(page.locator("#posts").get_attribute("data-since"))


def frame_of(site: Site, thread: int, number: int, after: str) -> str:
    """What a socket sends of a post, as the site itself words it."""
    missed = json.loads(site.client("tom").get(f"/en/threads/{thread}/changes?since={after}").text)
    return next(json.dumps(f) for f in missed["frames"] if f.get("number") == number)


def when(page: Page, done: Callable[[], bool]) -> None:
    """Let the browser go on until then."""
    for _ in range(400):
        if done():
            return
        page.evaluate("new Promise(requestAnimationFrame)")
    raise AssertionError("it did not come to that")


def test_a_question_that_a_newer_frame_overtakes_and_that_fails_is_asked_from_where_it_began(
    visit: Visit, site: Site, thread: int, watch: Watch
) -> None:
    page, wire = opened(visit, thread)
    began = since(page)
    waiting: list[Route] = []
    wire.passes = lambda frame: frame.get("kind") != "post"
    wire.answer = waiting.append
    for body in ("One", "Two", "Three"):  # the page hears nothing of them
        site.client("mei").reply(thread, body)
    with watch.looking_away():
        wire.cut()
        when(page, lambda: bool(waiting))
        wire.sockets[-1].send(frame_of(site, thread, 4, began))
        expect(post(page, 4)).to_be_attached()
        wire.answer = Route.continue_
        waiting.pop().abort()
        expect(post(page, 2)).to_be_attached()
    assert numbers_on(page) == [1, 2, 3, 4]
    assert wire.asked[:2] == [began, began]


def test_a_frame_that_comes_before_the_site_s_answer_moves_nothing_on(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread)
    began = since(page)
    wire.passes = lambda frame: frame.get("kind") != "post" and "watching" not in frame
    for body in ("One", "Two"):
        site.client("mei").reply(thread, body)
    wire.cut()
    when(page, lambda: any("watching" in frame for frame in wire.held))
    newest = json.loads(frame_of(site, thread, 3, began)) | {"event": FAR_AHEAD}
    wire.sockets[-1].send(json.dumps(newest))
    expect(post(page, 3)).to_be_attached()
    for frame in wire.held:
        if "watching" in frame:
            wire.sockets[-1].send(frame)
    expect(post(page, 2)).to_be_attached()
    assert numbers_on(page) == [1, 2, 3]


@pytest.mark.parametrize("failure", [500, 502, 503, 429, "aborted"])
def test_a_question_that_fails_is_asked_again_and_only_then_is_all_well(
    visit: Visit, site: Site, thread: int, watch: Watch, failure: int | str
) -> None:
    page, wire = opened(visit, thread)
    began = since(page)
    state = page.locator("[data-live=state]")
    wire.passes = lambda frame: frame.get("kind") != "post"
    wire.answer = Route.abort if failure == "aborted" else fails(int(failure))
    site.client("mei").reply(thread, "In the meantime")
    page.evaluate("dispatchEvent(new Event('offline'))")
    with watch.looking_away():
        wire.cut()
        when(page, lambda: len(wire.asked) >= 2)
        expect(state).to_contain_text("paused")
        assert numbers_on(page) == [1]
        wire.answer = Route.continue_
        expect(post(page, 2)).to_be_attached()
    expect(state).to_have_text("Live updates are back")
    assert set(wire.asked) == {began} and len(wire.sockets) == 2


@pytest.mark.parametrize("refusal", [403, 404])
def test_whoever_may_no_longer_ask_is_told_so_and_asks_no_more(
    visit: Visit, site: Site, thread: int, watch: Watch, refusal: int
) -> None:
    page, wire = opened(visit, thread, clock=True)
    wire.answer = fails(refusal)
    with watch.looking_away():
        wire.cut()
        page.clock.run_for(2000)
        expect(page.locator("[data-live=changed]")).to_be_visible()
        expect(page.locator("[data-live=state]")).to_be_hidden()
        page.clock.run_for(120_000)
    assert len(wire.asked) == 1


def test_an_answer_that_breaks_off_is_not_taken_for_one_that_was_read(
    visit: Visit, site: Site, thread: int, watch: Watch
) -> None:
    page, wire = opened(visit, thread)
    wire.passes = lambda frame: frame.get("kind") != "post"
    site.client("mei").reply(thread, "In the meantime")

    def break_off(route: Route) -> None:
        wire.answer = Route.continue_
        whole = route.fetch()
        route.fulfill(response=whole, body=whole.text()[:-20])

    wire.answer = break_off
    with watch.looking_away():
        wire.cut()
        expect(post(page, 2)).to_be_attached()


def test_an_answer_from_before_a_frame_does_not_stand_for_what_the_frame_changed(
    visit: Visit, thread: int
) -> None:
    """A notice that a socket told of was read elsewhere since: the site says what it said before it."""
    page, wire = opened(visit, thread)
    bell = page.locator(".bell .number")
    before = bell.all_text_contents()
    with page.expect_response("**/changes?scope=user.*") as answer:
        look_again(page)
    assert answer.value.status == 200
    answer.value.finished()
    page.evaluate("new Promise(requestAnimationFrame)")
    scope = f"user.{page.locator('html').get_attribute('data-user')}"
    rung = {"kind": "notices", "unread": 77, "html": '<span class="number">77</span>'}
    wire.sockets[-1].send(told(rung, scope=scope))
    expect(bell).to_have_text("77")
    look_again(page)
    expect(bell).to_have_text(before)


def look_again(page: Page) -> None:
    page.evaluate(HIDE)
    page.evaluate(SHOW)


# What is not in the order of its numbers


def told(frame: dict[str, Any], **fields: Any) -> str:
    return json.dumps(frame | fields)


def shown_and_hidden(site: Site, thread: int, began: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Frames of the thread's second post, before and after it was hidden."""
    pk = site.client("mei").reply(thread, "Unkind words")
    shown = json.loads(frame_of(site, thread, 2, began))
    site.client("lin").act(f"/en/posts/{pk}/hiding/", "spam")
    return shown, json.loads(frame_of(site, thread, 2, began))


def test_a_post_that_was_hidden_by_an_event_that_came_late_is_hidden_on_open_pages(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread)
    wire.passes = lambda frame: frame.get("kind") != "post"
    shown, hidden = shown_and_hidden(site, thread, since(page))
    late = hidden["event"]
    send = wire.sockets[-1].send
    send(told(shown, event=late + 1, at=late + 1, verb="translation.made"))
    expect(post(page, 2)).to_contain_text("Unkind words")
    send(told(hidden, at=late + 1))
    expect(post(page, 2)).not_to_contain_text("Unkind words")
    # As it was before that: whatever the event, it is no news.
    send(told(shown, event=late + 2, at=late, verb="translation.made"))
    wire.passes = lambda frame: True
    site.client("mei").reply(thread, "Kind words")
    expect(post(page, 3)).to_be_attached()
    expect(post(page, 2)).not_to_contain_text("Unkind words")


def test_who_cannot_tell_which_of_two_is_newer_asks_once_more(
    visit: Visit, site: Site, thread: int, watch: Watch
) -> None:
    page, wire = opened(visit, thread)
    began = since(page)
    wire.passes = lambda frame: frame.get("kind") != "post"
    shown, hidden = shown_and_hidden(site, thread, began)
    waiting: list[Route] = []
    wire.answer = waiting.append
    with watch.looking_away():
        wire.cut()
        when(page, lambda: bool(waiting))
    wire.sockets[-1].send(told(hidden, at=FAR_AHEAD))
    expect(post(page, 2)).to_be_attached()
    expect(post(page, 2)).not_to_contain_text("Unkind words")
    wire.answer = lambda route: route.fulfill(json={"event": int(began), "frames": [again]})
    again = hidden | {"at": FAR_AHEAD}
    before = {"event": int(began), "frames": [shown | {"at": FAR_AHEAD}]}
    waiting.pop().fulfill(json=before)
    when(page, lambda: len(wire.asked) == 3)
    expect(post(page, 2)).not_to_contain_text("Unkind words")


def test_a_post_that_comes_again_as_it_is_stays_with_what_its_reader_did(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread)
    began = since(page)
    site.client("mei").reply(thread, "Words")
    expect(post(page, 2)).to_be_attached()
    post(page, 2).evaluate("article => (article.dataset.held = '')")
    frame = json.loads(frame_of(site, thread, 2, began))
    wire.sockets[-1].send(told(frame, at=frame["at"] + 5))
    wire.sockets[-1].send(
        told(frame, verb="translation.made", event=frame["event"] + 5, at=frame["at"] + 5)
    )
    site.client("mei").reply(thread, "More words")
    expect(post(page, 3)).to_be_attached()
    expect(post(page, 2)).to_have_attribute("data-held", "")


def test_an_act_on_the_thread_that_came_late_is_shown(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread)
    began = since(page)
    wire.passes = lambda frame: frame.get("kind") != "thread"
    site.client("lin").act(f"/en/threads/{thread}/lock/", "other")
    missed = json.loads(site.client("tom").get(f"/en/threads/{thread}/changes?since={began}").text)
    [locked] = [frame for frame in missed["frames"] if frame["kind"] == "thread"]
    badge = page.locator("[data-states] .badge")
    send = wire.sockets[-1].send
    late = locked["event"]
    send(told(locked, event=late + 1, at=late + 1, states="", refusal="", closed=False))
    send(told(locked, at=late + 1))
    expect(badge).to_have_text("locked")
    send(told(locked, event=late + 2, at=late, states="", refusal="", closed=False))
    wire.passes = lambda frame: True
    site.client("lin").act(f"/en/threads/{thread}/lock/", "other", _method="DELETE")
    expect(badge).to_have_count(0)


# A network that lets no socket through


def test_a_socket_whose_opening_is_swallowed_is_asked_around_at_once_and_given_up(
    visit: Visit, site: Site, thread: int
) -> None:
    page = opening_for_ever(visit, thread)
    site.client("mei").reply(thread, "You ask for this")
    page.clock.run_for(20_000)
    expect(post(page, 2)).to_be_attached()
    page.clock.run_for(60_000)
    assert page.evaluate("sockets.map((one) => one.readyState)") == [CLOSED, CONNECTING]


def test_a_socket_that_is_answered_by_nobody_is_asked_around_as_well(
    visit: Visit, site: Site, thread: int
) -> None:
    page = visit("tom", "en")
    page.route_web_socket(re.compile("/ws/$"), lambda opening: None)
    page.clock.install()
    page.goto(f"/en/threads/{thread}/")
    page.wait_for_load_state("networkidle")
    site.client("mei").reply(thread, "You ask for this")
    page.clock.run_for(20_000)
    expect(post(page, 2)).to_be_attached()


def test_another_network_means_another_socket_also_while_one_opens(
    visit: Visit, thread: int
) -> None:
    page = opening_for_ever(visit, thread)
    page.evaluate("dispatchEvent(new Event('online'))")
    assert page.evaluate("sockets.map((one) => one.readyState)") == [CLOSED, CONNECTING]


def opening_for_ever(visit: Visit, thread: int) -> Page:
    page = visit("tom", "en")
    page.add_init_script(OPENING_FOR_EVER)
    page.clock.install()
    page.goto(f"/en/threads/{thread}/")
    page.wait_for_load_state("networkidle")
    return page


# A socket that seems open


def test_a_socket_that_says_nothing_for_a_minute_is_given_up_for_a_new_one(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread, clock=True)
    wire.passes = lambda frame: False  # a tunnel
    site.client("mei").reply(thread, "You do not hear this")
    page.clock.run_for(50_000)
    assert len(wire.sockets) == 1
    wire.passes = lambda frame: True
    page.clock.run_for(30_000)
    expect(post(page, 2)).to_be_attached()
    assert len(wire.sockets) == 2


def test_a_page_that_is_looked_at_again_after_a_silence_opens_a_new_socket_at_once(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread, clock=True)
    wire.passes = lambda frame: False
    page.evaluate(HIDE)
    site.client("mei").reply(thread, "You do not hear this")
    page.clock.run_for(50_000)
    wire.passes = lambda frame: True
    page.evaluate(SHOW)
    expect(post(page, 2)).to_be_attached()
    assert len(wire.sockets) == 2


def test_whatever_the_site_says_keeps_a_socket(visit: Visit, thread: int) -> None:
    page, wire = opened(visit, thread, clock=True)
    for _ in range(8):
        page.clock.run_for(25_000)
        wire.sockets[0].send('{"alive": true}')
        until(page, "true")
    assert len(wire.sockets) == 1


def test_what_could_not_be_told_is_said_to_need_a_fresh_page(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread)
    note = page.locator("[data-live=changed]")
    expect(note).to_be_hidden()
    frame = {"kind": "reload", "scope": f"thread.{thread}", "event": FAR_AHEAD}
    wire.sockets[-1].send(json.dumps(frame))
    expect(note).to_be_visible()
    expect(note.get_by_role("link", name="Reload")).to_be_visible()
    assert numbers_on(page) == [1]
