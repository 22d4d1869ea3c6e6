"""A wave of posts by new accounts, for pictures of the site's pages."""

from typing import Any

from playwright.sync_api import Page

CROWD = ("vera", "wanda", "xenia")
SAID = "日结兼职，在家就能做，一天轻松{}百块，加微信abc{}了解详情，名额有限先到先得"
PLACE = "/en/boards/li-hua/"


def send_one_of_many(page: Page, number: int, password: str) -> None:
    """Signs up, and posts what the others of the crowd post too. Without scripts."""
    name = CROWD[number]
    page.goto("/en/accounts/signup/")
    page.fill("[name=email]", f"{name}@example.org")
    page.fill("[name=username]", name)
    page.fill("[name=password1]", password)
    page.click("main form button.btn")
    page.locator(".menu").wait_for()
    page.goto(PLACE)
    page.goto(page.locator(".row a.title").first.get_attribute("href") or "")
    page.fill("#reply [name=body]", SAID.format(number + 5, number))
    page.locator("#reply button.btn").first.click()
    page.locator("article.post", has_text=SAID.format(number + 5, number)).wait_for()


def one_burst(page: Page, language: str, places: Any) -> None:
    page.goto(f"/{language}/moderation/bursts/")
    page.goto(page.locator(".case a[href*='/bursts/']").first.get_attribute("href") or "")


def burst_errors(page: Page, language: str, places: Any) -> None:
    """No rule chosen, and nothing ticked."""
    one_burst(page, language, places)
    for box in page.locator("[name=posts]").all():
        box.uncheck()
    page.select_option("[name=reason]", "")
    page.locator("main form .buttons button.btn").click()
    page.locator("#errors").wait_for()
