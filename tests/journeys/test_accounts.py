"""Somebody new signs up with a Chinese name, opens a thread, and is answered."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, numbers_on, open_other_half, own_words, post, thread_on

TITLE = "How do I greet an elderly neighbour?"
TITLE_OTHER = "怎么跟年长的邻居打招呼？"
BODY = "I moved in last week. What should I say on the stairs, and **how loudly**?"
BODY_OTHER = "我上周刚搬来。楼道里遇见该说什么？要说得**多大声**？"


def sign_up(page: Page, name: str, email: str) -> None:
    page.locator("[name=email]").fill(email)
    page.locator("[name=username]").fill(name)
    page.locator("[name=password1]").fill("seven-green-bicycles")
    page.locator("[name=reads][value=zh-hans]").check()
    page.locator("[name=learning][value=en]").check()
    page.locator("form:has([name=password1]) button.btn").click()


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "林小满"), ("en", "王大山")])
def test_sign_up_open_a_thread_in_both_halves_and_get_an_answer(
    visit: Visit, site: Site, language: str, name: str
) -> None:
    page = visit(language=language)
    page.goto(f"/{language}/")
    page.locator(".entrance a").first.click()
    page.locator(f"a[href*='/{language}/accounts/signup/']").last.click()
    expect_language(page, language)
    sign_up(page, name, f"{language}@journey.example")
    expect(page.locator(".menu .name")).to_have_text(name)
    expect_language(page, language)

    page.goto(f"/{language}/boards/english-corner/")
    page.locator("a.btn[href*='threads/new']").click()
    expect(page.locator("[name=board]")).to_have_value("english-corner")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=title_other]").fill(TITLE_OTHER)
    page.locator("[name=body]").fill(BODY)
    open_other_half(page)
    page.locator("[name=body_other]").fill(BODY_OTHER)
    page.locator("form.compose button.btn").click()

    expect(page).to_have_url(re.compile(rf"/{language}/threads/\d+/$"))
    # The half in the reader's language comes first.
    titles = [(TITLE, "en"), (TITLE_OTHER, "zh-Hans")]
    first, second = titles if language == "en" else titles[::-1]
    expect(page.locator("h1")).to_have_text(first[0])
    expect(page.locator("h1")).to_have_attribute("lang", first[1])
    expect(page.locator("h1 + .alt")).to_have_attribute("lang", second[1])
    expect(post(page, 1)).to_have_attribute("lang", "en")
    expect(own_words(post(page, 1)).locator("strong")).to_have_text("how loudly")
    expect(post(page, 1).locator('.half[lang="zh-Hans"] strong')).to_have_text("多大声")
    expect(post(page, 1).locator(".name")).to_have_text(name)

    site.client("tom").reply(thread_on(page), "A smile and 您好 are plenty.")
    site.client("mei").reply(thread_on(page), "叫一声“阿姨好”就行。")
    page.reload()
    assert numbers_on(page) == [1, 2, 3]
    expect(post(page, 3)).to_have_attribute("lang", "zh-Hans")


def test_a_name_that_looks_like_a_staff_word_is_refused_and_the_rest_is_kept(visit: Visit) -> None:
    page = visit(language="zh-hans")
    page.goto("/zh-hans/accounts/signup/")
    sign_up(page, "管理员", "boss@journey.example")
    expect(page.locator("#id_username_error, .errors").first).to_be_visible()
    expect(page.locator("[name=email]")).to_have_value("boss@journey.example")
    expect(page.locator("[name=username]")).to_have_value("管理员")
    expect(page.locator("[name=username]")).to_have_attribute("aria-invalid", "true")
    expect_language(page, "zh-hans")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_log_in_and_out(visit: Visit, site: Site, language: str) -> None:
    page = visit(language=language)
    page.goto(f"/{language}/accounts/login/")
    page.locator("[name=login]").fill("sam@example.org")
    page.locator("[name=password]").fill(site.password)
    page.locator("form:has([name=login]) button.btn").first.click()
    expect(page.locator(".menu .name")).to_have_text("sam")
    page.locator("details.menu > summary").click()
    page.locator(".menu a[href$='/accounts/logout/']").click()
    page.locator("main form button.btn").click()
    expect(page.locator(".entrance")).to_be_visible()
    expect_language(page, language)
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}
