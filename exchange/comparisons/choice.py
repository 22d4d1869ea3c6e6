"""What of all figures is compared: one item, one basis, one measure, and what is left out."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from exchange.figures import normalise
from exchange.figures.models import Item

# The topics that have a page, and the board where their figures are talked about.
BOARDS = {
    "rent": "rent",
    "tuition": "tuition",
    "healthcare": "healthcare",
    "daily-life": "daily-life",
    "income": "daily-life",
}
# The four that the site is about; income is what the others are measured by.
TOPICS = ("rent", "tuition", "healthcare", "daily-life")
CURRENCIES = ("CNY", "USD")
MEASURES = ("money", "intl", "share", "hours", "m2", "sqft")
BY_AREA = ("m2", "sqft")
# How an area was measured is answered with the area; by area it is part of the basis.
AREA_BASIS = "area_basis"
SHOWN = ("both", "members", "public")
# Each condition that narrows the figures is asked for under its key behind this.
WITH = "with_"


class Choice(NamedTuple):
    """`cities` are GeoNames' numbers, none for those with the most figures; `conditions` are pairs.

    `currency` is what money is shown in. `show` is one of SHOWN.
    """

    item: Item
    basis: str
    measure: str = "money"
    currency: str = "USD"
    cities: tuple[int, ...] = ()
    years: tuple[int, int] | None = None
    conditions: tuple[tuple[str, str], ...] = ()
    show: str = "both"

    @property
    def column(self) -> str:
        """The name that figures.queries has for the measure: usd, cny_m2, share ..."""
        money = self.currency.lower()
        if self.measure in BY_AREA:
            return f"{money}_m2"
        return money if self.measure == "money" else self.measure

    @property
    def factor(self) -> float:
        """From what is kept to what is shown: shares as per cent, areas in the unit asked for."""
        if self.measure == "share":
            return 100.0
        if self.measure == "sqft":
            return float(normalise.per_unit(Decimal(1), "m2", "sqft"))
        return 1.0

    @property
    def has_members(self) -> bool:
        return self.show != "public"

    @property
    def has_references(self) -> bool:
        return self.show != "members"

    @property
    def is_narrowed(self) -> bool:
        """Not all figures of the item and basis: what the kept statistics cannot answer."""
        return bool(self.years or self.conditions)

    @property
    def query(self) -> str:
        """What stands behind the page's address, the same for the same choice."""
        asked = [("item", self.item.slug), ("basis", self.basis)]
        asked += [("measure", self.measure), ("money", self.currency.lower())]
        asked += [("city", str(city)) for city in self.cities]
        if self.years:
            asked += [("from", str(self.years[0])), ("until", str(self.years[1]))]
        asked += [(f"{WITH}{key}", answer) for key, answer in self.conditions]
        asked += [("show", self.show)] if self.show != "both" else []
        return urlencode(asked)


def measures(item: Item) -> list[str]:
    """Those that make sense of an item."""
    return [
        name
        for name in MEASURES
        if (name not in BY_AREA or "area" in item.conditions)
        and (name != "share" or item.period in ("month", "year"))
    ]


def answers(basis: str) -> dict[str, str]:
    """The conditions that a basis consists of."""
    pairs = (part.split("=", 1) for part in basis.split(";") if "=" in part)
    return {key: answer for key, answer in pairs if key}
