"""Two cities beside each other, over all items of a topic."""

from html import unescape

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.figures import tasks
from exchange.figures.models import Item
from tests.cast import figure_of, make_item

from .conftest import CHENGDU, COLUMBUS, SHANGHAI, give, paid, queries_of

pytestmark = pytest.mark.django_db
PAIR = f"?a={COLUMBUS}&b={CHENGDU}"


def page(client: Client, query: str = PAIR, language: str = "en") -> str:
    response = client.get(f"/{language}/compare/rent/cities/{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_each_city_has_its_median_in_the_reader_s_money(client: Client, posts: list[Post]) -> None:
    html = page(client)
    assert html.index(">$1,100<") < html.index(">$195<")
    chinese = page(client, language="zh-hans")
    assert chinese.index("<h3>哥伦布</h3>") < chinese.index("<h3>成都</h3>")
    assert ">¥7,900<" in chinese and ">¥1,400<" in chinese


def test_each_figure_leads_to_its_post(client: Client, posts: list[Post]) -> None:
    html = page(client)
    for post in posts:
        assert f'href="/en/posts/{post.pk}/"' in html
    assert "CN¥1,500 / month · 2025-06" in html


def test_each_item_is_on_the_basis_that_most_of_both_share(
    client: Client, posts: list[Post], flat: Item, thread: Thread, renters: list[User]
) -> None:
    two = (("bedrooms", "2"),)
    for renter in renters:
        give(renter, thread, paid(flat, 2000, conditions=two))
    give(renters[0], thread, paid(flat, 2500, CHENGDU, conditions=two))
    html = page(client)
    assert "1 bedroom" in html and "2 bedrooms" not in html


def test_an_item_without_a_common_basis_is_named(
    client: Client, posts: list[Post], thread: Thread, tom: User
) -> None:
    room = make_item("rent-room")
    give(tom, thread, paid(room, 500))
    assert "Without a common basis: Rent-Room" in page(client)


def test_unasked_it_takes_the_cities_with_most_figures(client: Client, posts: list[Post]) -> None:
    html = page(client, "")
    assert "<h3>Columbus</h3>" in html and "<h3>Chengdu</h3>" in html


@pytest.mark.parametrize(
    "query",
    [f"?a={COLUMBUS}&b={COLUMBUS}", "?a=NaN&b=-1", "?a=1", f"?a={'9' * 40}", "?money=btc&a="],
)
def test_odd_cities_are_said_and_others_shown(
    query: str, client: Client, posts: list[Post]
) -> None:
    html = page(client, query)
    assert "<h3>Columbus</h3>" in html
    assert "btc" in query or 'class="notice warning"' in html


def test_cities_without_figures_in_common_say_so(client: Client, posts: list[Post]) -> None:
    html = page(client, f"?a={COLUMBUS}&b={SHANGHAI}")
    assert "These two cities have no figures of the same kind yet." in html
    assert "Two cities with figures are needed." in unescape(
        client.get("/en/compare/tuition/cities/").content.decode()
    )


def test_it_costs_the_same_for_one_item_or_three(
    client: Client, posts: list[Post], thread: Thread, renters: list[User]
) -> None:
    tasks.work()
    # items, the cities with figures, cells, the newest figures
    assert queries_of(lambda: client.get(f"/en/compare/rent/cities/{PAIR}")) == 4
    for slug in ("rent-room", "deposit"):
        item = make_item(slug)
        give(renters[0], thread, paid(item, 500), paid(item, 600, CHENGDU))
    tasks.work()
    assert queries_of(lambda: client.get(f"/en/compare/rent/cities/{PAIR}")) == 4


def test_a_city_whose_currency_has_no_rate_shows_its_figures_as_they_are(
    client: Client, posts: list[Post], flat: Item, tom: User, thread: Thread
) -> None:
    taipei = {"country": "TW", "city": 1668341, "city_name": "台北", "currency": "TWD"}
    give(tom, thread, figure_of(flat, "20000", **taipei))
    html = page(client, f"?a={COLUMBUS}&b=1668341")
    assert "not in this money" in html and "NT$20,000 / month" in html
