"""Posts that wait, what is looked for and the switches, in pictures of the site's pages."""

from typing import Any

from playwright.sync_api import Page

from .pages_moderation import open_stickers


def waiting_post(page: Page, language: str, places: Any) -> None:
    open_stickers(page, language)
    page.locator("article.post:has([data-waits])").first.scroll_into_view_if_needed()


def release_form(page: Page, language: str, places: Any) -> None:
    open_stickers(page, language)
    page.goto(page.locator("a[data-waits]").first.get_attribute("href") or "")


def add_a_word(page: Page, language: str, text: str) -> None:
    page.goto(f"/{language}/moderation/filters/")
    page.fill("[name=text]", text)
    page.select_option("[name=reason]", "spam")
    page.locator("main form button.btn").first.click()


def trial(page: Page, language: str, places: Any) -> None:
    page.goto(f"/{language}/moderation/filters/")
    if not page.locator("a[href$='/trial/']").count():
        add_a_word(page, language, "房租" if language == "en" else "landlord")
    else:
        page.locator("a[href$='/trial/']").first.click()


def removal(page: Page, language: str, places: Any) -> None:
    trial(page, language, places)
    page.goto(page.url.replace("/trial/", "/removal/"))


def filter_error(page: Page, language: str, places: Any) -> None:
    page.goto(f"/{language}/moderation/filters/")
    page.select_option("[name=sort]", "pattern")
    page.fill("[name=text]", "(微信|weixin")
    page.locator("main form button.btn").first.click()
    page.locator("#errors").wait_for()
