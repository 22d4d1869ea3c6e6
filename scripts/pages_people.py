"""How to get to people's pages, and to pages of somebody who muted others, as pages.py does to the others."""

from playwright.sync_api import Page

from .pages import Places

WORD = "市场"


def mute(page: Page, address: str, act: str = "mute") -> None:
    """Unless it was done for the shot before."""
    page.goto(f"{address}{act}/")
    if not page.locator("main [name=_method]").count():
        page.click("main form button.btn")


def mute_some(page: Page, places: Places) -> None:
    """Whoever wrote the second post of the long thread and the third, a thread, a board and a word."""
    page.goto(f"/en/{places.long}")
    names = page.locator("article.post .who .name")
    people = [names.nth(number).get_attribute("href") or "" for number in (1, 2)]
    mute(page, people[0])
    mute(page, people[1], "block")
    mute(page, f"/en/{places.locked}")
    mute(page, "/en/boards/li-hua/")
    page.goto("/en/settings/mutes/")
    if not page.get_by_text(WORD, exact=True).count():
        page.fill("[name=word]", WORD)
        page.click("main form.compose button.btn")


def muted_posts(page: Page, language: str, places: Places) -> None:
    """The second one is looked at all the same."""
    mute_some(page, places)
    page.goto(f"/{language}/{places.long}")
    page.locator(".stub summary").first.click()


def muted_list(page: Page, language: str, places: Places) -> None:
    mute_some(page, places)
    page.goto(f"/{language}/")


def muted_shown(page: Page, language: str, places: Places) -> None:
    mute_some(page, places)
    page.goto(f"/{language}/?muted=shown")


def muted_person(page: Page, language: str, places: Places) -> None:
    mute_some(page, places)
    page.goto(f"/en/{places.long}")
    name = page.locator("article.post .who .name").nth(1)
    page.goto((name.get_attribute("href") or "").replace("/en/", f"/{language}/", 1))


def mutes(page: Page, language: str, places: Places) -> None:
    mute_some(page, places)
    page.goto(f"/{language}/settings/mutes/")


def mutes_error(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/settings/mutes/")
    page.fill("[name=word]", "……")
    page.click("main form.compose button.btn")
