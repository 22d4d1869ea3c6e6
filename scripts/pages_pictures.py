"""How to get to pages with pictures, as pages.py does to the others."""

import io

from PIL import Image
from playwright.sync_api import Page, expect

from .pages import Places, path_of


def pictures(page: Page, language: str, places: Places) -> None:
    """A picture that is there, and a file that could not be taken."""
    page.goto(f"/{language}/threads/new/?board=welcome")
    page.click("#id_body")
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()
    drawn = io.BytesIO()
    Image.new("RGB", (480, 320), "#c63").save(drawn, "PNG")
    for name, content in (("cat.png", drawn.getvalue()), ("torn.png", drawn.getvalue()[:60])):
        page.set_input_files(
            "#id_pictures", {"name": name, "mimeType": "image/png", "buffer": content}
        )
    expect(page.locator("[data-picture]")).to_have_count(1)
    expect(page.locator("[data-uploading] li")).to_contain_text("torn.png")
    page.on("dialog", lambda dialog: dialog.accept())


def titled(page: Page, board: str, title: str) -> str:
    """The path of a sample thread, by words of its title."""
    page.goto(f"/en/boards/{board}/")
    link = page.locator(".row a.title", has_text=title).first
    return path_of(link.get_attribute("href"))


def stickers(page: Page, language: str, places: Places) -> None:
    """A thread with galleries of pictures."""
    path = titled(page, "pets-and-memes", "reaction stickers")
    page.goto(f"/{language}/{path}")


def picture(page: Page, language: str, places: Places) -> None:
    stickers(page, language, places)
    page.goto(page.locator("a.frame").first.get_attribute("href") or "")


def lightbox(page: Page, language: str, places: Places) -> None:
    stickers(page, language, places)
    page.locator("a.frame").first.click()
    page.locator("dialog.lightbox").wait_for()


def waiting_pictures(page: Page, language: str, places: Places) -> None:
    """As they are for who saves bytes, and what can be done with one."""
    stickers(page, language, places)
    page.evaluate("document.documentElement.dataset.saver = 'on'")
    page.locator(".picture-acts summary").first.click()


def paper(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{titled(page, 'exam-papers', 'Friendship Exam')}")
    page.goto(page.locator(".paper a.frame").first.get_attribute("href") or "")
    page.locator(".page summary").first.click()
