"""`make screenshots`: the main pages, phone and desktop, in both languages, into screenshots/."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from .browser import find_browser
from .lanes import ROOT, say
from .running import running_site

FOLDER = ROOT / "screenshots"
FRONT = ROOT / "docs" / "front.png"
SIZES = {"phone": (390, 844), "desktop": (1280, 860)}
LANGUAGES = ("en", "zh-hans")
PAGES = {
    "front": "",
    "opening-post": "threads/1/",
    "board": "boards/welcome/",
    "compose": "threads/new/?board=welcome",
    "sign-up": "accounts/signup/",
    "log": "moderation/log/",
}
# Chromium as root, and without its own traffic to the world outside.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> int:
    found = find_browser()
    if not found:
        say("No Chromium was found, and none could be installed.")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path or None, args=FLAGS)
        for size in SIZES:
            for language in LANGUAGES:
                take(browser, site, language, size)
    FRONT.parent.mkdir(exist_ok=True)
    shutil.copy(picture("front", "en", "desktop"), FRONT)
    return 0


def take(browser: Browser, site: str, language: str, size: str) -> None:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    for name, path in PAGES.items():
        page.goto(f"{site}/{language}/{path}")
        page.screenshot(path=picture(name, language, size))
        say(f"{picture(name, language, size).relative_to(ROOT)}  {page.title()}")
    page.close()


def picture(name: str, language: str, size: str) -> Path:
    return FOLDER / f"{name}-{language}-{size}.png"


if __name__ == "__main__":
    sys.exit(main())
