"""Nothing that somebody typed is lost: not by a key, a tunnel, a log-in, or a second device."""

import re

from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import hold_next, log_in, until
from .test_composer import BOX, STATUS, expect_saved, ready, to_thread
from .watch import Watch

COPIES = "Object.keys(localStorage).filter((key) => key.startsWith('exchange.draft.'))"
NEW = "/en/threads/new/"


def expect_thread(page: Page, title: str) -> None:
    expect(page).to_have_url(re.compile(r"/threads/\d+/"))
    expect(page.locator("h1")).to_contain_text(title)


def saved(page: Page) -> None:
    expect(page.locator("[data-draft-status]")).to_have_text("Draft saved")


def test_enter_sends_and_never_discards(visit: Visit, site: Site) -> None:
    page = visit("grace", java_script_enabled=False)
    page.goto(f"{NEW}?board=site")
    page.locator("[name=title]").fill("Enter, without scripts")
    page.locator("[name=body]").fill("It sends.")
    page.get_by_role("button", name="Save draft").click()
    page.goto(NEW)
    expect(page.get_by_role("button", name="Discard it")).to_be_visible()
    page.locator("[name=title]").press("Enter")
    expect_thread(page, "Enter, without scripts")

    site.client("grace").post(
        f"/en/threads/{site.thread('cloze')}/draft/", body="Enter, with scripts"
    )
    page = visit("grace")
    to_thread(page, site, "cloze")
    ready(page)
    page.locator("#reply [name=used_translator]").press("Enter")
    expect(page.locator("article.post", has_text="Enter, with scripts")).to_have_count(1)
    expect(page.locator(BOX)).to_have_value("")


def test_what_could_not_be_sent_is_back_and_what_was_sent_is_gone(
    visit: Visit, site: Site, watch: Watch
) -> None:
    page = visit("kelsey", service_workers="allow")
    page.goto("/en/")
    page.goto(f"{NEW}?board=site")
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.active.state)")
    page.locator("[name=title]").fill("Sent in a tunnel")
    page.locator("[name=body]").fill("Nobody heard it 没人听见")
    saved(page)
    page.locator("[name=body]").fill("Nobody heard it 没人听见。")
    with watch.looking_away():
        page.context.set_offline(True)
        page.locator("form.compose button.btn").click()
        expect(page.locator("h1")).to_have_text("No network")
        page.context.set_offline(False)
        page.locator("a.btn").click()
    expect(page.locator("[name=title]")).to_have_value("Sent in a tunnel")
    expect(page.locator("[name=body]")).to_have_value("Nobody heard it 没人听见。")
    saved(page)
    page.locator("form.compose button.btn").click()
    expect_thread(page, "Sent in a tunnel")
    until(page, f"{COPIES}.length === 0")
    page.go_back()
    expect(page.locator("[name=title]")).to_have_value("")
    expect(page.locator("[name=body]")).to_have_value("")
    page.goto("/en/drafts/")
    expect(page.locator(".drafts")).to_contain_text("There are no drafts")


