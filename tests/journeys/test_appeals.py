"""Somebody suspended objects in Chinese without a log-in; a moderator agrees in English."""

import re

from playwright.sync_api import expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, too_wide

WORDS = "我没有做广告，只是说了我的房租。请再看一看。"
ANSWER = "You are right: it was no advertisement. Sorry for the trouble."


def test_from_a_refused_log_in_to_an_upheld_appeal(visit: Visit, site: Site) -> None:
    site.manage("appoint", "priya", "staff")
    lin = visit("lin", "en")
    lin.goto("/en/people/walter/suspension/")
    lin.select_option("main [name=reason]", "spam")
    lin.locator("main [name=length][value='7d']").check()
    lin.locator("main form button").last.click()
    expect(lin).to_have_url(re.compile("/people/walter/record/$"))

    walter = visit(language="zh-hans", viewport={"width": 390, "height": 800})

    def try_to_log_in(password: str) -> None:
        walter.goto("/zh-hans/accounts/login/")
        walter.fill("[name=login]", "walter@example.org")
        walter.fill("[name=password]", password)
        walter.locator("main form button.btn").first.click()
        walter.wait_for_load_state()

    try_to_log_in("a-wrong-password")
    expect(walter.locator("a[href*='/decisions/']")).to_have_count(0)
    try_to_log_in(site.password)
    walter.locator("a[href*='/decisions/']").click()
    expect_language(walter, "zh-hans")
    walter.locator("a[href*='/appeal/']").click()
    walter.locator("main form button.btn").click()  # nothing was said yet
    expect(walter.locator("#errors")).to_be_visible()
    walter.fill("[name=body]", WORDS)
    assert too_wide(walter) == []
    walter.locator("main form button.btn").click()
    expect(walter.locator("main")).to_contain_text(WORDS)

    priya = visit("priya", "en")
    priya.goto("/en/moderation/")
    priya.locator("a[href$='/moderation/appeals/']").click()
    priya.locator(".case", has_text=WORDS).locator(".btn").click()
    priya.locator("[name=outcome][value=upheld]").focus()
    priya.keyboard.press("Space")
    priya.locator("[name=body]").focus()
    priya.keyboard.type(ANSWER)
    priya.keyboard.press("Tab")
    priya.keyboard.press("Enter")
    expect(priya).to_have_url(re.compile("/en/moderation/appeals/$"))

    walter.reload()
    expect(walter.locator("main")).to_contain_text(ANSWER)
    try_to_log_in(site.password)
    expect(walter.locator(".menu")).to_be_visible()
    walter.goto("/zh-hans/notifications/")
    expect(walter.locator(".notices li").first).to_contain_text("申诉")
