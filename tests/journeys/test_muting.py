"""Muting a person and a word: on a page that is loaded, on one that is open, and without scripts."""

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import own_words, post, until

SAID = {
    "en": (
        "#2 A post by rosa, whom you muted Show anyway",
        "#2 A post by rosa, whom you muted Hide again",
    ),
    "zh-hans": ("#2 rosa 的帖子，你已屏蔽此人 仍要查看", "#2 rosa 的帖子，你已屏蔽此人 重新收起"),
}
_serial = count(1)


@pytest.fixture
def thread(site: Site) -> int:
    title = f"Which song is in your head? ({next(_serial)})"
    return site.client("grace").open_thread("daily-life", title, "One that I sang at school.")


@pytest.fixture(autouse=True)
def _nothing_is_left(site: Site) -> Iterator[None]:
    yield
    for name in ("rosa", "kelsey"):
        site.client("omar").post(f"/en/people/{name}/mute/", _method="DELETE")


def reader(visit: Visit, language: str, thread: int) -> Page:
    page = visit("omar", language)
    with page.expect_websocket() as opened:
        page.goto(f"/{language}/threads/{thread}/")
    if not opened.value.is_closed():
        until(page, "document.readyState === 'complete'")
    return page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_mute_look_anyway_and_take_it_back_without_scripts(
    visit: Visit, site: Site, thread: int, language: str
) -> None:
    site.client("rosa").reply(thread, "La la la.")
    page = visit("omar", language, java_script_enabled=False)
    page.goto(f"/{language}/threads/{thread}/")
    post(page, 2).locator(".who .name").click()
    page.locator("main .acts a[href$='/mute/']").click()
    page.locator("main form button.btn").click()
    expect(page.locator(".messages .notice")).to_be_visible()
    expect(page.locator(".rows .title").first).to_be_hidden()  # folded away on their page, too
    page.goto(f"/{language}/threads/{thread}/")
    line = page.locator(".stub > summary")
    expect(line).to_have_text(SAID[language][0], use_inner_text=True)
    expect(post(page, 2)).to_be_hidden()
    line.click()
    expect(own_words(post(page, 2))).to_have_text("La la la.")
    expect(line).to_have_text(SAID[language][1], use_inner_text=True)
    page.goto(f"/{language}/settings/mutes/")
    page.locator("form.row-count button").click()
    page.goto(f"/{language}/threads/{thread}/")
    expect(post(page, 2)).to_be_visible()


def test_a_muted_thread_is_left_out_of_lists_until_it_is_asked_for_without_scripts(
    visit: Visit, thread: int
) -> None:
    page = visit("omar", "en", java_script_enabled=False)
    row = page.locator(f".rows a.title[href$='/threads/{thread}/']")
    page.goto(f"/en/threads/{thread}/")
    page.get_by_role("link", name="Mute this thread").click()
    page.locator("main form button.btn").click()
    page.goto("/en/")
    expect(row).to_have_count(0)
    expect(page.locator(".left-out")).to_contain_text("1 thread not shown")
    page.locator(".left-out").get_by_role("link", name="show", exact=True).click()
    expect(row).to_be_visible()
    page.goto(f"/en/threads/{thread}/")
    page.get_by_role("link", name="Show this thread in lists again").click()
    page.locator("main form button.btn").click()
    page.goto("/en/")
    expect(row).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_muted_person_s_reply_arrives_behind_its_line(
    visit: Visit, site: Site, thread: int, language: str
) -> None:
    site.client("omar").post("/en/people/rosa/mute/")
    page = reader(visit, language, thread)
    number = site.client("rosa").reply(thread, "La la la.")
    line = page.locator(".stub > summary")
    expect(line).to_have_text(SAID[language][0], use_inner_text=True)
    expect(post(page, 2)).to_be_hidden()
    assert page.locator("[data-live=status]").inner_text() == ""  # nor is it said aloud
    # An edit of it stays behind the line; somebody else's reply is shown, and after it in order.
    site.client("rosa").edit(number, "Lo lo lo.")
    site.client("kelsey").reply(thread, "I like it!")
    expect(post(page, 3)).to_be_visible()
    line.press("Enter")
    expect(own_words(post(page, 2))).to_have_text("Lo lo lo.")
    ids = page.locator("article.post").evaluate_all("all => all.map(a => a.id)")
    assert ids == ["post-1", "post-2", "post-3"]


def test_a_reply_with_a_muted_word_arrives_behind_its_line(
    visit: Visit, site: Site, thread: int
) -> None:
    omar = site.client("omar")
    omar.post("/en/settings/mutes/", word="蟑螂歌")
    omar.post("/en/settings/mutes/", word="earworm")
    page = reader(visit, "en", thread)
    for body, hidden in (
        ("那首《蟑螂歌》！", True),
        ("那首《蟑螂歌》的繁體：蟑螂歌。", True),
        ("Earworms, all of them.", False),
        ("That is an EARWORM!", True),
    ):
        number = page.locator("article.post").count() + 1
        site.client("kelsey").reply(thread, body)
        expect(post(page, number)).to_have_count(1)
        if hidden:
            expect(post(page, number)).to_be_hidden()
        else:
            expect(post(page, number)).to_be_visible()
    page.reload()
    expect(page.locator(".stub")).to_have_count(3)  # as the site itself has it
    expect(post(page, 4)).to_be_visible()


def test_an_address_and_the_keys_find_what_is_behind_a_line(
    visit: Visit, site: Site, thread: int
) -> None:
    client = site.client("omar")
    client.post("/en/people/rosa/mute/")
    site.client("rosa").reply(thread, "La la la.")
    site.client("kelsey").reply(thread, "I like it!")
    page = visit("omar", "en")
    page.goto(f"/en/threads/{thread}/")
    for stop in ("#post-1", ".stub > summary", "#post-3"):
        page.keyboard.press("j")
        expect(page.locator(stop)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".stub > summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(post(page, 2)).to_be_visible()
    page.goto("about:blank")
    page.goto(f"/en/threads/{thread}/#post-2")
    expect(post(page, 2)).to_be_in_viewport()
