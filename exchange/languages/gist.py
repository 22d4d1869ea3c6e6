"""A text word by word in the other language, for who cannot read it and has no translation yet.

It is no translation: every word has its likeliest equivalent, in the order of the original. Nothing
may be decided by it, and it is kept nowhere but with the page.
"""

from __future__ import annotations

import re
import unicodedata

from .reading import gist_of, read
from .render import plain
from .script import own_words

# Of a long text the beginning says what it is about; the rest is a tap away, word by word.
MOST_LETTERS = 1500
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
BETWEEN = " · "
_SIGNS = {
    "en": dict(zip("，。！？；：、", ",.!?;:,", strict=True)),
    "zh": dict(zip(",.!?;:", "，。！？；：", strict=True)),
}
# Brackets, quotation marks and signs of money belong to the word behind them.
_OPENING = ("Ps", "Pi", "Sc")


def lines(body: str, reader: str) -> list[str]:
    """One line a paragraph in what `reader` ("en" or "zh") reads; [] where no word has an equivalent.

    What is in that language already stays as it is. Names come with their pinyin, or as they are.
    """
    text = plain(_FENCE.sub("", own_words(body)))
    made = [_line(line, reader) for line in text[:MOST_LETTERS].splitlines()]
    found = [line for line, _ in made if line]
    if not any(helped for _, helped in made):
        return []
    return [*found, "…"] if len(text) > MOST_LETTERS else found


def _line(line: str, reader: str) -> tuple[str, bool]:
    """The line, and whether any word in it was put into the other language."""
    said, helped = "", False
    for word in read(line):
        if _is_sign(word.text):
            opens = unicodedata.category(word.text.strip()[0]) in _OPENING
            said = (said if opens else said.removesuffix(BETWEEN)) + _sign(word.text, reader)
            continue
        own = word.pinyin is not None
        foreign = own if reader == "en" else bool(word.base)
        equivalent = gist_of(word) if foreign else word.text.strip()
        if foreign and not equivalent and own and len(word.text) > 1:
            equivalent = "".join(word.pinyin or ()).capitalize()  # a name, likely
        helped = helped or (foreign and bool(equivalent))
        if equivalent:
            said += equivalent + BETWEEN
    return " ".join(said.removesuffix(BETWEEN).split()), helped


def _is_sign(text: str) -> bool:
    return bool(text.strip()) and all(unicodedata.category(c)[0] in "PZS" for c in text)


def _sign(text: str, reader: str) -> str:
    sign = _SIGNS[reader].get(text.strip(), text.strip())
    opens = unicodedata.category(sign[0]) in _OPENING
    return sign if reader == "zh" or opens else f"{sign} "
