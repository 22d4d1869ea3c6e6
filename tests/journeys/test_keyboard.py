"""Without a mouse: whole journeys of a newcomer and of a moderator; an input method's Enter is not ours."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import numbers_on, own_words, post

_serial = count(1)


@pytest.fixture
def thread(site: Site) -> int:
    serial = next(_serial)
    title = f"Which key do you miss most? ({serial})"
    number = site.client("tom").open_thread("site", title, "Mine is the one for half-width.")
    site.client("sam").reply(number, f"I miss nothing, I use my phone, my {serial}th.")
    return number


# The focus is on something that can be seen: on the screen, and not under what sticks to its edges.
UNSEEN = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 1), innerHeight - 1);
  const there = document.elementFromPoint(x, y);
  const label = element.labels?.[0];
  const seen = there && [element, label].some((part) => part?.contains(there) || there.contains(part));
  return seen ? null : `${element.outerHTML.slice(0, 120)} is under ${there?.outerHTML.slice(0, 80)}`;
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that has the focus; on the way the focus is always on something visible."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) is None
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def press(page: Page, selector: str) -> None:
    """Go there with Tab, then Enter, and wait for the page that it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_first(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("ArrowDown")
    expect(page.locator(selector)).to_have_value(re.compile("."))


# Whether the focus is wholly under something else (WCAG 2.4.11): seen through a grid of points.
COVERED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const steps = [0.1, 0.5, 0.9];
  const points = steps.flatMap((x) => steps.map((y) => [box.left + box.width * x, box.top + box.height * y]));
  const there = points.map(([x, y]) => document.elementFromPoint(x, y));
  const seen = there.some((part) => part && (element.contains(part) || part.contains(element)));
  if (seen || element === document.body) return null;
  return `${element.outerHTML.slice(0, 120)} is under ${there[4]?.outerHTML.slice(0, 120)}`;
}"""


def test_no_stop_of_a_long_thread_is_under_what_sticks_to_the_edges(
    visit: Visit, site: Site
) -> None:
    page = visit("lin", viewport={"width": 360, "height": 640})
    page.goto(f"/en/threads/{site.thread('out-of-the-window')}/")
    page.evaluate("scrollBy(0, 10)")
    expect(page.locator(".progress")).to_be_visible()
    covered = []
    for _ in range(300):
        page.keyboard.press("Tab")
        covered.append(page.evaluate(COVERED))
        if page.evaluate("document.activeElement.matches('.foot nav:last-child a:last-child')"):
            break
    else:
        raise AssertionError("Tab does not lead to the page's end")
    assert len(covered) > 100 and set(covered) == {None}
    box = page.locator("#reply [name=body]")
    box.fill("A long reply.\n" * 40)
    box.evaluate("area => area.scrollIntoView({ block: 'end' })")
    pill, field = page.locator(".progress").bounding_box(), box.bounding_box()
    assert pill and field and pill["y"] + pill["height"] <= field["y"]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate(
        """() => { const link = document.querySelector(".foot nav:last-child a:last-child");
        const box = link.getBoundingClientRect();
        return document.elementFromPoint(box.right - 5, box.top + box.height / 2) === link; }"""
    )


def test_a_heap_of_messages_lies_over_nothing_that_has_the_focus(visit: Visit, site: Site) -> None:
    client = site.client("lin")
    client.get("/en/rules/")  # nothing is left to say
    for serial in range(6):  # in six tabs, before one of them was looked at again
        locked = site.client("tom").open_thread("site", f"No key at all ({serial})", "Never mind.")
        client.act(f"/en/threads/{locked}/lock/", "off-topic")
    said = client.cookies["messages"]
    page = visit("lin", viewport={"width": 360, "height": 640})
    page.context.add_cookies([{"name": "messages", "value": said, "url": site.url}])
    page.goto(f"/en/threads/{site.thread('out-of-the-window')}/")
    expect(page.locator(".messages .notice")).to_have_count(6)
    for answer in page.locator("a.answer").all()[:6]:
        answer.focus()
        assert page.evaluate(COVERED) is None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_newcomer_signs_up_posts_edits_reports_and_leaves(
    visit: Visit, thread: int, language: str
) -> None:
    page = visit(language=language)
    page.goto(f"/{language}/")
    name = f"keys{language[:2]}"
    press(page, ".entrance a[href*='signup']")
    for field, typed in {
        "email": f"{name}@example.org",
        "username": name,
        "password1": "duck-soup-2025",
    }.items():
        tab_to(page, f"[name={field}]")
        page.keyboard.type(typed)
    press(page, "main form button.btn")
    press(page, "a[href$='/threads/new/']")
    choose_first(page, "[name=board]")
    tab_to(page, "[name=title]")
    page.keyboard.type("Nobody told me that Tab is enough")
    tab_to(page, "[name=body]")
    page.keyboard.type("So I am here.")
    press(page, "main form button.btn")
    press(page, "a.own-only[href$='/edit/']")
    tab_to(page, "[name=body]")
    page.keyboard.press("Control+a")
    page.keyboard.type("So I am here, and I stay.")
    press(page, "main form button.btn")
    expect(own_words(post(page, 1))).to_have_text("So I am here, and I stay.")
    page.goto(f"/{language}/threads/{thread}/")
    tab_to(page, "#post-2 a.act[href$='/flag/']")
    page.keyboard.press("Enter")
    expect(page.locator("#act [name=reason]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    press(page, "#act button.btn:not(.alt)")
    expect(page.locator(".messages .notice")).to_be_visible()
    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    press(page, ".menu a[href$='/logout/']")
    press(page, "main form button.btn")
    expect(page.locator(".entrance")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_moderator_finds_the_report_and_hides_the_post(
    visit: Visit, site: Site, thread: int, language: str
) -> None:
    page = visit("lin", language)
    page.goto(f"/{language}/threads/{thread}/")
    words = own_words(post(page, 2)).inner_text()
    hide = post(page, 2).locator("a.act[href$='/hiding/']").get_attribute("href")
    site.client("tom").act((hide or "").replace("hiding", "flag"))
    page.goto(f"/{language}/")
    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    press(page, ".menu a[href$='/moderation/']")
    case = page.locator(".desk .row", has_text=words).locator("a.title")
    address = case.get_attribute("href")
    press(page, f"a[href='{address}']")
    press(page, f"a[href^='{hide}?case=']")
    choose_first(page, "[name=reason]")
    press(page, "main form button.btn:not(.alt)")
    page.goto(f"/{language}/moderation/")
    expect(page.locator(f"a[href='{address}']")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_log_in_and_reply(visit: Visit, site: Site, thread: int, language: str) -> None:
    page = visit(language=language)
    page.goto(f"/{language}/threads/{thread}/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, "#reply [name=body]")
    page.keyboard.type("Typed without a mouse")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[name=login]")).to_be_visible()
    tab_to(page, "[name=login]")
    page.keyboard.type("sam@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")
    expect(page.locator("#reply [name=body]")).to_have_value("Typed without a mouse")
    tab_to(page, "#reply [name=body]")
    page.keyboard.press("Control+Enter")
    expect(own_words(post(page, 3))).to_have_text("Typed without a mouse")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_hide_through_the_dialog(visit: Visit, thread: int, language: str) -> None:
    page = visit("lin", language)
    page.goto(f"/{language}/threads/{thread}/")
    hide = f'a.act[href="{post(page, 2).locator("a.act[href$='/hiding/']").get_attribute("href")}"]'
    tab_to(page, hide)
    page.keyboard.press("Enter")
    expect(page.locator("dialog#act")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#act")).to_be_hidden()
    expect(page.locator(hide)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#act [name=reason]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#act [name=reason]")).to_have_value(re.compile("."))
    tab_to(page, "#act [name=note]")
    page.keyboard.type("Not about keys")
    tab_to(page, "#act button.btn:not(.alt)")
    page.keyboard.press("Enter")
    expect(post(page, 2).locator(".withdrawn")).to_be_visible()


COMPOSE = """(area) => {
  const key = (options) => area.dispatchEvent(new KeyboardEvent("keydown", {
    key: "Enter", code: "Enter", bubbles: true, cancelable: true, ...options }));
  area.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  key({ isComposing: true });
  key({ isComposing: true, ctrlKey: true });
  key({ isComposing: true, keyCode: 229, ctrlKey: true });
  area.value = "你好";
  area.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "你好" }));
  key({ ctrlKey: true, keyCode: 229 });
}"""


def test_enter_belongs_to_the_input_method_while_it_composes(visit: Visit, thread: int) -> None:
    page = visit("mei", "zh-hans")
    page.goto(f"/zh-hans/threads/{thread}/")
    page.evaluate("window.sameDocument = true")
    box = page.locator("#reply [name=body]")
    box.focus()
    box.evaluate(COMPOSE)
    box.press("Enter")
    box.press_sequentially("第二行")
    expect(box).to_have_value("你好\n第二行")
    assert page.evaluate("window.sameDocument") is True
    assert numbers_on(page) == [1, 2]
    # The browser takes the typed characters for an input method's, whose Enter may still come: people
    # are slower than that.
    typed = page.evaluate("performance.now()")
    page.wait_for_function("typed => performance.now() > typed + 100", arg=typed)
    box.press("Control+Enter")
    expect(own_words(post(page, 3))).to_contain_text("第二行")


def test_pressing_send_twice_posts_once(visit: Visit, thread: int) -> None:
    page = visit("mei", "zh-hans")
    page.goto(f"/zh-hans/threads/{thread}/")
    page.locator("#reply [name=body]").fill("只发一次")
    page.locator("#reply button.btn").dblclick()
    expect(own_words(post(page, 3))).to_have_text("只发一次")
    page.reload()
    assert numbers_on(page) == [1, 2, 3]
