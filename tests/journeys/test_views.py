"""Three ways to read a thread: the original, one's own language, or both beside each other."""

import re

from playwright.sync_api import Locator, Page, expect

from .conftest import Visit
from .site import Site
from .steps import post

THREAD = "two-languages-on-one-page"
SHOWN = """post => [...post.querySelectorAll(".half")].filter(half => half.textContent.trim())
    .filter(half => getComputedStyle(half).display !== "none").map(half => half.lang)"""


def shown(article: Locator) -> list[str]:
    """The languages of the halves that can be seen, in the order of the page."""
    return article.evaluate(SHOWN)


def chosen(article: Locator) -> Locator:
    """What the post's own switch says is shown."""
    return article.locator(".shows [aria-current]")


def switch(page: Page, view: str) -> Locator:
    return page.locator(f".views a[data-view={view}]")


def test_both_is_paragraph_beside_paragraph_on_wide_screens(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 1280, "height": 800})
    page.goto(f"/en/threads/{site.thread(THREAD)}/")
    pairs = post(page, 1).locator(".pair")
    expect(pairs).to_have_count(4)
    for pair in pairs.all():
        english, chinese = pair.locator("[lang=en]").first, pair.locator("[lang=zh-Hans]").first
        left, right = english.bounding_box(), chinese.bounding_box()
        assert left and right
        assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    page.set_viewport_size({"width": 360, "height": 740})
    boxes = [half.bounding_box() for half in pairs.nth(1).locator(".half").all()]
    assert boxes[0] and boxes[1] and boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


def test_each_view_shows_its_halves_and_the_post_being_read_stays(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 1280, "height": 500})
    page.goto(f"/en/threads/{site.thread(THREAD)}/")
    english, chinese = post(page, 1), post(page, 2)  # by what they were written in
    assert shown(english)[:2] == ["en", "zh-Hans"] and shown(chinese)[:2] == ["en", "zh-Hans"]
    expect(chosen(english)).to_have_attribute("data-show", "both")
    switch(page, "mine").click()
    expect(switch(page, "mine")).to_have_attribute("aria-current", "true")
    assert set(shown(english)) == set(shown(chinese)) == {"en"}
    expect(chosen(english)).to_have_attribute("data-show", "original")
    expect(chosen(chinese)).to_have_attribute("data-show", "other")
    expect(chinese.locator(".source")).to_be_visible()
    switch(page, "original").click()
    assert set(shown(english)) == {"en"} and set(shown(chinese)) == {"zh-Hans"}
    expect(chosen(chinese)).to_have_attribute("data-show", "original")
    expect(chinese.locator(".source")).to_be_hidden()
    page.evaluate("document.querySelector('#post-2 .who').scrollIntoView({block: 'center'})")
    page.evaluate("scrollBy(0, 300)")
    before = chinese.bounding_box()
    page.evaluate("document.querySelector('.views a[data-view=both]').click()")
    after = chinese.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2


def test_one_post_can_be_switched_alone(visit: Visit, site: Site) -> None:
    page = visit(language="zh-hans")
    page.goto(f"/zh-hans/threads/{site.thread(THREAD)}/")
    first = post(page, 1)
    first.get_by_role("link", name="English", exact=True).click()
    expect(first).to_have_attribute("data-show", "original")
    expect(chosen(first)).to_have_attribute("data-show", "original")
    expect(chosen(post(page, 2))).to_have_attribute("data-show", "both")
    assert set(shown(first)) == {"en"}
    assert set(shown(post(page, 2))) == {"en", "zh-Hans"}
    first.get_by_role("link", name="中文", exact=True).click()
    assert set(shown(first)) == {"zh-Hans"}
    # The whole thread's switch is the newer word.
    switch(page, "both").click()
    assert set(shown(first)) == {"en", "zh-Hans"}
    expect(chosen(first)).to_have_attribute("data-show", "both")
    # A post that the live connection brings anew says it as well.
    first.get_by_role("link", name="English", exact=True).click()
    page.evaluate(
        """() => {
          const post = document.querySelector("#post-2");
          for (const link of post.querySelectorAll(".shows a")) link.removeAttribute("aria-current");
          document.dispatchEvent(new CustomEvent("exchange:added", { detail: post }));
        }"""
    )
    expect(chosen(post(page, 2))).to_have_attribute("data-show", "both")
    expect(chosen(first)).to_have_attribute("data-show", "original")


def test_a_stranger_s_choice_stays_in_the_browser(visit: Visit, site: Site) -> None:
    page = visit(language="zh-hans")
    page.goto(f"/zh-hans/threads/{site.thread(THREAD)}/")
    switch(page, "mine").click()
    expect(page.locator("html")).to_have_attribute("data-view", "mine")
    page.goto("/zh-hans/threads/1/")
    expect(switch(page, "mine")).to_have_attribute("aria-current", "true")
    assert set(shown(post(page, 1))) == {"zh-Hans"}
    assert page.context.cookies() == []


def test_a_member_s_choice_goes_with_the_account(visit: Visit, site: Site) -> None:
    place = f"/en/threads/{site.thread(THREAD)}/"
    page = visit("rosa")
    page.goto(f"{place}?view=both")
    with page.expect_response(re.compile("/settings/view/")) as kept:
        switch(page, "original").click()
    assert kept.value.status == 204
    expect(page).to_have_url(re.compile(f"{place}$"))
    elsewhere = visit("rosa")
    elsewhere.goto(place)
    expect(elsewhere.locator("html")).to_have_attribute("data-view", "original")
    assert set(shown(post(elsewhere, 2))) == {"zh-Hans"}


def test_without_scripts_the_switches_are_links(visit: Visit, site: Site) -> None:
    page = visit(java_script_enabled=False)
    page.goto(f"/en/threads/{site.thread(THREAD)}/")
    switch(page, "mine").click()
    expect(page).to_have_url(re.compile("view=mine$"))
    expect(page.locator("article .other:visible[lang=zh-Hans]")).to_have_count(0)
    expect(switch(page, "mine")).to_have_attribute("aria-current", "true")
    post(page, 2).get_by_role("link", name="中文").click()
    expect(page).to_have_url(re.compile("view=zh#post-2$"))
    expect(post(page, 1).locator(".half[lang=zh-Hans]").first).to_be_visible()
    expect(post(page, 1).locator(".half[lang=en]").first).to_be_hidden()


def test_pages_of_a_thread_keep_the_view_that_was_asked_for(visit: Visit, site: Site) -> None:
    page = visit(java_script_enabled=False)
    page.goto(f"/en/threads/{site.thread('out-of-the-window')}/?view=original")
    page.locator(".pager a[rel=next]").first.click()
    expect(page).to_have_url(re.compile(r"page=2&view=original$"))
    link = page.locator("link[rel=canonical]")
    assert "view" not in (link.get_attribute("href") or "")
