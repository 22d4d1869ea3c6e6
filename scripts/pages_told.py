"""What people are told of decisions and say against them, for pictures of the site's pages."""

import time
from typing import Any

from playwright.sync_api import Page

PATIENCE = 30.0  # seconds: people are told ten seconds after a decision


def warn(page: Page, person: str, reason: str) -> None:
    page.goto(f"/en/people/{person}/warning/")
    page.select_option("main [name=reason]", reason)
    page.fill("main [name=note]", "请再读一遍这一条。Please read this one again.")
    page.locator("main form button").last.click()


def appeal_first(page: Page) -> None:
    """The older one of two decisions that somebody is told of, once they are."""
    deadline = time.monotonic() + PATIENCE
    notices = page.locator(".notices a[href*='/decisions/']")
    page.goto("/en/notifications/")
    while notices.count() < 2 and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.reload()
    page.goto(f"{notices.nth(1).get_attribute('href')}appeal/")
    page.fill("[name=body]", "我问的是公交车，不是广告。请再看一看。")
    page.click("main form button.btn")


def decision(page: Page, language: str, places: Any) -> None:
    """Of the person whose post was hidden, by their notices."""
    page.goto(f"/{language}/notifications/")
    page.goto(page.locator("a[href*='/decisions/']").first.get_attribute("href") or "")


def appeal_form(page: Page, language: str, places: Any) -> None:
    decision(page, language, places)
    page.goto(page.url.split("?")[0] + "appeal/")


def answer(page: Page, language: str, places: Any) -> None:
    page.goto(f"/{language}/moderation/appeals/")
    page.locator(".case .btn").first.click()
    page.locator("main form").last.wait_for()
