"""A chart as a PNG for sharing, 1200 x 630: the page's own drawing in the light theme.

resvg draws it with the rules for charts in the site's style sheet, in about 40 ms (CPU) and 8 MB. It
knows no custom properties: the light theme's colours are put into the rules before.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from pygal.etree import etree

from exchange.figures import charts
from exchange.figures.charts import Chart
from exchange.figures.drawing import tree
from exchange.figures.fitting import fitted
from exchange.figures.plot import CARD
from exchange.languages.fonts import drawable, font_of, font_path, glyphs, quoted

# Bumped when pictures come to look different, so that no old one is kept.
FORM = 1
SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 56
# Where the drawing stands, and how tall it may be in its own units before its letters get too small.
TOP, ROOM, TALLEST = 160, 372, 285


def png(chart: Chart, *, site: str) -> bytes | None:
    """None where no font with Chinese characters is on the machine: boxes are never drawn."""
    import resvg_py

    path = font_path()
    if path is None:
        return None
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=etree.tostring(_card(chart, site), encoding="unicode"),
            style_sheet=rules(),
            skip_system_fonts=True,
            font_files=[str(face) for face in _faces(path)],
            font_family=font_of(34).getname()[0],
        )
    )


def _faces(path: Path) -> list[Path]:
    """The font, and its regular cut where it was found in bold."""
    regular = path.with_name(path.name.replace("Bold", "Regular"))
    return [path, regular] if regular != path and regular.exists() else [path]


def _card(chart: Chart, site: str) -> Any:
    root = etree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    size = {"width": str(WIDTH), "height": str(HEIGHT), "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    root.attrib.update(size)
    _rect(root, WIDTH, "paper")
    _rect(root, 16, "other")
    shown, drawing = _fitting(chart)
    root.append(drawing)
    said = charts.caption(shown)
    name = _text(root, "Exchange", 30, 52, "ink")
    etree.SubElement(name, "tspan", dx="8", fill=light()["other"]).text = "交流"
    _text(root, chart.title, 40, 104, "ink", weight="600")
    _text(root, charts.axis(shown), 24, 144, "ink-2")
    _text(root, " · ".join(filter(None, [said.counted, said.basis])), 20, 562, "ink-2")
    _text(root, " · ".join(filter(None, [said.note, said.sources])), 20, 592, "ink-2")
    _text(root, site, 24, 52, "ink-2", anchor="end")
    for node in root.iter():
        if node.tag in ("text", "tspan"):
            node.text = _without_boxes(node.text)
    return root


def _fitting(chart: Chart) -> tuple[Chart, Any]:
    """As many rows as stay readable, those with the most figures; and their drawing in its place."""
    shown = chart._replace(most=min(chart.most, len(chart.rows)))
    drawing = tree(shown, CARD)
    while _height(drawing) > TALLEST and chart.kind != "years" and shown.most > 1:
        shown = shown._replace(most=shown.most - 1)
        drawing = tree(shown, CARD)
    place = {"x": MARGIN, "y": TOP, "width": WIDTH - 2 * MARGIN, "height": ROOM}
    drawing.attrib.update({name: str(value) for name, value in place.items()})
    drawing.set("preserveAspectRatio", "xMidYMid")
    return shown, drawing


def _height(drawing: Any) -> float:
    return float(drawing.get("viewBox").split()[3])


def _rect(root: Any, width: int, colour: str) -> None:
    fill = light()[colour]
    etree.SubElement(root, "rect", width=str(width), height=str(HEIGHT), fill=fill)


def _text(
    root: Any, words: str, size: int, base: int, colour: str, weight: str = "400", anchor: str = ""
) -> Any:
    """A line from the left edge, or up to the right one, cut where it is longer than there is room."""
    node = etree.SubElement(root, "text", x=str(MARGIN), y=str(base), fill=light()[colour])
    node.attrib.update({"font-size": str(size), "font-weight": weight})
    if anchor:
        node.attrib.update({"x": str(WIDTH - MARGIN), "text-anchor": anchor})
    node.text = fitted(words, WIDTH - 2 * MARGIN, size)
    return node


def _without_boxes(words: str) -> str:
    """A name in letters that the font lacks is left out; its numbers stay."""
    return quoted(drawable(words, glyphs())) or ("…" if words.strip() else "")


# The style sheet

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ELSEWHERE = re.compile(r"@(?:media|container)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"(?P<where>[^{};]*\.chart-[^{};]*)\{(?P<body>[^{}]*)\}")
_COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
_USED = re.compile(r"var\(--([a-z0-9-]+)\)")


def _sheet(name: str) -> str:
    return Path(finders.find(f"css/{name}.css") or "").read_text()


@cache
def light() -> dict[str, str]:
    """The light theme's colours: the first list of tokens.css."""
    return dict(_COLOUR.findall(_sheet("tokens").partition("}")[0]))


@cache
def rules() -> str:
    """The rules for charts, with colours in place of tokens."""
    text = _ELSEWHERE.sub("", _COMMENT.sub("", _sheet("thread")))
    found = [f"{rule['where'].strip()} {{{rule['body']}}}" for rule in _RULE.finditer(text)]
    rules = [_USED.sub(lambda used: light().get(used[1], used[0]), rule) for rule in found]
    return "\n".join(rule for rule in rules if "var(" not in rule)  # those of the page around it
