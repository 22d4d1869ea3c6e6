"""What many figures say together: median, quartiles, range, and which of them stand apart.

All values are of one item, basis and measure. The order in which they come makes no difference.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from math import exp, isfinite, log
from typing import NamedTuple

FEWEST = 3  # with fewer there is no median, only points
ENOUGH = 5  # for quartiles and to tell that one stands apart
MOST_POINTS = 400  # more than that no chart can show

# Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): a modified z-score above 3.5. On normal
# values 1.4826 median absolute deviations make a standard deviation.
FURTHEST = 3.5
DEVIATIONS = 1.4826
# Where half of the values or more are (nearly) one amount, the deviation is (nearly) zero and the next
# price would count as far away. So what lies within a factor of two of the median is never marked.
NEAR = 2


class Value(NamedTuple):
    amount: float
    person: int
    place: str
    at: int  # ordinal of the day it is of
    sent: int  # the entry's id: of two of one day the greater one was posted later


class Summary(NamedTuple):
    """All but `outliers` is about the `n` values that are counted."""

    n: int
    median: float | None
    q1: float | None
    q3: float | None
    low: float | None
    high: float | None
    outliers: tuple[float, ...]
    points: tuple[float, ...]
    since: int | None
    until: int | None
    few: bool


def voices(values: Iterable[Value]) -> list[Value]:
    """One a person and place: of the newest date and, of one date, posted last.

    In an order that depends on nothing but the values.
    """
    newest: dict[tuple[int, str], Value] = {}
    for value in sorted(values, key=_by_age):
        newest[value.person, value.place] = value
    return sorted(newest.values())


def summarise(values: Iterable[Value]) -> Summary:
    """One voice a person and place; values that stand apart are listed, and counted nowhere.

    No median under 3, no quartiles under 5. Quartiles lie between the nearest values by rank, both ends
    included (Hyndman and Fan's type 7, as spreadsheets and R have it). Amounts that are not above zero are
    passed over, since they have no logarithm.
    """
    heard = voices(value for value in values if isfinite(value.amount) and value.amount > 0)
    low, high = bounds([value.amount for value in heard])
    counted = [value for value in heard if low <= value.amount <= high]
    amounts = [value.amount for value in counted]
    days = [value.at for value in counted]
    q1, q3 = _quartiles(amounts)
    few = len(amounts) < FEWEST
    return Summary(
        n=len(amounts),
        median=None if few else statistics.median(amounts),
        q1=q1,
        q3=q3,
        low=min(amounts, default=None),
        high=max(amounts, default=None),
        outliers=tuple(value.amount for value in heard if not low <= value.amount <= high),
        points=_thinned(amounts),
        since=min(days, default=None),
        until=max(days, default=None),
        few=few,
    )


def bounds(amounts: list[float]) -> tuple[float, float]:
    """Outside of these an amount stands apart: |ln x - median of ln x| > max(3.5 x 1.4826 x MAD, ln 2).

    MAD is the median of |ln x - median of ln x|. On the log scale half of a price is as far away as twice
    the price. Under 5 amounts nothing stands apart.
    """
    if len(amounts) < ENOUGH:
        return 0.0, float("inf")
    logs = [log(amount) for amount in amounts]
    middle = statistics.median(logs)
    spread = statistics.median(abs(each - middle) for each in logs)
    furthest = max(FURTHEST * DEVIATIONS * spread, log(NEAR))
    furthest += (
        1e-9  # twice the median is within a factor of two, whatever the logarithm's last digit
    )
    return _exp(middle - furthest), _exp(middle + furthest)


def _exp(power: float) -> float:
    return exp(power) if power < 709 else float("inf")  # a double's largest


def _by_age(value: Value) -> tuple[int, int, Value]:
    return value.at, value.sent, value


def _quartiles(amounts: list[float]) -> tuple[float | None, float | None]:
    if len(amounts) < ENOUGH:
        return None, None
    q1, _median, q3 = statistics.quantiles(amounts, n=4, method="inclusive")
    return q1, q3


def _thinned(amounts: list[float]) -> tuple[float, ...]:
    """Evenly by rank; the lowest and the highest stay."""
    if len(amounts) <= MOST_POINTS:
        return tuple(amounts)
    last = len(amounts) - 1
    return tuple(amounts[round(rank * last / (MOST_POINTS - 1))] for rank in range(MOST_POINTS))
