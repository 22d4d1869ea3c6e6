"""What the figures of one cell say together."""

from typing import NamedTuple


class Summary(NamedTuple):
    """`n` counts those that the median is of; outliers are listed apart.

    No median under 3 (`few`), no quartiles under 5. `since` and `until` are ordinals of dates.
    """

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
