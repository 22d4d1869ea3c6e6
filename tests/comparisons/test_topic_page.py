"""A topic's page: what it compares unasked, what it can be asked, and what it says of its numbers."""

import re
from html import unescape

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards.models import Board, Post, Thread
from exchange.figures import tasks
from exchange.figures.models import Item
from tests.cast import make_item, open_thread, person

from .conftest import CHENGDU, COLUMBUS, SHANGHAI, give, paid, published, queries_of

pytestmark = pytest.mark.django_db


def page(client: Client, query: str = "", topic: str = "rent", language: str = "en") -> str:
    response = client.get(f"/{language}/compare/{topic}/{query}")
    assert response.status_code == 200, response.content.decode()[:2000]
    return unescape(response.content.decode())


def rows(html: str) -> list[list[str]]:
    """The tables beneath the charts."""
    cells = r"<t[hd][^>]*>(.*?)</t[hd]>"
    return [
        [
            " ".join(re.sub(r"<[^>]*>", " ", cell).split())
            for cell in re.findall(cells, row, re.DOTALL)
        ]
        for row in re.findall(r'<tr><th scope="row">.*?</tr>', html, re.DOTALL)
    ]


def medians(html: str) -> dict[str, str]:
    return {row[0]: row[2] for row in rows(html)[:4]}


def notes(html: str) -> str:
    return " ".join(re.findall(r'<div class="notice warning".*?</ul>', html, re.DOTALL))


def test_it_shows_cities_and_countries_in_the_reader_s_money(
    client: Client, posts: list[Post]
) -> None:
    found = medians(page(client))
    assert found["Columbus United States"] == found["United States"] == "$1,100"
    assert found["Chengdu China"] == found["China"] == "$195"  # 1,400 / 7.1822 on 13 June 2025
    chinese = medians(page(client, language="zh-hans"))
    assert chinese["成都 中国"] == "¥1,400"
    assert chinese["哥伦布 美国"] == "¥7,900"  # 1,100 x 7.1822


def test_the_other_money_is_a_link_away(client: Client, posts: list[Post]) -> None:
    address = re.search(r'<a href="(\?[^"]*money=cny)">¥</a>', page(client))
    assert address
    assert medians(page(client, address[1]))["Chengdu China"] == "CN¥1,400"


def test_hours_are_those_of_each_country_s_wage_which_is_named(
    client: Client, posts: list[Post]
) -> None:
    html = page(client, "?measure=hours")
    assert medians(html)["Columbus United States"] == "36.5 h"  # 1,100 / 30.10
    assert medians(html)["Chengdu China"] == "23.6 h"  # 1,400 / 59.44
    assert "the median wage of 2025" in html and "the mean wage of 2024" in html


def test_international_dollars_say_whose_and_of_which_year(
    client: Client, posts: list[Post]
) -> None:
    html = page(client, "?measure=intl")
    assert medians(html)["Columbus United States"] == "1,100"
    assert "World Bank" in html and "PA.NUS.PPP" in html and "2024" in html


def test_areas_are_compared_only_where_they_are_said(
    client: Client, flat: Item, thread: Thread, renters: list[User]
) -> None:
    said = (("area", "50"), ("area_basis", "net"), ("area_unit", "m2"), ("bedrooms", "1"))
    for renter in renters[:3]:
        give(renter, thread, paid(flat, 1000, conditions=said))
    give(renters[3], thread, paid(flat, 9000))
    assert medians(page(client, "?measure=m2"))["Columbus United States"] == "$20"
    assert medians(page(client, "?measure=sqft"))["Columbus United States"] == "$1.86"


def test_areas_that_were_measured_in_different_ways_are_never_in_one_chart(
    client: Client, flat: Item, thread: Thread, renters: list[User]
) -> None:
    def area(basis: str) -> tuple[tuple[str, str], ...]:
        return (("area", "50"), ("area_basis", basis), ("area_unit", "m2"), ("bedrooms", "1"))

    for renter in renters[:3]:
        give(renter, thread, paid(flat, 1000, conditions=area("net")))
    for renter in renters[3:5]:
        give(renter, thread, paid(flat, 2000, conditions=area("gross")))
    published(flat, 90, measure="m2", city=COLUMBUS)  # says nothing of the area
    html = page(client, "?measure=m2")
    assert rows(html)[0][:2] == ["Columbus United States", "3"] and not rows(html)[0][7]
    assert "US dollars / month / m² · 1 bedroom · net, the floor inside the walls" in html
    gross = rows(page(client, "?measure=m2&with_area_basis=gross"))
    assert gross[0][:2] == ["Columbus United States", "2"]
    assert rows(page(client, "?measure=m2&with_area_basis=unknown"))[0][7]
    csv = client.get("/en/compare/rent/figures.csv?measure=m2").content.decode()
    assert "area_basis=net" in csv and "area_basis=gross" not in csv


