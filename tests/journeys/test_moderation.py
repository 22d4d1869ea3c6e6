"""A post is reported, hidden with a reason that everybody can read, and restored; threads too."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, hears_nothing, own_words, post
from .watch import Watch

SPAM = "Buy followers at a discount, twelve for the price of ten!"
NOTE = "同样的广告发了三遍。The same advert three times."
REASON = {"en": re.compile("spam|advert", re.IGNORECASE), "zh-hans": re.compile("广告|垃圾")}
LINES = """(element) => {
  const words = document.createRange();
  words.selectNodeContents(element);
  return words.getClientRects().length;
}"""
_serial = count(1)


@pytest.fixture
def thread(site: Site) -> int:
    """A thread of Tom's whose second post is spam."""
    number = site.client("tom").open_thread(
        "daily-life", f"Which bus goes to the lake? ({next(_serial)})", "The 13, or is it the 31?"
    )
    site.client("kelsey").reply(number, SPAM)
    return number


def choose_reason(page: Page, code: str, note: str = "") -> None:
    form = page.locator("dialog[open] form, main form:has([name=reason])").last
    form.locator("[name=reason]").select_option(code)
    form.locator("[name=note]").fill(note)
    form.locator("button.btn:not(.alt)").click()


def expect_in_log(visit: Visit, thread: int, number: int) -> None:
    """A stranger reads who, what and why, in either language."""
    for language in ("en", "zh-hans"):
        page = visit(language=language)
        page.goto(f"/{language}/moderation/log/")
        entry = page.locator(".log .row", has_text=f"#{number}").first
        expect(entry).to_contain_text("lin")
        expect(entry).to_contain_text(REASON[language])
        expect(entry.locator("blockquote")).to_have_text(NOTE)
        assert SPAM not in page.content()
        entry.locator("a[href*='/posts/']").click()
        expect(page).to_have_url(re.compile(rf"/{language}/threads/{thread}/#post-{number}$"))
        line = post(page, number).locator(".withdrawn")
        expect(line).to_contain_text(REASON[language])
        assert SPAM not in page.content()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_report_hide_by_the_dialog_and_restore(
    visit: Visit, site: Site, thread: int, language: str
) -> None:
    sam = visit("sam", language)
    sam.goto(f"/{language}/threads/{thread}/")
    post(sam, 2).locator("a.act[href$='/flag/']").click()
    expect(sam.locator("dialog#act")).to_be_visible()
    choose_reason(sam, "spam", "第二次了")
    expect(sam.locator(".messages .notice")).to_be_visible()
    expect_language(sam, language)

    lin = visit("lin", language)
    lin.goto(f"/{language}/moderation/")
    row = lin.locator(".desk .row", has_text=SPAM)
    case = row.last.locator("a.title").get_attribute("href") or ""
    row.last.locator("a.title").click()
    expect(lin.locator("[data-case]")).to_contain_text("第二次了")
    expect(lin.locator("[data-case]")).to_contain_text("sam")
    lin.locator(".crumb a[href*='/posts/']").click()
    lin.wait_for_url(f"**/{language}/threads/**")  # loaded: before that the link is a plain one
    post(lin, 2).locator("a.act[href$='/hiding/']").click()
    expect(lin.locator("dialog#act")).to_be_visible()
    choose_reason(lin, "spam", NOTE)
    line = post(lin, 2).locator(".withdrawn")
    expect(line).to_contain_text(REASON[language])
    expect(own_words(post(lin, 2))).to_have_text(SPAM)  # a moderator still sees what it was
    lin.set_viewport_size({"width": 360, "height": 740})
    undo = lin.locator(".messages [data-undo] .tool")
    assert undo.evaluate(LINES) == 1  # Chinese could be broken anywhere
    lin.goto(f"/{language}/moderation/")
    expect(lin.locator(f".desk a[href='{case}']")).to_have_count(0)

    expect_in_log(visit, thread, 2)

    lin.goto(f"/{language}/threads/{thread}/")
    post(lin, 2).locator("a.act[data-undo]").click()
    choose_reason(lin, "other", "It was a joke between friends.")
    expect(post(lin, 2).locator(".withdrawn")).to_have_count(0)
    sam.goto(f"/{language}/threads/{thread}/")
    expect(own_words(post(sam, 2))).to_have_text(SPAM)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_dialog_shows_what_it_does_and_what_the_author_is_told(
    visit: Visit, thread: int, language: str
) -> None:
    """Kelsey reads English: in Chinese the dialog shows hers, and what it says."""
    lin = visit("lin", language)
    lin.goto(f"/{language}/threads/{thread}/")
    link = post(lin, 2).locator("a.act[href$='/hiding/']")
    link.click()
    dialog = lin.locator("dialog#act")
    expect(dialog.locator("[data-does] li").first).to_be_visible()
    notices = dialog.locator("[data-notices] article")
    expect(notices).to_have_count(2 if language == "zh-hans" else 1)
    expect(notices.first).to_have_attribute("lang", "en")
    expect(notices.first).to_contain_text("Which bus goes to the lake?")
    expect(dialog.locator("[data-no-rule]")).to_be_visible()
    dialog.locator("[name=reason]").select_option("spam")
    expect(notices.last).to_contain_text(REASON[language])
    expect(dialog.locator("[data-no-rule]")).to_be_hidden()
    expect_language(lin, language)
    lin.keyboard.press("Escape")

    post(lin, 2).locator("a.act[href$='/flag/']").click()  # a report: nobody is told of it
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-does], [data-notice]")).to_have_count(0)
    lin.keyboard.press("Escape")
    lin.route("**/hiding/", lambda route: route.abort("aborted"))
    with lin.expect_event("requestfailed"):
        link.click()
    lin.unroute_all()
    choose_reason(lin, "spam", NOTE)  # a network that was away for a moment takes nothing away
    expect(post(lin, 2).locator(".withdrawn")).to_contain_text(REASON[language])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_was_edited_while_the_dialog_was_open_is_asked_about_again(
    visit: Visit, site: Site, thread: int, language: str, watch: Watch
) -> None:
    lin = visit("lin", language)
    hears_nothing(lin)  # or the page would show the new words
    lin.goto(f"/{language}/threads/{thread}/")
    spam = post(lin, 2)
    spam.locator("a.act[href$='/hiding/']").click()
    number = int(spam.get_attribute("data-post-id") or 0)
    site.client("kelsey").edit(number, "Sorry, I take my advert back.")
    with watch.looking_away():  # what was overtaken is a 409
        choose_reason(lin, "spam", NOTE)
        expect(lin.locator("main [role=alert]")).to_be_visible()
    expect(lin.locator("main blockquote").first).to_have_text("Sorry, I take my advert back.")
    expect(lin.locator("main [name=note]")).to_have_value(NOTE)
    expect_language(lin, language)
    lin.locator("main form button.btn:not(.alt)").click()
    expect(post(lin, 2).locator(".withdrawn")).to_contain_text(REASON[language])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_hide_by_the_page_without_javascript(
    visit: Visit, site: Site, thread: int, language: str
) -> None:
    lin = visit("lin", language, java_script_enabled=False)
    lin.goto(f"/{language}/threads/{thread}/")
    post(lin, 2).locator("a.act[href$='/hiding/']").click()
    expect(lin.locator("blockquote")).to_have_text(SPAM)
    expect_language(lin, language)
    lin.locator("main form button.btn:not(.alt)").click()  # without a reason it is asked for
    expect(lin.locator("#id_reason")).to_have_attribute("aria-invalid", "true")
    choose_reason(lin, "spam", NOTE)
    expect(post(lin, 2).locator(".withdrawn")).to_contain_text(REASON[language])
    expect_in_log(visit, thread, 2)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_reply_to_a_locked_thread_is_refused_with_the_reason_and_the_text_kept(
    visit: Visit, site: Site, thread: int, language: str, watch: Watch
) -> None:
    tom, lin = visit("tom", language), visit("lin", language)
    hears_nothing(tom)  # or he would have been told before
    tom.goto(f"/{language}/threads/{thread}/")
    tom.locator("#reply [name=body]").fill("我已经写了一半。 Half of it is written.")
    lin.goto(f"/{language}/threads/{thread}/")
    lin.locator("a.act[href$='/lock/']").click()
    choose_reason(lin, "off-topic")
    expect(lin.locator("a.act[href$='/lock/'][data-undo]")).to_be_visible()

    with watch.looking_away():  # sent in place, a refusal is a 403 of a script
        tom.locator("form#reply button.btn").click()
        expect(tom.locator("[role=alert]").first).to_be_visible()
    expect(tom.locator("[name=body]")).to_have_value("我已经写了一半。 Half of it is written.")
    expect_language(tom, language)

    lin.locator("a.act[href$='/lock/']").click()
    choose_reason(lin, "other")
    expect(lin.locator("a.act[href$='/lock/']:not([data-undo])")).to_be_visible()
    tom.locator("#reply button.btn").click()
    expect(own_words(post(tom, 3))).to_contain_text("我已经写了一半")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pin_unpin_and_move(visit: Visit, site: Site, thread: int, language: str) -> None:
    lin = visit("lin", language)
    lin.goto(f"/{language}/threads/{thread}/")
    lin.locator("a.act[href$='/pin/']").click()
    choose_reason(lin, "other", "Good for newcomers")
    expect(lin.locator("a.act[href$='/pin/'][data-undo]")).to_be_visible()

    stranger = visit(language=language)
    stranger.goto(f"/{language}/boards/daily-life/")
    first = stranger.locator(".rows .row").first
    expect(first.locator("a.title")).to_have_attribute("href", f"/{language}/threads/{thread}/")
    expect(first.locator(".badge")).to_be_visible()

    lin.locator("a.act[href$='/pin/']").click()
    choose_reason(lin, "other")
    lin.locator("main a[href$='/move/']").click()
    lin.locator("[name=board]").select_option("site")
    choose_reason(lin, "off-topic", "它是关于本站的")
    expect(lin.locator(".crumb a[href$='/boards/site/']")).to_be_visible()
    stranger.goto(f"/{language}/moderation/log/")
    moved = stranger.locator(".log .row", has_text="它是关于本站的").first
    expect(moved.locator("a[href$='/boards/site/']")).to_be_visible()
