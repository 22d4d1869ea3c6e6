"""The page that charts are drawn on: pygal's, without its scripts, styles and addresses."""

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pygal
from pygal.view import Margin

from exchange.figures.charts import Mark, Scale
from exchange.web.templatetags.bilingual import HTML_LANG

# pygal's finder of maps is of an old kind: with it a module that is not there is an AttributeError.
sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, pygal.PluginImportFixer)]

TEXT = 12  # what charts' letters are high; the style sheet has it again


class Shape(NamedTuple):
    """Units are pixels where the drawing has its own width. `label` 0: names stand above strips."""

    name: str
    width: int
    label: int
    value: int
    ticks: int
    tall: int  # of what has its amounts on the upright axis


# As wide as the room that a box leaves on a screen of 320 px, so that letters keep their size.
NARROW = Shape("narrow", 250, 0, 0, 4, 200)
WIDE = Shape("wide", 640, 190, 96, 7, 240)
CARD = Shape("card", 640, 190, 96, 7, 170)  # on a picture for sharing
EDGE = 16  # half of a number under the axis stands out
AXIS = 24


class Pen:
    """Draws into pygal's plot. `x` places an amount; heights are counted from the plot's top."""

    def __init__(self, plot: Any, found: Scale) -> None:
        self._plot, self._scale = plot, found
        self.width, self.height = plot.view.width, plot.view.height

    def x(self, value: float) -> float:
        return float(round(self._plot.view.x(self._scale.placed(value)), 1))

    def y(self, value: float) -> float:
        return float(round(self._plot.view.y(self._scale.placed(value)), 1))

    def node(self, tag: str, class_: str, **attributes: object) -> Any:
        attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
        return self._plot.svg.node(
            self._plot.nodes["overlay"], tag, {"class": f"chart-{class_}", **attributes}
        )

    def path(self, class_: str, d: str) -> None:
        self.node("path", class_, d=d)

    def text(
        self, class_: str, words: str, x: float, y: float, anchor: str = "", lang: str = ""
    ) -> Any:
        more = {"text-anchor": anchor} if anchor else {}
        more |= {"lang": HTML_LANG.get(lang, "und")} if lang else {}
        node = self.node("text", class_, x=round(x, 1), y=round(y, 1), **more)
        node.text = words
        return node


class Plot(pygal.XY):
    """An XY chart whose marks `paint` draws."""

    def __init__(self, paint: Callable[[Any], None], **config: object) -> None:
        super().__init__(**config)
        self.paint = paint
        self.add_xml_filter(_bare)

    def _compute(self) -> None:
        super()._compute()
        self._box.margin = 0

    def _compute_margin(self) -> None:
        """Ours as they are: pygal would add what it thinks its labels take."""
        super()._compute_margin()
        self.margin_box = Margin(
            self.margin_top, self.margin_right, self.margin_bottom, self.margin_left
        )

    def _plot(self) -> None:
        self.paint(self)


CONFIG: dict[str, object] = {
    "js": [],
    "css": [],
    "no_prefix": True,
    "disable_xml_declaration": True,
    "show_legend": False,
    "show_y_guides": False,
    "inverse_y_axis": True,
    "truncate_label": -1,
    "include_x_axis": False,
}
MARGINS = {"margin_left": 0, "margin_right": 0, "margin_top": 0, "margin_bottom": 0}
# What pygal draws that a page's own style sheet does better, or that its policy forbids.
_GONE = ("style", "script", "defs", "title")
_GONE_CLASSES = ("background", "tooltip", "tooltip-overlay", "titles")


def _bare(root: Any) -> Any:
    """The drawing without comments, styles, scripts, tooltips and empty groups."""
    for parent in list(root.iter()):
        for child in list(parent):
            names = str(child.get("class", "")).split()
            gone = not isinstance(child.tag, str) or child.tag in _GONE
            # An axis's own line stands beside the guide of its first number.
            gone = gone or names == ["line"]
            if gone or any(name in _GONE_CLASSES for name in names):
                parent.remove(child)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "g" and not len(child):
                parent.remove(child)
    root.attrib.pop("id", None)
    return root


def diamond(pen: Pen, x: float, y: float, mark: Mark) -> None:
    outline = f"M{x} {round(y - 6, 1)}l6 6l-6 6l-6 -6z"
    if not mark.weak:
        pen.path("mark", outline)
        return
    # Lines along one pair of its edges; a pattern would need an id, and ids are the page's.
    across = "".join(f"M{round(x - at, 1)} {round(y - 6 + at, 1)}l6 6" for at in (1.5, 3, 4.5))
    pen.path("weak", outline + across)
