"""A post that is drawn anew while somebody reads it keeps what they opened, chose and stand on."""

import json
import re
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Visit
from .site import Site
from .steps import own_words, post, until
from .test_live_gaps import FAR_AHEAD, Wire

_serial = count(1)
_event = count(FAR_AHEAD)
# The browser's own translator, which says its next paragraph when it is told to.
TRANSLATOR = """
self.waiting = [];
self.Translator = {
  availability: async () => "available",
  create: async () => ({
    translate: (text) => new Promise((done) => waiting.push(() => done(`English: ${text}`))),
    destroy: () => {},
  }),
};"""
PICTURES = "cat-tax-in-pictures"
SAVES = "localStorage.setItem('exchange.saver', 'on');"
STILL = re.compile(r"still\.webp$")
WORDS = "我今天去看牙医了。"


@pytest.fixture
def thread(site: Site) -> int:
    title = f"Teeth ({next(_serial)})"
    made = site.client("grace").open_thread("daily-life", title, "Who has a good dentist?")
    site.client("mei").reply(made, f"{WORDS}\n\n他很好。")
    return made


def opened(visit: Visit, thread: int, name: str = "tom", script: str = "") -> tuple[Page, Wire]:
    page = visit(name, "en")
    wire = Wire(page, thread)
    wire.lay()
    if script:
        page.add_init_script(script)
    page.goto(f"/en/threads/{thread}/")
    page.wait_for_load_state("networkidle")
    return page, wire


def draw(
    site: Site, page: Page, wire: Wire, words: tuple[str, str] = ("", ""), number: int = 2
) -> None:
    """Its frame comes again, as when somebody else did something to it; `words` may be others now."""
    text = site.client("tom").get(f"/en/threads/{wire.thread}/").text
    found = re.search(rf'<article id="post-{number}".*?</article>', text, re.DOTALL)
    assert found
    frame = {"kind": "post", "scope": f"thread.{wire.thread}", "number": number}
    event = next(_event)
    frame |= {"verb": "post.edited", "event": event, "at": event}
    frame["html"] = found[0].replace(*words)
    page.evaluate("number => { document.querySelector(`#post-${number}`).before = true }", number)
    wire.sockets[-1].send(json.dumps(frame))
    is_old = f"document.querySelector('#post-{number}').before === true"
    until(page, f"!({is_old})")


def device(page: Page) -> Locator:
    return post(page, 2).locator(".device")


def say_next(page: Page) -> None:
    until(page, "waiting.length > 0")
    page.evaluate("waiting.shift()()")


def begin_translating(page: Page) -> Locator:
    post(page, 2).hover()
    button = post(page, 2).get_by_role("button", name="Translate on this device")
    button.click()
    return button


def test_what_this_device_translated_stays_while_the_words_do(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread, script=TRANSLATOR)
    button = begin_translating(page)
    say_next(page)
    draw(site, page, wire)  # while it is at work
    expect(device(page).locator("[lang=en] p")).to_have_text([f"English: {WORDS}"])
    expect(button).to_have_count(0)
    say_next(page)
    expect(device(page)).to_contain_text("translated on this device")
    draw(site, page, wire)  # while it is read
    expect(device(page).locator("[lang=en] p")).to_have_text(
        [f"English: {WORDS}", "English: 他很好。"]
    )
    expect(button).to_have_count(0)
    draw(site, page, wire, (WORDS, "我今天没去看牙医。"))
    expect(own_words(post(page, 2)).first).to_contain_text("没去")
    expect(device(page)).to_have_count(0)
    expect(button).to_have_count(1)


def test_what_this_device_translated_stays_below_a_person_s_own_half(
    visit: Visit, site: Site, thread: int
) -> None:
    page, _ = opened(visit, thread, script=TRANSLATOR)
    begin_translating(page)
    for _ in range(2):
        say_next(page)
    expect(device(page)).to_contain_text("translated on this device")
    number = int(post(page, 2).get_attribute("data-post-id") or 0)
    own = "I went to the dentist today.\n\nHe is good."
    site.client("mei").edit(number, f"{WORDS}\n\n他很好。", body_other=own)
    expect(post(page, 2).locator(".halves .half.other").first).to_contain_text("I went")
    expect(device(page).locator("[lang=en] p")).to_have_count(2)
    expect(post(page, 2).get_by_role("button", name="on this device")).to_have_count(0)


def test_what_this_device_translates_ends_where_the_words_change(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread, script=TRANSLATOR)
    button = begin_translating(page)
    say_next(page)
    draw(site, page, wire, (WORDS, "我今天没去看牙医。"))
    expect(device(page)).to_have_count(0)
    button.click()  # and it begins anew at once
    for _ in range(3):  # the first is of what was asked before, and of no use
        say_next(page)
    expect(device(page).locator("[lang=en] p")).to_have_text(
        ["English: 我今天没去看牙医。", "English: 他很好。"]
    )


def test_a_menu_that_is_open_and_the_keyboard_in_it_stay(visit: Visit, site: Site) -> None:
    thread = site.thread(PICTURES)
    page, wire = opened(visit, thread)
    menu = page.locator("article.post:has(.animation) details.picture-acts").first
    number = number_of(menu)
    menu.locator("summary").click()
    draw(site, page, wire, number=number)
    expect(menu).to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    report = menu.get_by_role("link", name="Report")
    report.focus()
    draw(site, page, wire, number=number)
    expect(report).to_be_focused()