def test_it_says_its_basis_its_rates_and_their_day(client: Client, posts: list[Post]) -> None:
    html = page(client)
    assert "Every amount here: Rent-Flat · US dollars / month · 1 bedroom." in html
    assert "European Central Bank" in html and "the newest are of" in html
    chinese = page(client, language="zh-hans")
    assert "欧洲中央银行" in chinese


def test_unasked_it_shows_the_item_and_basis_with_most_voices(
    client: Client, posts: list[Post], flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 2000, conditions=(("bedrooms", "2"),)))
    give(tom, thread, paid(make_item("rent-room"), 500))
    html = page(client)
    assert "<h2>Rent-Flat · 1 bedroom</h2>" in html
    assert '<option value="bedrooms=2">2 bedrooms (1)</option>' in html


def test_two_bases_are_never_in_one_chart(
    client: Client, posts: list[Post], flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 7777, SHANGHAI, conditions=(("bedrooms", "2"),)))
    assert "Shanghai" not in "".join(row[0] for row in rows(page(client)))
    html = page(client, "?basis=bedrooms%3D2")
    assert [row[0] for row in rows(html)] == ["Shanghai China", "China", "China"]


def test_another_item_in_the_form_takes_its_own_basis(
    client: Client, posts: list[Post], thread: Thread, tom: User
) -> None:
    other = make_item("rent-room", basis=["room"], conditions=["room"])
    give(tom, thread, paid(other, 500, conditions=(("room", "own"),)))
    html = page(client, "?item=rent-room&basis=bedrooms%3D1")
    assert "Rent-Room · a room of one's own" in html and not notes(html)


def test_years_narrow_it(
    client: Client, posts: list[Post], flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 600, year=2019))
    html = page(client, "?from=2018&until=2020")
    assert rows(html)[0][:3] == ["Columbus United States", "1", "too few to compare"]
    assert "2018–2020" in html and 'name="robots" content="noindex"' in html


def test_of_one_person_s_figures_the_newest_of_the_years_asked_for_counts(
    client: Client, flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 600, year=2019), paid(flat, 900, year=2025))
    assert rows(page(client))[0][1] == "1"
    assert "$900" in rows(page(client))[0][4]
    assert "$600" in rows(page(client, "?until=2020"))[0][4]


def test_over_the_years_each_year_has_its_own_median(
    client: Client, flat: Item, thread: Thread, renters: list[User]
) -> None:
    for place, renter in enumerate(renters):
        give(renter, thread, paid(flat, 1000 + place, year=2020 + place % 2))
    found = {row[0]: row[2] for row in rows(page(client))}
    assert found["2020 United States"] == "$1,002" and found["2021 United States"] == "$1,003"


def test_a_condition_narrows_it(
    client: Client, posts: list[Post], flat: Item, thread: Thread, tom: User
) -> None:
    with_utilities = (("bedrooms", "1"), ("utilities", "yes"))
    give(tom, thread, paid(flat, 1700, conditions=with_utilities))
    html = page(client, "?with_utilities=yes")
    assert rows(html)[0][1] == "1" and "$1,700" in rows(html)[0][4]


def test_cities_that_are_chosen_are_the_ones_that_are_drawn(
    client: Client, posts: list[Post]
) -> None:
    html = page(client, f"?city={CHENGDU}&city={SHANGHAI}")
    assert rows(html)[0][0] == "Chengdu China"
    assert "Columbus" not in "".join(row[0] for row in rows(html))
    assert re.search(rf'value="{CHENGDU}" checked', html)


def test_fewer_than_three_are_too_few_and_show_their_points(
    client: Client, flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 1234))
    row = rows(page(client))[0]
    assert row[1:5] == ["1", "too few to compare", "", "$1,234"]


def test_an_amount_that_stands_apart_is_marked_and_left_out(
    client: Client, posts: list[Post], flat: Item, thread: Thread
) -> None:
    for number in range(3):
        give(person(f"more{number}"), thread, paid(flat, 1100 + number))
    give(person("far"), thread, paid(flat, 9000))
    row = next(row for row in rows(page(client)) if row[0] == "Columbus United States")
    assert row[1] == "6" and row[5] == "$9,000"


def test_public_figures_stand_apart_with_their_source(
    client: Client, posts: list[Post], flat: Item
) -> None:
    published(flat, 1300)
    published(flat, 900, weak=True, confidence="low", publisher="A blog", city=COLUMBUS)
    published(flat, 5000, conditions={"bedrooms": "any"}, publisher="Another office")
    html = page(client)
    found = {row[0]: row for row in rows(html)[:4]}
    assert found["United States"][1:3] == ["3", "$1,100"]  # they move no median
    assert found["United States"][7] == "$1,300 (Census Bureau 2024)"
    assert "A blog 2024 · weak source" in found["Columbus United States"][7]
    assert 'href="https://census.example/rents"' in html and "Asking rents." in html
    assert "Another office" in html  # in the list, not in a chart
    assert not [row for row in rows(html) if "Another office" in row[7]]
    assert "Census Bureau" not in page(client, "?show=members")
    assert [row[1] for row in rows(page(client, "?show=public"))] == ["0", "0"]


