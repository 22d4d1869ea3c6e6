"""What everybody can read of moderation, and the remark that a moderator adds to it."""

from typing import Any

from playwright.sync_api import Page

from .pages import Shot, at

LOG = "moderation/log.html"


def entry(page: Page, language: str, places: Any) -> None:
    """The newest one that took back another."""
    page.goto(f"/{language}/moderation/log/?act=posts&rule=off-topic")
    page.goto(page.locator(".log .row-count a").first.get_attribute("href") or "")


def remark(page: Page, language: str, places: Any) -> None:
    entry(page, language, places)
    page.goto(page.locator("a[href$='/annotations/']").first.get_attribute("href") or "")


SHOTS = (
    Shot("log-chosen", "", at("moderation/log/?act=posts&rule=spam"), LOG),
    Shot("log-odd", "", at("moderation/log/?act=everything"), LOG),
    Shot("log-entry", "lin", entry, "moderation/log_entry.html", "log_entry"),
    Shot("annotation", "lin", remark, "moderation/annotation.html", "annotations"),
    Shot(
        "transparency",
        "",
        at("moderation/transparency/"),
        "moderation/transparency.html",
        "transparency",
    ),
    Shot("rules-edition", "", at("rules/1/"), "safety/rules.html", "rules_edition"),
)
