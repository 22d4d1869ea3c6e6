"""The moderation desk in pictures of the site's pages."""

from typing import Any

from playwright.sync_api import Page

from .pages import Shot, at


def a_case(page: Page, language: str, places: Any) -> None:
    """The most urgent case that somebody reported."""
    page.goto(f"/{language}/moderation/?kind=reported")
    page.goto(page.locator(".desk a.title").first.get_attribute("href") or "")


def overtaken(page: Page, language: str, places: Any) -> None:
    """A decision on words that are others by now."""
    a_case(page, language, places)
    page.locator("form.desk-buttons [name=version]").evaluate("field => { field.value = '999' }")
    page.locator("form.desk-buttons button.btn").click()


def for_now(page: Page, language: str, places: Any) -> None:
    a_case(page, language, places)
    page.goto(page.url.partition("?")[0] + "waiting/")


def empty_note(page: Page, language: str, places: Any) -> None:
    a_case(page, language, places)
    page.locator("#notes ~ form button").click()


def several(page: Page, language: str, places: Any) -> None:
    page.goto(f"/{language}/moderation/")
    for box in page.locator(".desk input[type=checkbox]").all()[:3]:
        box.check()
    page.locator(".desk-bulk button[value=hide]").click()


def several_done(page: Page, language: str, places: Any) -> None:
    page.goto(f"/{language}/moderation/bulk/?done=&left=")


def filters(page: Page, language: str, places: Any) -> None:
    page.goto(f"/{language}/moderation/?language=all")


def to_read(page: Page, language: str, places: Any) -> None:
    """What somebody was asked to read."""
    page.goto(f"/{language}/moderation/readings/")
    page.goto(page.locator(".rows a.title").first.get_attribute("href") or "")


def report_of_a_figure(page: Page, language: str, places: Any) -> None:
    """A member's report of something that is no post."""
    page.goto(f"/{language}/reports/figure.1/")


DESK = (
    Shot("report-of-a-figure", "tom", report_of_a_figure, "moderation/flag.html", "report"),
    Shot("desk-filters", "lin", filters, "moderation/desk.html"),
    Shot("case", "lin", a_case, "moderation/case.html", "case"),
    Shot("case-overtaken", "lin", overtaken, "moderation/overtaken.html"),
    Shot("case-waiting", "lin", for_now, "moderation/act_page.html", "case_waiting"),
    Shot("case-note", "lin", empty_note, "moderation/note.html"),
    Shot("desk-several", "lin", several, "moderation/bulk.html", "bulk"),
    Shot("readings", "kelsey", at("moderation/readings/"), "moderation/readings.html", "readings"),
    Shot("case-reading", "kelsey", to_read, "moderation/reading.html", "case_reading"),
    Shot("desk-several-done", "lin", several_done, "moderation/bulk_done.html"),
)
