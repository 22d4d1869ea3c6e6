"""Normal forms and measures of what people type, for every text field alike.

Order of use: `normalise`, then refuse or drop what `unprintable` names, then the
questions (`is_blank`, `weighted_length`, ...). Everything here is linear in the input.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

ELLIPSIS = "…"

# Vietnamese needs 2 marks on a base, Thai 2, Hebrew with cantillation 3 or 4; Zalgo dozens.
MAX_MARKS = 4

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Not `str.rstrip()`: it would silently take the separators U+001C-001F, which are refused.
_SPACES = " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u202f\u205f\u3000"

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")

_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Letters by category, but drawn as nothing: Hangul fillers, empty braille, null note head.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")
# Unassigned, yet "default ignorable": a browser draws nothing for them (Unicode 15, 5.21).
_IGNORABLE = re.compile("[\u2065\ufff0-\ufff8\U000e0000-\U000e0fff]")

# East Asian Width W or F without emoji, by block.
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U0001aff0-\U0001b16f\U00020000-\U0003fffd]+"
)

_ZWJ = "\u200d"
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA_CLASS = 9


def normalise(raw: str) -> str:
    """The stored form of a typed text: NFC, "\\n" for every line end, no edges of white space.

    Spaces at line ends go, so Markdown's break by two spaces does not survive; it is not
    needed, for a post keeps its line ends (`render.py`) and a backslash still breaks a line.
    The first line keeps its indentation. Idempotent. Nothing is refused here.
    """
    lines = _NEWLINES.sub("\n", unicodedata.normalize("NFC", raw)).split("\n")
    return "\n".join(line.rstrip(_SPACES) for line in lines).strip("\n")


def unprintable(text: str) -> list[str]:
    """Codes ("U+0000") of the characters that may not be stored, each once, in order.

    C0 except tab and newline, DEL, C1, lone surrogates, noncharacters: databases, XML feeds
    or UTF-8 refuse them, and nobody can see them. Ask after `normalise`, which has turned
    the line ends among them into newlines.
    """
    found = dict.fromkeys(_UNPRINTABLE.findall(text))
    return [f"U+{ord(char):04X}" for char in found]


def without_unprintable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def is_blank(text: str) -> bool:
    """Whether a person would see nothing: white space, marks alone, zero-width, fillers."""
    return not any(_is_visible(char) for char in set(text))


def _is_visible(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cn":  # a character newer than Python's tables is an emoji more often than not
        return not (_IGNORABLE.match(char) or _UNPRINTABLE.match(char))
    if category == "Co":  # drawn as a box
        return True
    return category[0] not in "ZCM" and char not in _FILLERS


def weighted_length(text: str) -> int:
    """Characters, where a Han, Kana, Hangul or full-width one counts 2.

    One limit is then about as much to say in Chinese as in English, and as wide on the page.
    """
    return len(text) + sum(len(run) for run in _WIDE.findall(text))


def has_direction_override(text: str) -> bool:
    """Whether an embedding, override or isolate (U+202A-202E, U+2066-2069) is in the text.

    In a name or a title they reorder the neighbours' text. The marks U+200E, U+200F and U+061C
    cannot, and honest Arabic and Hebrew need them.
    """
    return _OVERRIDE.search(text) is not None


def excess_marks(text: str) -> bool:
    """Whether some base carries more than `MAX_MARKS` combining marks, which smear over lines.

    For titles and names: as marks of scripts that stack subjoined letters (Tibetan) count
    too, a post is not asked.
    """
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                return True
        elif category != "Cf":  # a joiner between marks does not start a new base
            marks = 0
    return False


def excerpt(text: str, limit: int) -> str:
    """At most `limit` weighted characters of the text, "…" included and only if it was cut.

    Never cuts inside a combining sequence, an emoji sequence, a flag or a Hangul syllable:
    if the first cluster alone is too long, only "…" is left.
    """
    if weighted_length(text[: limit + 1]) <= limit:
        return text
    room = limit - len(ELLIPSIS)
    weights = accumulate(weighted_length(char) for char in text[: max(room, 0)])
    end = sum(1 for weight in weights if weight <= room)
    while end > 0 and _joins(text, end):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def clusters(text: str) -> Iterator[str]:
    """What people see as one character each: a letter with its marks, an emoji with its parts."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text, at):
            yield text[start:at]
            start = at


def _joins(text: str, at: int) -> bool:
    """Whether the characters on both sides of the index belong to one grapheme cluster.

    The rules GB3-GB13 of UAX #29 in short, with GB9c widened to every virama.
    """
    before, after = text[at - 1], text[at]
    if _extends(after) or before == _ZWJ or before + after == "\r\n":
        return True
    if _is_regional(before) and _is_regional(after):
        return _regionals_ending_at(text, at) % 2 == 1
    if unicodedata.combining(before) == _VIRAMA_CLASS:
        return unicodedata.category(after) == "Lo"
    return _continues_syllable(before, after) or _is_surrogate_pair(before, after)


def _extends(char: str) -> bool:
    return (
        char in _JOINERS
        or unicodedata.category(char)[0] == "M"
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= char <= "\U000e007f"  # tags of regional flags
    )


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _regionals_ending_at(text: str, end: int) -> int:
    start = end
    while start > 0 and _is_regional(text[start - 1]):
        start -= 1
    return end - start


def _continues_syllable(before: str, after: str) -> bool:
    """Whether conjoining Hangul letters are one syllable: L+L, and anything Hangul before V or T."""
    if _is_leading_jamo(after):
        return _is_leading_jamo(before)
    is_vowel_or_tail = "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb"
    return is_vowel_or_tail and ("\u1100" <= before <= "\u11ff" or "\ua960" <= before <= "\ud7fb")


def _is_leading_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c"


def _is_surrogate_pair(before: str, after: str) -> bool:
    return "\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff"