def test_a_public_figure_per_square_metre_is_in_that_chart_alone(
    client: Client, posts: list[Post], flat: Item
) -> None:
    published(flat, 90, measure="m2", currency="CNY", country="CN", city=CHENGDU, weak=True)
    assert not [row for row in rows(page(client)) if row[7]]
    assert "weak source" in rows(page(client, "?measure=m2"))[0][7]


@pytest.mark.usefixtures("demo")
def test_sample_figures_count_on_a_demonstration_and_it_says_so(
    client: Client, flat: Item, thread: Thread
) -> None:
    give(person("made-up", is_sample=True), thread, paid(flat, 1000))
    assert rows(page(client))[0][1] == "1"
    assert page(client).count("sample data") >= 3


def test_sample_figures_count_nowhere_else(client: Client, flat: Item, thread: Thread) -> None:
    give(person("made-up", is_sample=True), thread, paid(flat, 1000))
    assert "No figures of this kind yet." in page(client)
    assert "sample data" not in page(client)


def test_figures_of_closed_boards_are_in_no_comparison(
    client: Client, flat: Item, members_board: Board, mei: User, log_in
) -> None:
    give(mei, open_thread(mei, members_board), paid(flat, 1000))
    assert not rows(page(client))
    assert not rows(page(log_in(mei)))


def test_without_figures_it_asks_for_the_first(client: Client, rent: Board) -> None:
    assert "Be the first" in page(client)
    assert 'href="/en/threads/new/?board=rent"' in page(client)
    make_item()
    assert "Be the first" in page(client) and "No figures of this kind yet." in page(client)


@pytest.mark.parametrize(
    "query",
    [
        *("item=nothing", "basis=bedrooms%3D99", "city=1", "city=NaN", "from=2024&until=2020"),
        *("from=NaN", "until=9999", "from=-5", "from=1e3", "until=%EF%BC%92%EF%BC%90", "show=x"),
        *("measure=gold", "money=btc", "with_utilities=maybe", "city=99999999999999999999"),
        *("city=" + "&city=".join(str(n) for n in range(1, 60)), "basis=bedrooms"),
    ],
)
def test_what_makes_no_sense_is_said_and_the_rest_is_shown(
    query: str, client: Client, posts: list[Post]
) -> None:
    html = page(client, f"?{query}")
    assert notes(html) or query == "basis=bedrooms"
    assert medians(html)["Columbus United States"] == "$1,100"


def test_a_basis_that_nobody_has_given_yet_is_an_empty_page(
    client: Client, posts: list[Post]
) -> None:
    html = page(client, "?basis=bedrooms%3D3")
    assert "Be the first" in html and not notes(html) and not rows(html)


@pytest.mark.parametrize("topic", ["nothing", "welcome", "rent2"])
def test_a_topic_that_is_none_is_a_page_that_says_so(topic: str, client: Client) -> None:
    response = client.get(f"/en/compare/{topic}/")
    assert response.status_code == 404
    assert "There is no such topic of comparisons." in response.content.decode()


def test_its_link_is_shown_with_a_picture_of_the_same(client: Client, posts: list[Post]) -> None:
    html = page(client, "?measure=hours")
    address = re.search(r'property="og:image" content="http://localhost:8000([^"]*)"', html)
    assert address and "measure=hours" in address[1]
    first = client.get(address[1])
    assert first["Content-Type"] == "image/png" and first.content[:4] == b"\x89PNG"
    again = client.get(address[1], headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert "no-cache" in first["Cache-Control"]


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_index_has_four_topics_with_their_n(
    language: str, client: Client, posts: list[Post]
) -> None:
    response = client.get(f"/{language}/compare/")
    html = response.content.decode()
    for topic in ("rent", "tuition", "healthcare", "daily-life"):
        assert f'href="/{language}/compare/{topic}/"' in html
    assert "n = 6" in html


# What it costs


def test_a_page_costs_as_many_queries_for_2_cities_as_for_20(
    client: Client, posts: list[Post], flat: Item, thread: Thread, tom: User
) -> None:
    tasks.work()
    # items, their cells, public figures, the stamp; then the cells, their points, years, samples
    assert queries_of(lambda: client.get("/en/compare/rent/")) == 7
    assert queries_of(lambda: client.get("/en/compare/rent/")) == 4
    give(tom, thread, paid(flat, 900, SHANGHAI), paid(flat, 950, SHANGHAI, year=2024))
    tasks.work()
    assert queries_of(lambda: client.get("/en/compare/rent/")) == 7
    assert queries_of(lambda: client.get("/en/compare/rent/?from=2020")) <= 10


def test_the_index_costs_one_query_while_nothing_changes(client: Client, posts: list[Post]) -> None:
    tasks.work()
    client.get("/en/compare/")
    assert queries_of(lambda: client.get("/en/compare/")) == 1
