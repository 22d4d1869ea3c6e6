"""Without a mouse: logging in, replying, hiding; and an input method's Enter is not ours."""

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
    title = f"Which key do you miss most? ({next(_serial)})"
    number = site.client("tom").open_thread("site", title, "Mine is the one for half-width.")
    site.client("sam").reply(number, "I miss nothing, I use my phone.")
    return number


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that has the focus; on the way the focus is always on something visible."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


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
