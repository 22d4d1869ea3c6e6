"""`make screenshots`: every kind of page, phone and desktop, light and dark, into screenshots/."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, cast

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .browser import find_browser
from .lanes import ROOT, say
from .running import running_site

FOLDER = ROOT / "screenshots"
FRONT = ROOT / "docs" / "front.png"
WIDTHS = {"phone": 360, "desktop": 1280}
HEIGHT, TALLEST = 800, 1800
THEMES = ("light", "dark")
LANGUAGES = ("en", "zh-hans")
IN_TRADITIONAL = ("front", "opening-post")
LOCALES = {"en": "en-US", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}
# Chromium as root, and without its own traffic to the world outside.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


class Places(NamedTuple):
    """Addresses, after the language, of what `prepare` made."""

    long: str  # a thread of two pages
    thread: str  # a thread with a hidden post and an edited one
    hidden: str  # the hidden post's address in it
    own: str  # Tom's post in it, edited once
    others: str  # somebody else's


class Shot(NamedTuple):
    name: str
    person: str  # empty: a stranger
    show: Callable[[Page, str, Places], None]


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
        password = (Path(folder) / "demo-password").read_text().strip()
        take_all(People(browser, site, password))
        browser.close()
    FRONT.parent.mkdir(exist_ok=True)
    shutil.copy(picture("front", "en", "light", "desktop"), FRONT)
    return 0


class People:
    """Browsers in which somebody is logged in; each logs in once."""

    def __init__(self, browser: Browser, site: str, password: str) -> None:
        self.browser, self.site, self.password = browser, site, password
        self._sessions: dict[str, dict] = {}

    @contextmanager
    def page(self, person: str, language: str) -> Iterator[Page]:
        state = self.session(person) if person else None
        context = self.context(language, storage_state=state)
        yield context.new_page()
        context.close()

    def context(self, language: str, **options) -> BrowserContext:
        size = {"width": WIDTHS["desktop"], "height": HEIGHT}
        locale = LOCALES[language]
        return self.browser.new_context(
            base_url=self.site, locale=locale, viewport=size, reduced_motion="reduce", **options
        )

    def session(self, person: str) -> dict:
        if person not in self._sessions:
            context = self.context("en")
            page = context.new_page()
            page.goto("/en/accounts/login/")
            page.fill("[name=login]", f"{person}@example.org")
            page.fill("[name=password]", self.password)
            page.click("main form button.btn")
            expect(page.locator(".menu")).to_be_visible()
            self._sessions[person] = cast(dict, context.storage_state())
            context.close()
        return self._sessions[person]


# What is to be seen


def prepare(people: People) -> Places:
    with people.page("tom", "en") as tom:
        tom.goto("/en/boards/daily-life/")
        thread = path_of(tom.locator(".row a.title").first.get_attribute("href"))
        tom.goto(f"/en/{thread}")
        last = tom.locator("article.post").last.get_attribute("id")
        others = path_of(
            tom.locator("article.post").nth(1).locator(".number").get_attribute("href")
        )
        reported = tom.locator("article.post").nth(2).locator(".number").get_attribute("href")
        fill_reply(
            tom,
            "I walk to the market on Sundays, it is *cheaper*.",
            "我星期天走路去菜市场，*便宜*。",
        )
        own = path_of(tom.locator("article.post").last.locator(".number").get_attribute("href"))
        tom.goto(f"/en/{own}edit/")
        tom.fill("[name=body]", "I walk to the market on Sundays: it is *much* cheaper.")
        tom.click("main form button.btn")
        for path, reason in ((others, "off-topic"), (path_of(reported), "mistranslation")):
            tom.goto(f"/en/{path}flag/")
            tom.select_option("[name=reason]", reason)
            tom.fill("[name=note]", "请看一下这里。Please have a look.")
            tom.click("main form button.btn")
        long = find_long_thread(tom)
    with people.page("lin", "en") as lin:
        lin.goto(f"/en/{thread}#{last}")
        hidden = lin.locator(f"#{last} a[href$='/hiding/']").get_attribute("href")
        lin.goto(hidden or "")
        lin.select_option("[name=reason]", "spam")
        lin.fill("[name=note]", "第三次发同样的内容了。The third time.")
        lin.click("main form button.btn")
    return Places(long, thread, f"{thread}#{last}", own, others)


def find_long_thread(page: Page) -> str:
    """The sample thread with the most replies has more than one page."""
    page.goto("/en/")
    rows = page.locator(".rows .row")
    counts = [int(text) for text in rows.locator(".row-count b").all_inner_texts()]
    link = rows.nth(counts.index(max(counts))).locator("a.title")
    return path_of(link.get_attribute("href"))


def path_of(address: str | None) -> str:
    """Without the language: `threads/7/`."""
    return (address or "").split("/", 2)[2]


def fill_reply(page: Page, body: str, body_other: str = "") -> None:
    page.fill("#reply [name=body]", body)
    if body_other:
        page.click("#reply details.more > summary")
        page.fill("#reply [name=body_other]", body_other)
    page.click("#reply button.btn")


def at(path: str) -> Callable[[Page, str, Places], None]:
    """A page that needs only its address; `{own}` and the like are filled in."""

    def show(page: Page, language: str, places: Places) -> None:
        page.goto(f"/{language}/{path.format(**places._asdict())}")

    return show


def reply_error(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.thread}")
    fill_reply(page, "The same language in both halves?", "Yes, the very same language.")


def sent_before(page: Page, language: str, places: Places) -> None:
    for body in ("这是第一次发的话。", f"这是第二次发的话（{language}）。"):
        page.goto(f"/{language}/{places.thread}")
        page.evaluate("document.querySelector('[name=client_id]').value = 'screenshots'")
        fill_reply(page, body)


def conflict(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.own}edit/")
    page.evaluate("document.querySelector('[name=version]').value = '1'")
    page.fill("[name=body]", "I take the bus to the market on Sundays.")
    page.click("main form button.btn")


def signup_errors(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/accounts/signup/")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.fill("[name=email]", "mei@example")
    page.fill("[name=username]", "管理员")
    page.fill("[name=password1]", "12345678")
    page.click("main form button.btn")


def dialog(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.thread}")
    page.locator("article.post").nth(1).locator("a.act[href$='/hiding/']").click()
    expect(page.locator("dialog#act")).to_be_visible()


def log_in_first(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.thread}")
    fill_reply(page, "我先写，再登录。 I write first and log in later.")


SHOTS = (
    Shot("front", "", at("")),
    Shot("front-member", "tom", at("")),
    Shot("board", "", at("boards/daily-life/")),
    Shot("opening-post", "", at("threads/1/")),
    Shot("thread-page-1", "", at("{long}")),
    Shot("thread-page-2", "tom", at("{long}?page=2")),
    Shot("hidden-post", "", at("{hidden}")),
    Shot("hidden-post-moderator", "lin", at("{hidden}")),
    Shot("thread-moderator", "lin", at("{thread}")),
    Shot("dialog", "lin", dialog),
    Shot("compose", "tom", at("threads/new/?board=welcome")),
    Shot("reply-error", "tom", reply_error),
    Shot("sent-before-409", "tom", sent_before),
    Shot("edit", "tom", at("{own}edit/")),
    Shot("conflict-409", "tom", conflict),
    Shot("history", "", at("{own}history/")),
    Shot("deletion", "tom", at("{own}deletion/")),
    Shot("log-in", "", at("accounts/login/")),
    Shot("log-in-first", "", log_in_first),
    Shot("sign-up", "", at("accounts/signup/")),
    Shot("sign-up-errors", "", signup_errors),
    Shot("reset", "", at("accounts/password/reset/")),
    Shot("email", "tom", at("accounts/email/")),
    Shot("log-out", "tom", at("accounts/logout/")),
    Shot("desk", "lin", at("moderation/")),
    Shot("log", "", at("moderation/log/")),
    Shot("rules", "", at("rules/")),
    Shot("hide-form", "lin", at("{others}hiding/")),
    Shot("move-form", "lin", at("{thread}move/")),
    Shot("report-form", "tom", at("{others}flag/")),
    Shot("error-403", "tom", at("{others}edit/")),
    Shot("error-404", "", at("nothing/here/")),
    Shot("error-405", "", at("{thread}posts/")),
)


# The camera

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
