"""The parts of comparisons that `/styleguide/` shows. All numbers are invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from exchange.comparisons import charting, forms, fragments, presenting, queries
from exchange.comparisons.choice import Choice
from exchange.figures import drawing
from exchange.figures.actions import normalise
from exchange.figures.charts import rows
from exchange.figures.models import Item, Reference

from .specimens_charts import HIGH, LOW, summary

COLUMBUS, SHANGHAI = 4509177, 1796236
PLACES = {("CN", SHANGHAI): LOW, ("US", COLUMBUS): HIGH}


def made(language: str) -> dict[str, Any]:
    item = _item()
    choice = Choice(item, "bedrooms=1", years=(2024, 2026))
    published = [_published(item, "1"), _published(item, "any")]
    cities = {place: len(points) for place, points in PLACES.items()}
    asked = forms.Asked(choice, [item], published, {"bedrooms=1": 17}, [])
    found = _compared()
    card = _card(choice, found)
    return {
        "topic": "rent",
        "choice": choice,
        "form": forms.form(asked, cities),
        "about": presenting.about(choice),
        "switch": presenting.switch(choice),
        "references": presenting.references(choice, published),
        "cards": [("rent", card), ("tuition", None)],
        "card": card,
        "figure": drawing.figure(charting.by_city(choice, found, {})),
        "query": choice.query,
        "others": 2,
        "pair": _pair(choice, found),
    }


def _item() -> Item:
    return Item(
        slug="rent-flat",
        topic="rent",
        name={"en": "Rent, whole flat", "zh-hans": "整租", "zh-hant": "整租"},
        period="month",
        conditions=["bedrooms", "area", "utilities"],
        basis=["bedrooms"],
    )


def _published(item: Item, bedrooms: str) -> Reference:
    reference = Reference(
        item=item,
        amount=Decimal(1300),
        currency="USD",
        period="month",
        country="US",
        year=2024,
        conditions={"bedrooms": bedrooms},
        publisher="Statistics office",
        address="https://example.org/",
        confidence="low",
        weak=True,
        note={"en": "Asking rents.", "zh-hans": "挂牌租金。", "zh-hant": "掛牌租金。"},
    )
    normalise(reference, item)
    return reference


def _compared() -> queries.Compared:
    cities = {place: summary(points) for place, points in PLACES.items()}
    countries = {place[0]: found for place, found in cities.items()}
    return queries.Compared(cities, countries, {}, {}, tuple(cities), sample=True)


def _card(choice: Choice, found: queries.Compared) -> fragments.Card:
    return fragments.card_of(choice, found.countries, sample=True)


def _pair(choice: Choice, found: queries.Compared) -> presenting.Compared:
    halves = []
    for place, shown in found.cities.items():
        name, language = charting.place_label(place[1])
        row = charting.Row(name, language, place[0], shown)
        line = rows(charting.chart("countries", "", choice, [row], sample=True))[0]
        linked = [(f"{charting.amount(choice, 1150)} · {date(2026, 5, 1):%Y-%m}", 1, 1)]
        halves.append(presenting.Half(name, line, False, True, linked))
    about = presenting.about(choice)
    return presenting.Compared(about.title, "", about.sentence, "", halves)