def test_an_animation_that_was_stopped_stays_so(visit: Visit, site: Site) -> None:
    page, wire = opened(visit, site.thread(PICTURES))
    moving = page.locator(".animation").first
    moving.scroll_into_view_if_needed()
    moving.locator("button.pause").click()
    expect(moving.locator(".photo")).to_have_attribute("src", STILL)
    draw(site, page, wire, number=number_of(moving))
    expect(moving.locator("button.pause")).to_have_attribute("aria-label", "Play the animation")
    expect(moving.locator(".photo")).to_have_attribute("src", STILL)


def test_a_picture_that_was_waited_for_is_not_taken_away(visit: Visit, site: Site) -> None:
    page, wire = opened(visit, site.thread(PICTURES), script=SAVES)
    shown = page.locator(".picture[data-picture-id]").first
    shown.locator("a.frame").click()
    expect(shown).to_contain_class("wanted")
    draw(site, page, wire, number=number_of(shown))
    expect(shown).to_contain_class("wanted")


def number_of(element: Locator) -> int:
    return int(element.evaluate("element => element.closest('article').id.slice('post-'.length)"))


def test_selected_words_stay_selected(visit: Visit, site: Site, thread: int) -> None:
    page, wire = opened(visit, thread)
    own_words(post(page, 2)).first.evaluate(
        """half => {
          const walker = document.createTreeWalker(half, NodeFilter.SHOW_TEXT);
          let text = walker.nextNode();
          while (!text.data.includes("牙医")) text = walker.nextNode();
          const at = text.data.indexOf("牙医");
          getSelection().setBaseAndExtent(text, at, text, at + 2);
        }"""
    )
    draw(site, page, wire)
    assert page.evaluate("getSelection().toString()") == "牙医"
    draw(site, page, wire, (WORDS, "我今天没去看牙医。"))
    assert page.evaluate("getSelection().toString()") == ""


def test_a_selection_over_several_posts_stays(visit: Visit, site: Site, thread: int) -> None:
    page, wire = opened(visit, thread)
    page.evaluate(
        """() => {
          const words = (number) => document.querySelector(`#post-${number} .half p`).firstChild;
          getSelection().setBaseAndExtent(words(2), 4, words(1), 4); // backwards
        }"""
    )
    before = page.evaluate("getSelection().toString()")
    draw(site, page, wire)
    assert page.evaluate("getSelection().toString()") == before
    assert page.evaluate("getSelection().anchorNode.data.slice(0, 4)") == WORDS[:4]


def test_the_card_of_a_word_stays_at_its_word(visit: Visit, site: Site, thread: int) -> None:
    page, wire = opened(visit, thread)
    post(page, 2).locator("a.word-help").click()
    card = page.locator(".word-card")
    expect(card).to_be_visible()
    page.keyboard.press("ArrowRight")
    title = card.locator(".word-title b").inner_text()
    draw(site, page, wire)
    expect(card.locator(".word-title b")).to_have_text(title)
    expect(post(page, 2).locator(".word.is-open")).to_have_text(title)
    page.keyboard.press("ArrowRight")
    expect(card.locator(".word-title b")).not_to_have_text(title)
    page.keyboard.press("Escape")
    expect(post(page, 2).locator(".word:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    draw(site, page, wire, (WORDS, "她不喜欢医院。"))
    expect(card).to_have_count(0)


def test_a_post_in_another_script_stays_in_it(visit: Visit, site: Site, thread: int) -> None:
    page, wire = opened(visit, thread)
    post(page, 2).locator("a.script").click()
    expect(own_words(post(page, 2)).first).to_contain_text("我今天去看牙醫了。")
    draw(site, page, wire)
    expect(own_words(post(page, 2)).first).to_contain_text("我今天去看牙醫了。")
    post(page, 2).locator("a.script").click()
    expect(own_words(post(page, 2)).first).to_contain_text(WORDS)


def test_that_a_translation_was_asked_for_is_still_said(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread)
    post(page, 2).locator("a.please").click()
    said = post(page, 2).locator(".asked-for")
    expect(said).to_contain_text("Thank you.")
    draw(site, page, wire)
    expect(said).to_contain_text("Thank you.")
    expect(post(page, 2).locator("a.please")).to_have_count(0)


def test_the_keyboard_comes_back_from_a_dialog_to_a_post_that_was_drawn_anew(
    visit: Visit, site: Site, thread: int
) -> None:
    page, wire = opened(visit, thread)
    link = post(page, 2).get_by_role("link", name="Report")
    link.click()
    dialog = page.locator("dialog#act")
    expect(dialog).to_be_visible()
    draw(site, page, wire)
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_keyboard_comes_back_from_a_large_picture_to_a_post_that_was_drawn_anew(
    visit: Visit, site: Site
) -> None:
    page, wire = opened(visit, site.thread(PICTURES))
    frame = page.locator(".picture[data-picture-id] a.frame").first
    frame.click()
    expect(page.locator("dialog.lightbox")).to_be_visible()
    draw(site, page, wire, number=number_of(frame))
    page.keyboard.press("Escape")
    expect(frame).to_be_focused()


def test_a_wide_table_stays_where_it_was_scrolled_to(visit: Visit, site: Site, thread: int) -> None:
    cells = " | ".join(["a very long heading"] * 12)
    site.client("mei").reply(thread, f"| {cells} |\n| {' | '.join(['---'] * 12)} |\n| {cells} |")
    page, wire = opened(visit, thread)
    table = post(page, 3).locator(".half table")
    table.evaluate("table => { table.scrollLeft = 120 }")
    assert table.evaluate("table => table.scrollLeft") == 120
    table.focus()
    draw(site, page, wire, number=3)
    assert table.evaluate("table => table.scrollLeft") == 120
    expect(table).to_be_focused()
