"""What amounts are measured with: purchasing power parities and an hour's wage.

`seeds/figures/yardsticks.toml` has the numbers with their sources.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).resolve().parent.parent.parent / "seeds" / "figures" / "yardsticks.toml"


class Factor(NamedTuple):
    value: Decimal  # local currency per international dollar
    year: int


class Wage(NamedTuple):
    hourly: Decimal
    currency: str
    kind: str  # mean | median
    year: int
    source: str  # the reference figure's id


def ppp(country: str, year: int) -> Factor | None:
    """The country's purchasing power parity of that year, or of the nearest one before, else the first.

    World Bank, PA.NUS.PPP: local currency that buys what a dollar buys in the United States in that year,
    for the basket of the whole economy. Between benchmark surveys (the last was of 2021) it is carried
    forward by inflation. It is not the price level of a household's basket, still less of rents alone.
    """
    factors = _factors(country)
    if not factors:
        return None
    earlier = [known for known in factors if known <= year]
    known = max(earlier) if earlier else min(factors)
    return Factor(factors[known], known)


def currency_of(country: str) -> str:
    """In which its parity is given; "" without one."""
    return str(_file()["ppp"].get(country, {}).get("currency", ""))


def wage(country: str) -> Wage | None:
    """What an hour of work pays before tax: hourly = amount of a period / paid hours in it.

    United States: median usual weekly earnings of full-time employees, 2025 / 40 h (Bureau of Labor
    Statistics; full time is 35 h or more there, so an hour may be worth up to 14% more). China: mean
    annual wage in urban non-private units, 2024 / 2,088 h, the paid hours of labour law, 21.75 days x 8 h
    x 12 (National Bureau of Statistics, through the press). One is a median, the other a mean of the
    better paid part: `kind` has to be said wherever the two stand beside each other.
    """
    for row in _file()["wage"]:
        if row["country"] == country:
            hourly = Decimal(row["amount"]) / Decimal(row["hours"])
            return Wage(hourly, row["currency"], row["kind"], row["year"], row["id"])
    return None


def _factors(country: str) -> dict[int, Decimal]:
    factors = _file()["ppp"].get(country, {}).get("factors", {})
    return {int(year): Decimal(value) for year, value in factors.items()}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
