"""What the pages show of a choice and of its results, in words and addresses."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from exchange.figures import charts, labels
from exchange.figures.charts import Row
from exchange.figures.models import Reference
from exchange.figures.queries import Place
from exchange.web.templatetags.bilingual import localised

from . import charting, wording
from .choice import BY_AREA, CURRENCIES, Choice
from .forms import Option
from .queries import Linked, Pair


class About(NamedTuple):
    """What a page says about its numbers."""

    title: str
    sentence: str
    converted: str
    rates: str
    parities: str
    wages: list[str]


def about(choice: Choice) -> About:
    return About(
        title=wording.title(choice),
        sentence=wording.sentence(choice),
        converted=wording.converted(choice),
        rates=wording.exchange_rates(),
        parities=wording.parities(),
        wages=[said for code in wording.PPP_COUNTRIES if (said := wording.wage_of(code))],
    )


class Published(NamedTuple):
    """A public figure as the page lists it. `value` is its amount in the choice's measure."""

    place: str
    amount: str
    value: str
    basis: str
    publisher: str
    year: str
    address: str
    confidence: str
    weak: bool
    note: str
    is_drawn: bool


class References(NamedTuple):
    """Those that the charts show, and those of other bases."""

    drawn: list[Published]
    apart: list[Published]


def references(choice: Choice, found: Iterable[Reference]) -> References | None:
    rows = [_published(choice, reference) for reference in found] if choice.has_references else []
    if not rows:
        return None
    return References(
        [row for row in rows if row.is_drawn], [row for row in rows if not row.is_drawn]
    )


def _published(choice: Choice, reference: Reference) -> Published:
    value = charting.value_of(choice, reference)
    drawn = value is not None and charting.is_drawn(choice, reference)
    per = labels.per(reference.period, reference.unit)
    area = f" / {labels.UNITS['m2'].name}" if reference.measure == "m2" else ""
    money = labels.money(reference.amount, reference.currency)
    return Published(
        place=_place(reference),
        amount=f"{money} {per}{area}".strip(),
        value=charting.amount(choice, value) if value is not None else "",
        basis=wording.basis(choice.item, reference.basis),
        publisher=reference.publisher,
        year=labels.when(reference),
        address=reference.address,
        confidence=_confidence(reference.confidence),
        weak=reference.weak,
        note=localised(reference.note),
        is_drawn=drawn,
    )


def _place(reference: Reference) -> str:
    where, country = labels.where(reference), labels.country(reference.country)
    return where if where == country else f"{where} · {country}"


def _confidence(code: str) -> str:
    return {
        "high": _("reliable"),
        "medium": _("fairly reliable"),
        "low": _("not very reliable"),
    }.get(code, code)


def switch(choice: Choice) -> list[tuple[str, str, bool]]:
    """The same page in the other money: sign, address, whether it is shown now. Empty where no money is
    shown."""
    if choice.measure not in ("money", *BY_AREA):
        return []
    signs = {"CNY": "¥", "USD": "$"}
    return [
        (signs[code], f"?{choice._replace(currency=code).query}", code == choice.currency)
        for code in CURRENCIES
    ]


def currency(asked: str, language: str) -> str:
    if asked.upper() in CURRENCIES:
        return asked.upper()
    return "USD" if language == "en" else "CNY"


# Two cities


class Half(NamedTuple):
    """One city's figures of an item: `line` is the row that a table of charts would have."""

    city: str
    line: charts.Line
    few: bool
    sample: bool
    linked: list[tuple[str, int, int]]


class Compared(NamedTuple):
    name: str
    basis: str
    axis: str
    address: str
    halves: list[Half]


def head_to_head(found: list[Pair], places: list[Place], currency: str) -> dict[str, Any]:
    """The items that can be compared, and the names of those that cannot, for want of one basis."""
    names = [charting.place_label(city) for _, city in places]
    pairs = [_compared(pair, currency) for pair in found if pair.basis is not None]
    apart = [wording.name(pair.item) for pair in found if pair.basis is None]
    return {"names": names, "pairs": pairs, "apart": apart, "rates": wording.exchange_rates()}


def _compared(pair: Pair, currency: str) -> Compared:
    choice = Choice(pair.item, pair.basis or "", currency=currency)
    asked = choice._replace(cities=tuple(side.place[1] for side in pair.sides))
    halves = []
    for side in pair.sides:
        name, language = charting.place_label(side.place[1])
        row = Row(name, language, side.place[0], side.summary)
        # Also where nothing can be drawn of it: then the page says so.
        chart = charting.chart("countries", "", choice, [], sample=False)._replace(rows=(row,))
        line = charts.rows(chart)[0]
        sample = any(linked.entry.sample for linked in side.linked)
        halves.append(
            Half(name, line, side.summary.few, sample, [_link(linked) for linked in side.linked])
        )
    return Compared(
        wording.name(pair.item),
        wording.basis(pair.item, choice.basis),
        wording.axis(choice),
        f"?{asked.query}",
        halves,
    )


def _link(linked: Linked) -> tuple[str, int, int]:
    """A figure as it was given, its number, and its post's."""
    entry = linked.entry
    said = f"{labels.money(entry.amount, entry.currency)} {labels.per(entry.period, entry.unit)}"
    return f"{said.strip()} · {labels.when(entry)}", entry.pk, linked.post


def city_options(
    offered: Mapping[Place, int], chosen: list[Place]
) -> list[tuple[str, list[Option]]]:
    """For both fields: the cities with figures, under their countries."""
    fields = []
    for at, name in enumerate(("a", "b")):
        picked = chosen[at][1] if at < len(chosen) else 0
        rows = sorted(
            (labels.country(country), -n, charting.place_label(city)[0], city)
            for (country, city), n in offered.items()
        )
        options = [
            Option(str(city), f"{label} · {country} ({-n})", city == picked)
            for country, n, label, city in rows
        ]
        fields.append((name, options))
    return fields
