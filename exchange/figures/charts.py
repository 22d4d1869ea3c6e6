"""What a chart shows, and everything about it that is said in words: description, caption, table.

Labels, titles and notes come in as texts in the chart's language. Numbers are written once, by
`amount`, so that drawing, description and table cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from math import ceil, floor, log10
from typing import Literal, NamedTuple

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
)
from django.utils.translation import gettext, ngettext, override

from exchange.figures.statistics import Summary

Kind = Literal["cities", "countries", "years", "hours"]
Measure = Literal["money", "intl", "share", "hours", "m2", "sqft"]

# More would not fit a phone's screen; those with the most figures are kept.
MOST_ROWS = 12
# From here on one step of a straight scale would hide what the small amounts say.
LOG_FROM = 8.0
ROOM = 0.05  # beyond the outermost amounts, as a part of what lies between them
LOCALES = {"en": "en", "zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}
# What stands between sentences and between the parts of a list, and at a sentence's end.
BETWEEN = {"en": (" ", "; ", "."), "zh-hans": ("", "；", "。"), "zh-hant": ("", "；", "。")}


class Mark(NamedTuple):
    """A public figure: `label` names who published it. A weak source is always shown as one."""

    value: float
    label: str
    year: int
    weak: bool = False


class Row(NamedTuple):
    """A city, a country, an item, or with `year` one year of a country.

    `lang` is the label's language, `country` a code of ISO 3166 (rows are grouped by it) or "".
    """

    label: str
    lang: str
    country: str
    summary: Summary
    references: tuple[Mark, ...] = ()
    year: int = 0


class Chart(NamedTuple):
    """`axis` says what is measured ("US dollars a month"), `basis` what all amounts have in common.

    Of more than `most` rows those with the most figures are shown.

    `currency` is asked of the measures money, m2 and sqft. Shares come in per cent, hours in hours.
    """

    kind: Kind
    title: str
    axis: str
    rows: tuple[Row, ...]
    measure: Measure
    language: str
    currency: str = ""
    basis: str = ""
    sources: str = ""
    note: str = ""
    sample: bool = False
    most: int = MOST_ROWS


class Caption(NamedTuple):
    """Lines under a chart, "" where there is nothing to say."""

    basis: str
    counted: str
    reading: str
    sources: str
    note: str
    sample: str


class Line(NamedTuple):
    """A row of the table beneath: texts, "" for what there is not."""

    label: str
    lang: str
    country: str
    n: str
    median: str
    middle: str
    spread: str
    apart: str
    years: str
    references: str


def in_its_language[T](say: Callable[[Chart], T]) -> Callable[[Chart], T]:
    """A chart may be asked for in another language than the page's: each side of a head to head."""

    @wraps(say)
    def said(chart: Chart) -> T:
        with override(chart.language):
            return say(chart)

    return said


def ordered(chart: Chart) -> tuple[Row, ...]:
    """The rows that are shown, the same in whatever order they came: by country, the dearest first."""
    most = sorted(chart.rows, key=lambda row: (-row.summary.n, _place(row)))
    years = chart.kind == "years"
    rows = [
        row._replace(references=tuple(sorted(row.references, key=_age)))
        for row in (most if years else most[: chart.most])
    ]
    return tuple(sorted(rows, key=lambda row: (row.country, years and row.year, _place(row))))


def _age(mark: Mark) -> tuple[int, str, float, bool]:
    return -mark.year, mark.label, mark.value, mark.weak


def _place(row: Row) -> tuple[object, ...]:
    """The dearest first, those without a median last; the rest only so that the order is one."""
    median = row.summary.median
    marks = tuple(sorted(map(_age, row.references)))
    return median is None, -(median or 0), row.country, row.label, row.summary.points, marks


def country_name(code: str, language: str) -> str:
    try:
        name = Locale.parse(LOCALES[language]).territories.get(code)
    except (KeyError, UnknownLocaleError):
        name = None
    return name or code


# Numbers


def amount(chart: Chart, value: float) -> str:
    """An amount as it stands in words and tables: "$1,150", "31.4%", "12.5 hours"."""
    locale = LOCALES[chart.language]
    if chart.measure == "hours":
        return _hours(value, locale)
    if chart.measure == "share":
        return format_decimal(value, "#,##0.#", locale) + "%"
    pattern = "#,##0" if abs(value) >= 100 else "#,##0.##"
    if chart.measure == "intl" or not chart.currency:
        return format_decimal(value, pattern, locale)
    # Prices have no digits or two: "$4.5" is written by nobody.
    whole = abs(value) >= 100 or value == round(value)
    pattern = "¤#,##0" if whole else "¤#,##0.00"
    return format_currency(value, chart.currency, pattern, locale, currency_digits=False)


def _hours(value: float, locale: str) -> str:
    if value < 1:
        minutes = format_decimal(value * 60, "#,##0" if value * 60 >= 1 else "0.#", locale)
        return gettext("{number} min").format(number=minutes)
    number = format_decimal(value, "#,##0" if value >= 100 else "#,##0.#", locale)
    return gettext("{number} h").format(number=number)


