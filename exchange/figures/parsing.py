"""An amount as people type it, read: `¥3500/月`, `$3.5k a month`, `1万2`, `约三千五`, `1,150`.

What was read is shown before it is sent. What can be read in two ways, or holds a word that may change
its meaning, is asked back; nothing is guessed in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from exchange.figures import amount_words as words
from exchange.figures.numerals import (
    DIGIT,
    WRITTEN,
    NotANumber,
    Number,
    read_number,
)

LONGEST = 80  # characters; more is no amount
LARGEST = Decimal(10**12)  # in any currency: a flat in Jakarta costs some 10**9 rupiah


class Reading(NamedTuple):
    """What was typed. Without `error` there is an amount.

    error: empty, not_a_number, zero, negative, not_finite, too_large.
    question, to be asked back before it is taken:
      separators  1.150, 1,234.567 or 1.234,56: `amount` or, if there is one, `other`
      places      1万25: 10,025 (`amount`) or 12,500 (`other`)
      range       3000-3500 or 三四千: from `amount` to `other`, one of which has to be chosen
      currency    two that exclude each other; `currency` is empty
      period      the same of periods
      text        words that were not understood, "3500+" or "3500多" among them
    currency, period and unit are filled only where the text says so. `unit` is a key of units.py
    ("12元/斤"); then `period` is "each" unless another is named.
    """

    amount: Decimal | None
    currency: str = ""
    period: str = ""
    question: str = ""
    error: str = ""
    other: Decimal | None = None
    unit: str = ""


def read_amount(typed: str) -> Reading:
    text = plain(typed)
    if not text:
        return Reading(None, error="empty")
    if len(text) > LONGEST:
        return Reading(None, error="not_a_number")
    try:
        return _checked(_reading(list(_tokens(_with_change(text)))))
    except NotANumber as refused:
        return Reading(None, error=str(refused) or "not_a_number")


def _checked(reading: Reading) -> Reading:
    amount = reading.amount or Decimal(0)
    if not amount:
        return Reading(None, error="zero")
    if max(amount, reading.other or amount) > LARGEST:
        return Reading(None, error="too_large")
    return reading


# Made plain

# Only the characters of the words that are looked for here, so that no dictionary has to be loaded.
_TRADITIONAL = "萬億兩點負圓塊錢幣歐鎊韓臺紙約將總計個週禮學費間鐘頭時頓無窮銖盧紐門顆馬蘭資隻"
_SIMPLIFIED = "万亿两点负圆块钱币欧镑韩台纸约将总计个周礼学费间钟头时顿无穷铢卢纽门颗马兰资只"
_CAPITALS = "壹贰貳弍叁參陆陸肆伍柒捌玖拾佰仟零幺"
_SMALL = "一二二二三三六六四五七八九十百千零一"
_SIGNS = {
    "。": ".",
    "٫": ".",
    "٬": ",",
    "’": "'",
    "‘": "'",
    "−": "-",
    "〜": "~",
    "∼": "~",
    "≈": "~",
}
_TABLE = str.maketrans(_TRADITIONAL + _CAPITALS, _SIMPLIFIED + _SMALL) | str.maketrans(_SIGNS)


def plain(typed: str) -> str:
    """Figures of any script and full-width signs as ASCII, small letters, Simplified, single spaces."""
    text = "".join(map(_plain_character, typed)).lower().translate(_TABLE)
    return " ".join(text.split())


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in {"Cf", "Mn"}:  # marks of direction, joiners, variation selectors
        return ""
    if "\uff01" <= character <= "\uffee":
        return unicodedata.normalize("NFKC", character)
    return character


# 块 and 毛

_CHANGE = re.compile(
    rf"(?<!\d)(?P<whole>{WRITTEN})[块元圆](?P<tenths>[1-9]|{DIGIT}|\d\d(?![角毛]))"
    rf"(?:[角毛](?:(?P<hundredths>[1-9]|{DIGIT})分?)?)?(?=$|[ /,.;!?]|钱|整|左右|每|一)"
)
_TENTHS = re.compile(
    rf"(?<!\d)(?P<tenths>{WRITTEN})[角毛](?:(?P<hundredths>[1-9]|{DIGIT})分?)?(?!利)"
)


def _with_change(text: str) -> str:
    """两块五 and 3元5角 as 2.5元 and 3.5元, 八毛 as 0.8元."""
    return _TENTHS.sub(_tenths_in_figures, _CHANGE.sub(_change_in_figures, text))


def _change_in_figures(found: re.Match[str]) -> str:
    whole, tenths = read_number(found["whole"]), found["tenths"]
    if whole.question or whole.readings[0] % 1:
        raise NotANumber
    share = Decimal(tenths) / 100 if len(tenths) == 2 else _one(tenths) / 10  # 3块50
    return f"{whole.readings[0] + share + _one(found['hundredths']) / 100:f}元"


def _tenths_in_figures(found: re.Match[str]) -> str:
    return f"{_one(found['tenths']) / 10 + _one(found['hundredths']) / 100:f}元"


def _one(text: str | None) -> Decimal:
    return read_number(text).readings[0] if text else Decimal(0)


# The parts of the text


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_PER = r"(?:/|每一?|一|1(?=个)|per |an? |every |each ) ?"
_KINDS = [
    ("per", rf"{_PER}(?:{words.one_of(words.PERIODS | words.UNITS)})"),
    ("adverb", words.one_of(words.ADVERBS)),
    ("cents", words.one_of(words.CENTS)),
    ("currency", words.one_of(words.CURRENCIES)),
    ("endless", words.one_of(words.NOT_FINITE)),
    ("minus", words.one_of(words.NEGATIVE)),
    ("filler", words.one_of(words.FILLERS)),
    ("between", r"[-–—~]+|" + words.one_of(words.BETWEEN)),
    ("number", WRITTEN),
    ("space", r"[\s,.;:!?'\"“”，；：！？/]|\+(?=[\d.¥$€£])"),
    ("word", r"[a-z]+"),
    ("other", r"."),
]
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS), re.DOTALL)


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        yield Token(found.lastgroup or "", found[0], found.start(), found.end())


def _reading(tokens: list[Token]) -> Reading:
    kinds = [token.kind for token in tokens]
    if "endless" in kinds and "number" not in kinds:
        raise NotANumber("not_finite")
    _refuse_what_only_looks_like_a_number(tokens)
    _refuse_negative(tokens)
    number = _number([token for token in tokens if token.kind in {"number", "between"}])
    if {"cents", "currency"} <= set(kinds):
        raise NotANumber
    scale = Decimal("0.01") if "cents" in kinds else Decimal(1)
    currency, asks_currency = _currency(tokens)
    period, unit, asks_period = _period(tokens)
    asks_text = "text" if {"word", "other", "endless"} & set(kinds) else ""
    first, *others = (reading * scale for reading in number.readings)
    return Reading(
        first,
        currency,
        period,
        number.question or asks_currency or asks_period or asks_text,
        other=others[0] if others else None,
        unit=unit,
    )


def _refuse_what_only_looks_like_a_number(tokens: list[Token]) -> None:
    """1e5, 0x10, 3½, 50%, 10^5."""
    for token in tokens:
        if token.kind == "other" and (token.text in "%‰^*=_\\<>|#@点" or _is_numeric(token.text)):
            raise NotANumber
    for before, after in pairwise(tokens):
        if {before.kind, after.kind} == {"number", "word"}:
            raise NotANumber


def _refuse_negative(tokens: list[Token]) -> None:
    """-5, rent -5 and 负5; "rent - 5" has a dash, as "房租——5" has."""
    kinds = [token.kind for token in tokens]
    if "number" not in kinds:
        return
    before = tokens[: kinds.index("number")]
    for token, after in pairwise([*before, tokens[len(before)]]):
        is_sign = token.text in {"-", "–", "--"} and (token.start == 0 or after.kind != "space")
        if is_sign or token.kind == "minus":
            raise NotANumber("negative")


def _is_numeric(character: str) -> bool:
    return unicodedata.category(character)[0] == "N"


def _number(tokens: list[Token]) -> Number:
    """One number, or two with a dash or 到 between them."""
    numbers = [read_number(token.text) for token in tokens if token.kind == "number"]
    kinds = [token.kind for token in tokens]
    while kinds and kinds[-1] == "between":
        kinds.pop()
    if kinds == ["number", "between", "number"]:
        return _range(*numbers)
    if [kind for kind in kinds if kind != "between"] != ["number"]:
        raise NotANumber
    return numbers[0]


def _range(low: Number, high: Number) -> Number:
    """From one to the other. 3-5k is 3k-5k; ends more than ten times apart are a date or the like."""
    if low.question or high.question:
        raise NotANumber
    first, last = low.readings[0], high.readings[0]
    if low.scale == 1 and first * high.scale < last:
        first *= high.scale
    if not 0 < first <= last <= 10 * first:
        raise NotANumber
    return Number((first, last), "range")


def _currency(tokens: list[Token]) -> tuple[str, str]:
    said = [words.CURRENCIES[token.text] for token in tokens if token.kind == "currency"]
    if any(token.kind == "cents" for token in tokens):
        said.append(words.DOLLARS)
    common = [
        code for code in min(said, key=len, default=()) if all(code in codes for codes in said)
    ]
    if said and not common:
        return "", "currency"
    return (common[0] if common else ""), ""


def _period(tokens: list[Token]) -> tuple[str, str, str]:
    """The period, the unit, and "period" if two exclude each other."""
    after_per = [re.sub(f"^{_PER}", "", token.text) for token in tokens if token.kind == "per"]
    periods = {words.PERIODS[word] for word in after_per if word in words.PERIODS}
    periods |= {words.ADVERBS[token.text] for token in tokens if token.kind == "adverb"}
    units = {words.UNITS[word] for word in after_per if word in words.UNITS}
    if len(periods) > 1 or len(units) > 1:
        return "", "", "period"
    unit = units.pop() if units else ""
    return periods.pop() if periods else "each" if unit else "", unit, ""
