"""Words below pictures in a browser: explained, converted and turned like a post's own, each by itself."""

import re

from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site


def thread(page: Page, site: Site, key: str) -> None:
    page.goto(f"/en/threads/{site.thread(key)}/")


def test_a_caption_is_a_text_of_its_own(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 1000, "height": 900})
    thread(page, site, "cat-tax-in-pictures")
    post = page.locator("#post-1")
    figure = post.locator(".picture")
    said = figure.locator(".original")
    text = said.inner_text()

    # A tap on a word explains it, and the caption's words alone become words.
    said.click(position={"x": 12, "y": 12})
    expect(page.locator(".word-card")).to_be_visible()
    assert figure.locator(".word").count() > 5
    assert post.locator(":scope > .halves .word").count() == 0
    page.keyboard.press("Escape")
    post.locator(":scope > .acts a.word-help").click()
    expect(post.locator(":scope > .halves .word").first).to_be_attached()
    assert figure.locator(".original").inner_text() == text
    page.keyboard.press("Escape")

    # Another script: both, each by itself.
    page.locator(".helps summary").click()
    page.locator(".helps input[value=hant]").check()
    expect(said).to_have_attribute("lang", "zh-Hant")
    assert said.inner_text() != text
    expect(post.locator(":scope > .halves .original").first).to_have_attribute("lang", "zh-Hant")
    page.locator(".helps input[value=written]").check()
    expect(said).to_have_attribute("lang", "zh-Hans")
    page.keyboard.press("Escape")

    # The post's own switch turns its captions along.
    post.locator("a.show[data-show=other]").click()
    expect(said).to_be_hidden()
    expect(figure.locator(".half.other")).to_be_visible()
    post.locator("a.show[data-show=original]").click()
    expect(figure.locator(".half.other")).to_be_hidden()

    # A quoted post is quoted without them.
    post.locator("a.answer").click()
    reply = page.locator("#reply [name=body]")
    expect(reply).to_have_value(re.compile(r"^> \["))
    assert text.split("，")[0] not in reply.input_value()


def test_what_moves_can_be_stopped_and_stands_still_where_motion_is_reduced(
    visit: Visit, site: Site
) -> None:
    page = visit()
    thread(page, site, "cat-tax-in-pictures")
    moving = page.locator(".animation").first
    moving.scroll_into_view_if_needed()
    image, button = moving.locator(".photo"), moving.locator("button.pause")
    showing = "(image) => image.currentSrc.split('/').pop()"
    page.wait_for_function("() => document.querySelector('.animation .photo').naturalWidth > 0")
    assert image.evaluate(showing).startswith("w")
    button.click()
    expect(button).to_have_attribute("aria-label", "Play the animation")
    page.wait_for_function(
        "() => document.querySelector('.animation .photo').currentSrc.includes('still')"
    )
    button.click()
    page.wait_for_function(
        "() => !document.querySelector('.animation .photo').currentSrc.includes('still')"
    )

    page = visit(reduced_motion="reduce")
    thread(page, site, "cat-tax-in-pictures")
    moving = page.locator(".animation").first
    moving.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.animation .photo').naturalWidth > 0")
    assert moving.locator(".photo").evaluate(showing) == "still.webp"
    expect(moving.locator("button.pause")).to_have_attribute("aria-label", "Play the animation")
