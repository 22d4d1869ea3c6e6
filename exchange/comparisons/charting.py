"""Charts of what was compared: the rows, and the words around them."""

from collections.abc import Iterable, Mapping
from typing import cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.figures import charts, labels, places
from exchange.figures.charts import Chart, Kind, Mark, Measure, Row
from exchange.figures.conditions import UNKNOWN
from exchange.figures.models import Reference
from exchange.figures.queries import Place
from exchange.figures.statistics import Summary

from . import wording
from .choice import BY_AREA, Choice
from .queries import EMPTY, SIDES, Compared

# Lines over the years: more cannot be told apart.
MOST_LINES = 2


def drawn(choice: Choice, found: Compared, references: Iterable[Reference]) -> list[Chart]:
    """All that have something to show: cities, countries, years, hours of work."""
    marks = _marks(choice, references)
    every = [by_city(choice, found, marks), by_country(choice, found, marks)]
    every += [over_years(choice, found), in_hours(choice, found)]
    return [chart for chart in every if chart.rows]


def by_city(choice: Choice, found: Compared, marks: Mapping[Place, tuple[Mark, ...]]) -> Chart:
    placed = list(found.drawn) if choice.has_members else []
    placed += [place for place in marks if place[1] and place not in placed]
    if choice.cities:
        placed = [place for place in placed if place[1] in choice.cities]
    rows = (
        _city(place, _shown(choice, found.cities.get(place)), marks.get(place, ()))
        for place in placed
    )
    return chart("cities", _("By city"), choice, rows, found.sample)


def by_country(choice: Choice, found: Compared, marks: Mapping[Place, tuple[Mark, ...]]) -> Chart:
    codes = [*found.countries, *(country for country, city in marks if not city)]
    rows = (
        country_row(code, _shown(choice, found.countries.get(code)), marks.get((code, 0), ()))
        for code in dict.fromkeys(codes)
    )
    return chart("countries", _("By country"), choice, rows, found.sample)


def over_years(choice: Choice, found: Compared) -> Chart:
    """Of the two countries, or of those with most figures where these have none."""
    totals: dict[str, int] = {}
    for (country, _year), summary in found.years.items():
        totals[country] = totals.get(country, 0) + summary.n
    lines = sorted(totals, key=lambda code: (code not in SIDES, -totals[code], code))[:MOST_LINES]
    rows = [
        Row(str(year), _language(), country, summary, year=year)
        for (country, year), summary in found.years.items()
        if country in lines and choice.has_members
    ]
    # One year alone is no line.
    several = len({row.year for row in rows}) > 1
    return chart("years", _("Over the years"), choice, rows if several else [], found.sample)


def in_hours(choice: Choice, found: Compared) -> Chart:
    """At the wage of each country, which the caption names. Nothing where that is shown anyway."""
    hours = choice._replace(measure="hours")
    rows = [
        country_row(code, summary, ())
        for code, summary in found.hours.items()
        if choice.has_members and choice.measure != "hours"
    ]
    return chart("hours", _("In hours of work"), hours, rows, found.sample)


def summary(choice: Choice, sides: Mapping[str, Summary], sample: bool) -> Chart:
    """The two countries alone, for a card."""
    rows = [country_row(code, sides[code], ()) for code in SIDES if code in sides]
    return chart("countries", wording.title(choice), choice, rows, sample)


def of_thread(
    choice: Choice, cities: Mapping[tuple[str, str, str], Summary], sample: bool
) -> Chart:
    """`cities` by country, name and the language that the name is in."""
    rows = [Row(name, lang, country, summary) for (country, name, lang), summary in cities.items()]
    return chart("cities", wording.title(choice), choice, rows, sample)


def amount(choice: Choice, value: float) -> str:
    """As the charts write it."""
    return charts.amount(chart("countries", "", choice, [], sample=False), value)


def _has_something(row: Row) -> bool:
    return bool(row.summary.n or row.summary.outliers or row.references)


def place_label(city: int) -> tuple[str, str]:
    """A listed city's name and the language that it is in."""
    place = places.by_id(city)
    if place is None:
        return str(city), "en"
    language = _language()
    return labels.place_name(place), "en" if not place.zh else language


def country_row(code: str, summary: Summary, marks: tuple[Mark, ...]) -> Row:
    return Row(labels.country(code), _language(), code, summary, marks)


def _city(place: Place, summary: Summary, marks: tuple[Mark, ...]) -> Row:
    name, language = place_label(place[1])
    return Row(name, language, place[0], summary, marks)


def _shown(choice: Choice, summary: Summary | None) -> Summary:
    return summary if summary and choice.has_members else EMPTY


def chart(kind: Kind, title: str, choice: Choice, rows: Iterable[Row], sample: bool) -> Chart:
    kept = tuple(row for row in rows if _has_something(row))
    published = sorted({mark.label for row in kept for mark in row.references})
    members = _("members’ posts") if any(row.summary.n for row in kept) else ""
    sources = [members, wording.sources(choice), *published]
    return Chart(
        kind=kind,
        title=title,
        axis=wording.axis(choice),
        rows=kept,
        measure=cast(Measure, choice.measure),
        language=_language(),
        currency=choice.currency if choice.measure in ("money", *BY_AREA) else "",
        basis=wording.sentence(choice),
        sources=charts.BETWEEN[_language()][1].join(filter(None, sources)),
        sample=sample and choice.has_members,
    )


def _marks(choice: Choice, references: Iterable[Reference]) -> dict[Place, tuple[Mark, ...]]:
    found: dict[Place, tuple[Mark, ...]] = {}
    for reference in references:
        value = value_of(choice, reference)
        if value is not None and is_drawn(choice, reference):
            place = reference.country, reference.city
            mark = Mark(value, _published(reference), reference.year, reference.weak)
            found[place] = (*found.get(place, ()), mark)
    return found


def _published(reference: Reference) -> str:
    """Who says so, and of which place where it is neither a listed city nor the whole country."""
    region = reference.region or ("" if reference.city else reference.city_name)
    return f"{reference.publisher} ({region})" if region else reference.publisher


def is_drawn(choice: Choice, reference: Reference) -> bool:
    """Whether it has the basis and all else that the chart's figures have in common."""
    same = choice.has_references and reference.basis == choice.basis
    years = choice.years or (reference.year, reference.year)
    return (
        same
        and years[0] <= reference.year <= years[1]
        and all(
            reference.conditions.get(key, UNKNOWN) == answer for key, answer in choice.conditions
        )
    )


def value_of(choice: Choice, reference: Reference) -> float | None:
    """In the choice's measure; None where it cannot be told."""
    if choice.measure in BY_AREA:
        money: float | None = getattr(reference, choice.currency.lower())
        area = 1.0 if reference.measure == "m2" else reference.area
        return money / area * choice.factor if money and area else None
    if reference.measure or choice.measure == "share":
        return None
    value: float | None = getattr(reference, choice.column)
    return value


def _language() -> str:
    return get_language() or "en"
