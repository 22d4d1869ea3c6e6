"""Writing: in place, in either language, and without losing a word."""

import re

from playwright.sync_api import Page, Route, expect

from .conftest import Visit
from .site import Site
from .steps import hears_nothing, open_other_half, post
from .watch import Watch

BOX = "#reply [name=body]"
OTHER = "#reply [name=body_other]"
STATUS = "#reply [data-draft-status]"


def to_thread(page: Page, site: Site, key: str, language: str = "en") -> str:
    place = f"/{language}/threads/{site.thread(key)}/"
    page.goto(place)
    return place


def ready(page: Page) -> None:
    """Everything that comes when somebody enters the box is there."""
    page.locator(BOX).click()
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()


def expect_saved(page: Page) -> None:
    expect(page.locator(STATUS)).to_have_text(re.compile("Draft saved|草稿已保存"))


def test_the_language_is_told_while_one_types(visit: Visit, site: Site) -> None:
    page = visit()
    to_thread(page, site, "small-words")
    detected = page.locator("#id_language option").first
    page.locator(BOX).press_sequentially("我觉得这个词很有意思")
    expect(detected).to_have_text("简体中文 (detected)")
    expect(page.locator("#reply details.more summary")).to_have_text(
        "The same in English, if you can"
    )
    page.locator(BOX).fill("What does this word mean?")
    expect(detected).to_have_text("English (detected)")
    expect(page.locator(BOX)).to_have_attribute("lang", "en")
    expect(page.locator("[data-ask]")).to_be_hidden()
    open_other_half(page)
    page.locator(OTHER).fill("這個詞是什麼意思？")
    expect(page.locator(OTHER)).to_have_attribute("lang", "zh-Hant")
    page.locator(BOX).fill("")
    expect(page.locator(BOX)).not_to_have_attribute("lang", "en")


def test_a_contradiction_is_asked_about_quietly_and_answered_by_one_press(
    visit: Visit, site: Site
) -> None:
    page = visit("rosa")
    to_thread(page, site, "small-words")
    page.locator("#id_language").select_option("en")
    page.locator(BOX).fill("我觉得这个词很有意思")
    expect(page.locator("[data-ask] span")).to_have_text(
        "You chose English, but this looks like 简体中文."
    )
    page.locator("[data-ask] button").click()
    expect(page.locator("[data-ask]")).to_be_hidden()
    expect(page.locator("#id_language")).to_have_value("")
    open_other_half(page)
    page.locator(OTHER).fill("这个词真的很有意思")
    expect(page.locator("[data-ask] span")).to_contain_text("Both halves look like 简体中文")
    page.locator("[data-ask] button").click()
    page.locator("#reply button.btn").click()  # and the site does not ask again
    expect(page.locator("#posts .place.own").last).to_contain_text("这个词真的很有意思")


def test_a_reply_appears_once_without_a_new_page_and_the_box_is_empty(
    visit: Visit, site: Site
) -> None:
    page = visit("walter")
    to_thread(page, site, "cloze")
    ready(page)
    page.evaluate("window.still = true")
    page.locator(BOX).fill("In place, please.")
    page.locator(BOX).press("Control+Enter")
    arrived = page.locator("article.post", has_text="In place, please.")
    expect(arrived).to_have_count(1)
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(BOX)).to_be_focused()
    page.locator(BOX).fill("And another.")
    page.locator("#reply button.btn").click()
    expect(page.locator("article.post", has_text="And another.")).to_have_count(1)
    expect(arrived).to_have_count(1)
    assert page.evaluate("window.still") is True


def test_a_reply_that_is_not_taken_keeps_its_words_and_says_why(
    visit: Visit, site: Site, watch: Watch
) -> None:
    page = visit("walter", language="zh-hans")
    to_thread(page, site, "cloze", "zh-hans")
    page.locator(BOX).fill("English here")
    open_other_half(page)
    page.locator(OTHER).fill("and English there")
    ready(page)
    with watch.looking_away():  # a script is answered 422 as well
        page.locator("#reply button.btn").click()
        expect(page.locator("#reply [role=alert]")).to_be_visible()
    expect(page).not_to_have_url(re.compile("posts/$"))
    expect(page.locator(BOX)).to_have_value("English here")
    page.locator("#id_same_language").check()
    page.locator("#reply button.btn").click()
    expect(page.locator("article.post", has_text="and English there")).to_have_count(1)
    # A thread that is locked meanwhile: the reason gets the focus, and the words stay.
    locked = site.client("tom").open_thread("site", "Soon locked", "Hurry up.")
    hears_nothing(page)  # or it would have been told before
    page.goto(f"/zh-hans/threads/{locked}/")
    ready(page)
    page.locator(BOX).fill("来晚了")
    site.client("lin").act(f"/en/threads/{locked}/lock/", "off-topic")
    with watch.looking_away():
        page.locator("#reply button.btn").click()
        expect(page.locator("#reply [role=alert]")).to_be_focused()
    expect(page.locator(BOX)).to_have_value("来晚了")


def test_the_room_left_is_told_near_the_limit_and_as_the_site_counts(
    visit: Visit, site: Site, watch: Watch
) -> None:
    page = visit("walter")
    to_thread(page, site, "cloze")
    ready(page)
    letters = page.locator("#reply .letters").first
    # Spaces at line ends and empty lines around count nothing, a composed letter one, 汉字 two each.
    page.locator(BOX).fill("\n\n" + "汉字，𠀀" * 2_249 + "cafe\u0301 👨‍👩‍👧" + " \u3000\n" * 9)
    expect(letters).to_have_text("Room for 1,998 more letters; a Chinese character counts as two.")
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("字" * 1_000)
    expect(letters).to_contain_text("Too long by 4 letters")
    with watch.looking_away():  # refused
        page.locator("#reply button.btn").click()
        expect(page.locator("#errors")).to_contain_text("20004 letters")
    page.locator(BOX).fill("Short again.")
    expect(letters).to_be_hidden()
    page.locator("details.formatting summary").click()
    expect(page.locator("details.formatting")).to_contain_text("Ctrl / ⌘ Enter")


