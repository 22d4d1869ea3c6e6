"""Rates of the European Central Bank: those kept in the seeds, and how they come out of its file."""

import zipfile
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.figures.rates import FILE, Rate, currencies, newest, rate
from scripts.rates import lines, read, shipped

# Units per euro as the bank published them.
PUBLISHED = [
    (date(2005, 4, 15), {"USD": "1.2868", "CNY": "10.6502", "GBP": "0.682", "JPY": "139.08"}),
    (date(2015, 6, 15), {"USD": "1.1218", "CNY": "6.9653", "GBP": "0.7234", "JPY": "138.54"}),
    (date(2020, 5, 15), {"USD": "1.0798", "CNY": "7.6759", "HKD": "8.3693", "KRW": "1332.6"}),
    (date(2024, 5, 15), {"USD": "1.0832", "CNY": "7.8212", "GBP": "0.8584", "INR": "90.4445"}),
    (date(2025, 1, 15), {"USD": "1.03", "CNY": "7.5515", "GBP": "0.84313", "JPY": "161.75"}),
]
# Worked out by hand from those: source, target, day, rate to six places.
CROSS = [
    ("USD", "CNY", date(2005, 4, 15), "8.276500"),  # 10.6502 / 1.2868: the old peg of 8.2765
    ("USD", "CNY", date(2015, 6, 15), "6.209039"),  # 6.9653 / 1.1218
    ("USD", "CNY", date(2024, 5, 15), "7.220458"),  # 7.8212 / 1.0832
    ("CNY", "USD", date(2024, 5, 15), "0.138495"),  # 1.0832 / 7.8212
    ("GBP", "CNY", date(2025, 1, 15), "8.956507"),  # 7.5515 / 0.84313
    ("USD", "JPY", date(2025, 1, 15), "157.038835"),  # 161.75 / 1.03
    ("HKD", "CNY", date(2020, 5, 15), "0.917150"),  # 7.6759 / 8.3693
]
dates = st.dates(date(1999, 2, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("day", "quotes"), PUBLISHED, ids=str)
def test_the_rates_are_those_that_were_published(day: date, quotes: dict[str, str]) -> None:
    assert {to: rate("EUR", to, day) for to in quotes} == {
        to: Rate(Decimal(value), day) for to, value in quotes.items()
    }


@pytest.mark.parametrize(("source", "to", "day", "expected"), CROSS, ids=str)
def test_between_two_others_a_rate_goes_through_the_euro(
    source: str, to: str, day: date, expected: str
) -> None:
    found = rate(source, to, day)
    assert found and found.on == day
    assert found.value.quantize(Decimal("0.000001")) == Decimal(expected)


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        (date(2024, 5, 15), date(2024, 5, 15)),
        (date(2024, 5, 31), date(2024, 5, 15)),
        (date(2024, 6, 14), date(2024, 6, 14)),
        (date(2024, 6, 13), date(2024, 5, 15)),
        (date(2024, 6, 15), date(2024, 6, 14)),  # a Saturday
        (date(2026, 10, 30), date(2026, 10, 30)),
        (date(2031, 1, 1), newest()),
    ],
)
def test_the_nearest_earlier_day_is_used_and_named(asked: date, used: date) -> None:
    found = rate("USD", "CNY", asked)
    assert found and found.on == used


@pytest.mark.parametrize(
    ("source", "to", "day"),
    [
        ("USD", "XXX", date(2024, 5, 15)),
        ("TWD", "USD", date(2024, 5, 15)),
        ("date", "USD", date(2024, 5, 15)),
        ("", "USD", date(2024, 5, 15)),
        ("USD", "CNY", date(2005, 3, 15)),  # no yuan yet
        ("USD", "EUR", date(1998, 12, 31)),  # no euro yet
    ],
)
def test_without_a_rate_there_is_none(source: str, to: str, day: date) -> None:
    assert rate(source, to, day) is None


def test_a_currency_into_itself_is_one_on_any_day() -> None:
    assert rate("TWD", "TWD", date(1985, 1, 1)) == Rate(Decimal(1), date(1985, 1, 1))


def test_the_currencies_that_people_ask_for_are_there() -> None:
    wanted = "USD CNY EUR HKD GBP JPY CAD AUD SGD KRW CHF INR MXN BRL NZD THB MYR PHP IDR"
    assert set(wanted.split()) <= set(currencies())


@given(dates, st.sampled_from(currencies()), st.sampled_from(currencies()))
def test_there_and_back_is_one(day: date, one: str, other: str) -> None:
    there, back = rate(one, other, day), rate(other, one, day)
    assert (there is None) == (back is None)
    assert there is None or (back and abs(there.value * back.value - 1) < Decimal("1e-9"))


@given(dates, st.sampled_from(currencies()))
def test_no_rate_is_from_the_future_or_older_than_the_gap_between_two_days(
    day: date, to: str
) -> None:
    found = rate("EUR", to, day)
    assert found is None or timedelta(0) <= day - found.on
    assert found is None or found.on == newest() or day - found.on < timedelta(days=36)


# The file


def kept_days() -> list[date]:
    rows = FILE.read_text(encoding="utf-8").splitlines()[2:]
    return [date.fromisoformat(row.partition(",")[0]) for row in rows]


def test_the_file_says_what_it_is() -> None:
    first = FILE.read_text(encoding="utf-8").splitlines()[0]
    assert "European Central Bank" in first
    assert "https://www.ecb.europa.eu/" in first


def test_every_month_has_a_day_near_its_middle() -> None:
    days = kept_days()
    middle = days[:-1] if days[-1].day > 15 else days
    assert all(10 <= day.day <= 15 for day in middle)
    months = [12 * day.year + day.month for day in middle]
    assert all(after - before == 1 for before, after in pairwise(months))


def test_no_currency_has_a_gap() -> None:
    rows = [row.split(",") for row in FILE.read_text(encoding="utf-8").splitlines()[2:]]
    for column in zip(*rows, strict=True):
        begun = [bool(quote) for quote in column]
        assert begun == sorted(begun)
        assert begun[-1]


def test_the_file_is_made_from_the_banks_own() -> None:
    there = FILE.read_text(encoding="utf-8").splitlines()
    *made, newest_day = lines(read(shipped()))
    assert made == there[: len(made)]
    assert newest_day in there or there[-1][:10] > newest_day[:10]


def test_one_day_a_month_is_kept_and_what_was_broken_off_is_left_out(tmp_path: Path) -> None:
    table = """Date,USD,CNY,ISK,BGN,
2024-02-20,1.08,7.7,148,1.9558,
2024-02-15,1.07,7.6,149,1.9558,
2024-02-14,1.06,7.5,147,N/A,
2024-01-12,1.09,N/A,N/A,1.9558,
2024-01-11,1.10,N/A,150,1.9558,
2023-12-15,1.11,N/A,151,1.9558,
"""
    path = tmp_path / "rates.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "eurofxref-hist.csv",
            table.replace("2024-02-20,1.08,7.7,148,1.9558", "2024-02-20,1.08,7.7,148,N/A"),
        )
    assert list(lines(read(path)))[1:] == [
        "date,CNY,USD",
        "2023-12-15,,1.11",
        "2024-01-12,,1.09",
        "2024-02-15,7.6,1.07",
        "2024-02-20,7.7,1.08",
    ]
