"""Medians over years with their ranges, a line for each country."""

from collections import defaultdict
from itertools import accumulate
from typing import Any

from exchange.figures import charts
from exchange.figures.charts import Chart, Mark, Row, Scale
from exchange.figures.fitting import width
from exchange.figures.plot import AXIS, CONFIG, EDGE, NARROW, TEXT, Pen, Plot, Shape, diamond


def over_years(chart: Chart, rows: tuple[Row, ...], found: Scale, shape: Shape) -> Plot:
    series: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        series[row.country].append(row)
    keys = _keys(chart, series)
    first, last = _first_and_last(rows)
    places, top = _key_places(chart, keys, shape)
    tall = shape.tall
    left = 14 + max(round(width(charts.tick(chart, t), TEXT - 1)) for t in found.ticks)

    def paint(plot: Any) -> None:
        pen = Pen(plot, found)
        if chart.sample:
            pen.text("sample", charts.sample(), pen.width + EDGE - 2, 14 - top, "end")
        for (class_, words), (x, y) in zip(keys, places, strict=True):
            _key(pen, class_, words, 4 - left + x, y - top)
        for at, in_country in enumerate(series.values()):
            off = (at - (len(series) - 1) / 2) * 9
            _years_of(pen, plot, in_country, at % 3 + 1, off)

    plot = Plot(
        paint,
        **CONFIG | {"inverse_y_axis": False, "show_y_guides": True},
        width=shape.width,
        height=top + tall + AXIS,
        margin_left=left,
        margin_right=EDGE,
        margin_top=top,
        margin_bottom=AXIS,
        x_labels=_year_labels(first, last, shape),
        y_labels=[
            {"value": found.placed(tick), "label": charts.tick(chart, tick)} for tick in found.ticks
        ],
        xrange=(first - 0.5, last + 0.5),
        range=(found.placed(found.low), found.placed(found.high)),
    )
    edge = found.placed(found.low), found.placed(found.high)
    plot.add(None, [(first - 0.5, edge[0]), (last + 0.5, edge[1])])
    return plot


def _first_and_last(rows: tuple[Row, ...]) -> tuple[int, int]:
    all_ = [row.year for row in rows]
    all_ += [mark.year for row in rows for mark in row.references]
    return min(all_), max(all_)


def _year_labels(first: int, last: int, shape: Shape) -> list[dict[str, object]]:
    step = -(-(last - first + 1) // (6 if shape is NARROW else 14))
    return [{"value": year, "label": str(year)} for year in range(last, first - 1, -step)][::-1]


def _keys(chart: Chart, series: dict[str, list[Row]]) -> list[tuple[str, str]]:
    keys = []
    for at, (country, rows) in enumerate(series.items()):
        name = charts.country_name(country, chart.language) or chart.title
        n = sum(row.summary.n for row in rows)
        counted = charts.n_total(n)
        keys.append((f"s{at % 3 + 1}", f"{name} · {counted}"))
    marks = [mark for rows in series.values() for row in rows for mark in row.references]
    for weak, class_ in ((False, "mark"), (True, "weak")):
        if any(mark.weak is weak for mark in marks):
            keys.append((class_, charts.kind_of(weak)))
    return keys


def _key_places(
    chart: Chart, keys: list[tuple[str, str]], shape: Shape
) -> tuple[list[tuple[float, float]], int]:
    """Where the keys stand above the plot, one beside or under the other, and its top."""
    if shape is not NARROW:
        ends = accumulate((36 + width(words, TEXT - 1) for _, words in keys), initial=0.0)
        return [(end, 14) for end, _ in zip(ends, keys, strict=False)], 28
    first = 34 if chart.sample else 16
    return [(0, first + 19 * at) for at, _ in enumerate(keys)], first + 19 * len(keys) - 6


def _key(pen: Pen, class_: str, words: str, x: float, y: float) -> None:
    if class_ in ("mark", "weak"):
        diamond(pen, x + 6, y - 4, Mark(0, "", 0, class_ == "weak"))
    else:
        pen.path(f"knots chart-{class_}", f"M{x + 6} {y - 4}h0")
    pen.text("source", words, x + 18, y)


def _years_of(pen: Pen, plot: Any, rows: list[Row], number: int, off: float) -> None:
    """One country: its medians joined, each with its range; its public figures apart from the line."""
    joined, dots = [], []
    for row in rows:
        x = round(plot.view.x(row.year) + off, 1)
        summary = row.summary
        if summary.few:
            dots += [f"M{x} {pen.y(value)}h0" for value in summary.points]
        elif summary.median is not None:
            _span(pen, row, x, number)
            joined.append(f"{x} {pen.y(summary.median)}")
        for mark in row.references:
            diamond(pen, round(plot.view.x(mark.year) + off, 1), pen.y(mark.value), mark)
    pen.path(f"line chart-s{number}", "M" + "L".join(joined) if joined else "")
    marks = "".join(f"M{at}h0" for at in joined)
    pen.path(f"knots chart-s{number}", marks)
    pen.path(f"dots chart-s{number}", "".join(dots))


def _span(pen: Pen, row: Row, x: float, number: int) -> None:
    summary = row.summary
    if summary.low is not None and summary.high is not None:
        pen.path(f"range chart-s{number}", f"M{x} {pen.y(summary.low)}V{pen.y(summary.high)}")
    if summary.q1 is not None and summary.q3 is not None:
        top = pen.y(summary.q3)
        tall = round(max(pen.y(summary.q1) - top, 1), 1)
        pen.node("rect", f"box chart-s{number}", x=round(x - 4, 1), y=top, width=8, height=tall)
