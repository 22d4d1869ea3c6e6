"""Getting about: single keys with their help, the way back, and where one is in a long thread."""

import re

from playwright.sync_api import expect

from .conftest import Visit
from .site import Site
from .steps import post, until

LONG = "out-of-the-window"
# Whether the page left the key alone; the browser says it at once, so nothing has to be waited for.
LEAVES = """how => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key: "?", bubbles: true, cancelable: true, ...how }))"""
COMPOSES = "type => { document.body.dispatchEvent(new CompositionEvent(type, { bubbles: true })) }"


def test_j_and_k_walk_through_the_posts(visit: Visit, site: Site) -> None:
    page = visit()
    page.goto(f"/en/threads/{site.thread(LONG)}/")
    page.keyboard.press("j")
    expect(post(page, 1)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(post(page, 3)).to_be_focused()
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert 40 < top < 200  # under the bar, not behind it
    page.keyboard.press("k")
    expect(post(page, 2)).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#reply [name=body]")).to_be_focused()
    page.keyboard.type("jkr?")
    expect(page.locator("#reply [name=body]")).to_have_value("jkr?")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_j_and_k_go_on_from_page_to_page(visit: Visit, site: Site) -> None:
    page = visit()
    page.goto(f"/en/threads/{site.thread(LONG)}/?view=original")
    page.locator("#post-20 a.number").focus()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"page=2&view=original$"))
    expect(post(page, 21)).to_be_focused()
    page.keyboard.press("j")
    expect(post(page, 22)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(post(page, 20)).to_be_focused()


def test_keys_lead_to_other_pages_and_change_the_view(visit: Visit, site: Site) -> None:
    page = visit()
    page.goto("/zh-hans/threads/1/")
    page.keyboard.press("v")  # both is the last of the three
    expect(page.locator("html")).to_have_attribute("data-view", "original")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile("/zh-hans/rules/$"))
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/zh-hans/threads/new/$"))


def test_the_help_lists_what_the_page_has_and_gives_the_focus_back(
    visit: Visit, site: Site
) -> None:
    page = visit(language="zh-hans")
    page.goto("/zh-hans/rules/")
    page.keyboard.press("?")
    help_ = page.locator("#shortcuts")
    expect(help_).to_be_visible()
    expect(help_.locator("kbd:visible", has_text=re.compile("^n$"))).to_have_count(1)
    expect(help_.locator("kbd:visible", has_text=re.compile("^j$"))).to_have_count(0)
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    page.locator("button[data-help]").focus()
    page.keyboard.press("Enter")
    expect(help_.locator("button")).to_be_focused()
    page.keyboard.press("Enter")  # closes: the button has the focus
    expect(help_).to_be_hidden()
    expect(page.locator("button[data-help]")).to_be_focused()


def test_somebody_turned_the_keys_off(visit: Visit, site: Site) -> None:
    page = visit("grace")
    page.goto("/en/settings/")
    page.locator("[name=shortcuts]").uncheck()
    page.locator("main form button.btn").click()
    page.goto(f"/en/threads/{site.thread(LONG)}/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_hidden()
    assert page.evaluate("document.activeElement === document.body")


def test_no_key_counts_while_an_input_method_works_or_with_a_modifier(
    visit: Visit, site: Site
) -> None:
    page = visit()
    page.goto("/en/rules/")
    for how in ({"isComposing": True}, {"keyCode": 229}, {"ctrlKey": True}, {"metaKey": True}):
        assert page.evaluate(LEAVES, how), how
    page.evaluate(COMPOSES, "compositionstart")  # some browsers do not mark the keys themselves
    assert page.evaluate(LEAVES, {})
    page.evaluate(COMPOSES, "compositionend")
    assert not page.evaluate(LEAVES, {})
    expect(page.locator("#shortcuts")).to_be_visible()


def test_the_way_back_leads_to_the_same_place(visit: Visit, site: Site) -> None:
    page = visit("kelsey")
    place = f"/en/threads/{site.thread(LONG)}/"
    page.goto(place)
    page.evaluate("document.querySelector('#post-14').scrollIntoView({block: 'start'})")
    before = post(page, 14).bounding_box()
    post(page, 14).locator("a.number").focus()
    page.goto("/en/rules/")
    page.go_back()
    expect(page).to_have_url(re.compile(place))
    until(page, "scrollY > 500")
    after = post(page, 14).bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 4


def test_a_long_thread_says_where_one_is(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 360, "height": 740})
    page.goto(f"/en/threads/{site.thread(LONG)}/")
    bar = page.locator(".progress")
    expect(bar).to_be_hidden()
    page.evaluate("document.querySelector('#post-12').scrollIntoView({block: 'start'})")
    expect(bar).to_be_visible()
    expect(bar.locator("[data-here]")).to_have_text("12")
    bar.get_by_label("Newest post").click()
    expect(page).to_have_url(re.compile(r"page=2#post-\d+$"))
