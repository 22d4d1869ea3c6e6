"""What one currency was worth in another: euro reference rates of the European Central Bank.

`seeds/figures/rates.csv` (made by `scripts/rates.py`) holds, for each month since 1999, the last day up
to the 15th that has rates, and the newest day of all. These are mid-market rates of some 14:15 CET,
without what a bank or a card charges. An amount dated by its month is converted at the middle of it.
A day is converted at the nearest earlier one kept, at most about a month before: for yuan and dollars
that is off by 0.2% in the middle, 1.5% at the 95th percentile and 6.2% on the worst day (May 2022).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent.parent.parent / "seeds" / "figures" / "rates.csv"
EURO = "EUR"


class Rate(NamedTuple):
    value: Decimal  # units of the one currency for one of the other
    on: date  # whose rates these are


class _Table(NamedTuple):
    columns: dict[str, int]
    days: list[str]
    lines: list[str]  # split when they are needed: 0.1 MB instead of 1 MB of decimals


def rate(source: str, to: str, on: date) -> Rate | None:
    """Units of `to` for one of `source` on that day or the nearest earlier one that has rates.

    value = (units of `to` per euro) / (units of `source` per euro). None where one of them is unknown or
    was not quoted yet (the yuan: before April 2005). One currency into itself is 1 on any day.
    """
    if source == to:
        return Rate(Decimal(1), on)
    table = _table()
    place = bisect_right(table.days, on.isoformat()) - 1
    if place < 0:
        return None
    quotes = table.lines[place].split(",")
    have, want = (_per_euro(table, quotes, currency) for currency in (source, to))
    return Rate(want / have, date.fromisoformat(quotes[0])) if have and want else None


def currencies() -> list[str]:
    """Those that can be converted, by code."""
    return sorted([*_table().columns, EURO])


def newest() -> date:
    """The last day that has rates."""
    return date.fromisoformat(_table().days[-1])


def _per_euro(table: _Table, quotes: list[str], currency: str) -> Decimal | None:
    if currency == EURO:
        return Decimal(1)
    column = table.columns.get(currency)
    return Decimal(quotes[column]) if column and quotes[column] else None


@cache
def _table() -> _Table:
    _about, header, *lines = FILE.read_text(encoding="utf-8").splitlines()
    names = header.split(",")
    columns = {name: place for place, name in enumerate(names) if place}
    return _Table(columns, [line.partition(",")[0] for line in lines], lines)
