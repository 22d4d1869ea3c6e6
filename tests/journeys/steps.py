"""What several journeys do in the same way."""

import json
import re

from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

HTML_LANG = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
HAN = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]{3,}")
# The page's own words: what members wrote, names, and what shows both languages are left out.
OWN_WORDS = (
    "label, .btn, legend, .kicker, .crumb.own, .entrance a, .foot nav:first-child a, .notice"
)


def expect_language(page: Page, language: str) -> None:
    """The page says that it is in this language, and its labels and buttons are."""
    expect(page.locator("html")).to_have_attribute("lang", HTML_LANG[language])
    words = page.locator("label > span.quiet, .btn, .foot nav:first-child a").all_inner_texts()
    assert words
    for text in filter(str.strip, words):
        assert bool(HAN.search(text)) == (language != "en"), f"{text!r} on a page in {language}"


def post(page: Page, number: int) -> Locator:
    return page.locator(f"#post-{number}")


def own_words(article: Locator) -> Locator:
    return article.locator(".half.original")


def write_reply(page: Page, body: str, body_other: str = "") -> None:
    form = page.locator("form#reply, form[action$='/posts/']").first
    form.locator("[name=body]").fill(body)
    if body_other:
        open_other_half(page)
        form.locator("[name=body_other]").fill(body_other)
    form.locator("button.btn").first.click()


def open_other_half(page: Page) -> None:
    if not page.locator("[name=body_other]").is_visible():
        page.locator("details.more > summary").first.click()


def numbers_on(page: Page) -> list[int]:
    ids = page.locator("article.post").evaluate_all("all => all.map(a => a.id)")
    return [int(i.removeprefix("post-")) for i in ids]


def thread_on(page: Page) -> int:
    return int(re.findall(r"/threads/(\d+)/", page.url)[0])


def hears_nothing(page: Page) -> None:
    """From the next page on: its socket is answered, so that it does not ask, and nothing comes by it."""

    def answer(socket: WebSocketRoute) -> None:
        def begin(message: str | bytes) -> None:
            if scope := json.loads(message).get("watch"):
                socket.send(json.dumps({"watching": scope, "event": 0}))

        socket.on_message(begin)

    page.route_web_socket("**/ws/", answer)


def log_in(page: Page, name: str, password: str) -> None:
    form = page.locator("form:has([name=login])")
    form.locator("[name=login]").fill(f"{name}@example.org")
    form.locator("[name=password]").fill(password)
    form.locator("button.btn").first.click()


def too_wide(page: Page) -> list[str]:
    """What sticks out to the right, if the page can be scrolled sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")]
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 120))"""
    )


def until(page: Page, condition: str) -> None:
    """Wait for an expression to hold. Playwright's own way evaluates strings, which the CSP forbids."""
    page.evaluate(
        f"""new Promise((done, fail) => {{
          const look = () => (({condition}) ? done() : requestAnimationFrame(look));
          setTimeout(() => fail(new Error("never: " + {json.dumps(condition)})), 10000);
          look();
        }})"""
    )


def hold_next(page: Page, address: str) -> list[Route]:
    """The next request there waits in the list until it is told to go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold, times=1)
    return held
