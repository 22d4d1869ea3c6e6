"""A newcomer's picture waits, a moderator taps it open and lets it through, and open pages show it."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, post

TITLE = {"en": "My first picture here", "zh-hans": "我的第一张图"}


def drawing(seed: float) -> Any:
    """A picture that looks like no other one in these tests."""
    content = io.BytesIO()
    Image.effect_mandelbrot((600, 400), (-2 + seed, -1, 1, 1), 40).save(content, "PNG")
    return {"name": "drawing.png", "mimeType": "image/png", "buffer": content.getvalue()}


def send_picture(page: Page, words: str, seed: float) -> None:
    page.click("#id_body")
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()
    page.fill("#id_body", words)
    page.set_input_files("#id_pictures", [drawing(seed)])
    expect(page.locator("#reply [data-picture]")).to_have_count(1)
    page.fill("[name='picture-0-caption']", "What my program drew")
    page.click("#reply button.btn")


@pytest.mark.parametrize(("language", "seed"), [("en", 0.0), ("zh-hans", 0.3)])
def test_a_newcomers_picture_is_looked_at_and_open_pages_show_it(
    site: Site, visit: Visit, newcomer: str, language: str, seed: float
) -> None:
    number = site.client("tom").open_thread("pets-and-memes", TITLE[language], "Show yours!")
    reader, author = visit(language=language), visit(newcomer, language)
    for page in (reader, author):
        page.goto(f"/{language}/threads/{number}/")
    send_picture(author, "I drew this.", seed)
    # Its author sees it, and why others do not; the frame for everybody does not take it away.
    mine, theirs = post(author, 2), post(reader, 2)
    expect(theirs).to_contain_text("I drew this.")
    expect(theirs.locator(".picture")).to_have_count(0)
    expect(mine.locator(".secret")).to_be_visible()
    expect(mine.locator(".photo")).to_be_visible()

    lin = visit("lin", language)
    lin.goto(f"/{language}/moderation/")
    lin.locator(".desk a.title", has_text="What my program drew").first.click()
    case = lin.locator(".desk-text")
    expect(case.locator(".photo")).to_have_count(0)
    case.locator("a.veil").click()
    expect(case.locator(".photo")).to_be_visible()
    expect_language(lin, language)
    lin.locator("form.desk-buttons button").click()
    expect(lin.locator(".messages .notice")).to_be_visible()

    expect(theirs.locator(".picture .photo")).to_be_visible()
    expect(theirs.locator(".picture")).to_contain_text("What my program drew")
    expect(mine.locator(".secret")).to_have_count(0)


def test_one_picture_is_hidden_by_the_dialog_and_only_it_goes(site: Site, visit: Visit) -> None:
    thread = site.thread("cat-tax-in-pictures")
    reader, lin = visit(), visit("lin")
    for page in (reader, lin):
        page.goto(f"/en/threads/{thread}/")
    pictured = reader.locator("article.post:has(.picture + .picture)").first
    place = "#" + (pictured.get_attribute("id") or "")
    photos = reader.locator(f"{place} .photo")
    shown = photos.count()
    menu = lin.locator(f"{place} .picture-acts").first
    menu.locator("summary").click()
    menu.locator("a.moderators-only").click()
    dialog = lin.locator("dialog#act[open]")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-blocks]")).to_be_hidden()
    dialog.locator("[name=reason]").select_option("other")
    dialog.locator("button.btn").first.click()
    line = reader.locator(f"{place} .withdrawn")
    expect(line).to_have_count(1)
    expect(photos).to_have_count(shown - 1)
    # The moderator still has it, blurred until it is tapped, and brings it back.
    veil = lin.locator(f"{place} a.veil")
    expect(veil).to_be_visible()
    veil.click()
    expect(lin.locator(f"{place} .frame .photo").first).to_be_visible()
    menu.locator("summary").click()
    menu.locator("a[data-undo]").click()
    dialog.locator("[name=reason]").select_option("other")
    dialog.locator("button.btn").first.click()
    expect(line).to_have_count(0)
    expect(photos).to_have_count(shown)


def case_with(page: Page, note: str, reason: str, language: str) -> str:
    """The address of the case with a report that says this."""
    page.goto(f"/{language}/moderation/?rule={reason}")
    links = page.locator(".desk a.title").evaluate_all("all => all.map((link) => link.href)")
    for address in links:
        page.goto(address)
        if note in page.content():
            return str(address)
    raise AssertionError(f"no case says {note}")


# For a reason that was settled nobody reports the same picture again; for another one they do.
@pytest.mark.parametrize(("language", "reason"), [("en", "spam"), ("zh-hans", "scam")])
def test_a_picture_is_reported_and_found_on_the_desk_without_scripts(
    site: Site, visit: Visit, language: str, reason: str
) -> None:
    thread = site.thread("cat-tax-in-pictures")
    tom = visit("tom", language, java_script_enabled=False)
    tom.goto(f"/{language}/threads/{thread}/")
    report = tom.locator("article.post:has(.picture) > .acts a[href$='/flag/']").first
    address = report.get_attribute("href") or ""
    tom.goto(address)
    tom.locator("[name=about]").nth(1).check()
    tom.locator("[name=reason]").select_option(reason)
    note = f"Seen before ({language})"
    tom.locator("[name=note]").fill(note)
    tom.locator("main form button.btn").click()
    lin = visit("lin", language, java_script_enabled=False)
    lin.goto(f"/{language}/moderation/")
    lin.goto(case_with(lin, note, reason, language))
    case = lin.locator("[data-case]")
    expect(case.locator("img.photo")).to_have_count(0)
    case.locator("a.veil").click()
    expect(lin).to_have_url(re.compile(rf"/{language}/posts/\d+/pictures/\d+/$"))
    expect(lin.locator(".photo").first).to_be_visible()
    lin.go_back()
    address = lin.url
    case.locator("form.desk-buttons button").click()
    lin.goto(address)
    expect(lin.locator("form.desk-buttons")).to_have_count(0)
