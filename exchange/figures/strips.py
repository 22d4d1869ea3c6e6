"""A strip of points with its box for each city or country; or a bar of hours."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pygal.etree import etree

from exchange.figures import charts
from exchange.figures.charts import Chart, Mark, Row, Scale
from exchange.figures.fitting import fitted, width
from exchange.figures.plot import AXIS, CONFIG, EDGE, TEXT, Pen, Plot, Shape, diamond

# A strip of a thousand dots is no better to read than one of these, and far more to send.
MOST_DOTS = 120
GOLDEN = 0.618034  # its multiples, cut at 1, never come close to one another
HEADING, NAME, STRIP, BAR, LANE, GAP = 24, 19, 28, 18, 17, 9
BOLD = 1.12  # letters in bold are that much wider


class Lane(NamedTuple):
    """A public figure's own line: its amount, its name, and where the name stands."""

    mark: Mark
    middle: float
    words: str
    x: float
    base: float
    anchor: str


class Place(NamedTuple):
    """Where a row stands: the baseline of its name, the middle of its strip, its lanes, its foot."""

    row: Row
    name: float
    middle: float
    lanes: tuple[Lane, ...]
    foot: float


class Heading(NamedTuple):
    country: str
    base: float


def layout(
    chart: Chart, rows: tuple[Row, ...], found: Scale, shape: Shape
) -> tuple[list[Place], list[Heading], int]:
    """Places from the top down, and the height of all."""
    top, country = 0.0, ""
    places, headings = [], []
    for row in rows:
        if chart.kind != "countries" and row.country and row.country != country:
            country = row.country
            if row.label != charts.country_name(country, chart.language):
                headings.append(Heading(country, top + HEADING - 8))
                top += HEADING
        places.append(_place(chart, row, top, found, shape))
        top = places[-1].foot + GAP
    return places, headings, round(top)


def _place(chart: Chart, row: Row, top: float, found: Scale, shape: Shape) -> Place:
    thick = 0 if not row.summary.n else STRIP if charts.is_strip(chart) else BAR
    name = top + 13
    if shape.label:
        middle = top + max(thick, LANE) / 2
        name = middle + 4
    else:
        middle = top + NAME + thick / 2
    foot = middle + thick / 2
    lanes = []
    for mark in row.references:
        lanes.append(_lane(chart, mark, foot, found, shape))
        foot = max(foot + LANE, lanes[-1].base + 4)
    return Place(row, name, middle, tuple(lanes), max(foot, name + 4))


def _lane(chart: Chart, mark: Mark, top: float, found: Scale, shape: Shape) -> Lane:
    """The name beside its diamond where there is room; else under it, and cut if it has to be."""
    words = f"{charts.amount(chart, mark.value)} · {charts.reference_name(mark)}"
    long, middle = width(words, TEXT - 1), top + LANE / 2
    inner = shape.width - _left(shape) - shape.value - EDGE
    x = round(inner * found.part(mark.value), 1)
    if long <= inner + EDGE - x - 10:
        return Lane(mark, middle, words, x + 9, middle + 4, "start")
    if long <= x + EDGE - 10:
        return Lane(mark, middle, words, x - 9, middle + 4, "end")
    rest = long - width(mark.label, TEXT - 1)
    label = fitted(mark.label, inner + 2 * EDGE - rest, TEXT - 1)
    words = f"{charts.amount(chart, mark.value)} · {charts.reference_name(mark, label)}"
    left = max(min(x - 6, inner + EDGE - width(words, TEXT - 1)), -EDGE)
    return Lane(mark, middle, words, round(left, 1), middle + 19, "start")


