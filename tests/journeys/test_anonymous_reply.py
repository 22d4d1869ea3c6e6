"""A stranger types first and is asked who they are afterwards: the words wait for them."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, log_in, own_words

WORDS = "I have **waited** for this thread.\n\n“引号” & <tags> stay as they are."
OTHER = "我一直在**等**这个帖子。"


def type_and_send(page: Page, site: Site, language: str, place: str = "postcards/") -> None:
    key, _, rest = place.partition("/")
    page.goto(f"/{language}/threads/{site.thread(key)}/{rest}")
    page.locator("#reply [name=body]").fill(WORDS)
    page.locator("details.more > summary").first.click()
    page.locator("#reply [name=body_other]").fill(OTHER)
    page.locator("#reply [name=used_translator]").check()
    page.locator("#reply button.btn").click()
    expect(page.locator("form:has([name=login])")).to_be_visible()
    expect_language(page, language)


# Whether a point at the top of an element is covered by something else, a message that sticks say.
COVERED = """element => {
  const { left, top } = element.getBoundingClientRect();
  return !element.contains(document.elementFromPoint(left + 30, top + 6));
}"""


def find_words_and_send(page: Page, name: str, language: str) -> None:
    expect(page).to_have_url(re.compile(rf"/{language}/threads/\d+/"))
    expect(page.locator("#reply [name=body]")).to_have_value(WORDS)
    expect(page.locator("#reply [name=body_other]")).to_have_value(OTHER)
    expect(page.locator("#reply [name=used_translator]")).to_be_checked()
    page.locator("#reply button.btn").click()
    expect(page).to_have_url(re.compile(r"#post-\d+$"))
    last = page.locator("article.post").last
    expect(last.locator(".name")).to_have_text(name)
    expect(own_words(last)).to_contain_text("<tags> stay as they are.")
    expect(last.locator(".badge.warm")).to_be_visible()
    expect(page.locator("#reply [name=body]")).to_have_value("")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_log_in_brings_the_text_back(visit: Visit, site: Site, language: str) -> None:
    page = visit(language=language)
    type_and_send(page, site, language)
    log_in(page, "sam", site.password)
    find_words_and_send(page, "sam", language)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_wrong_password_loses_nothing(visit: Visit, site: Site, language: str) -> None:
    """On the second page of a long thread, with a phone: the box is found again without a search."""
    page = visit(language=language, viewport={"width": 360, "height": 640})
    type_and_send(page, site, language, "out-of-the-window/?page=2")
    log_in(page, "tom", "not-the-password")
    expect(page.locator("[role=alert]")).to_be_visible()
    log_in(page, "tom", site.password)
    expect(page).to_have_url(re.compile(r"\?page=2#reply$"))
    expect(page.locator("#reply [name=body]")).to_have_value(WORDS)
    expect(page.locator("#reply [name=body_other]")).to_have_value(OTHER)
    expect(page.locator("#reply .notice").first).to_be_in_viewport()
    expect(page.locator("#reply [name=body]")).to_be_in_viewport()


@pytest.mark.parametrize(("language", "name"), [("en", "Josephine"), ("zh-hans", "赵铁柱")])
def test_signing_up_brings_the_text_back(
    visit: Visit, site: Site, language: str, name: str
) -> None:
    page = visit(language=language, viewport={"width": 360, "height": 740})
    type_and_send(page, site, language)
    page.locator("form[action*='/signup/'] button.btn").click()
    expect_language(page, language)
    # The first try has a mistake in it: the words must survive that too.
    page.locator("[name=email]").fill(f"new-{language}@journey.example")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password1]").fill("12345678")
    page.locator("form:has([name=password1]) button.btn").click()
    expect(page.locator("[name=password1]")).to_have_attribute("aria-invalid", "true")
    page.locator("[name=password1]").fill("seven-green-bicycles")
    page.locator("form:has([name=password1]) button.btn").click()
    expect(page.locator(".messages .notice")).to_have_count(2)
    assert not page.locator("#reply .notice").first.evaluate(COVERED)
    find_words_and_send(page, name, language)
