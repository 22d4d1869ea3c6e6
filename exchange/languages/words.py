"""A text cut into words: Chinese by the dictionary's headwords, everything else by its letters."""

from __future__ import annotations

import contextlib
import ctypes
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from . import conversion, dictionary, numerals

if TYPE_CHECKING:
    from rjieba import Jieba

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
# What goes to the dictionary: Han with the letters and digits that touch it (T恤, 卡拉OK).
_PIECE = re.compile(
    rf"(?P<han>[A-Za-z0-9]*[{_HAN}々](?:[{_HAN}々A-Za-z]++|\d(?!\d*[.,:/%]\d?))*+)"
    r"|(?:[A-Z]\.){2,}"
    rf"|(?P<latin>\d+(?:[.,:/]\d+)*+%?"
    rf"|(?:[^\W_{_HAN}{_KANA}]|[\u0300-\u036f])++(?:['’.&-](?:[^\W_{_HAN}{_KANA}])++)*+[+#]*)"
    rf"|[{_KANA}]+|\s+|[^\w\s](?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u20e3]|\u200d[^\w\s])*+|.",
    re.DOTALL,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+"
)
_COUNTS = numerals.CHARACTERS | {"几"}
# What is counted may begin a word as well: 三|天|花了, not 三|天花. These are meant after a number.
_UNITS = frozenset("天年次")
_UNIT_WORDS = frozenset("年级 年代 年份 年报 年糕 年轻 次元 次方".split())
# 这|件|事|实在, not 事实.
_MATTERS = frozenset("事实 事先 事前 事后 事关".split())
# Where two words could share a character and the sentence tells whose it is, which frequencies do not:
# each () is the end of a word.
_ENDS = re.compile(
    r"从()前[门天]|从小()学(?![到就开起毕生里一二三四五六校部的那出回直升至以时])"
    r"|[那每今明昨前后]天()[才真]|说()明(?:天|年(?![龄轻代]))|雨天()[地路]"
    r"|[多些个数]人()才(?=[会能敢知懂喜需想肯愿来去看])|没()收到|[我你他她们]家()用的|里面()包(?=[水电网含括])"
    r"|学学()生物|本科()学的|自己的()话|[得听懂信盖按照][你我他她]们?的()话"
)


@cache
def _cutter() -> Jieba:
    """jieba's algorithm over our own words; its own 16 MB of words are let go first."""
    import rjieba

    own: Any = rjieba  # its types say nothing of these two
    own.clear()
    jieba: Jieba = own.Jieba.empty()
    for word, weight in dictionary.weights():
        jieba.add_word(word, weight, "")
    return jieba


def segment(text: str) -> list[str]:
    """The words of a text, spaces and punctuation included: joined they are the text. Linear."""
    return list(_words(text))


def is_word(text: str) -> bool:
    """Whether it is one of the words that a text is cut into."""
    return bool(_cutter().has_word(text))


def _words(text: str) -> Iterator[str]:
    at = 0
    for address in _ADDRESS.finditer(text):
        yield from _pieces(text[at : address.start()])
        yield address[0]
        at = address.end()
    yield from _pieces(text[at:])


def _pieces(text: str) -> Iterator[str]:
    plain = dictionary.simplified(text)
    for piece in _PIECE.finditer(text):
        if piece["han"] is None:
            yield piece[0]
        else:
            start = piece.start()
            for length in _lengths(plain[start : piece.end()]):
                yield text[start : start + length]
                start += length


def _cut(run: str) -> Iterator[str]:
    start = 0
    for match in _ENDS.finditer(run):
        end = match.start(match.lastindex or 0)
        yield from _cut_counted(run[start:end])
        start = end
    yield from _cut_counted(run[start:])


def _cut_counted(run: str) -> list[str]:
    """The dictionary's words of a run, a unit after its number never the beginning of one."""
    cut = _cutter().cut
    found: list[str] = cut(run, False)
    ends = list(_ends_of_units(found))
    if not ends:
        return found
    starts = [0, *ends]
    return [
        word
        for start, end in zip(starts, [*ends, len(run)], strict=True)
        for word in cut(run[start:end], False)
    ]


def _ends_of_units(found: list[str]) -> Iterator[int]:
    at, before = 0, ""
    for word in found:
        if len(word) == 2 and _ends_inside(before, word):
            yield at + 1
        before = word
        at += len(word)


def _ends_inside(before: str, word: str) -> bool:
    if before == "件":
        return word in _MATTERS
    return (
        word[0] in _UNITS
        and word not in _UNIT_WORDS
        and before != ""
        and _COUNTS.issuperset(before)
    )


def _lengths(run: str) -> Iterator[int]:
    """The lengths of the words of a run of Han, numbers kept whole: 三十二, 1万2."""
    waiting = 0
    for word in _cut(run):
        if numerals.CHARACTERS.issuperset(word):
            waiting += len(word)
            continue
        if waiting:
            yield waiting
        if waiting and word == "个人":  # 三个|人, not 三|个人
            yield 1
            yield 1
        else:
            yield len(word)
        waiting = 0
    if waiting:
        yield waiting


def warm() -> None:
    """Loads everything: before a server forks, so that its workers share the memory.

    Both libraries build their tables out of twice as much, which the C library keeps unless told.
    """
    _cutter()
    for target in ("hant", "hans"):
        conversion.convert("头髮", target)
    with contextlib.suppress(OSError, AttributeError):  # only GNU's has it
        ctypes.CDLL(None).malloc_trim(0)
