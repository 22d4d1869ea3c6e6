"""`@name` in what people write: also right behind Chinese, and without a space after the name.

Nothing in `@小美在吗` says where the name ends, so every beginning of the words behind the sign may
be one. `possible_names` lists them, somebody looks up who is called so, and `find` takes the
longest of the names that there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from exchange.accounts.names import BETWEEN, HAN, LATIN, LEAST, MOST, SEPARATORS, width

# Names are looked up behind so many signs of a text. It bounds the query (a sign asks about 16
# names at most), and whoever calls more people than that by name means to disturb them.
MOST_SIGNS = 20

_FULL_WIDTH = "０-９Ａ-Ｚａ-ｚ"
_LETTER = f"{HAN}{LATIN}0-9{_FULL_WIDTH}"
# In these scripts a word ends where its letters do; `@tom_smith` is nobody called tom.
_OF_A_WORD = re.compile(f"[{LATIN}0-9{_FULL_WIDTH}_]")
# Not in an address of mail (`a@b`) or of the web (`/@b`), nor where a backslash takes the sign as it
# is. A name is never longer in characters than its greatest width.
_SIGN = re.compile(
    f"(?<![{LATIN}0-9.+/\\\\@＠])[@＠]([{_LETTER}][{_LETTER}’{BETWEEN}]{{0,{MOST - 1}}})"
)


def possible_names(*texts: str) -> set[str]:
    """What stands behind the first `MOST_SIGNS` signs of the texts and could be a name, as typed."""
    found: set[str] = set()
    signs = 0
    for text in texts:
        for match in _SIGN.finditer(text):
            beginnings = set(_beginnings(text, match.start(1), match.end(1)))
            signs += bool(beginnings - found)
            if signs > MOST_SIGNS:
                return found
            found |= beginnings
    return found


def is_meant(typed: str, username: str) -> bool:
    """Whether words that have the name's skeleton are the name: `@ada m` does not call adam."""
    return _gaps(typed) <= _gaps(username)


def find(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where members are called by name, with the sign: the longest of `names` at each sign."""
    if not names:
        return
    for match in _SIGN.finditer(text):
        beginnings = _beginnings(text, match.start(1), match.end(1))
        name = next((beginning for beginning in beginnings if beginning in names), "")
        if name:
            yield match.start(), match.start(1) + len(name)


def blanked(text: str, names: Collection[str]) -> str:
    """The text with spaces for its mentions, at the same offsets: a name is in no language."""
    pieces, done = [], 0
    for start, end in find(text, names):
        pieces += [text[done:start], " " * (end - start)]
        done = end
    return "".join(pieces) + text[done:]


def _beginnings(text: str, start: int, end: int) -> Iterator[str]:
    """The beginnings of `text[start:end]` that could be a whole name, the longest first."""
    for cut in range(end, start, -1):
        if _may_end(text, cut) and LEAST <= width(text[start:cut]) <= MOST:
            yield text[start:cut]


def _may_end(text: str, at: int) -> bool:
    last, following = text[at - 1], text[at : at + 1]
    if SEPARATORS.match(last) or last == "’":
        return False
    if following and unicodedata.category(following)[0] == "M":  # part of the last letter
        return False
    return not (_OF_A_WORD.match(last) and _OF_A_WORD.match(following))


def _gaps(name: str) -> int:
    return len(SEPARATORS.findall(name.replace("’", "'")))
