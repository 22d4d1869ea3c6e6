"""Files of figures: what the page compares, without names and incomes, and nothing that computes."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.comparisons import downloads
from exchange.figures import queries
from exchange.figures.models import Entry, Item

from .conftest import CHENGDU, COLUMBUS, give, paid, published, queries_of

pytestmark = pytest.mark.django_db


def text(client: Client, query: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/compare/rent/figures.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    return response.content.decode("utf-8-sig")


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    lines = list(csv.reader(io.StringIO(text(client, query))))
    head = next(place for place, line in enumerate(lines) if line[0] == "kind")
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]


def test_every_voice_is_there_with_its_post_and_without_its_person(
    client: Client, posts: list[Post], renters: list[User]
) -> None:
    found = rows(client)
    assert [row["amount"] for row in found] == ["1500", "1400", "1300", "1200", "1100", "1000"]
    assert [row["address"] for row in found] == [
        f"http://localhost:8000/en/posts/{post.pk}/" for post in reversed(posts)
    ]
    assert {row["city"] for row in found} == {"Columbus", "Chengdu"}
    assert not [renter for renter in renters if renter.username in text(client)]


def test_an_income_is_in_no_file_nor_the_share_that_tells_it(
    client: Client, flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 1000, income=Decimal(4321), shows_income=True))
    assert Entry.objects.get().share
    for name in ("csv", "json"):
        said = client.get(f"/en/compare/rent/figures.{name}").content.decode()
        assert "4321" not in said and "0.23" not in said and "share" not in said


def test_the_filters_of_the_page_hold(
    client: Client, posts: list[Post], flat: Item, thread: Thread, tom: User
) -> None:
    give(tom, thread, paid(flat, 600, year=2019), paid(flat, 900, year=2024))
    assert [row["amount"] for row in rows(client, "?until=2020")] == ["600"]
    assert {row["city"] for row in rows(client, f"?city={CHENGDU}")} == {"Chengdu"}
    assert len(list(rows(client, f"?city={COLUMBUS}"))) == 4  # Tom's newest one


def test_public_figures_come_apart_with_source_and_address(
    client: Client, posts: list[Post], flat: Item
) -> None:
    published(flat, 1300, weak=True)
    row = rows(client)[-1]
    assert (row["kind"], row["publisher"], row["weak"]) == (
        "public figure",
        "Census Bureau",
        "weak source",
    )
    assert row["address"] == "https://census.example/rents"
    assert [row["kind"] for row in rows(client, "?show=public")] == ["public figure"]
    assert {row["kind"] for row in rows(client, "?show=members")} == {"member"}


def test_a_file_says_its_basis_its_sources_and_its_licence(
    client: Client, posts: list[Post]
) -> None:
    said = text(client)
    for words in (
        "# Basis: Rent-Flat",
        "1 bedroom",
        "European Central Bank",
        "# Licence:",
        "PA.NUS.PPP",
    ):
        assert words in said
    assert "# 许可：" in text(client, language="zh-hans").replace('"', "")


def test_json_has_the_same(client: Client, posts: list[Post], flat: Item) -> None:
    published(flat, 1300)
    response = client.get("/zh-hans/compare/rent/figures.json")
    found = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="exchange-rent-flat.json"'
    assert [row["amount"] for row in found["figures"]] == [
        row["amount"] for row in rows(client)[:6]
    ]
    assert found["public_figures"][0]["publisher"] == "Census Bureau"
    assert found["basis"] == "bedrooms=1" and any("许可" in line for line in found["about"])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(
    sign: str, client: Client, flat: Item, thread: Thread, tom: User
) -> None:
    typed = f'{sign}HYPERLINK("http://evil.example","x")'
    give(tom, thread, replace(paid(flat, 1000, city_name=typed), city=0))
    assert rows(client)[0]["city"] == f"'{typed}"


def test_numbers_and_words_are_left_alone() -> None:
    cells = [-1.5, "1,150", "成都", "'", ""]
    assert [downloads.safe(cell) for cell in cells] == cells


def test_at_most_so_many_rows_and_it_says_so(
    client: Client, posts: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchange.comparisons.queries.MOST_VALUES", 4)
    assert [row["amount"] for row in rows(client)] == ["1500", "1400", "1300", "1200"]
    assert f"At most the newest {queries.MOST_VALUES} figures." in text(client)


@pytest.mark.parametrize("name", ["figures.csv", "figures.json", "chart.png"])
@pytest.mark.parametrize("query", ["item=x", "from=NaN", "city=1", "from=2024&until=2020"])
def test_odd_filters_give_no_file_of_something_else(
    name: str, query: str, client: Client, posts: list[Post]
) -> None:
    response = client.get(f"/en/compare/rent/{name}?{query}")
    assert response.status_code == 404 and "<html" in response.content.decode()


def test_a_topic_without_items_has_no_file(client: Client, flat: Item) -> None:
    assert client.get("/en/compare/tuition/figures.csv").status_code == 404
    assert client.get("/en/compare/nothing/figures.csv").status_code == 404
    assert client.get("/en/compare/tuition/chart.png").content[:4] == b"\x89PNG"


def test_a_file_costs_the_same_for_one_figure_or_many(client: Client, posts: list[Post]) -> None:
    # items, their cells, their voices counted anew, public figures, the figures
    assert queries_of(lambda: client.get("/en/compare/rent/figures.csv")) == 5
