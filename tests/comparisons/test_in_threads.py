"""What threads and the front page show of comparisons: a thread's own chart, cards, tiles."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards.models import Board, Post, Thread
from exchange.figures import actions as figures
from exchange.figures import tasks
from exchange.figures.models import Item
from exchange.moderation import actions as moderation
from tests.cast import fill, make_item, open_thread, person

from .conftest import CHENGDU, COLUMBUS, SHANGHAI, give, paid, queries_of

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def page(client: Client, thread: Thread, language: str = "en") -> str:
    response = client.get(f"/{language}/threads/{thread.pk}/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def chart(html: str) -> str:
    found = re.search(r'<section class="sheet thread-chart".*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def cards(html: str) -> list[str]:
    return re.findall(r'<aside class="compare-card embedded.*?</aside>', html, re.DOTALL)


# A thread's own chart


def test_a_thread_with_two_figures_that_can_be_compared_draws_them(
    client: Client, flat: Item, thread: Thread, tom: User, mei: User
) -> None:
    give(tom, thread, paid(flat, 1000))
    assert not chart(page(client, thread))
    give(mei, thread, paid(flat, 1500, CHENGDU))
    html = chart(page(client, thread))
    assert "Columbus" in html and "Chengdu" in html and "n = 2" in html
    assert 'href="/en/compare/rent/?item=rent-flat&basis=bedrooms%3D1' in html
    assert "成都" in chart(page(client, thread, "zh-hans"))


def test_it_draws_the_item_and_basis_with_most_and_counts_the_others(
    client: Client, flat: Item, thread: Thread, tom: User, mei: User
) -> None:
    give(tom, thread, paid(flat, 1000), paid(make_item("rent-room"), 500))
    give(mei, thread, paid(flat, 1500, CHENGDU), paid(flat, 2500, conditions=(("bedrooms", "2"),)))
    html = chart(page(client, thread))
    assert (
        "Rent-Flat · 1 bedroom" in html
        and "2 more figures of this thread are on other bases." in html
    )


def test_two_figures_of_one_person_for_one_city_are_one_voice(
    client: Client, flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 1000), paid(flat, 1100, year=2024))
    assert not chart(page(client, thread))


def test_figures_of_other_threads_are_not_in_it(
    client: Client, posts: list[Post], flat: Item, rent: Board, tom: User, mei: User
) -> None:
    thread = open_thread(tom, rent)
    give(tom, thread, paid(flat, 1000, SHANGHAI))
    give(mei, thread, paid(flat, 1200, SHANGHAI))
    html = chart(page(client, thread))
    assert "Shanghai" in html and "Columbus" not in html


def test_a_closed_board_s_figures_are_for_who_may_read_it(
    client: Client, flat: Item, members_board: Board, tom: User, mei: User, log_in
) -> None:
    thread = open_thread(mei, members_board)
    give(tom, thread, paid(flat, 1000))
    give(mei, thread, paid(flat, 1200))
    assert client.get(f"/en/threads/{thread.pk}/").status_code == 404
    assert "Columbus" in chart(page(log_in(mei), thread))


def test_places_in_no_list_stand_by_their_own_names(
    client: Client, flat: Item, thread: Thread, tom: User, mei: User
) -> None:
    for author, name in ((tom, "<b>Smallville"), (mei, "<b>Smallville")):
        give(author, thread, paid(flat, 1000, city=COLUMBUS, city_name=name))
    from exchange.figures.models import Entry

    Entry.objects.update(city=0)
    raw = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert "&lt;b&gt;Smallville" in chart(raw) and "<b>Smallville" not in raw


def test_a_hidden_post_s_figure_leaves_it(
    client: Client, flat: Item, thread: Thread, tom: User, mei: User, lin: User, rules: dict
) -> None:
    give(tom, thread, paid(flat, 1000))
    post = give(mei, thread, paid(flat, 1500, CHENGDU))
    assert chart(page(client, thread))
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert not chart(page(client, thread))


@pytest.mark.parametrize("figures", [0, 1, 3])
def test_it_costs_one_query_once_and_then_none(
    figures: int, client: Client, flat: Item, thread: Thread, mei: User
) -> None:
    fill(thread, mei, 3)
    for number in range(figures):
        give(person(f"more{number}"), thread, paid(flat, 1000 + number))
    address = f"/en/threads/{thread.pk}/"
    client.get(address)
    assert queries_of(lambda: client.get(address)) == 2  # thread, posts


# Cards of pasted addresses


def test_an_address_alone_in_its_paragraph_gets_a_card(
    client: Client, posts: list[Post], rent: Board, tom: User
) -> None:
    thread = open_thread(tom, rent, body=f"Look:\n\n{SITE}/zh-hans/compare/rent/?item=rent-flat")
    html = page(client, thread)
    card = cards(html)[0]
    assert "Rent-Flat" in card and "n = 6" in card and "<svg" in card
    assert 'href="/en/compare/rent/?item=rent-flat' in card
    assert 'lang="zh-Hans"' in cards(page(client, thread, "zh-hans"))[0]
    assert not chart(html)


@pytest.mark.parametrize(
    "body",
    [
        f"Look at {SITE}/en/compare/rent/ please",
        "https://elsewhere.example/en/compare/rent/",
        f"{SITE}/en/compare/nothing/",
        f"{SITE}/en/compare/rent/figures.csv",
        f"{SITE}.evil.example/en/compare/rent/",
        f"`{SITE}/en/compare/rent/`",
        f"[{SITE}/en/compare/rent/](https://elsewhere.example/)",
    ],
)
def test_no_other_address_does(
    body: str, client: Client, posts: list[Post], rent: Board, tom: User
) -> None:
    assert not cards(page(client, open_thread(tom, rent, body=body)))


def test_the_other_half_s_card_shows_where_the_first_is_not_read(
    client: Client, posts: list[Post], rent: Board, tom: User
) -> None:
    address = f"{SITE}/en/compare/rent/"
    thread = open_thread(tom, rent, body=f"Look:\n\n{address}", body_other=f"看：\n\n{address}")
    found = cards(page(client, thread))
    assert len(found) == 2
    assert ['embedded again"' in card for card in found] == [False, True]


def test_a_card_shows_figures_as_they_are_now(
    client: Client, posts: list[Post], rent: Board, tom: User, lin: User, rules: dict
) -> None:
    thread = open_thread(tom, rent, body=f"{SITE}/en/compare/rent/")
    assert "n = 6" in cards(page(client, thread))[0]
    moderation.hide(moderator=lin, post=posts[0], rule=rules["spam"])
    assert "n = 5" in cards(page(client, thread))[0]


def test_what_is_kept_and_sent_of_a_post_has_no_card(
    posts: list[Post], rent: Board, tom: User
) -> None:
    from exchange.boards import fragments, queries

    thread = open_thread(tom, rent, body=f"{SITE}/en/compare/rent/")
    kept = fragments.public_forms(queries.posts(thread, 1, 1), "en")
    assert b"compare-card" not in b"".join(kept.values())


@pytest.mark.parametrize("addresses", [1, 5])
def test_cards_cost_three_queries_however_many(
    addresses: int, client: Client, posts: list[Post], rent: Board, tom: User
) -> None:
    body = "\n\n".join(f"{SITE}/en/compare/rent/?from={2000 + n}" for n in range(addresses))
    thread = open_thread(tom, rent, body=body)
    tasks.work()
    assert len(cards(page(client, thread))) == addresses
    # thread, posts; the items, their cells and voices, their stamps
    assert queries_of(lambda: client.get(f"/en/threads/{thread.pk}/")) == 5


def test_more_than_ten_addresses_stay_links(
    client: Client, posts: list[Post], rent: Board, tom: User
) -> None:
    body = "\n\n".join(f"{SITE}/en/compare/rent/?from={2000 + n}" for n in range(20))
    assert len(cards(page(client, open_thread(tom, rent, body=body)))) == 10


# The front page


@pytest.mark.parametrize(("language", "sign"), [("en", "$1,100"), ("zh-hans", "¥7,900")])
def test_the_front_page_has_four_topics_at_a_glance(
    language: str, sign: str, client: Client, posts: list[Post]
) -> None:
    html = client.get(f"/{language}/").content.decode()
    for topic in ("rent", "tuition", "healthcare", "daily-life"):
        assert f'href="/{language}/compare/{topic}/"' in html
    assert sign in html


def test_a_narrowed_list_has_no_tiles(client: Client, posts: list[Post]) -> None:
    assert "compare-tiles" not in client.get("/en/?only=en").content.decode()


def test_tiles_say_what_an_item_is_called_now_and_leave_out_a_retired_one(
    client: Client, posts: list[Post], flat: Item, lin: User
) -> None:
    assert "Rent-Flat" in client.get("/en/").content.decode()
    names = {"en": "A whole place", "zh-hans": "整套", "zh-hant": "整套"}
    figures.save_item(by=lin, item=flat, from_version=1, name=names)
    assert "A whole place" in client.get("/en/").content.decode()
    figures.retire_item(by=lin, item=flat, on=True, rule="spam")
    assert "A whole place" not in client.get("/en/").content.decode()


def test_two_cities_of_one_name_are_two_rows(
    client: Client, thread: Thread, flat: Item, renters: list[User]
) -> None:
    ohio, georgia = paid(flat, 1000), paid(flat, 800)
    give(renters[0], thread, ohio)
    give(renters[1], thread, replace(georgia, city=4188985, city_name="Columbus, GA"))
    rows = chart(page(client, thread))
    assert "Columbus, GA" in rows and re.search(r">Columbus<", rows)


def test_one_person_s_unlisted_place_is_one_voice_however_it_is_written(
    client: Client, thread: Thread, flat: Item, renters: list[User]
) -> None:
    for renter, name in ((0, "Smallville"), (0, "SMALLVILLE"), (1, "Smallville")):
        give(renters[renter], thread, replace(paid(flat, 900), city=0, city_name=name))
    drawn = chart(page(client, thread))
    assert "n = 2" in drawn and "Smallville" in drawn and "SMALLVILLE" not in drawn
