"""A stranger reads: the right language, the pinned post in full, on any screen, and unobserved."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import HTML_LANG, expect_language, numbers_on, too_wide

ARRIVALS = [("en-US", "en"), ("zh-CN", "zh-hans"), ("zh-TW", "zh-hant"), ("fr-FR", "en")]


@pytest.mark.parametrize(("locale", "language"), ARRIVALS)
def test_a_stranger_is_met_in_their_language_and_reads_the_opening_post(
    visit: Visit, locale: str, language: str
) -> None:
    page = visit(language=locale)
    page.goto("/")
    expect(page).to_have_url(re.compile(f"/{language}/$"))
    expect_language(page, language)
    page.locator("#opening a.title").click()
    expect(page).to_have_url(re.compile(f"/{language}/threads/\\d+/$"))
    expect_language(page, language)
    read_opening_post(page)
    assert page.context.cookies() == []


def read_opening_post(page: Page) -> None:
    """The article's account in both languages, with where it comes from."""
    post = page.locator("#post-1")
    english, chinese = (
        "\n".join(post.locator(f'.half[lang="{lang}"]').all_inner_texts())
        for lang in ("en", "zh-Hans")
    )
    assert "Li Hua" in english and "李华" in chinese
    assert len(english) > 1000 and len(chinese) > 1000
    facts = post.locator("aside.facts")
    assert facts.locator("dt").count() >= 6
    expect(facts).to_contain_text("GMW.cn")
    expect(facts).to_contain_text("2025")
    expect(page.locator("form#reply")).to_be_visible()


def test_the_switch_keeps_the_place(visit: Visit, site: Site) -> None:
    page = visit()
    place = f"threads/{site.thread('out-of-the-window')}/?page=2"
    page.goto(f"/en/{place}")
    for language in ("zh-hans", "zh-hant", "en"):
        page.locator(f".switch a[hreflang={HTML_LANG[language]}]").click()
        expect(page).to_have_url(f"{site.url}/{language}/{place}")
        expect_language(page, language)
        assert numbers_on(page)[0] == 21
    # Only the choice itself is remembered, and only once somebody chose.
    assert [cookie["name"] for cookie in page.context.cookies()] == ["django_language"]
    page.goto("/")
    expect(page).to_have_url(re.compile("/en/$"))


def test_every_language_of_a_page_is_announced(visit: Visit, site: Site) -> None:
    page = visit()
    page.goto("/zh-hans/boards/rent/")
    links = page.locator("link[rel=alternate][hreflang]")
    found = links.evaluate_all("all => all.map(a => [a.hreflang, a.href])")
    places = {lang: f"{site.url}/{code}/boards/rent/" for code, lang in HTML_LANG.items()}
    assert dict(found) == places | {"x-default": f"{site.url}/boards/rent/"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(visit: Visit, site: Site, width: int, language: str) -> None:
    page = visit(language=language, viewport={"width": width, "height": 740})
    thread = site.thread("out-of-the-window")
    paths = [
        *["", "boards/rent/", "threads/1/", f"threads/{thread}/", f"threads/{thread}/?page=2"],
        *["threads/new/?board=rent", "accounts/login/", "accounts/signup/", "moderation/log/"],
        *["rules/", "accounts/password/reset/", "nothing-here/"],
    ]
    for path in paths:
        page.goto(f"/{language}/{path}")
        assert too_wide(page) == [], f"/{language}/{path} at {width}"


def test_a_thread_of_two_pages_is_read_to_its_end(visit: Visit, site: Site) -> None:
    page = visit()
    page.goto(f"/en/threads/{site.thread('out-of-the-window')}/")
    assert numbers_on(page) == list(range(1, 21))
    page.locator("nav.pager a[rel=next]").first.click()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    assert numbers_on(page)[0] == 21
    page.goto(site.url + page.locator(".number").last.get_attribute("href"))
    expect(page).to_have_url(re.compile(r"\?page=2#post-\d+$"))
