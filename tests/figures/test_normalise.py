"""Every conversion against a table that was worked out by hand, with the rates of the time."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.figures import yardsticks
from exchange.figures.normalise import (
    TIMES_A_YEAR,
    Converted,
    NotComparable,
    converted,
    hours_of_work,
    international,
    per_area,
    per_period,
    per_unit,
    share_of_income,
)
from exchange.figures.rates import Rate
from exchange.figures.units import UNITS

D = Decimal
MAY_2024 = date(2024, 5, 15)  # a euro was 1.0832 dollars or 7.8212 yuan


def to_four_places(amount: Decimal) -> Decimal:
    return amount.quantize(D("0.0001"))


PERIODS = [
    ("3500", "month", "month", "3500"),
    ("3500", "month", "year", "42000"),  # x 12
    ("42000", "year", "month", "3500"),
    ("250", "week", "month", "1087.0312"),  # x 365.2425 / 7 / 12
    ("250", "week", "year", "13044.3750"),  # x 52.1775
    ("40", "day", "month", "1217.4750"),  # x 365.2425 / 12
    ("9000", "quarter", "month", "3000"),  # / 3
    ("5000", "term", "year", "10000"),  # x 2
    ("45000", "year", "term", "22500"),
    ("6000", "term", "month", "1000"),  # / 6
    ("1000", "month", "week", "229.9842"),  # x 12 / 52.1775
    ("120", "each", "each", "120"),
    ("1100", "credit", "credit", "1100"),
]


@pytest.mark.parametrize(("amount", "period", "to", "expected"), PERIODS)
def test_periods(amount: str, period: str, to: str, expected: str) -> None:
    assert to_four_places(per_period(D(amount), period, to)) == D(expected)


@pytest.mark.parametrize(
    ("period", "to"),
    [
        ("each", "month"),
        ("year", "each"),
        ("credit", "term"),
        ("hour", "month"),
        ("fortnight", "year"),
    ],
)
def test_what_is_paid_once_is_not_paid_by_the_month(period: str, to: str) -> None:
    with pytest.raises(NotComparable):
        per_period(D(100), period, to)


UNIT_PRICES = [
    ("3", "lb", "kg", "6.6139"),  # 3 / 0.45359237
    ("6.6139", "kg", "lb", "3.0000"),
    ("12", "jin", "kg", "24"),  # 斤: half a kilogram
    ("2", "liang", "jin", "20"),
    ("0.5", "oz", "lb", "8"),  # 16 oz
    ("1.20", "g", "kg", "1200"),
    ("3.499", "gal", "L", "0.9243"),  # / 3.785411784
    ("8", "L", "gal", "30.2833"),
    ("1", "qt", "gal", "4"),
    ("1", "floz", "gal", "128"),
    ("5", "m3", "L", "0.0050"),
    ("4.15", "dozen-eggs", "kg", "6.0995"),  # / 0.680388555
    ("2.50", "sqft", "m2", "26.9098"),  # / 0.09290304
    ("2", "mile", "km", "1.2427"),  # / 1.609344
    ("7", "cup", "cup", "7"),
]


@pytest.mark.parametrize(("amount", "unit", "to", "expected"), UNIT_PRICES)
def test_unit_prices(amount: str, unit: str, to: str, expected: str) -> None:
    assert to_four_places(per_unit(D(amount), unit, to)) == D(expected)


@pytest.mark.parametrize(
    ("unit", "to"), [("piece", "kg"), ("kg", "L"), ("ride", "visit"), ("kg", "stone"), ("", "kg")]
)
def test_what_is_counted_is_not_weighed(unit: str, to: str) -> None:
    with pytest.raises(NotComparable):
        per_unit(D(1), unit, to)


AREAS = [
    ("5500", "55", "m2", "m2", "100"),
    ("5500", "55", "m2", "sqft", "9.2903"),  # 100 x 0.09290304
    ("1500", "600", "sqft", "sqft", "2.5000"),
    ("1500", "600", "sqft", "m2", "26.9098"),  # 2.5 / 0.09290304
    ("4200", "89.5", "m2", "m2", "46.9274"),
]


@pytest.mark.parametrize(("amount", "area", "unit", "to", "expected"), AREAS)
def test_money_per_area(amount: str, area: str, unit: str, to: str, expected: str) -> None:
    assert to_four_places(per_area(D(amount), D(area), unit, to)) == D(expected)


@pytest.mark.parametrize(
    ("area", "unit", "to"),
    [
        ("0", "m2", "m2"),
        ("-5", "m2", "m2"),
        ("NaN", "m2", "m2"),
        ("5", "kg", "kg"),
        ("5", "m2", "mu"),
    ],
)
def test_an_area_that_is_none_divides_nothing(area: str, unit: str, to: str) -> None:
    with pytest.raises(NotComparable):
        per_area(D(100), D(area), unit, to)


# amount, from, to, asked on, result, rates of
MONEY = [
    ("1000", "USD", "CNY", date(2005, 4, 20), "8276.4998", date(2005, 4, 15)),  # 10.6502 / 1.2868
    ("1000", "USD", "CNY", date(2015, 6, 15), "6209.0390", date(2015, 6, 15)),  # 6.9653 / 1.1218
    ("3500", "CNY", "USD", MAY_2024, "484.7338", MAY_2024),  # x 1.0832 / 7.8212
    ("3500", "CNY", "USD", date(2024, 6, 1), "484.7338", MAY_2024),
    ("1150", "USD", "CNY", date(2025, 1, 31), "8431.2864", date(2025, 1, 15)),  # 7.5515 / 1.03
    ("900", "GBP", "CNY", date(2025, 1, 15), "8060.8566", date(2025, 1, 15)),  # 7.5515 / 0.84313
    ("100", "EUR", "USD", date(2020, 5, 15), "107.9800", date(2020, 5, 15)),
    ("80000", "JPY", "USD", date(2025, 1, 15), "509.4281", date(2025, 1, 15)),  # x 1.03 / 161.75
]


@pytest.mark.parametrize(("amount", "source", "to", "on", "expected", "used"), MONEY)
def test_money_at_the_rates_of_its_own_date(
    amount: str, source: str, to: str, on: date, expected: str, used: date
) -> None:
    found = converted(D(amount), source, to, on)
    assert found
    assert (to_four_places(found.amount), found.rate.on) == (D(expected), used)


def test_money_stays_as_it_is_where_no_rate_is_known() -> None:
    assert converted(D(15000), "TWD", "USD", MAY_2024) is None
    assert converted(D(1000), "USD", "CNY", date(1990, 1, 1)) is None
    assert converted(D(9), "TWD", "TWD", MAY_2024) == Converted(D(9), Rate(D(1), MAY_2024))


# amount, currency, country, year, on, international dollars, the factor's year
PARITIES = [
    ("3500", "CNY", "CN", 2024, MAY_2024, "990.7997", 2024),  # / 3.5325
    ("3500", "CNY", "CN", 2018, date(2018, 5, 15), "854.8887", 2018),  # / 4.0941
    ("3500", "CNY", "CN", 2026, date(2026, 5, 15), "990.7997", 2024),
    ("1150", "USD", "US", 2024, MAY_2024, "1150", 2024),
    ("500", "USD", "CN", 2024, MAY_2024, "1022.0039", 2024),  # x 7.220458 / 3.5325
    ("3500", "CNY", "US", 2024, MAY_2024, "484.7338", 2024),  # into dollars, / 1
    ("3500", "CNY", "CN", 1985, date(1985, 1, 1), "925.5586", 2015),  # no rate is needed
]


@pytest.mark.parametrize(
    ("amount", "currency", "country", "year", "on", "expected", "of"), PARITIES
)
def test_international_dollars(
    amount: str, currency: str, country: str, year: int, on: date, expected: str, of: int
) -> None:
    found = international(D(amount), currency, country, year, on)
    assert found
    assert (to_four_places(found.amount), found.factor.year) == (D(expected), of)


def test_international_dollars_need_a_factor_and_a_rate() -> None:
    assert international(D(100), "EUR", "FR", 2024, MAY_2024) is None
    assert international(D(100), "TWD", "CN", 2024, MAY_2024) is None


def test_hours_of_work() -> None:
    american, chinese = yardsticks.wage("US"), yardsticks.wage("CN")
    assert american and chinese
    # An ambulance: $3,000 / $30.10, and the same money in China, 3000 x 7.220458 / 59.4397
    assert to_four_places(hours_of_work(D(3000), american)) == D("99.6678")
    there = converted(D(3000), "USD", "CNY", MAY_2024)
    assert there
    assert to_four_places(hours_of_work(there.amount, chinese)) == D("364.4263")


@pytest.mark.parametrize(
    ("amount", "income", "expected"),
    [
        ("3500", "12000", "29.1667"),
        ("1150", "1150", "100"),
        ("3000", "2500", "120"),
        ("0", "5", "0"),
    ],
)
def test_share_of_income_in_per_cent(amount: str, income: str, expected: str) -> None:
    assert to_four_places(share_of_income(D(amount), D(income))) == D(expected)


@pytest.mark.parametrize("income", ["0", "-1", "NaN", "Infinity"])
def test_there_is_no_share_of_no_income(income: str) -> None:
    with pytest.raises(NotComparable):
        share_of_income(D(100), D(income))


# Properties

amounts = st.decimals("0.01", "1000000000", places=2)
RELATED = [(one, other) for one in UNITS for other in UNITS if UNITS[one].base == UNITS[other].base]


def is_the_same(one: Decimal, other: Decimal) -> bool:
    return abs(one / other - 1) < D("1e-9")


@given(amounts, st.sampled_from(RELATED))
def test_a_unit_price_comes_back(amount: Decimal, units: tuple[str, str]) -> None:
    one, other = units
    assert is_the_same(per_unit(per_unit(amount, one, other), other, one), amount)


@given(amounts, st.sampled_from(sorted(TIMES_A_YEAR)), st.sampled_from(sorted(TIMES_A_YEAR)))
def test_a_period_comes_back(amount: Decimal, one: str, other: str) -> None:
    assert is_the_same(per_period(per_period(amount, one, other), other, one), amount)


@given(amounts, st.decimals("1", "10000", places=1))
def test_the_same_flat_costs_the_same_in_both_units_of_area(amount: Decimal, area: Decimal) -> None:
    feet = area / UNITS["sqft"].factor
    for to in ("m2", "sqft"):
        assert is_the_same(per_area(amount, area, "m2", to), per_area(amount, feet, "sqft", to))
    assert is_the_same(per_area(amount, area, "m2", "m2") * area, amount)


@given(amounts, st.dates(date(2005, 5, 1), date(2026, 12, 31)))
def test_money_comes_back(amount: Decimal, on: date) -> None:
    there = converted(amount, "USD", "CNY", on)
    back = converted(there.amount, "CNY", "USD", on) if there else None
    assert back and is_the_same(back.amount, amount)
