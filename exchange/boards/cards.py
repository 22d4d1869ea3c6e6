"""The picture that a link to a thread is shown with elsewhere: its title in both languages.

Drawn with a font of the system that has Chinese characters. A character that the font lacks is
never drawn as an empty box: emoji are left out, and a title with other unknown characters is left
out as a whole. Where there is no such font the card carries the site's Latin name alone.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

# What Open Graph readers ask for: 1.91 to 1.
SIZE = (1200, 630)
MARGIN = 72
# The light theme's colours (tokens.css).
PAPER, INK, INK_2, ACCENT, OTHER = "#faf8f4", "#22252a", "#5a5e65", "#0d6b68", "#a93622"

FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts"),
)
FONTS = (
    *("NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Bold.otf"),
    *("NotoSansCJKsc-Regular.otf", "NotoSansSC-Bold.otf", "NotoSansSC-Regular.otf"),
    *("SourceHanSansSC-Bold.otf", "SourceHanSans-Bold.ttc", "NotoSerifCJK-Bold.ttc"),
    *("wqy-zenhei.ttc", "wqy-microhei.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc"),
    *("msyhbd.ttc", "msyh.ttc", "DroidSansFallbackFull.ttf"),
)
# More of a title than this fits no card; what is longer ends in an ellipsis.
MOST_LETTERS = 160

_UNIT = re.compile(r"[^\W\u2e80-\uffef]+(?:[-'’./:][^\W\u2e80-\uffef]+)*|\s+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：？！）】》」』”’…—～,.;:?!)]}%％")


def draw(titles: Sequence[str], *, board: str, site: str) -> bytes:
    """A PNG, 1200 x 630: up to two titles, the first one larger, under the board's name."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 16, SIZE[1]), fill=OTHER)
    _brand(pen, site)
    _write(pen, drawable(board, _font(34)), 34, (MARGIN, 118), ACCENT, 1)
    shown = [title for title in titles[:2] if drawable(title, _font(64))]
    top = 186
    for size, colour, most, title in zip((64, 44), (INK, INK_2), (3, 2), shown, strict=False):
        text = drawable(title, _font(size))
        top = _write(pen, text, size, (MARGIN, top), colour, most) + 28
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def drawable(text: str, font: Any) -> str:
    """The text without what the font lacks, or "" where that would leave out letters."""
    kept = []
    for char in text[:MOST_LETTERS]:
        if not _has(font, char):
            if unicodedata.category(char)[0] in "LN":
                return ""
            continue
        kept.append(char)
    return " ".join("".join(kept).split())


def lines(text: str, font: Any, width: int, most: int) -> list[str]:
    """Broken between words and between Chinese characters; no closing mark begins a line."""
    found, line = [], ""
    for unit in _fitting(text, font, width):
        if line and font.getlength(line + unit.rstrip()) > width:
            found.append(line.rstrip())
            line = ""
        line += unit if line else unit.lstrip()
    found.append(line.rstrip())
    if len(found) > most:
        last = found[most - 1]
        while font.getlength(last + "…") > width:
            last = last[:-1]
        found = [*found[: most - 1], last.rstrip() + "…"]
    return found


def _fitting(text: str, font: Any, width: int) -> Iterator[str]:
    """A word wider than the card is broken anywhere."""
    for unit in _units(text):
        if font.getlength(unit) > width:
            yield from unit
        else:
            yield unit


def _units(text: str) -> Iterator[str]:
    held = ""
    for match in _UNIT.finditer(text):
        unit = match[0]
        if held and unit[0] not in _NOT_FIRST:
            yield held
            held = ""
        held += unit
    yield held


def _write(pen: Any, text: str, size: int, at: tuple[int, int], colour: str, most: int) -> int:
    """Draw lines from the top left corner `at`; where the next may begin."""
    left, top = at
    if not text:
        return top
    font = _font(size)
    for line in lines(text, font, SIZE[0] - 2 * MARGIN, most):
        pen.text((left, top), line, font=font, fill=colour)
        top += round(size * 1.35)
    return top


def _brand(pen: Any, site: str) -> None:
    font = _font(40)
    pen.text((MARGIN, 52), "Exchange", font=font, fill=INK)
    if drawable("交流", font):
        pen.text((MARGIN + font.getlength("Exchange "), 52), "交流", font=font, fill=OTHER)
    pen.text((MARGIN, SIZE[1] - 84), site, font=_font(28), fill=INK_2)


@lru_cache(maxsize=4096)
def _has(font: Any, char: str) -> bool:
    if char.isspace():
        return True
    mask = font.getmask(char)
    return (mask.size, bytes(mask)) != _missing(font)


@cache
def _missing(font: Any) -> tuple[Any, bytes]:
    mask = font.getmask("\uffff")
    return mask.size, bytes(mask)


@cache
def _font(size: int) -> Any:
    path = font_path()
    if not path:
        return ImageFont.load_default(size)
    for index in range(8):  # a collection holds one face for each region
        try:
            font = ImageFont.truetype(path, size, index=index)
        except OSError:
            break
        if "SC" in (font.getname()[0] or "") or path.suffix != ".ttc":
            return font
    return ImageFont.truetype(path, size)


@cache
def font_path() -> Path | None:
    """The first font with Chinese characters that this machine has."""
    found = {
        path.name: path
        for folder in FOLDERS
        for path in Path(folder).expanduser().rglob("*.[ot]t[cf]")
    }
    return next((found[name] for name in FONTS if name in found), None)
