"""What an open page counts and says aloud of replies: those that are there to be read, and further down."""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from exchange.boards.models import POSTS_PER_PAGE

from .conftest import Visit
from .site import Site
from .steps import numbers_on, post
from .test_live import HIDE, LONG, chip, reader, scroll_to

LINK = "This one is good: https://example.com/shop"  # a newcomer's first waits
_serial = count(1)


@pytest.fixture
def title() -> str:
    return f"Where do you buy bread? ({next(_serial)})"


@pytest.fixture
def thread(site: Site, title: str) -> int:
    return site.client("grace").open_thread("daily-life", title, LONG)


def act(site: Site, path: str, reason: str = "spam", **fields: str) -> None:
    site.client("lin").act(path, reason, **fields)


def counted(page: Page, title: str, number: int) -> None:
    said = f"({number}) " if number else ""
    expect(page).to_have_title(f"{said}{title} · Exchange 交流")


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [("omar", 1, "kelsey replied"), ("tom", 2, "2 new replies, by marcus and kelsey")],
)
def test_what_waited_is_news_when_it_is_released_but_to_who_muted_its_author(
    visit: Visit,
    site: Site,
    thread: int,
    title: str,
    newcomer: str,
    name: str,
    number: int,
    said: str,
) -> None:
    site.client("omar").post(f"/en/people/{newcomer}/mute/")
    page = reader(visit, name, "en", thread)
    waiting = site.client(newcomer).reply(thread, LINK)
    expect(post(page, 2)).to_contain_text("waits for a moderator")
    counted(page, title, 0)
    act(site, f"/en/posts/{waiting}/release/")
    site.client("kelsey").reply(thread, "At the market.")
    expect(post(page, 3)).to_be_attached()
    expect(post(page, 2)).to_contain_text("This one is good")
    assert page.locator(".stub #post-2").count() == (1 if name == "omar" else 0)
    counted(page, title, number)
    expect(chip(page)).to_contain_text(str(number))
    expect(page.locator("[data-live=status]")).to_have_text(said)
    site.client("omar").post(f"/en/people/{newcomer}/mute/", _method="DELETE")


def test_what_is_hidden_or_deleted_before_anybody_looked_is_counted_no_more(
    visit: Visit, site: Site, thread: int, title: str
) -> None:
    page = reader(visit, "tom", "en", thread)
    made = [site.client("sam").reply(thread, f"Buy cheap things, {n}") for n in range(3)]
    expect(chip(page)).to_have_text("3 new replies")
    for number in made[:2]:
        act(site, f"/en/posts/{number}/hiding/")
    expect(chip(page)).to_have_text("1 new reply")
    counted(page, title, 1)
    chip(page).click()
    expect(post(page, 4)).to_be_focused()  # not the line of one that is hidden
    counted(page, title, 0)
    scroll_to(page, "#post-1 .half")
    last = site.client("sam").reply(thread, "And more")
    counted(page, title, 1)
    site.client("sam").post(f"/en/posts/{last}/deletion/")
    expect(chip(page)).to_be_hidden()
    counted(page, title, 0)
    assert numbers_on(page) == [1, 2, 3, 4, 5]


def test_what_is_hidden_while_its_page_is_in_the_back_is_counted_no_more(
    visit: Visit, site: Site, thread: int, title: str
) -> None:
    page = reader(visit, "tom", "en", thread)
    scroll_to(page, "#post-1 .acts")
    page.evaluate(HIDE)
    spam = site.client("sam").reply(thread, "Buy cheap things")
    counted(page, title, 1)
    act(site, f"/en/posts/{spam}/hiding/")
    counted(page, title, 0)


def test_only_what_comes_further_down_is_counted_as_on_a_later_page(
    visit: Visit, site: Site, thread: int, newcomer: str
) -> None:
    waiting = site.client(newcomer).reply(thread, LINK)
    for number in range(3, 2 * POSTS_PER_PAGE + 2):
        site.client("grace").reply(thread, f"And then the {number}.")
    page = reader(visit, "tom", "en", thread, place="?page=2")  # of three
    more, status = page.locator("[data-live=more]"), page.locator("[data-live=status]")
    act(site, f"/en/posts/{waiting}/release/")
    site.client("kelsey").reply(thread, "At the market.")
    expect(more).to_have_text("1 new reply on a later page")
    expect(status).to_have_text("kelsey replied")
    other = site.client("mei").open_thread("daily-life", f"Bread? ({next(_serial)})", "面包呢？")
    act(site, f"/en/threads/{other}/merge/", "other", target=str(thread))
    expect(more).to_have_text("2 new replies on a later page")  # moved here, to the end
    expect(status).to_have_text("mei replied")
