"""What an amount is in the measures that figures are compared in."""

from decimal import Decimal
from typing import Any, NamedTuple

from . import normalise, yardsticks
from .normalise import NotComparable


class Measures(NamedTuple):
    """Of the item's normal period and unit; None where there is no rate, factor or wage for it.

    `usd` and `cny` are money at the figure's own date, `intl` international dollars, `hours` of
    work at the country's wage, `area` square metres.
    """

    usd: float | None = None
    cny: float | None = None
    intl: float | None = None
    hours: float | None = None
    area: float | None = None


def of(figure: Any, item: Any) -> Measures:
    """`figure` has amount, currency, period, unit, country, year, day and conditions."""
    area = area_of(figure.conditions)
    amount = per_normal(figure, item)
    if amount is None:
        return Measures(area=area)

    def money(currency: str) -> Any:
        return normalise.converted(amount, figure.currency, currency, figure.day)

    world = normalise.international(
        amount, figure.currency, figure.country, figure.year, figure.day
    )
    wage = yardsticks.wage(figure.country)
    paid = money(wage.currency) if wage else None
    usd, cny = money("USD"), money("CNY")
    return Measures(
        usd=float(usd.amount) if usd else None,
        cny=float(cny.amount) if cny else None,
        intl=float(world.amount) if world else None,
        hours=float(normalise.hours_of_work(paid.amount, wage)) if wage and paid else None,
        area=area,
    )


def per_normal(figure: Any, item: Any) -> Any:
    """The amount for the item's normal period and unit, in its own currency; None if it has none."""
    try:
        if item.period == "each":
            return normalise.per_unit(figure.amount, figure.unit or item.unit, item.unit)
        return normalise.per_period(figure.amount, figure.period, item.period)
    except NotComparable:
        return None


def share(entry: Any, item: Any) -> float | None:
    """The part of the author's own monthly income that the figure takes, which is in its currency."""
    if not entry.income or item.period not in ("month", "year"):
        return None
    try:
        a_month = normalise.per_period(entry.amount, entry.period, "month")
    except NotComparable:
        return None
    return float(normalise.share_of_income(a_month, entry.income))


def area_of(conditions: dict[str, str]) -> float | None:
    """In square metres."""
    if not conditions.get("area"):
        return None
    one = normalise.per_unit(Decimal(1), "m2", conditions.get("area_unit") or "m2")
    return float(Decimal(conditions["area"]) * one)