def tick(chart: Chart, value: float) -> str:
    """The same on an axis, where room is short: "$3.5K", "1.2万"."""
    locale = LOCALES[chart.language]
    if chart.measure == "hours":
        return format_decimal(value, "#,##0.##", locale)
    if chart.measure == "share" or abs(value) < 10_000:
        return amount(chart, value)
    if chart.measure == "intl" or not chart.currency:
        return format_compact_decimal(value, locale=locale, fraction_digits=1)
    return format_compact_currency(value, chart.currency, locale=locale, fraction_digits=1)


class Scale(NamedTuple):
    low: float
    high: float
    log: bool
    ticks: tuple[float, ...]

    def placed(self, value: float) -> float:
        return log10(value) if self.log else value

    def part(self, value: float) -> float:
        """Where on the axis, from 0 to 1."""
        low, high = self.placed(self.low), self.placed(self.high)
        return (self.placed(value) - low) / (high - low)


def scale(chart: Chart, rows: Iterable[Row], most: int) -> Scale | None:
    """An axis that holds everything that is drawn; bars begin at nothing. None: nothing to draw."""
    values = [value for row in rows for value in _drawn(chart, row)]
    if not values:
        return None
    low, high = min(values), max(values)
    if chart.kind != "hours" and low > 0 and high / low > LOG_FROM:
        pad = (high / low) ** ROOM
        low, high = low / pad, high * pad
        return Scale(low, high, True, _log_ticks(low, high, most))
    if chart.kind == "hours" or high > 2 * low:
        low = min(low, 0.0)
    pad = (high - low or abs(high) or 1.0) * ROOM
    low, high = low - pad if low else low, high + pad
    return Scale(low, high, False, _told_apart(chart, low, high, most))


def _told_apart(chart: Chart, low: float, high: float, most: int) -> tuple[float, ...]:
    """As many steps as there may be of which no two are written alike."""
    ticks = _ticks(low, high, most)
    while len({tick(chart, value) for value in ticks}) < len(ticks):
        most = len(ticks) - 1
        ticks = _ticks(low, high, most)
    return ticks


def is_strip(chart: Chart) -> bool:
    return chart.kind in ("cities", "countries")


def dots(chart: Chart, row: Row) -> tuple[float, ...]:
    """The members' figures that are drawn one by one: everywhere those too few for a median."""
    return row.summary.points if is_strip(chart) or row.summary.few else ()


def _drawn(chart: Chart, row: Row) -> list[float]:
    summary = row.summary
    own = dots(chart, row) + (summary.outliers if is_strip(chart) else ())
    found: list[float | None] = [*own, summary.median]
    if chart.kind != "hours":
        found += [summary.q1, summary.q3, summary.low, summary.high]
    return [value for value in found if value is not None] + [mark.value for mark in row.references]


_STEPS = (1.0, 2.0, 5.0)


