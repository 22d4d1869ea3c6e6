"""How a figure's measures come about, line by line with every number, in the language that is active."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from babel.dates import format_date
from django.utils.translation import gettext as _

from . import labels, measures, normalise, yardsticks
from .conditions import CONDITIONS, UNKNOWN
from .normalise import NotComparable
from .rates import Rate
from .units import AREAS, UNITS

CURRENCIES = ("USD", "CNY")


class Step(NamedTuple):
    """One line. `formula` is "" where nothing can be computed; `basis` says what was used, or why not.

    `source` is the key of the published figure that it rests on.
    """

    name: str
    formula: str
    basis: str
    source: str = ""


def steps(figure: Any) -> list[Step]:
    """From the amount as it was given to each measure that it can be compared in."""
    normal = measures.per_normal(figure, figure.item)
    if normal is None:
        reason = _("There is no rule that makes this comparable with the others.")
        return [Step(_("Comparable"), "", reason)]
    found = [*_to_normal(figure, normal)]
    found += [step for code in CURRENCIES for step in _money(figure, normal, code)]
    found += [*_world(figure, normal), *_work(figure, normal), *_by_area(figure, normal)]
    return found


def share(entry: Any) -> Step | None:
    """What part of its author's income an entry takes: the income only where they show it."""
    if entry.share is None:
        return None
    part = _("%(share)s%% of a month’s income") % {"share": labels.number(entry.share, 0)}
    if not (entry.shows_income and entry.income):
        return Step(_("Share of income"), part, _("The author’s own income, which only they know."))
    a_month = normalise.per_period(entry.amount, entry.period, "month")
    amount, income = (labels.money(value, entry.currency) for value in (a_month, entry.income))
    return Step(
        _("Share of income"), f"{amount} ÷ {income} = {part}", _("The author’s own income a month.")
    )


def _to_normal(figure: Any, normal: Decimal) -> Iterator[Step]:
    """Nothing where the amount was given for the normal period and unit already."""
    item = figure.item
    if item.period == "each":
        before, after = figure.unit or item.unit, item.unit
        if before == after:
            return
        factor = normalise.per_unit(Decimal(1), before, after)
        basis = _("1 %(after)s is %(factor)s %(before)s.") % {
            "after": UNITS[after].name,
            "factor": _plain(factor),
            "before": UNITS[before].name,
        }
    else:
        if figure.period == item.period:
            return
        factor = normalise.per_period(Decimal(1), figure.period, item.period)
        basis = _("A year has 12 months, 4 quarters, 2 terms, 52.18 weeks or 365.24 days.")
    given = _amount(figure.amount, figure.currency, figure.period, figure.unit)
    shown = _amount(normal, figure.currency, item.period, item.unit)
    yield Step(_("For the usual period or unit"), f"{given} {_times(factor)} = {shown}", basis)


def _money(figure: Any, normal: Decimal, code: str) -> Iterator[Step]:
    if code == figure.currency:
        return
    name = labels.currency(code)
    found = normalise.converted(normal, figure.currency, code, figure.day)
    if found is None:
        yield Step(name, "", _("There is no exchange rate for this time: shown unconverted."))
        return
    formula = f"{_given(figure, normal)} {_times(found.rate.value)} = {_normal(figure, found.amount, code)}"
    yield Step(name, formula, _of_the_day(found.rate))


def _world(figure: Any, normal: Decimal) -> Iterator[Step]:
    found = normalise.international(
        normal, figure.currency, figure.country, figure.year, figure.day
    )
    if found is None:
        return
    own = yardsticks.currency_of(figure.country)
    rate = "" if own == figure.currency else f" {_times(found.rate.value)}"
    amount = _("%(amount)s international dollars") % {"amount": labels.number(found.amount)}
    if figure.country == "US":
        basis = _("An international dollar buys what a US dollar buys in the United States.")
    else:
        basis = _(
            "World Bank, %(country)s %(year)s: %(local)s bought what one dollar bought in the"
            " United States."
        ) % {
            "year": found.factor.year,
            "local": labels.money(found.factor.value, own),
            "country": labels.country(figure.country),
        }
    if rate:
        basis = f"{_of_the_day(found.rate)} {basis}"
    formula = f"{_given(figure, normal)}{rate} ÷ {_plain(found.factor.value)} = {amount}"
    yield Step(_("International dollars"), formula, basis)


def _work(figure: Any, normal: Decimal) -> Iterator[Step]:
    wage = yardsticks.wage(figure.country)
    paid = normalise.converted(normal, figure.currency, wage.currency, figure.day) if wage else None
    if wage is None or paid is None:
        return
    hours = normalise.hours_of_work(paid.amount, wage)
    names = {"country": labels.country(figure.country), "year": wage.year}
    if wage.kind == "median":
        basis = _("%(country)s: the median wage of %(year)s, before tax.") % names
    else:
        basis = _("%(country)s: the mean wage of %(year)s, before tax.") % names
    rate = "" if wage.currency == figure.currency else f" {_times(paid.rate.value)}"
    an_hour = f"{labels.money(wage.hourly, wage.currency)} {labels.per('hour', '')}"
    per = labels.per(figure.item.period, figure.item.unit)
    worked = _("%(hours)s hours") % {"hours": labels.number(hours, 1)}
    formula = f"{_given(figure, normal)}{rate} ÷ {an_hour} = {worked} {per}".strip()
    yield Step(_("Hours of work"), formula, basis, wage.source)


def _by_area(figure: Any, normal: Decimal) -> Iterator[Step]:
    said = figure.conditions
    if not said.get("area"):
        return
    area, unit = Decimal(said["area"]), said.get("area_unit") or "m2"
    measured = CONDITIONS["area_basis"].options[said.get("area_basis") or UNKNOWN]
    for to in AREAS:
        try:
            price = normalise.per_area(normal, area, unit, to)
        except NotComparable:
            return
        room = area * normalise.per_unit(Decimal(1), to, unit)
        size = f"{labels.number(room)} {UNITS[to].name}"
        formula = f"{_given(figure, normal)} ÷ {size} = {_normal(figure, price, figure.currency)}"
        name = _("For one %(unit)s") % {"unit": UNITS[to].name}
        yield Step(name, formula, str(measured))


def _given(figure: Any, normal: Decimal) -> str:
    return _normal(figure, normal, figure.currency)


def _normal(figure: Any, amount: Decimal, currency: str) -> str:
    return _amount(amount, currency, figure.item.period, figure.item.unit)


def _amount(amount: Decimal, currency: str, period: str, unit: str) -> str:
    return f"{labels.money(amount, currency)} {labels.per(period, unit)}".strip()


def _times(factor: Decimal) -> str:
    """`× 2.2046`, or `÷ 7.1043` where the factor is less than one: people know rates that way round."""
    return f"× {_plain(factor)}" if factor >= 1 else f"÷ {_plain(1 / factor)}"


def _plain(value: Decimal) -> str:
    return labels.number(value, 4)


def _of_the_day(rate: Rate) -> str:
    day = format_date(rate.on, "long", locale=labels.locale())
    return _("European Central Bank, %(day)s.") % {"day": day}
