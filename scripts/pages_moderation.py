"""What a moderator has to look at in pictures of the site's pages."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import Page


def send_a_picture(page: Page) -> None:
    """A newcomer's, which waits. Without scripts, from the page of a thread about cats."""
    open_stickers(page, "en")
    content = io.BytesIO()
    Image.effect_mandelbrot((900, 600), (-2, -1, 1, 1), 40).save(content, "PNG")
    file: Any = {"name": "shape.png", "mimeType": "image/png", "buffer": content.getvalue()}
    page.fill("#reply [name=body]", "我用电脑画的第一张图。 The first one that I drew.")
    page.set_input_files("#id_pictures", file)
    page.locator("#reply button.btn").first.click()
    page.locator("article.post", has_text="我用电脑画的第一张图").wait_for()
    send_a_link(page)


def send_a_link(page: Page) -> None:
    """It waits as a whole, being a newcomer's."""
    open_stickers(page, "en")
    page.fill("#reply [name=body]", "我的表情包在这里 My stickers: https://stickers.example/mine")
    page.locator("#reply button.btn").first.click()
    page.locator("article.post", has_text="stickers.example").wait_for()


def report_a_picture(page: Page) -> None:
    open_report(page, "en")
    page.locator("[name=about]").nth(1).check()
    page.select_option("[name=reason]", "other")
    page.fill("[name=note]", "这张图好像在别处见过。I think I know this one from elsewhere.")
    page.click("main form button.btn")


def offer_to_read(page: Page) -> None:
    """Somebody says in the settings that moderators may ask them."""
    page.goto("/en/settings/")
    page.check("[name=reads_for_moderators]")
    page.locator("main form button.btn").first.click()


def ask_a_reader(page: Page, username: str) -> None:
    """Of the most urgent English case: by the form that stands in cases of languages nobody reads."""
    page.goto("/en/moderation/?kind=reported&language=en")
    page.goto(page.locator(".desk a.title").first.get_attribute("href") or "")
    page.evaluate(ASK, [username])


# The form, as the page has it for who does not read the language.
ASK = """async ([name]) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  for (let reader = 1; reader < 60; reader += 1) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, reader });
    const answer = await fetch(location.pathname + 'readers/', { method: 'POST', body });
    if ((await answer.text()).includes(name + ' is asked')) return;
  }
  throw new Error('nobody could be asked');
}"""


def open_stickers(page: Page, language: str) -> None:
    page.goto("/en/boards/pets-and-memes/")
    link = page.locator(".row a.title", has_text="reaction stickers").first
    page.goto((link.get_attribute("href") or "").replace("/en/", f"/{language}/", 1))


def open_report(page: Page, language: str) -> None:
    open_stickers(page, language)
    pictured = page.locator("article.post:has(.picture)").first
    report = pictured.locator("> .acts a[href$='/flag/']")
    page.goto(report.get_attribute("href") or "")


def report_form(page: Page, language: str, places: Any) -> None:
    open_report(page, language)


def hide_form(page: Page, language: str, places: Any) -> None:
    open_waiting(page, language)
    page.goto(
        page.locator("a[href*='/pictures/'][href*='/hiding/']").first.get_attribute("href") or ""
    )


def looked_at(page: Page, language: str, places: Any) -> None:
    """The case of a picture that waits, which was tapped."""
    open_waiting(page, language)
    page.locator("a.veil").first.click()
    page.locator(".case .photo").first.wait_for()


def open_waiting(page: Page, language: str) -> None:
    page.goto(f"/{language}/moderation/?kind=held")
    page.goto(page.locator(".desk a.title").first.get_attribute("href") or "")


def hide_dialog(page: Page, language: str, places: Any) -> None:
    """Of a post with pictures, which asks about those too."""
    open_stickers(page, language)
    pictured = page.locator("article.post:has(.picture)").first
    pictured.locator("> .acts a.act[href$='/hiding/']").click()
    page.locator("dialog#act[open] [data-notice]").wait_for()
