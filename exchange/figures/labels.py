"""Figures in words, in the language that is active."""

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from babel import Locale
from babel.numbers import format_currency, format_decimal, get_currency_name
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from exchange.languages.conversion import convert

from . import places
from .conditions import CONDITIONS
from .units import UNITS

LOCALES = {"en": "en", "zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW"}
PERIODS = {
    "each": gettext_lazy("each time"),
    "hour": gettext_lazy("an hour"),
    "day": gettext_lazy("a day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "quarter": gettext_lazy("a quarter"),
    "term": gettext_lazy("a term"),
    "year": gettext_lazy("a year"),
    "credit": gettext_lazy("a credit"),
}
# After an amount: "$1,150 / month".
PER = {
    "hour": pgettext_lazy("after an amount", "/ hour"),
    "day": pgettext_lazy("after an amount", "/ day"),
    "week": pgettext_lazy("after an amount", "/ week"),
    "month": pgettext_lazy("after an amount", "/ month"),
    "quarter": pgettext_lazy("after an amount", "/ quarter"),
    "term": pgettext_lazy("after an amount", "/ term"),
    "year": pgettext_lazy("after an amount", "/ year"),
    "credit": pgettext_lazy("after an amount", "/ credit"),
}
TOPIC_NAMES = {
    "rent": gettext_lazy("Rent"),
    "tuition": gettext_lazy("Tuition"),
    "healthcare": gettext_lazy("Healthcare"),
    "daily-life": gettext_lazy("Daily life"),
    "income": gettext_lazy("Income"),
}
# The ones that come first where somebody chooses, then all others that there are rates for.
CURRENCIES = ("CNY", "USD", "HKD", "TWD", "EUR", "GBP", "JPY", "CAD", "AUD", "SGD", "KRW")
COUNTRIES = ("CN", "US", "HK", "MO", "TW")
# In whose cities people pay in it.
MONEY_OF = {
    "CN": "CNY",
    "US": "USD",
    "HK": "HKD",
    "MO": "MOP",
    "TW": "TWD",
    "GB": "GBP",
    "JP": "JPY",
    "CA": "CAD",
    "AU": "AUD",
    "SG": "SGD",
    "KR": "KRW",
}


class Said(NamedTuple):
    """A condition and the answer to it, both in words."""

    name: str
    answer: str


def locale() -> Locale:
    return Locale.parse(LOCALES.get(get_language() or "en", "en"))


def money(amount: Decimal | float, currency: str) -> str:
    """`$1,150` and `CN¥3,500` in English, `US$1,150` and `¥3,500` in Chinese; cents where there are any."""
    exact = Decimal(str(amount)).quantize(Decimal("0.01"))
    pattern = "¤#,##0" if exact == exact.to_integral_value() else "¤#,##0.00"
    return format_currency(exact, currency, format=pattern, locale=locale(), currency_digits=False)


def number(value: Decimal | float, digits: int = 2) -> str:
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=locale())


def country(code: str) -> str:
    return locale().territories.get(code, code)


def currency(code: str) -> str:
    return get_currency_name(code, count=2, locale=locale())


def per(period: str, unit: str) -> str:
    if period == "each":
        return f"/ {UNITS[unit].name}" if unit in UNITS else ""
    return str(PER.get(period, ""))


def city(figure: Any) -> str:
    """The place in the page's language, or as it was typed where it is in no list of cities."""
    place = places.by_id(figure.city) if figure.city else None
    return place_name(place) if place else figure.city_name


def place_name(place: places.Place) -> str:
    language = get_language() or "en"
    name = places.full_name(place, chinese=language != "en")
    return convert(name, "hant") if language == "zh-hant" and place.zh else name


def where(figure: Any) -> str:
    return city(figure) or getattr(figure, "region", "") or country(figure.country)


def when(figure: Any) -> str:
    return f"{figure.year}-{figure.month:02}" if figure.month else str(figure.year)


def said(figure: Any) -> list[Said]:
    """All conditions of a figure in the order of its item."""
    found = []
    for key in figure.item.conditions:
        if answer := figure.conditions.get(key, ""):
            condition = CONDITIONS[key]
            words = condition.options.get(answer, answer)
            found.append(Said(str(condition.name), area(figure) if key == "area" else str(words)))
    return found


def area(figure: Any) -> str:
    """`55 m² · gross, with a share of halls and stairs`."""
    conditions = figure.conditions
    unit = UNITS[conditions.get("area_unit") or "m2"].name
    basis = CONDITIONS["area_basis"].options.get(conditions.get("area_basis", "unknown"), "")
    return f"{number(Decimal(conditions['area']))} {unit} · {basis}"


def chip(figure: Any) -> list[str]:
    """The parts of a figure's chip: amount, place, what it hangs on, time."""
    amount = f"{money(figure.amount, figure.currency)} {per(figure.period, figure.unit)}".strip()
    answers = [(key, figure.conditions.get(key, "")) for key in figure.item.basis]
    # What an answer explains behind a colon is on the figure's own page.
    short = [
        answered(key, answer) if _is_shared(key, answer) else _BEHIND.sub("", answered(key, answer))
        for key, answer in answers
    ]
    if figure.conditions.get("area"):
        unit = UNITS[figure.conditions.get("area_unit") or "m2"].name
        short.append(f"{number(Decimal(figure.conditions['area']))} {unit}")
    return [part for part in (amount, where(figure), *short, str(figure.year)) if part]


def answered(key: str, answer: str) -> str:
    """An answer in words that can stand alone: `1 bedroom`, or with its question `Meals: included`."""
    condition = CONDITIONS.get(key)
    words = condition.options.get(answer, answer) if condition else answer
    if condition and _is_shared(key, answer):
        return _("%(name)s: %(answer)s") % {"name": condition.name, "answer": words}
    return str(words)


_BEHIND = re.compile(r"[:：].*")


def _is_shared(key: str, answer: str) -> bool:
    """Whether more than one question has this answer: it says nothing without its question."""
    return key in CONDITIONS and id(CONDITIONS[key].options.get(answer)) in _shared()


@cache
def _shared() -> frozenset[int]:
    """Which of the answers' words belong to more than one condition; the table keeps them alive."""
    times = Counter(id(words) for each in CONDITIONS.values() for words in each.options.values())
    return frozenset(words for words, count in times.items() if count > 1)


# In a text: [¥1] or [$1] stands for its first figure.
TOKEN = re.compile(r"\[[¥￥$＄]([1-8])\]")


def month_names() -> dict[int, str]:
    return dict(locale().months["stand-alone"]["wide"])


def asked_back(amount: Decimal, currency: str, period: str, unit: str) -> str:
    """How a figure was understood: "¥120,000 / month"."""
    return f"{money(amount, currency)} {per(period, unit)}".strip()


def reason(code: str) -> str:
    return {
        "amount": _("the amount"),
        "currency": _("the currency"),
        "period": _("the period: a month, a year, a term?"),
        "place": _("the place"),
        "date": _("the year or month"),
        "conditions": _("what is included"),
    }.get(code, code)