def test_what_was_refused_is_held_before_anybody_leaves(visit: Visit, site: Site) -> None:
    page = visit("rosa")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(NEW)
    page.locator("[name=title]").fill("A title alone")
    until(
        page, "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    )  # scripts are there
    page.locator("a.brand").click()
    expect(page.locator("#boards")).to_be_visible()
    assert asked == ["beforeunload"]
    page.goto(NEW)
    expect(page.locator("[name=title]")).to_have_value("A title alone")
    page.locator("[name=body]").fill("No board was chosen")
    page.locator("form.compose button.btn").click()
    expect(page.locator("#errors")).to_be_visible()
    saved(page)
    page.locator("a.brand").click()
    page.goto(NEW)
    expect(page.locator("[name=body]")).to_have_value("No board was chosen")
    assert asked == ["beforeunload"]
    until(page, f"{COPIES}.length === 0")


def test_two_texts_are_both_shown_and_the_one_in_the_box_is_ours(
    visit: Visit, site: Site, watch: Watch
) -> None:
    page = visit("walter")
    place = to_thread(page, site, "postcards")
    ready(page)
    with watch.looking_away():
        page.context.set_offline(True)
        page.locator(BOX).fill("MY offline words")
        expect(page.locator(STATUS)).to_contain_text("no connection")
        page.on("dialog", lambda dialog: dialog.accept())
        site.client("walter").post(
            f"/en/threads/{site.thread('postcards')}/draft/", body="DESK words"
        )
        page.context.set_offline(False)
        page.goto(place)
    expect(page.locator(BOX)).to_have_value("MY offline words")
    expect(page.locator("[data-draft-theirs]")).to_have_text("DESK words")
    expect(page.locator("[data-draft-other] [role=status]")).to_contain_text("Which one")
    page.locator(BOX).press_sequentially(", and more")
    page.locator("[data-draft-mine]").click()
    expect_saved(page)
    expect(page.locator(BOX)).to_have_value("MY offline words, and more")
    rows = (
        "SELECT fields FROM boards_saveddraft d JOIN accounts_user u ON u.id = d.author_id"
        " WHERE u.username = 'walter' AND place = ?"
    )
    assert "and more" in site.rows(rows, f"thread.{site.thread('postcards')}")[0][0]


def test_a_slow_network_saves_one_at_a_time_and_sweeps_nothing_away(
    visit: Visit, site: Site
) -> None:
    page = visit("jonah")
    to_thread(page, site, "cloze")
    ready(page)
    held = hold_next(page, "**/draft/")
    with page.expect_request("**/draft/"):
        page.locator(BOX).fill("长" * 8_000)
    page.locator(BOX).fill("One, two")
    page.evaluate("new Promise((done) => setTimeout(done, 2100))")  # a pause in typing
    assert len(held) == 1
    with page.expect_request("**/draft/") as second:
        held[0].continue_()
    assert "draft_version=1" in (second.value.post_data or "")
    expect_saved(page)
    expect(page.locator("[data-draft-other]")).to_be_hidden()

    reply = hold_next(page, "**/posts/")
    with page.expect_request("**/posts/"):
        page.locator(BOX).press("Control+Enter")
    expect(page.locator(STATUS)).to_have_text("Sending…")
    expect(page.locator(BOX)).to_have_attribute("readonly", "")
    expect(page.locator("#reply button.btn")).to_have_attribute("aria-disabled", "true")
    reply[0].continue_()
    expect(page.locator("article.post", has_text="One, two")).to_have_count(1)
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(BOX)).to_be_editable()


def test_words_follow_through_the_log_in_a_lost_session_and_the_log_out(
    visit: Visit, site: Site, watch: Watch
) -> None:
    page = visit()
    page.on("dialog", lambda dialog: dialog.accept())
    place = to_thread(page, site, "small-words")
    with page.expect_response(re.compile(r"/words\.")):
        page.locator(BOX).click()
    page.locator(BOX).press_sequentially("Typed as a stranger")
    page.locator(".entrance a").first.click()
    log_in(page, "priya", site.password)
    expect(page.locator(".menu .name")).to_have_text("priya")
    page.goto(place)
    expect(page.locator(BOX)).to_have_value("Typed as a stranger")
    expect_saved(page)
    until(page, f"{COPIES}.length === 0")

    page.context.clear_cookies(name="sessionid")
    with watch.looking_away():  # saves without a log-in, and one with the old token, are a 403
        page.locator(BOX).fill("Typed when logged out")
        expect(page.locator(STATUS)).to_contain_text("logged out meanwhile")
        assert page.evaluate(COPIES) != []
        with page.context.expect_page() as opened:
            page.locator("[data-draft-log-in]").click()
        other = opened.value
        log_in(other, "priya", site.password)
        expect(other.locator(".menu .name")).to_have_text("priya")
        page.bring_to_front()
        page.locator(BOX).press_sequentially("!")
        expect_saved(page)
    until(page, f"{COPIES}.length === 0")

    # Who logs out leaves nothing on the device that the site can hold.
    with watch.looking_away():
        page.route("**/draft/", lambda route: route.abort())
        page.locator(BOX).fill("Typed before going home")
        expect(page.locator(STATUS)).to_contain_text("no connection")
        page.unroute("**/draft/")
        page.goto("/en/accounts/logout/")
        until(page, f"{COPIES}.length === 0")
    page.goto(place)
    expect(page.locator(BOX)).to_have_value("Typed before going home")
