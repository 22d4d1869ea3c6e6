"""The picture that a link to a thread is shown with elsewhere: its title in both languages.

Drawn with a font of the system that has Chinese characters. A character that the font lacks is
never drawn as an empty box: emoji are left out, and a title with other unknown characters is left
out as a whole. Where no title is left, the card is the one that all other pages have.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw

from exchange.languages.fonts import drawable, font_of, glyphs, quoted
from exchange.languages.text import clusters

# Bumped when cards come to look different, so that no old picture is kept.
FORM = 2
# What Open Graph readers ask for: 1.91 to 1.
SIZE = (1200, 630)
MARGIN = 72
WIDTH = SIZE[0] - 2 * MARGIN
# The light theme's colours (tokens.css).
PAPER, INK, INK_2, ACCENT, OTHER = "#faf8f4", "#22252a", "#5a5e65", "#0d6b68", "#a93622"

# The titles stand between the board's name and the site's address, in the largest of these pairs of
# sizes that shows them whole; in the smallest they are cut.
TOP, BOTTOM, GAP = 186, 530, 28
SIZES = ((64, 44), (56, 40), (48, 36))
MOST_LINES = 3  # of the first title, once they have to be cut, so that the second has two

# A line breaks at spaces and beside Chinese characters; a mark stays with the word it touches.
_UNIT = re.compile(r"\s+|[^\s\u2e80-\uffef]+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：？！）】》〉」』〕”’…—～·,.;:?!)]}%％")
_NOT_LAST = frozenset("“‘（【《〈「『〔([{")
_NOT_BEFORE_CUT = _NOT_LAST | frozenset(" 　，、；：,;:…")


class Line(NamedTuple):
    text: str
    size: int
    top: int
    colour: str


def draw(titles: Sequence[str], *, board: str, site: str) -> bytes:
    """A PNG, 1200 x 630: up to two titles, the first one larger, under the board's name."""
    placed = layout([quoted(drawable(title, glyphs())) for title in titles])
    if not placed:
        return Path(finders.find("icons/card.png") or "").read_bytes()
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 16, SIZE[1]), fill=OTHER)
    _brand(pen, site)
    name = lines(drawable(board, glyphs()), font_of(34), WIDTH, 1)[0]
    for line in [Line(name, 34, 118, ACCENT), *placed]:
        pen.text((MARGIN, line.top), line.text, font=font_of(line.size), fill=line.colour)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def layout(titles: Iterable[str]) -> list[Line]:
    """Where the first two titles stand that are not empty."""
    shown = [title for title in titles if title][:2]
    for sizes in SIZES:
        placed = _placed(shown, sizes, cut=sizes == SIZES[-1])
        if all(line.top + _height(line.size) <= BOTTOM for line in placed):
            break
    return placed


def _placed(titles: list[str], sizes: tuple[int, int], *, cut: bool) -> list[Line]:
    placed: list[Line] = []
    top = TOP
    for title, size, colour in zip(titles, sizes, (INK, INK_2), strict=False):
        room = (BOTTOM - top) // _height(size)
        most = room if placed or len(titles) == 1 else min(room, MOST_LINES)
        for text in lines(title, font_of(size), WIDTH, most if cut else None):
            placed.append(Line(text, size, top, colour))
            top += _height(size)
        top += GAP
    return placed


def _height(size: int) -> int:
    return round(size * 1.35)


def lines(text: str, font: Any, width: int, most: int | None = None) -> list[str]:
    """Broken between words and beside Chinese characters, with "…" where `most` lines are too few.

    No closing mark begins a line, and no opening one ends it.
    """
    found, line = [], ""
    for unit in _fitting(text, font, width):
        if line and font.getlength(line + unit.rstrip()) > width:
            found.append(line.rstrip())
            line = ""
        line += unit if line else unit.lstrip()
    found.append(line.rstrip())
    if most and len(found) > most:
        last = list(clusters(found[most - 1]))
        while last and (font.getlength("".join(last) + "…") > width or last[-1] in _NOT_BEFORE_CUT):
            last.pop()
        found = [*found[: most - 1], "".join(last) + "…"]
    return found


def _fitting(text: str, font: Any, width: int) -> Iterator[str]:
    """A word wider than the card is broken anywhere."""
    for unit in _joined(_UNIT.findall(text)):
        if font.getlength(unit) <= width:
            yield unit
            continue
        for part in _joined(clusters(unit)):
            yield from [part] if font.getlength(part) <= width else clusters(part)


def _joined(units: Iterable[str]) -> Iterator[str]:
    """The units with the marks that no line may begin or end with."""
    held = ""
    for unit in units:
        if held and not (
            unit[0] in _NOT_FIRST
            or held[-1] in _NOT_LAST
            or unicodedata.category(unit[0])[0] == "M"
        ):
            yield held
            held = ""
        held += unit
    yield held


def _brand(pen: Any, site: str) -> None:
    font = font_of(40)
    pen.text((MARGIN, 52), "Exchange", font=font, fill=INK)
    if drawable("交流", glyphs()):
        pen.text((MARGIN + font.getlength("Exchange "), 52), "交流", font=font, fill=OTHER)
    pen.text((MARGIN, SIZE[1] - 84), site, font=font_of(28), fill=INK_2)
