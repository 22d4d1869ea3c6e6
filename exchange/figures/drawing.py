"""A chart as inline SVG: pygal keeps the axes and the page, the marks are ours.

pygal has no lying boxes, no diamonds and no place for names above a strip, and its legend takes half
of a phone. What it would add of scripts, styles and addresses is taken away again: the drawing has
classes only, and takes its colours from the page (thread.css), so that one drawing serves every theme.
About 6 ms each (CPU); nothing is kept in memory.
"""

from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from pygal.etree import etree

from exchange.figures import charts
from exchange.figures.charts import Chart, Scale
from exchange.figures.over_years import over_years
from exchange.figures.plot import CONFIG, MARGINS, NARROW, WIDE, Pen, Plot, Shape
from exchange.figures.strips import in_rows
from exchange.web.templatetags.bilingual import HTML_LANG

# Where lxml is installed pygal would write with that, which declares a name space more.
etree.to_etree()


class Figure(NamedTuple):
    """What figures/_chart.html shows: a narrow and a wide drawing, of which the page shows one."""

    chart: Chart
    axis: str
    narrow: SafeString
    wide: SafeString
    caption: charts.Caption
    lines: list[charts.Line]


def figure(chart: Chart) -> Figure:
    return Figure(
        chart=chart,
        axis=charts.axis(chart),
        narrow=mark_safe(svg(chart, NARROW)),  # noqa: S308 escaped by the XML writer
        wide=mark_safe(svg(chart, WIDE)),  # noqa: S308 as above
        caption=charts.caption(chart),
        lines=charts.rows(chart),
    )


def svg(chart: Chart, shape: Shape = NARROW) -> str:
    """One drawing, labelled and described. Text in it is escaped by the XML writer."""
    return str(etree.tostring(tree(chart, shape), encoding="unicode"))


def tree(chart: Chart, shape: Shape) -> Any:
    with override(chart.language):
        rows = charts.ordered(chart)
        found = charts.scale(chart, rows, shape.ticks)
        if found is None:
            plot = _nothing(shape)
        elif chart.kind == "years":
            plot = over_years(chart, rows, found, shape)
        else:
            plot = in_rows(chart, rows, found, shape)
        plot.add_xml_filter(lambda root: _named(root, chart, shape))
        return plot.render_tree()


def _named(root: Any, chart: Chart, shape: Shape) -> Any:
    title, description = etree.Element("title"), etree.Element("desc")
    title.text, description.text = chart.title, charts.describe(chart)
    root.insert(0, title)
    root.insert(1, description)
    root.attrib.update(
        {
            "role": "img",
            "class": f"chart-art chart-{shape.name}",
            "lang": HTML_LANG[chart.language],
        }
    )
    return root


def _nothing(shape: Shape) -> Plot:
    def paint(plot: Any) -> None:
        pen = Pen(plot, Scale(0, 1, False, (0, 1)))
        pen.text("note", charts.empty(), pen.width / 2, 20, "middle")

    plot = Plot(
        paint,
        **CONFIG,
        **MARGINS,
        width=shape.width,
        height=60,
        show_x_labels=False,
        show_y_labels=False,
    )
    plot.add(None, [(0, 0), (1, 1)])
    return plot
