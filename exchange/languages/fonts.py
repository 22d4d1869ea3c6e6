"""A font of the system with Chinese characters, for pictures, and what it can draw.

A character that a font lacks comes out as an empty box: texts go through `drawable` first.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageFont

from exchange.languages.text import clusters, excerpt

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
# No picture fits more of a title than this (a Chinese character counts two).
MOST_LETTERS = 160
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def drawable(text: str, font: Any) -> str:
    """The text without what the font lacks, or "" where that would leave out letters.

    A mark goes with the character that it stands on; what only asks for a shape always goes.
    """
    kept = []
    for cluster in clusters(excerpt(text, MOST_LETTERS)):
        for place, char in enumerate(cluster):
            category = unicodedata.category(char)
            if not _has(font, char):
                if category[0] in "LN":
                    return ""
                drawn = False
            else:
                drawn = category != "Cf" and (place > 0 or category[0] != "M")
            if drawn:
                kept.append(char)
            elif place == 0:
                break  # a mark on nothing would get a dotted circle to stand on
    return " ".join("".join(kept).split())


def quoted(text: str) -> str:
    """With straight quotes in a text that is mostly Latin: a Chinese font's curly ones are as wide
    as a Chinese character, and would tear a word like “don’t” apart."""
    han = sum(char > "\u2e7f" for char in text)
    return text.translate(_STRAIGHT) if han * 2 < len(text) else text


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
def glyphs() -> Any:
    """The font without its shaper, which puts a circle under a lone mark that the font lacks."""
    return font_of(34).font_variant(layout_engine=ImageFont.Layout.BASIC)


@cache
def font_of(size: int) -> Any:
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
