"""A sentence in the language that somebody learns is kindly put right, and she takes it over."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import own_words, post, write_reply
from .test_words import card, tap

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
THREAD = "correct-my-sentence"


def write(page: Page, site: Site, body: str) -> int:
    page.goto(f"/zh-hans/threads/{site.thread(THREAD)}/")
    write_reply(page, body)
    expect(own_words(page.locator("article.post").last)).to_contain_text(body[:6])
    return int((page.locator("article.post").last.get_attribute("id") or "").split("-")[1])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sentence_is_corrected_on_a_phone_and_taken_over(
    scripts: bool, visit: Visit, site: Site
) -> None:
    wrong = f"Yesterday I go to the market with my mother, number {int(scripts)}."
    right = wrong.replace("I go", "I went")
    mei = visit("mei", "zh-hans", java_script_enabled=scripts, **PHONE)
    number = write(mei, site, f"{wrong} It was raining.")
    expect(post(mei, number)).to_contain_text("欢迎帮改")

    tom = visit("tom", "en", java_script_enabled=scripts, **PHONE)
    tom.goto(f"/en/threads/{site.thread(THREAD)}/#post-{number}")
    post(tom, number).locator("a[href$='/correction/']").first.click()
    tom.locator("#sentence-1 .acts a").click()
    tom.fill("#id_corrected", right)
    tom.fill("#id_why", "昨天的事要用过去时。")
    tom.get_by_role("button", name="Send the correction").click()
    expect(tom.locator("#sentence-1 ins")).to_contain_text("went")
    assert tom.evaluate("document.documentElement.scrollWidth") <= 390
    if scripts:
        tap(tom, "昨天", ".proposal [data-passage]")
        expect(card(tom)).to_contain_text("yesterday")
        tom.keyboard.press("Escape")
        expect(card(tom)).to_have_count(0)

    replies = mei.locator("article.post").count()
    mei.reload()  # an address that differs behind the # alone is not fetched again
    expect(post(mei, number)).to_contain_text("1条修改建议")
    assert mei.locator("article.post").count() == replies
    post(mei, number).get_by_role("link", name="1条修改建议").click()
    mei.locator("#sentence-1 details summary").click()
    mei.get_by_role("button", name="采纳").first.click()

    reader = visit("", "en", java_script_enabled=scripts)
    reader.goto(f"/en/threads/{site.thread(THREAD)}/")
    expect(post(reader, number)).to_contain_text(right)
