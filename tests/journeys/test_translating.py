"""Somebody translates a post on a phone, its author accepts it, and readers see it in the thread."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import own_words, post, write_reply

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
THREAD = "two-languages-on-one-page"
# What the browser's own translator would be; the page asks it for each paragraph.
STUB = """self.Translator = {
  made: 0, asked: [],
  availability: async () => "available",
  create: async (options) => {
    self.Translator.made += 1;
    self.Translator.pair = [options.sourceLanguage, options.targetLanguage];
    return {
      translate: async (text) => { self.Translator.asked.push(text); return "<b>In English</b>"; },
      destroy: () => { self.Translator.made -= 1; },
    };
  },
};"""


def write(page: Page, site: Site, body: str) -> int:
    """A reply of the page's person in Mei's thread, by its number."""
    page.goto(f"/zh-hans/threads/{site.thread(THREAD)}/")
    write_reply(page, body)
    expect(own_words(page.locator("article.post").last)).to_contain_text(body[:6])
    return int((page.locator("article.post").last.get_attribute("id") or "").split("-")[1])


def plain(visit: Visit) -> Page:
    """Mei's, whose reply is only what the journey begins with."""
    return visit("mei", "zh-hans", java_script_enabled=False)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_post_is_translated_on_a_phone_and_accepted(
    scripts: bool, visit: Visit, site: Site
) -> None:
    words = f"我们楼下的面馆关门了。老板回老家了。({scripts})"
    mei = visit("mei", "zh-hans", java_script_enabled=scripts)
    number = write(mei, site, words)

    tom = visit("tom", "en", java_script_enabled=scripts, **PHONE)
    tom.goto(f"/en/threads/{site.thread(THREAD)}/#post-{number}")
    post(tom, number).get_by_role("link", name="Translate", exact=False).first.click()
    tom.fill("[name=part-0]", "The noodle place below us has closed.")
    tom.fill("[name=part-1]", f"The owner went back home. ({scripts})")
    tom.locator("#propose button.btn").click()
    expect(tom.locator(".versions")).to_contain_text("0 of 3 members agree.")
    assert tom.evaluate("document.documentElement.scrollWidth") <= 390

    mei.goto(f"/zh-hans/threads/{site.thread(THREAD)}/#post-{number}")
    post(mei, number).locator(".acts a[href$='/translation/']").first.click()
    mei.locator("button", has_text="采纳").click()
    expect(mei.locator("#history")).to_be_visible()

    reader = visit("", "en", java_script_enabled=scripts)
    reader.goto(f"/en/threads/{site.thread(THREAD)}/")
    expect(post(reader, number).locator(".half.other")).to_contain_text("noodle place below us")
    expect(post(reader, number)).to_contain_text("translated by tom")


def test_one_tap_asks_for_a_translation_and_says_so(visit: Visit, site: Site) -> None:
    number = write(plain(visit), site, "这句话等着人翻译。")
    jonah = visit("jonah", "en", **PHONE)
    jonah.goto(f"/en/threads/{site.thread(THREAD)}/")
    post(jonah, number).locator("a.please").click()
    said = post(jonah, number).get_by_role("status")
    expect(said).to_contain_text("Thank you.")
    expect(jonah).to_have_url(f"{site.url}/en/threads/{site.thread(THREAD)}/")


def test_the_browser_s_own_translator_is_offered_where_there_is_one(
    visit: Visit, site: Site
) -> None:
    number = write(plain(visit), site, "第一段话在这里。\n\n第二段话在这里。")
    page = visit("", "en")
    page.add_init_script(STUB)
    page.goto(f"/en/threads/{site.thread(THREAD)}/")
    post(page, number).hover()
    button = post(page, number).get_by_role("button", name="Translate on this device")
    button.click()
    made = post(page, number).locator(".device")
    expect(made).to_contain_text("translated on this device")
    expect(made).to_contain_text("may fetch a translation model from its maker")
    expect(made.locator("[lang=en] p").first).to_have_text("<b>In English</b>")  # text, no markup
    assert page.evaluate("Translator.asked") == ["第一段话在这里。", "第二段话在这里。"]
    assert page.evaluate("[...Translator.pair, Translator.made]") == ["zh", "en", 0]
    expect(post(page, 1).get_by_role("button", name="on this device")).to_have_count(0)


def test_without_such_a_browser_nothing_is_offered(visit: Visit, site: Site) -> None:
    number = write(plain(visit), site, "没有翻译器的浏览器。")
    page = visit("", "en")
    page.add_init_script("delete self.Translator")
    page.goto(f"/en/threads/{site.thread(THREAD)}/")
    post(page, number).hover()
    expect(post(page, number).locator(".on-device")).to_have_count(0)