def test_a_preview_is_shown_in_place(visit: Visit, site: Site) -> None:
    page = visit("mei", language="zh-hans")
    to_thread(page, site, "cloze", "zh-hans")
    ready(page)
    page.locator(BOX).fill("**真的**吗？")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/posts/", hold)
    with page.expect_request("**/posts/"):
        page.locator("button[name=preview]").click()
    expect(page.locator(STATUS)).to_have_text("正在生成预览……")
    expect(page.locator(".preview-place")).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    expect(page.locator(".preview strong")).to_have_text("真的")
    expect(page.locator(".preview")).to_be_focused()
    expect(page.locator(STATUS)).not_to_have_text("正在生成预览……")
    expect(page.locator(".preview-place")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(BOX)).to_have_value("**真的**吗？")
    expect(page.locator("article.post", has_text="真的吗")).to_have_count(0)
    # It says when it is no longer what would be sent.
    stale = page.locator("[data-stale]")
    expect(stale).to_be_hidden()
    page.locator(BOX).press("End")
    page.keyboard.insert_text("！")
    expect(stale).to_be_visible()
    page.keyboard.press("Backspace")
    expect(stale).to_be_hidden()


def test_no_page_is_put_into_a_form_in_place_of_a_preview(
    visit: Visit, site: Site, watch: Watch
) -> None:
    number = site.client("walter").reply(site.thread("cloze"), "To be looked at again.")
    page = visit("walter")
    page.goto(f"/en/posts/{number}/edit/")
    page.locator("[name=body]").click()
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()
    with watch.looking_away():  # refusals
        page.locator("[name=body]").fill("")
        page.locator("button[name=preview]").click()
        expect(page.locator(".preview .errors")).to_be_visible()
        page.locator("[name=body]").fill("Words that stay.")
        page.context.clear_cookies()  # logged out on another tab
        page.locator("button[name=preview]").click()
        expect(page.locator("[data-draft-status]")).to_contain_text("You are logged out")
        expect(page.locator("header.bar, #compose")).to_have_count(2)
        expect(page.locator("[name=body]")).to_have_value("Words that stay.")


def test_what_was_typed_is_found_on_another_device(visit: Visit, site: Site, watch: Watch) -> None:
    page = visit("jonah")
    place = to_thread(page, site, "postcards")
    page.locator(BOX).fill("Begun on the phone")
    expect_saved(page)
    other = visit("jonah")
    other.goto(place)
    expect(other.locator(BOX)).to_have_value("Begun on the phone")
    other.locator(BOX).fill("Begun on the phone, gone on with at the desk")
    expect_saved(other)
    # The first device had not seen that: it is asked, and nothing is lost.
    with watch.looking_away():  # the question is a 409
        page.locator(BOX).fill("Begun on the phone, other words")
        expect(page.locator("[data-draft-other]")).to_be_visible()
    page.locator("[data-draft-take]").click()
    expect(page.locator(BOX)).to_have_value("Begun on the phone, gone on with at the desk")
    page.locator("#reply button.btn").click()
    expect(post(page, 1)).to_be_visible()
    expect(page.locator("article.post", has_text="at the desk")).to_have_count(1)
    other.goto("/en/drafts/")
    expect(other.locator(".drafts")).to_contain_text("There are no drafts")


def test_without_a_network_this_device_keeps_it(visit: Visit, site: Site, watch: Watch) -> None:
    page = visit("priya")
    place = to_thread(page, site, "postcards")
    ready(page)
    with watch.looking_away():
        page.context.set_offline(True)
        page.locator(BOX).fill("Typed in a tunnel 隧道里写的")
        expect(page.locator(STATUS)).to_contain_text("no connection")
        page.context.set_offline(False)
        expect_saved(page)
    page.goto(place)
    expect(page.locator(BOX)).to_have_value("Typed in a tunnel 隧道里写的")
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator(BOX)).to_have_value("")


def test_leaving_asks_only_for_words_that_nothing_keeps(visit: Visit, site: Site) -> None:
    page = visit()
    to_thread(page, site, "postcards")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_response(re.compile(r"/drafts\.")):
        page.locator(BOX).click()
    page.locator(BOX).press_sequentially("A stranger's words")
    page.goto("/en/rules/")
    assert asked == ["beforeunload"]
    # They are back all the same: this browser kept them.
    to_thread(page, site, "postcards")
    expect(page.locator(BOX)).to_have_value("A stranger's words")


def test_without_scripts_a_draft_has_a_button(visit: Visit, site: Site) -> None:
    page = visit("kelsey", java_script_enabled=False)
    place = to_thread(page, site, "postcards")
    page.locator(BOX).fill("Later, then")
    page.get_by_role("button", name="Save draft").click()
    expect(page).to_have_url(re.compile("/en/drafts/$"))
    expect(page.locator(".drafts")).to_contain_text("Later, then")
    page.get_by_role("link", name="Continue writing").click()
    expect(page).to_have_url(re.compile(f"{place}#reply$"))
    expect(page.locator(BOX)).to_have_value("Later, then")
    page.locator("button[name=preview]").click()
    expect(page.locator(".preview p").last).to_have_text("Later, then")
    page.locator("#reply button.btn").click()
    expect(page.locator("article.post", has_text="Later, then")).to_have_count(1)