def _ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round numbers between, as many as there may be."""
    order = floor(log10(high - low))
    for size in (step * 10.0**power for power in range(order - 2, order + 2) for step in _STEPS):
        first, last = ceil(low / size), floor(high / size)
        if last - first < most:
            return tuple(round(k * size, 9) for k in range(first, last + 1))
    return ()


def _log_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    for steps in (_STEPS, (1.0, 3.0), (1.0,)):
        ticks = sorted(step * 10.0**power for power in powers for step in steps)
        ticks = [tick for tick in ticks if low <= tick <= high]
        if len(ticks) <= most:
            break
    return tuple(ticks[:: -(-len(ticks) // most)])


# Words


def n_of(row: Row) -> str:
    return n_total(row.summary.n)


def n_total(n: int) -> str:
    return gettext("n = {n}").format(n=n)


def kind_of(weak: bool) -> str:
    return gettext("weak source") if weak else gettext("public figure")


def sample() -> str:
    return gettext("sample data")


def few() -> str:
    return gettext("too few to compare")


def reference_name(mark: Mark, label: str = "") -> str:
    """Who published it and when; never without saying that a weak source is one."""
    name = f"{label or mark.label} {mark.year}"
    return f"{name} · {gettext('weak source')}" if mark.weak else name


@in_its_language
def axis(chart: Chart) -> str:
    """What the axis measures, and whether its steps are factors."""
    found = scale(chart, ordered(chart), 8)
    if found and found.log:
        return gettext("{axis}, logarithmic scale").format(axis=chart.axis)
    return chart.axis


@in_its_language
def describe(chart: Chart) -> str:
    """The main numbers, in sentences, for those who do not see the drawing."""
    rows = ordered(chart)
    if not any(_drawn(chart, row) or row.summary.n for row in rows):
        return empty()
    said = [gettext("Sample data.")] if chart.sample else []
    said += [axis(chart) + BETWEEN[chart.language][2]] if chart.axis else []
    said += [sentence for row in rows for sentence in _sentences(chart, row)]
    return joined(chart, said)


def joined(chart: Chart, sentences: Iterable[str]) -> str:
    return BETWEEN[chart.language][0].join(filter(None, sentences))


def empty() -> str:
    return gettext("No figures yet.")


def _sentences(chart: Chart, row: Row) -> list[str]:
    said = []
    summary = row.summary
    if summary.median is not None and not summary.few:
        said.append(_median_sentence(chart, row))
    elif summary.n:
        amounts = listed(chart, (amount(chart, value) for value in summary.points))
        said.append(
            gettext("{label}: too few to compare ({amounts}).").format(
                label=_label(chart, row), amounts=amounts
            )
        )
    if row.references:
        said.append(
            gettext("{label}, public figures: {figures}.").format(
                label=_label(chart, row), figures=references(chart, row)
            )
        )
    return said


def _label(chart: Chart, row: Row) -> str:
    if chart.kind == "years" and row.country:
        return f"{country_name(row.country, chart.language)} {row.label}"
    return row.label


def _median_sentence(chart: Chart, row: Row) -> str:
    summary = row.summary
    counted = figures(summary.n)
    median = amount(chart, summary.median or 0)
    label = _label(chart, row)
    if summary.q1 is None or summary.q3 is None:
        said = gettext("{label}: median {median} ({figures}).")
        return said.format(label=label, median=median, figures=counted)
    said = gettext("{label}: median {median}, the middle half {middle} ({figures}).")
    return said.format(label=label, median=median, middle=middle(chart, row), figures=counted)


def figures(n: int) -> str:
    return ngettext("{n} figure", "{n} figures", n).format(n=n)


def listed(chart: Chart, texts: Iterable[str]) -> str:
    return BETWEEN[chart.language][1].join(texts)


def _between(chart: Chart, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return gettext("{low} to {high}").format(low=amount(chart, low), high=amount(chart, high))


def middle(chart: Chart, row: Row) -> str:
    return _between(chart, row.summary.q1, row.summary.q3)


def references(chart: Chart, row: Row) -> str:
    return listed(
        chart, (f"{amount(chart, mark.value)} ({reference_name(mark)})" for mark in row.references)
    )


def years(rows: Iterable[Row]) -> str:
    """The years in which the figures were paid, "" where there are none."""
    dates = [row.summary for row in rows]
    since = [summary.since for summary in dates if summary.since]
    until = [summary.until for summary in dates if summary.until]
    if not since or not until:
        return ""
    first, last = (date.fromordinal(day).year for day in (min(since), max(until)))
    return str(first) if first == last else f"{first}–{last}"


@in_its_language
def caption(chart: Chart) -> Caption:
    rows = ordered(chart)
    counted = gettext("Members’ figures: n = {n}").format(n=sum(row.summary.n for row in rows))
    paid = years(rows)
    if paid:
        counted = gettext("{counted}, {years}").format(counted=counted, years=paid)
    cut = ""
    if len(chart.rows) > len(rows):
        cut = gettext("Shown are the {shown} with the most figures, of {all}.").format(
            shown=len(rows), all=len(chart.rows)
        )
    return Caption(
        basis=chart.basis,
        counted=counted,
        reading=_reading(chart, rows),
        sources=chart.sources,
        note=joined(chart, [chart.note, cut]),
        sample=sample() if chart.sample else "",
    )


def _reading(chart: Chart, rows: tuple[Row, ...]) -> str:
    """How to read the drawing: only what is in it."""
    summaries = [row.summary for row in rows]
    marks = [mark for row in rows for mark in row.references]
    bars = chart.kind == "hours"
    medians = any(not summary.few and summary.median is not None for summary in summaries)
    said = [
        (bars and medians, gettext("Bar: the median.")),
        (any(dots(chart, row) for row in rows), gettext("Dot: one member’s figure.")),
        (not bars and any(s.q1 is not None for s in summaries), gettext("Box: the middle half.")),
        (not bars and medians, gettext("Thick line: the median.")),
        (chart.kind == "years" and medians, gettext("Thin line: from the lowest to the highest.")),
        (
            is_strip(chart) and any(summary.outliers for summary in summaries),
            gettext("Hollow dot: far from the others, left out of the median."),
        ),
        (any(not mark.weak for mark in marks), gettext("Diamond: a public figure.")),
        (any(mark.weak for mark in marks), gettext("Hatched diamond: a weak source.")),
    ]
    return joined(chart, (text for true, text in said if true))


@in_its_language
def rows(chart: Chart) -> list[Line]:
    """The table beneath: the same rows, the same numbers."""
    return [_line(chart, row) for row in ordered(chart)]


def _line(chart: Chart, row: Row) -> Line:
    summary = row.summary
    none = summary.few or summary.median is None
    points = listed(chart, (amount(chart, value) for value in summary.points)) if none else ""
    return Line(
        label=row.label,
        lang=row.lang,
        country=country_name(row.country, chart.language) if row.country else "",
        n=str(summary.n),
        median=few() if none and summary.n else "" if none else amount(chart, summary.median or 0),
        middle="" if none else middle(chart, row),
        spread=points or _between(chart, summary.low, summary.high),
        apart=listed(chart, (amount(chart, value) for value in sorted(summary.outliers))),
        years=years([row]),
        references=references(chart, row),
    )