def in_rows(chart: Chart, rows: tuple[Row, ...], found: Scale, shape: Shape) -> Plot:
    places, headings, tall = layout(chart, rows, found, shape)
    top = 22 if chart.sample else 4

    def paint(plot: Any) -> None:
        pen = Pen(plot, found)
        _sample(pen, chart, shape)
        for heading in headings:
            name = charts.country_name(heading.country, chart.language)
            pen.text("group", name, -_left(shape), heading.base)
        for place in places:
            _names(pen, chart, place, shape)
            _bar(pen, place) if chart.kind == "hours" else _strip(pen, place)
            for lane in place.lanes:
                diamond(pen, pen.x(lane.mark.value), lane.middle, lane.mark)
                pen.text("source", lane.words, lane.x, lane.base, lane.anchor)

    plot = Plot(
        paint,
        **CONFIG,
        width=shape.width,
        height=top + tall + AXIS,
        margin_left=_left(shape),
        margin_right=shape.value + EDGE,
        margin_top=top,
        margin_bottom=AXIS,
        show_y_labels=False,
        x_labels=[
            {"value": found.placed(tick), "label": charts.tick(chart, tick)} for tick in found.ticks
        ],
        xrange=(found.placed(found.low), found.placed(found.high)),
        range=(0, tall),
    )
    plot.add(None, [(found.placed(found.low), 0), (found.placed(found.high), tall)])
    return plot


def _left(shape: Shape) -> int:
    return shape.label + EDGE if shape.label else EDGE


def _sample(pen: Pen, chart: Chart, shape: Shape) -> None:
    if chart.sample:
        words = charts.sample()
        pen.text("sample", words, pen.width + shape.value + EDGE - 2, -8, "end")


def _names(pen: Pen, chart: Chart, place: Place, shape: Shape) -> None:
    """The row's name with n beside it, and its median at the other end."""
    summary = place.row.summary
    left, right = -_left(shape), pen.width + shape.value + EDGE - 2
    value, class_ = "", "value"
    if summary.few and summary.n:
        value, class_ = charts.few(), "note"
    elif summary.median is not None:
        value = charts.amount(chart, summary.median)
    if value:
        pen.text(class_, value, right, place.name, "end")
    n = charts.n_of(place.row) if summary.n else ""
    used = 0 if shape.label else width(value, TEXT * (BOLD if class_ == "value" else 1))
    room = (shape.label or shape.width) - used - width(n, TEXT) - 14
    name = fitted(place.row.label, room, TEXT * BOLD)
    node = pen.text("name", name, left, place.name, lang=place.row.lang)
    if n:
        counted = etree.SubElement(node, "tspan", {"class": "chart-n", "dx": "6"})
        counted.text = n


def _strip(pen: Pen, place: Place) -> None:
    summary, y = place.row.summary, place.middle
    if not summary.few and summary.low is not None and summary.high is not None:
        pen.path("range", f"M{pen.x(summary.low)} {y}H{pen.x(summary.high)}")
    if summary.q1 is not None and summary.q3 is not None:
        left, right = pen.x(summary.q1), pen.x(summary.q3)
        wide = round(max(right - left, 1), 1)
        pen.node("rect", "box", x=left, y=y - 13, width=wide, height=26, rx=2)
    pen.path("dots", "".join(f"M{x} {at}h0" for x, at in _scattered(pen, summary.points, y)))
    for value in sorted(summary.outliers):
        pen.node("circle", "out", cx=pen.x(value), cy=y, r=3.5)
    if summary.median is not None and not summary.few:
        pen.path("median", f"M{pen.x(summary.median)} {y - 14}v28")


def _scattered(pen: Pen, values: tuple[float, ...], middle: float) -> Iterator[tuple[float, float]]:
    """Points a little above and below the middle, by rank: the same for the same figures."""
    if len(values) > MOST_DOTS:
        last = (len(values) - 1) / (MOST_DOTS - 1)
        values = tuple(sorted(values)[round(at * last)] for at in range(MOST_DOTS))
    for rank, value in enumerate(sorted(values), start=1):
        off = (rank * GOLDEN) % 1 * 16 - 8 if len(values) > 2 else 0
        yield pen.x(value), round(middle + off, 1)


def _bar(pen: Pen, place: Place) -> None:
    summary, y = place.row.summary, place.middle
    if summary.few or summary.median is None:
        dots = "".join(f"M{x} {at}h0" for x, at in _scattered(pen, summary.points, y))
        pen.path("dots", dots)
        return
    wide = max(round(pen.x(summary.median) - pen.x(0), 1), 1)
    pen.node("rect", "bar", x=pen.x(0), y=y - 7, width=wide, height=14)
