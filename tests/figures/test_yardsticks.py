"""Purchasing power parities and wages, against what their publishers gave."""

import tomllib
from decimal import Decimal

import pytest

from exchange.figures.yardsticks import FILE, Factor, currency_of, ppp, wage


@pytest.mark.parametrize(
    ("country", "year", "expected"),
    [
        ("CN", 2015, Factor(Decimal("3.7815"), 2015)),
        ("CN", 2018, Factor(Decimal("4.0941"), 2018)),
        ("CN", 2022, Factor(Decimal("3.7940"), 2022)),
        ("CN", 2024, Factor(Decimal("3.5325"), 2024)),
        ("CN", 2026, Factor(Decimal("3.5325"), 2024)),  # the nearest earlier one
        ("CN", 1999, Factor(Decimal("3.7815"), 2015)),  # nothing earlier
        ("US", 2018, Factor(Decimal(1), 2018)),
        ("US", 2026, Factor(Decimal(1), 2024)),
        ("FR", 2020, None),
        ("", 2020, None),
    ],
)
def test_the_parity_of_the_year_or_the_nearest(
    country: str, year: int, expected: Factor | None
) -> None:
    assert ppp(country, year) == expected


def test_both_countries_have_the_same_years_and_a_dollar_is_a_dollar() -> None:
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))["ppp"]
    years = {country: sorted(table["factors"]) for country, table in tables.items()}
    assert years == {country: [str(year) for year in range(2015, 2025)] for country in ("CN", "US")}
    assert set(tables["US"]["factors"].values()) == {"1"}


def test_a_parity_is_in_the_countrys_own_money() -> None:
    assert [currency_of(country) for country in ("CN", "US", "FR")] == ["CNY", "USD", ""]


def test_an_american_hour() -> None:
    found = wage("US")
    assert found
    # $1,204 a week / 40 h
    assert found.hourly == Decimal("30.1")
    assert found[1:] == ("USD", "median", 2025, "inc-us-median-weekly-2025")


def test_a_chinese_hour() -> None:
    found = wage("CN")
    assert found
    # 124,110 yuan a year / (21.75 x 8 x 12 = 2,088 h) = 59.4397
    assert found.hourly.quantize(Decimal("0.0001")) == Decimal("59.4397")
    assert found[1:] == ("CNY", "mean", 2024, "inc-cn-nonprivate-2024")


def test_where_no_wage_is_known_there_is_none() -> None:
    assert wage("FR") is None


def test_every_number_has_its_source_and_a_note_in_both_languages() -> None:
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for source in (tables["ppp_source"], *tables["wage"]):
        assert source["publisher"]
        assert source["address"].startswith("https://")
    for row in tables["wage"]:
        assert row["note"]["en"]
        assert row["note"]["zh-hans"]
