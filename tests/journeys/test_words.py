"""Words explained where they stand: by touch, by key, as readings over them, and in the other script."""

from playwright.sync_api import Locator, Page, expect

from .conftest import Visit
from .site import Site
from .steps import hold_next, post, until

THREAD = "ya-yi-fu-san"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
# The middle of some words in a text, scrolled into sight.
WHERE = """([words, selector]) => {
  for (const half of document.querySelectorAll(selector)) {
    const walker = document.createTreeWalker(half, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0 || node.parentElement.closest("a") || !half.getClientRects().length) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      node.parentElement.scrollIntoView({ block: "center" });
      const box = range.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }
}"""


def tap(page: Page, words: str, selector: str = ".post .half") -> None:
    x, y = page.evaluate(WHERE, [words, selector])
    page.touchscreen.tap(x, y)


def card(page: Page) -> Locator:
    return page.get_by_role("dialog", name="What this word means")


def title(page: Page) -> str:
    return card(page).locator(".word-title").inner_text()


def thread(page: Page, site: Site, language: str = "en") -> None:
    page.goto(f"/{language}/threads/{site.thread(THREAD)}/")


def choose(page: Page, name: str, value: str) -> None:
    page.locator(".helps summary").click()
    page.locator(f".helps input[name={name}][value={value}]").check()
    page.keyboard.press("Escape")


def test_a_tap_on_a_phone_explains_a_word_and_moves_nothing(visit: Visit, site: Site) -> None:
    page = visit(**PHONE)
    thread(page, site)
    page.wait_for_load_state("networkidle")  # all that comes by itself has come
    before = page.evaluate("document.documentElement.scrollHeight")
    tap(page, "房东")
    expect(card(page)).to_contain_text("landlord")
    assert "fángdōng" in title(page)
    assert page.evaluate("document.documentElement.scrollHeight") == before
    box = card(page).bounding_box()
    assert box and box["x"] == 0 and box["width"] == 390 and box["y"] + box["height"] <= 780.5
    word = page.locator(".word.is-open").bounding_box()
    assert word and word["y"] + word["height"] <= box["y"]
    card(page).get_by_role("button", name="Close").click()
    expect(card(page)).to_have_count(0)


def test_a_choice_made_before_the_menu_is_alive_counts(visit: Visit, site: Site) -> None:
    page = visit()
    held = hold_next(page, "**/reading-menu.*")
    thread(page, site)
    choose(page, "help", "all")
    expect(page.locator("#posts rt")).to_have_count(0)
    held[0].continue_()
    expect(page.locator("#posts rt").first).to_be_visible()


def test_a_link_in_a_text_stays_a_link(visit: Visit, site: Site) -> None:
    page = visit(**PHONE)
    thread(page, site)
    tap(page, "房东")
    expect(card(page)).to_be_visible()
    page.locator(".half a").first.click()
    page.wait_for_url("**/*posts/**" if "/posts/" in page.url else "**")
    expect(card(page)).to_have_count(0)


def test_words_are_reached_and_opened_by_keys(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 1280, "height": 800})
    thread(page, site)
    link = post(page, 2).locator("a.word-help")
    link.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    first = title(page)
    page.keyboard.press("ArrowRight")
    assert title(page) != first
    page.keyboard.press("ArrowLeft")
    assert title(page) == first
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    word = page.locator(".word:focus")
    expect(word).to_have_attribute("role", "button")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    assert title(page) != first
    stops = post(page, 2).locator('.word[tabindex="0"]').count()
    assert stops == post(page, 2).locator(".halves.two").count() + 1  # one a half


def test_the_card_stays_on_the_screen(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 800, "height": 500})
    thread(page, site)
    post(page, 2).locator("a.word-help").click()
    for _ in range(12):
        box = card(page).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 800
        page.keyboard.press("ArrowRight")


def test_copied_text_has_no_readings(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 1280, "height": 800})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    thread(page, site)
    half = page.locator(".post .half[lang=zh-Hans]").first
    written = half.evaluate("half => half.querySelector('p').textContent")
    choose(page, "help", "all")
    expect(half.locator("rt").first).to_be_visible()
    half.evaluate("half => getSelection().selectAllChildren(half.querySelector('p'))")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "".join(copied.split()) == "".join(written.split())
    rich = page.evaluate(
        """navigator.clipboard.read().then(async (items) =>
        (await items[0].getType("text/html")).text())"""
    )
    assert "<rt" not in rich


def test_levels_and_zhuyin_are_kept_in_a_stranger_s_browser(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 1280, "height": 800})
    thread(page, site)
    choose(page, "help", "rare")
    expect(page.locator("#posts rt").first).to_be_attached()
    rare = page.locator("#posts .half rt").count()
    choose(page, "help", "all")
    until(page, f"document.querySelectorAll('#posts .half rt').length > {rare}")
    choose(page, "zhuyin", "on")
    until(page, r"/[\u3105-\u3129]/.test(document.querySelector('#posts rt').textContent)")
    page.reload()
    until(page, r"/[\u3105-\u3129]/.test(document.querySelector('#posts rt')?.textContent ?? '')")
    choose(page, "help", "off")
    expect(page.locator("#posts rt")).to_have_count(0)


def test_a_member_keeps_a_word(visit: Visit, site: Site) -> None:
    page = visit("tom", **PHONE)
    thread(page, site)
    tap(page, "房东")
    card(page).get_by_role("button", name="Keep this word").click()
    expect(card(page)).to_contain_text("Kept in your word list.")
    page.goto("/en/words/")
    expect(page.locator(".word-entries")).to_contain_text("fángdōng")


def test_another_script_comes_in_place_and_goes_at_a_tap(visit: Visit, site: Site) -> None:
    page = visit(viewport={"width": 1280, "height": 800})
    thread(page, site)
    article = page.locator("article:has(a.script[data-to=hant]):has(.half[lang=zh-Hans])").first
    handle = article.locator(".half[lang=zh-Hans]").first.element_handle()
    article = page.locator(f"#{article.get_attribute('id')}")
    assert handle
    written = handle.inner_text()
    article.locator("a.script").click()
    expect(article.locator(".converted")).to_be_visible()
    assert handle.inner_text() != written and handle.get_attribute("lang") == "zh-Hant"
    article.locator("a.script").click()
    expect(article.locator(".converted")).to_have_count(0)
    assert handle.inner_text() == written and handle.get_attribute("lang") == "zh-Hans"


def test_a_script_that_is_wanted_comes_with_the_page_by_one_request(
    visit: Visit, site: Site
) -> None:
    page = visit(viewport={"width": 1280, "height": 800})
    thread(page, site)
    choose(page, "script", "hant")
    expect(page.locator(".converted").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: "/script/?" in request.url and asked.append(request.url))
    page.reload()
    expect(page.locator(".converted").first).to_be_visible()
    assert len(asked) == 1
