"""A text without its disguises, to look for words in: never what is stored or shown.

Compatibility forms, case, width and marks go, characters that nobody sees go, letters that look like
Latin ones become those, Traditional characters become Simplified.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property

from opencc import OpenCC

# Drawn as nothing: format characters, variation selectors, fillers.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Marks on letters. Those of kana, Thai and the like are part of the letter, and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0))

# Letters that are one shape, or all but one, in common fonts (after case folding).
_LOOKALIKES = {
    "a": "аαɑᴀ",
    "b": "ʙвьƅ",
    "c": "сϲᴄⅽ",
    "d": "ԁɗđðᴅ",
    "e": "еєεҽᴇ",
    "f": "ƒꜰ",
    "g": "ɡցɢ",
    "h": "һհħʜн",
    "i": "іıιɪӏ",
    "j": "јʝᴊ",
    "k": "кκĸᴋ",
    "l": "łʟ",
    "m": "мᴍ",
    "n": "ոηŋɴп",
    "o": "оοօøσᴏ",
    "p": "рρþᴘ",
    "q": "ԛզ",
    "r": "гʀ",
    "s": "ѕꜱ",
    "t": "тτŧᴛ",
    "u": "υսᴜц",
    "v": "νѵᴠ",
    "w": "ԝωшᴡ",
    "x": "хχ",
    "y": "уγүʏ",
    "z": "ᴢʐ",
}
# White letters in black boxes and circles, which no normal form knows.
_BOXED = (0x1F150, 0x1F170)
# Digits and signs in the place of letters: "v1agra", "c@sh". One and "!" stand for two letters.
_SIGNS = "0134578@$!|"
_AS_I = str.maketrans(_SIGNS, "oieastbasii")
_AS_L = str.maketrans(_SIGNS, "oleastbasll")
_SIGN_IN_WORD = re.compile(r"[a-z][0134578@$!|]|[0134578@$!|][a-z]")
_SIGNED_WORD = re.compile(r"[a-z0134578@$!|]+")
_LETTERS = re.compile(r"[^\W_]+")
MANY_ODD = 100  # beyond, one pass over the text is quicker


class Folded:
    """`tight` has the letters and digits of `plain` alone, and `places` where in it each stands."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.tight = "".join(_LETTERS.findall(plain))

    @cached_property
    def places(self) -> list[int]:
        """Asked for only once something was found."""
        return [at for run in _LETTERS.finditer(self.plain) for at in range(*run.span())]

    def gap(self, at: int) -> str:
        """What stands between two neighbours of `tight`, the first of them at this index."""
        return self.plain[self.places[at] + 1 : self.places[at + 1]]


def plain(text: str) -> str:
    """Idempotent, and linear in the text."""
    text = without_invisible(text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return _translated(unicodedata.normalize("NFC", text))


def _translated(text: str) -> str:
    """Few characters of a text change: replacing those takes a tenth of the time that asking each does."""
    table = _table()
    odd = [char for char in set(text) if char in table]
    if len(odd) > MANY_ODD:
        return text.translate({ord(char): plain for char, plain in table.items()})
    for char in odd:
        text = text.replace(char, table[char])
    return text


def folded(text: str) -> Folded:
    return Folded(plain(text))


def spelt_with_signs(text: Folded) -> Iterator[Folded]:
    """The words of it that have signs in them, with the letters that these may stand for."""
    signed = [word for word in _SIGNED_WORD.findall(text.plain) if _SIGN_IN_WORD.search(word)]
    if words := " ".join(signed):
        yield Folded(words.translate(_AS_I))
        yield Folded(words.translate(_AS_L))


def without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003fffd" or char in "〇々"


@cache
def _table() -> dict[str, str]:
    """Character by character, so that a word folds the same wherever it stands."""
    table = {odd: letter for letter, odds in _LOOKALIKES.items() for odd in odds}
    for start in _BOXED:
        table |= {chr(start + at): chr(ord("a") + at) for at in range(26)}
    blocks = ["\n".join(map(chr, range(first, end))) for first, end in _HAN_BLOCKS]
    written = "\n".join(blocks)
    converted: str = OpenCC("t2s").convert(written)
    pairs = zip(written.split("\n"), converted.split("\n"), strict=True)
    return table | {char: simple for char, simple in pairs if char != simple}
