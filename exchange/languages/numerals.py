"""Numbers in Han, with or without figures among them: what they are worth and how they are said."""

from __future__ import annotations

import re

_FIGURES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_FIGURES |= {str(value): value for value in range(10)}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
CHARACTERS = frozenset(_FIGURES) | _TENS.keys() | _MYRIADS.keys()
_NUMERAL = re.compile("[0-9〇零一二两三四五六七八九十百千万亿]+\\Z")
_UNIT = re.compile("[十百千万亿]")
# 两三百 is some number of hundreds, 二三十 some number of tens.
_ABOUT = re.compile("([一二两三四五六七八])([二三四五六七八九])([十百千万亿]+)\\Z")
_TOKEN = re.compile("[0-9]+|.")
_SOUNDS = dict(zip("0123456789", "líng yī èr sān sì wǔ liù qī bā jiǔ".split(), strict=True))
LONGEST = 20


def number(word: str) -> str | None:
    """What a numeral in Simplified is worth, in figures: "32" of 三十二, "200–300" of 两三百.

    None for what is no numeral, or one that cannot be read.
    """
    if len(word) > LONGEST or not _NUMERAL.match(word) or word.isascii():
        return None
    if not _UNIT.search(word):  # a year or a room: each figure by itself
        return "".join(str(_FIGURES[char]) for char in word) if len(word) > 2 else None
    if about := _ABOUT.match(word):
        first, second = (_value(figure + about[3]) for figure in about.group(1, 2))
        return f"{first}–{second}" if first and second and first < second else None
    value = _value(word)
    return None if value is None else str(value)


def _value(word: str) -> int | None:
    """None where units do not go down, or two figures stand side by side."""
    total, section, figure = 0, 0, None
    unit, last_ten, last_myriad = 1, 10**4, 10**16
    for token in _TOKEN.findall(word):
        if token in ("零", "〇"):
            unit = 1  # what follows counts as it is: 一百零五
        elif token in _TENS:
            unit = _TENS[token]
            if unit >= last_ten:
                return None
            section += (1 if figure is None else figure) * unit
            figure, last_ten, unit = None, unit, unit // 10
        elif token in _MYRIADS:
            section += figure or 0
            size = _MYRIADS[token]
            if not section or size >= last_myriad:
                return None
            total += section * size
            section, figure, last_ten, last_myriad, unit = 0, None, 10**4, size, size // 10
        elif figure is not None:
            return None
        else:
            figure = int(token) if token.isascii() else _FIGURES[token]
    if figure is None:
        return total + section
    return total + section + figure * (unit if 0 < figure < 10 else 1)


def sound(word: str, at: int) -> str | None:
    """The reading of a figure that stands alone between Han; None for one of several: 12 is no "yī èr"."""
    if word[at] not in _SOUNDS or word[at - 1 : at].isdigit() or word[at + 1 : at + 2].isdecimal():
        return None
    if word[at] == "2" and word[at + 1 : at + 2] in ("百", "千", "万", "亿"):
        return "liǎng"
    return _SOUNDS[word[at]]
