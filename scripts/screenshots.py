"""`make screenshots`: every kind of page on phone, tablet and desktop, light and dark, into screenshots/."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from .browser import FLAGS, find_browser
from .lanes import ROOT, say
from .pages import APPOINTED, HEIGHT, LANGUAGES, THEMES, WIDTHS, People, Places, Shot, prepare
from .running import manage, running_site
from .shots import SHOTS

FOLDER = ROOT / "screenshots"
FRONT = ROOT / "docs" / "front.png"
TALLEST = 1800
IN_TRADITIONAL = ("front", "opening-post")


def main() -> int:
    found = find_browser()
    if not found:
        say("No Chromium was found, and none could be installed.")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with (
        TemporaryDirectory(prefix="exchange-shots-") as folder,
        running_site(DATA_DIR=folder) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found.path or None, args=FLAGS)
        for appointed in APPOINTED:
            manage(folder, "appoint", *appointed)
        take_all(People(browser, site, Path(folder)))
        browser.close()
    FRONT.parent.mkdir(exist_ok=True)
    shutil.copy(picture("front", "en", "light", "desktop"), FRONT)
    return 0


MEASURE = """() => {
  const target = document.querySelector(":target")?.getBoundingClientRect().top ?? -scrollY;
  return [innerWidth, document.documentElement.scrollHeight, Math.max(0, target + scrollY - 80)];
}"""


def take_all(people: People) -> None:
    places = prepare(people)
    for shot in SHOTS:
        for language in LANGUAGES:
            take(people, shot, language, places)
        if shot.name in IN_TRADITIONAL:
            take(people, shot, "zh-hant", places)


def take(people: People, shot: Shot, language: str, places: Places) -> None:
    with people.page(shot.person, language) as page:
        shot.show(page, language, places)
        page.wait_for_load_state("load")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            for size, width in WIDTHS.items():
                if (theme, size) == ("dark", "tablet"):
                    continue  # between the two others there is little that colours could change
                page.set_viewport_size({"width": width, "height": HEIGHT})
                path = picture(shot.name, language, theme, size)
                click(page, path)
                say(f"{path.relative_to(ROOT)}  {page.title()}")


def click(page: Page, path: Path) -> None:
    """From the page's top, or from what its address points at; two screens or so show enough."""
    width, whole, top = page.evaluate(MEASURE)
    height = min(TALLEST, max(HEIGHT, whole - top))
    clip = {"x": 0, "y": top, "width": width, "height": height}
    if page.locator("dialog[open]").count():
        page.screenshot(path=path)
    else:
        page.screenshot(path=path, full_page=True, clip=clip)


def picture(name: str, language: str, theme: str, size: str) -> Path:
    return FOLDER / f"{name}-{language}-{theme}-{size}.png"


if __name__ == "__main__":
    sys.exit(main())
