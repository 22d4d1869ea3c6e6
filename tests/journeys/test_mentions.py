"""Calling people by name behind an @, and quoting what others wrote, while one writes."""

import re
from itertools import count

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from .conftest import Visit
from .site import Site
from .steps import own_words, post

_serial = count(1)


@pytest.fixture
def thread(site: Site) -> int:
    title = f"Who waters your plants? ({next(_serial)})"
    number = site.client("tom").open_thread("daily-life", title, "Nobody waters mine.")
    site.client("xiaoyu").reply(number, "我请邻居帮忙。\n\n她很**可靠**。")
    return number


def composer(page: Page, thread: int, language: str = "en") -> Locator:
    with page.expect_response("**/mentions*.js"):
        page.goto(f"/{language}/threads/{thread}/")
        page.locator("#reply [name=body]").focus()
    return page.locator("#reply [name=body]")


def names(page: Page) -> Locator:
    return page.locator(".mention-names:not([hidden]) [role=option]")


def select(page: Page, first: str, last: str) -> None:
    """From the beginning of the one element to the end of the other, as a long press does."""
    page.locator(first).first.dispatch_event("pointerdown")
    page.evaluate("document.activeElement.blur()")
    page.evaluate(
        """([first, last]) => {
          const range = document.createRange();
          range.setStart(document.querySelector(first), 0);
          const end = document.querySelector(last);
          range.setEnd(end, end.childNodes.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [first, last],
    )


def test_a_name_is_typed_with_an_input_method_and_picked_by_keyboard(
    visit: Visit, site: Site, thread: int
) -> None:
    page = visit("mei", "zh-hans")
    box = composer(page, thread, "zh-hans")
    keyboard = page.context.new_cdp_session(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.insert_text("你好")
    page.keyboard.type("@")
    expect(names(page)).to_have_text(["小雨", "tom"])  # who talks here, the latest first
    expect(page.get_by_role("listbox", name="提到谁")).to_be_visible()
    expect(page.locator(".mention-names + [role=status]")).to_contain_text("2")
    # Nobody is called as the letters are that it is made of; more letters are not asked about.
    with page.expect_response("**/people/names/?q=x&*"):
        compose(keyboard, "x")
    expect(page.locator(".mention-names")).to_be_hidden()
    asked.clear()
    for typed in ("xi", "xiao"):
        compose(keyboard, typed)
    keyboard.send("Input.insertText", {"text": "小"})
    expect(names(page)).to_have_text(["小雨"])
    assert [url for url in asked if "q=xi" in url] == []
    expect(box).to_have_attribute("aria-activedescendant", "mention-name-0")
    page.keyboard.press("Escape")
    expect(page.locator(".mention-names")).to_be_hidden()
    expect(box).not_to_have_attribute("aria-activedescendant", "mention-name-0")
    page.keyboard.press("Backspace")
    expect(names(page)).to_have_text(["小雨", "tom"])
    page.keyboard.press("ArrowDown")
    expect(names(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")  # round to the first
    page.keyboard.press("Tab")
    expect(box).to_have_value("你好@小雨 ")
    expect(box).to_be_focused()
    page.keyboard.press("Control+z")
    expect(box).to_have_value("你好@")
    expect(names(page)).to_have_count(2)
    page.keyboard.press("Enter")
    page.keyboard.insert_text("在吗")
    page.keyboard.press("Control+Enter")
    expect(own_words(post(page, 3)).locator(".mention")).to_have_text("@小雨")
    expect(own_words(post(page, 3))).to_have_text("你好@小雨 在吗")


def compose(keyboard: CDPSession, letters: str) -> None:
    """What an input method shows as not yet decided."""
    end = len(letters)
    keyboard.send(
        "Input.imeSetComposition", {"text": letters, "selectionStart": end, "selectionEnd": end}
    )


def test_a_name_is_found_while_a_phone_s_keyboard_composes_it(visit: Visit, thread: int) -> None:
    """Many compose Latin words too, letter by letter, and end it with the space behind them."""
    page = visit("mei", "zh-hans", viewport={"width": 360, "height": 700}, has_touch=True)
    box = composer(page, thread, "zh-hans")
    keyboard = page.context.new_cdp_session(page)
    page.keyboard.insert_text("谢谢@")
    expect(names(page)).to_have_text(["小雨", "tom"])
    for letters in ("t", "to"):
        compose(keyboard, letters)
        expect(names(page)).to_have_text(["tom"])
    # The keys are the input method's: Enter decides for the letters and takes no name.
    assert box.evaluate(
        """area => area.dispatchEvent(new KeyboardEvent("keydown",
        { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(box).to_have_value("谢谢@to")
    names(page).first.tap()
    expect(box).to_have_value("谢谢@tom ")
    expect(box).to_be_focused()
    expect(page.locator(".mention-names")).to_be_hidden()


def test_a_name_is_picked_by_a_tap_and_the_field_keeps_the_focus(visit: Visit, thread: int) -> None:
    page = visit("mei", "en", viewport={"width": 360, "height": 700}, has_touch=True)
    box = composer(page, thread)
    page.keyboard.type("(@To")
    expect(names(page)).to_have_text(["tom"])
    item = names(page).first.bounding_box()
    assert item and item["height"] >= 44
    frame = page.locator(".mention-names").bounding_box()
    assert frame and frame["x"] >= 0 and frame["x"] + frame["width"] <= 360
    names(page).first.tap()
    expect(box).to_have_value("(@tom ")
    expect(box).to_be_focused()


@pytest.mark.parametrize("typed", ["mail tom@to", "https://a.b/@to", "@nobody is called so", "to"])
def test_no_list_opens_where_nobody_is_called(visit: Visit, thread: int, typed: str) -> None:
    page = visit("mei", "en")
    box = composer(page, thread)
    page.keyboard.type(typed)
    page.keyboard.type(" @t")  # when this list opens, the others would have
    expect(names(page)).to_have_text(["tom"])
    page.keyboard.press("Escape")
    expect(box).to_have_value(f"{typed} @t")


def test_a_stranger_is_asked_for_no_names(visit: Visit, thread: int) -> None:
    page = visit("", "en")
    page.goto(f"/en/threads/{thread}/")
    page.locator("#reply [name=body]").press_sequentially("@to")
    expect(page.locator("#reply [name=body]")).to_have_value("@to")
    assert page.locator(".mention-names").count() == 0


# Quoting


def test_selected_words_are_quoted_at_the_caret(visit: Visit, thread: int) -> None:
    page = visit("mei", "zh-hans")
    box = composer(page, thread, "zh-hans")
    page.keyboard.insert_text("前。后。")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    select(page, "#post-2 .half p:last-of-type", "#post-2 .half p:last-of-type")
    button = page.get_by_role("button", name="引用")
    expect(button).to_be_visible()
    frame = button.bounding_box()
    assert frame and frame["height"] >= 44
    button.click()
    number = post(page, 2).get_attribute("data-post-id")
    quoted = f"> [小雨 #2](/posts/{number}/)\n>\n> 她很**可靠**。\n\n"
    expect(box).to_have_value(f"前。\n\n{quoted}后。")
    expect(button).to_be_hidden()
    page.keyboard.press("Control+z")
    expect(box).to_have_value("前。后。")


def test_a_selection_over_several_posts_quotes_the_first(visit: Visit, thread: int) -> None:
    page = visit("mei", "en")
    box = composer(page, thread)
    select(page, "#post-1 .who", "#post-2 .half p:last-of-type")
    page.get_by_role("button", name="Quote").click()
    number = post(page, 1).get_attribute("data-post-id")
    expect(box).to_have_value(f"> [tom #1](/posts/{number}/)\n>\n> Nobody waters mine.\n\n")


def test_reply_quotes_the_post_without_leaving_the_page(
    visit: Visit, site: Site, thread: int
) -> None:
    page = visit("", "en")
    page.goto(f"/en/threads/{thread}/")
    page.evaluate("window.sameDocument = true")
    box = page.locator("#reply [name=body]")
    box.fill("Kept.")
    post(page, 2).locator("a.answer").click()
    number = post(page, 2).get_attribute("data-post-id")
    head = f"> [小雨 #2](/posts/{number}/)\n>\n> "
    expect(box).to_have_value(f"Kept.\n\n{head}我请邻居帮忙。\n>\n> 她很**可靠**。\n\n")
    expect(box).to_be_focused()
    assert page.evaluate("window.sameDocument") is True


def test_a_hidden_posts_words_are_never_quoted(visit: Visit, site: Site, thread: int) -> None:
    hidden = site.client("sam").reply(thread, "Buy my watering cans")
    site.client("lin").act(f"/en/posts/{hidden}/hiding/", "spam")
    page = visit("lin", "en")  # who may read them
    box = composer(page, thread)
    expect(post(page, 3)).to_contain_text("watering cans")
    select(page, "#post-3 .half", "#post-3 .half")
    select(page, "#post-2 .half p", "#post-3 .half")
    page.get_by_role("button", name="Quote").click()
    expect(box).to_have_value(re.compile("邻居"))
    assert "watering" not in box.input_value()


MARKDOWN = [
    "1. not a list\n# nor a heading\n\\- nor this\n* stars * and _lines_ `code`".replace(
        "1.", "1\\."
    ),
    "a\\*b\\* \\`c\\` \\[d](e) \\<b> &amp;amp; | x | ~~gone~~ snake_case __init__ 3 < 4 > 2",
    "- one\n- two **bold**\n  - inner\n\n3. three\n4. four",
    "> 引用的话\n> 第二行\n\n答：*对*，**没错！**是的。",
    "```\nx = `1`\n\n# no heading\n```\n\n`` a`b `` and [a link](https://a.example/x_(y)) 见 https://b.example/路?a_b=1",
    "| a | b |\n|---|--:|\n| 1 | 2 |",
    "我的 landlord 说 hello\\!👨‍👩‍👧 @小雨在吗",
]


@pytest.mark.parametrize("body", MARKDOWN)
def test_a_quotation_looks_like_what_was_quoted(
    visit: Visit, site: Site, thread: int, body: str
) -> None:
    site.client("sam").reply(thread, body)
    page = visit("mei", "en")
    page.goto(f"/en/threads/{thread}/")
    post(page, 3).locator("a.answer").click()
    expect(page.locator("#reply [name=body]")).to_have_value(re.compile("sam #3"))
    page.locator("#reply button.btn").last.click()
    quoted = own_words(post(page, 4)).locator(":scope > blockquote")
    expect(quoted).to_be_visible()
    assert words(quoted).partition("sam #3")[2].split() == words(own_words(post(page, 3))).split()
    for mark in ("strong", "em", "del", "code", "li", "blockquote", "a[href^=http]", ".mention"):
        assert quoted.locator(mark).count() == own_words(post(page, 3)).locator(mark).count(), mark


def words(element: Locator) -> str:
    """What is read; the cells of a table stand apart by what a quotation puts between them."""
    return element.inner_text().replace("\t", " | ")


def test_a_long_post_is_quoted_as_far_as_the_server_would(
    visit: Visit, site: Site, thread: int
) -> None:
    site.client("sam").reply(thread, "租" * 299 + "👨‍👩‍👧" + "金" * 100)
    page = visit("mei", "en")
    page.goto(f"/en/threads/{thread}/")
    post(page, 3).locator("a.answer").click()
    expect(page.locator("#reply [name=body]")).to_have_value(re.compile("租…\n\n$"))
