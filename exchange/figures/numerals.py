"""One number as people write it: `1,150`, `3.5k`, `1万2`, `三千五`, `壹仟`, `三点五万`.

It is given text that `parsing.plain` has made plain: figures are ASCII, letters are small, Chinese is
Simplified and without capitals (壹 is 一). The norm of both languages is a comma, a space or an
apostrophe between thousands and a point before decimals; whatever else is meant has to be asked.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from exchange.figures.amount_words import PERIODS, one_of
from exchange.figures.amount_words import UNITS as UNITS_SOLD

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
DIGITS |= {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "k": 1000, "w": 10**4}
UNITS |= {"thousand": 1000, "grand": 1000}
MILLIONS = {"m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
BIG = 10**4  # 万 and 亿 multiply everything before them, 十百千 only one digit

# Atomic: figures are taken whole, not tried in every cut.
FIGURES = r"(?>[.,]?\d+(?:(?:[.,']| (?=\d{3}(?!\d)))\d+)*)"
# 三千一个月 is 三千 and 一个月.
_COUNTED = one_of(word for word in PERIODS | UNITS_SOLD if not word.isascii())
DIGIT = rf"[二三四五六七八九两零〇]|一(?!{_COUNTED})"
UNIT = (
    r"[十百万亿]|千(?![克瓦])|[kw](?![a-z])"
    r"|(?:thousand|grand|million|billion|mn|bn|m)(?![a-z\d²])"
)
WRITTEN = rf"(?:{FIGURES}|{DIGIT}|{UNIT})(?: ?(?:{UNIT})|{FIGURES}|{DIGIT}|点)*+"
_PART = re.compile(rf"(?P<figures>{FIGURES})|(?P<digit>{DIGIT})| ?(?P<unit>{UNIT})")

_POINT = re.compile(r"([^\d点]+)点([零〇一二三四五六七八九两]+)(?!点)")
_FROM_TO = re.compile(r"([一二三四五六七八九两])([二三四五六七八九两])([十百千万亿]+)")
_MILLIONS = re.compile(rf"({FIGURES}) ?({'|'.join(sorted(MILLIONS, key=len, reverse=True))})")


class NotANumber(ValueError):
    """It cannot be read as a number."""


class Number(NamedTuple):
    """The ways to read it, likeliest first, and why there is more to ask: "", separators, places, range.

    Of a range these are the lower and the upper end. `scale` is the unit at its end, else 1: of
    3-5k the first number is meant in thousands, too.
    """

    readings: tuple[Decimal, ...]
    question: str = ""
    scale: int = 1


def read_number(text: str) -> Number:
    """Raises NotANumber."""
    text = _POINT.sub(_with_a_point, text)
    if set(text) <= set(DIGITS):  # 三五〇〇
        return Number((Decimal(_figures_of(text)),))
    if found := _FROM_TO.fullmatch(text):
        return _from_to(found)
    if found := _MILLIONS.fullmatch(text):
        readings, question = read_figures(found[1], with_unit=True)
        scale = MILLIONS[found[2]]
        if found[2] == "m" and readings[0] >= 1000:  # months or metres, as likely
            raise NotANumber
        return Number(tuple(reading * scale for reading in readings), question, scale)
    return _sum(_parts(text))


def _with_a_point(found: re.Match[str]) -> str:
    whole = read_number(found[1])
    return f"{whole.readings[0]:f}.{_figures_of(found[2])}"


def _figures_of(text: str) -> str:
    return "".join(str(DIGITS[character]) for character in text)


def _from_to(found: re.Match[str]) -> Number:
    """两三千 is between two and three thousand."""
    low, high = DIGITS[found[1]], DIGITS[found[2]]
    if low >= high:
        raise NotANumber
    scale = 1
    for unit in found[3]:
        scale *= UNITS[unit]
    return Number((Decimal(low * scale), Decimal(high * scale)), "range")


# Figures

_NORM = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:([, '])\d{3})(?:\1\d{3})*)?(?:\.(\d+))?")
_COMMA_BEFORE_DECIMALS = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:([. '])\d{3})(?:\1\d{3})*)?(?:,\d+)?")
_IN_FOURS_OR_INDIAN = re.compile(
    r"[1-9]\d{0,3}(?:,\d{4})+(?:\.\d+)?|[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[., ']\d{3})+")


def read_figures(text: str, *, with_unit: bool = False) -> tuple[tuple[Decimal, ...], str]:
    """The ways to read figures and separators, and "separators" if it is not plain which is meant.

    It is plain where the norm allows it and nothing else does: 1.150 may be a thousand or a little more
    than one (1.125万 may not), 1.234,56 is against the norm.
    """
    readings = list(dict.fromkeys(_ways(text)))
    if not readings:
        raise NotANumber
    plain = _NORM.fullmatch(text) and (with_unit or len(readings) == 1)
    return (tuple(readings[:1]), "") if plain else (tuple(readings[:2]), "separators")


def _ways(text: str) -> list[Decimal]:
    bare = re.sub(r"[, ']", "", text)
    ways = []
    if _NORM.fullmatch(text):
        ways.append(Decimal(bare))
        if "." not in text:
            return ways
    if _IN_FOURS_OR_INDIAN.fullmatch(text):
        ways.append(Decimal(bare))
    if _COMMA_BEFORE_DECIMALS.fullmatch(text):
        ways.append(Decimal(re.sub(r"[. ']", "", text).replace(",", ".")))
    if _THOUSANDS.fullmatch(text):
        ways.append(Decimal(re.sub(r"\D", "", text)))
    return ways


# Figures and Chinese numerals with units


class _Part(NamedTuple):
    """A digit or figures (`values`, `length` in figures, 0 for a Chinese digit), or a unit."""

    values: tuple[Decimal, ...] = ()
    length: int = 0
    unit: int = 0
    question: str = ""


def _parts(text: str) -> list[_Part]:
    parts, at = [], 0
    while at < len(text):
        found = _PART.match(text, at)
        if not found:
            raise NotANumber
        parts.append(_part(found, with_unit=found[0] != text))
        at = found.end()
    return parts


def _part(found: re.Match[str], *, with_unit: bool) -> _Part:
    if found["unit"]:
        unit = UNITS.get(found["unit"])
        if not unit:  # a million in the middle
            raise NotANumber
        return _Part(unit=unit)
    if found["digit"]:
        return _Part((Decimal(DIGITS[found["digit"]]),))
    values, question = read_figures(found["figures"], with_unit=with_unit)
    return _Part(values, len(found["figures"]), question=question)


def _sum(parts: list[_Part]) -> Number:
    """Every way of reading the first figures is tried; of figures further on there must be one."""
    if any(part.question for part in parts[1:]):
        raise NotANumber
    first = parts[0]
    readings: list[Decimal] = []
    for value in first.values or (Decimal(0),):
        adding = _Sum()
        for part in [first._replace(values=(value,)) if first.values else first, *parts[1:]]:
            adding.take(part)
        readings += adding.ends()
    question = first.question or ("places" if len(readings) > 1 else "")
    return Number(tuple(readings[:2]), question, parts[-1].unit or 1)


class _Sum:
    """Adds up 一万二千五: `section` is what 万 and 亿 will multiply, `pending` waits for its unit."""

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.pending: _Part | None = None
        self.small = BIG  # the last of 十百千 in this section; those that follow are smaller
        self.big = 0  # the last of 万 and 亿
        self.last = 0  # the last unit of all
        self.zero = False  # 零 since then
        self.exact = True  # no decimals yet

    def take(self, part: _Part) -> None:
        if not part.values:
            self._unit(part.unit)
        elif self.pending or not self.exact:
            raise NotANumber
        elif part.values[0] == 0 and not part.length and self.last:
            self.zero = True
        else:
            self.pending = part

    def _unit(self, unit: int) -> None:
        self.exact = self.exact and self._value() % 1 == 0
        if unit < BIG:
            self._multiply_digit(unit)
        else:
            self._multiply_section(unit)
        self.last, self.pending, self.zero = unit, None, False

    def _value(self) -> Decimal:
        return self.pending.values[0] if self.pending else Decimal(0)

    def _multiply_digit(self, unit: int) -> None:
        if unit >= self.small or not (self.pending or unit == 10):
            raise NotANumber
        self.section += (self._value() if self.pending else 1) * unit  # 十五 is 一十五
        self.small = unit

    def _multiply_section(self, unit: int) -> None:
        if self.pending and self.small < BIG and not self._stands_for_itself(self.pending):
            raise NotANumber
        self.section += self._value()
        if self.big and unit >= self.big:
            if (self.big, unit) != (10**4, 10**8):
                raise NotANumber
            self.section, self.total = self.section + self.total, Decimal(0)  # 一万亿
        if not self.section:
            raise NotANumber
        self.total += self.section * unit
        self.section, self.small, self.big = Decimal(0), BIG, unit

    def _stands_for_itself(self, rest: _Part) -> bool:
        """三千零五 and 1万2000, not 三千五."""
        return self.zero or self.last == 10 or rest.length == _zeros(self.last)

    def ends(self) -> tuple[Decimal, ...]:
        """What it comes to. 1万2 is 12,000; 1万20 may be 10,020 or 12,000, so there are two."""
        whole, rest = self.total + self.section, self.pending
        if rest is None:
            if self.zero:
                raise NotANumber
            return (whole,)
        value = rest.values[0]
        if not self.last:
            return (value,)
        if value % 1 or value == 0 or rest.length > _zeros(self.last):
            raise NotANumber
        if self._stands_for_itself(rest):
            return (whole + value,)
        places = whole + value * self.last / 10 ** (rest.length or 1)
        return (places,) if rest.length <= 1 else (whole + value, places)


def _zeros(unit: int) -> int:
    return len(str(unit)) - 1
