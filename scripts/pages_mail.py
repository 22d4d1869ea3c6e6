"""Mails, and the pages that their links lead to."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .pages import NEWCOMER, Places, link_in, newest_mail


def mail_to(person: str) -> Callable[[Page, str, Places], None]:
    """The HTML part of the mail that a forgotten password brings, to a member or to nobody known."""

    def show(page: Page, language: str, places: Places) -> None:
        ask_for_a_password(page, language, person)
        part = newest_mail(places.mails).get_body(("html",))
        page.goto("about:blank")
        page.set_content(part.get_content() if part else "")

    return show


def reset_link(page: Page, language: str, places: Places) -> None:
    ask_for_a_password(page, language, NEWCOMER)
    page.goto(f"/{language}/{link_in(newest_mail(places.mails), 'key')}")


def ask_for_a_password(page: Page, language: str, person: str) -> None:
    page.goto(f"/{language}/accounts/password/reset/")
    page.fill("[name=email]", f"{person}@example.org")
    page.click("main form button.btn")
    expect(page).to_have_url(re.compile("/done/$"))
