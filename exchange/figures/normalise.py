"""Amounts made comparable. Decimals in, decimals out, nothing is rounded here.

NotComparable is raised where a conversion has no meaning; None is returned where only a rate or a factor
is not known.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from exchange.figures import rates, yardsticks
from exchange.figures.rates import Rate
from exchange.figures.units import AREAS, UNITS
from exchange.figures.yardsticks import Factor, Wage

# The mean Gregorian year.
DAYS_A_YEAR = Decimal("365.2425")
TIMES_A_YEAR = {
    "day": DAYS_A_YEAR,
    "week": DAYS_A_YEAR / 7,
    "month": Decimal(12),
    "quarter": Decimal(4),
    "term": Decimal(2),
    "year": Decimal(1),
}


class NotComparable(ValueError):
    """These two cannot be converted into each other."""


class Converted(NamedTuple):
    amount: Decimal
    rate: Rate


class International(NamedTuple):
    amount: Decimal  # international dollars of `factor.year`
    factor: Factor
    rate: Rate  # into the country's own currency; 1 if the amount was in it


def per_period(amount: Decimal, period: str, to: str) -> Decimal:
    """amount x (periods a year) / (target periods a year).

    365.2425 days and 52.1775 weeks, 12 months, 4 quarters or 2 terms make a year. So a weekly rent is 4.348
    of it a month, not 4; a real month is up to 8% shorter and 2% longer. A year's fee in terms is halved
    whatever the school charges for: a third or summer term is not known of. "each", "credit" and "hour"
    convert into nothing but themselves: NotComparable.
    """
    if period == to:
        return amount
    try:
        return amount * TIMES_A_YEAR[period] / TIMES_A_YEAR[to]
    except KeyError:
        raise NotComparable(f"{period} to {to}") from None


def per_unit(amount: Decimal, unit: str, to: str) -> Decimal:
    """A price per `unit` as a price per `to`: amount x factor(to) / factor(unit).

    The factors (units.py) are exact: $3 a pound is 3 / 0.45359237 = $6.61 a kilogram. Within 1e-9 there and
    back. NotComparable for units of different kinds, pieces and kilograms among them.
    """
    if unit == to:
        return amount
    one, other = UNITS.get(unit), UNITS.get(to)
    if not one or not other or one.base != other.base:
        raise NotComparable(f"{unit} to {to}")
    return amount * other.factor / one.factor


def per_area(amount: Decimal, area: Decimal, unit: str, to: str) -> Decimal:
    """amount / area, per m2 or sqft: of an area in `unit` first the price per `unit`, then per `to`.

    1 sq ft = 0.09290304 m2 exactly. Whether the area is 建筑面积 (gross, with a share of stairs and lobby) or
    使用面积 (net, some 70 to 85% of it) is for the caller to keep apart.
    """
    if unit not in AREAS or to not in AREAS or not (area.is_finite() and area > 0):
        raise NotComparable(f"{area} {unit} to {to}")
    return per_unit(amount / area, unit, to)


def converted(amount: Decimal, source: str, to: str, on: date) -> Converted | None:
    """amount x rate (units of `to` for one of `source`; European Central Bank, see rates.py).

    At the rates of the day or the nearest earlier one kept: the result names it. None where there are none.
    """
    rate = rates.rate(source, to, on)
    return Converted(amount * rate.value, rate) if rate else None


def international(
    amount: Decimal, currency: str, country: str, year: int, on: date
) -> International | None:
    """International dollars: (amount in the country's own currency) / PPP factor (see yardsticks.ppp).

    `country` is where it was paid and `year` when. An amount in another currency goes through the country's
    own at the date's rate first. An international dollar buys what a US dollar buys in the United States
    in the factor's year; years are not adjusted for inflation. None without a factor or a rate.
    """
    factor = yardsticks.ppp(country, year)
    local = converted(amount, currency, yardsticks.currency_of(country), on) if factor else None
    return (
        International(local.amount / factor.value, factor, local.rate) if factor and local else None
    )


def hours_of_work(amount: Decimal, wage: Wage) -> Decimal:
    """amount / hourly wage, the amount in the wage's currency. See yardsticks.wage; before tax."""
    return amount / wage.hourly


def share_of_income(amount_month: Decimal, income_month: Decimal) -> Decimal:
    """Per cent: 100 x amount / income, both a month's and in one currency. May exceed 100.

    NotComparable without an income above zero.
    """
    if not (income_month.is_finite() and income_month > 0):
        raise NotComparable("no income")
    return 100 * amount_month / income_month
