"""Counts that are shown to everybody: none is so small that it would tell of one person. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Two people can each tell what the other one did; of three nobody can.
LEAST = 3
OTHERS = "others"
BAR = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` is None where it is one or two, which are not told apart. `bar` is 0 to BAR."""

    key: str
    count: int | None
    bar: int = 0


def grouped(counts: Mapping[str, int]) -> list[Cell]:
    """The largest first; those that are too small are one cell, which then is none that is too small."""
    left = sorted(
        ((key, count) for key, count in counts.items() if count), key=lambda row: (-row[1], row[0])
    )
    small = 0
    while left and (left[-1][1] < LEAST or 0 < small < LEAST):
        small += left.pop()[1]
    rows: list[tuple[str, int | None]] = list(left)
    if small:
        rows.append((OTHERS, small if small >= LEAST else None))
    return _with_bars(rows)


def in_order(counts: Sequence[tuple[str, int]]) -> list[Cell]:
    """Each in its place, those that are too small without their number."""
    return _with_bars([(key, None if 0 < count < LEAST else count) for key, count in counts])


def share(part: int, whole: int) -> int | None:
    """In per cent; None of too few, and where the rest or the part would be too few to hide in."""
    if whole < LEAST or 0 < part < LEAST or 0 < whole - part < LEAST:
        return None
    return round(100 * part / whole)


def median(values: Iterable[float]) -> float | None:
    """None of too few."""
    found = sorted(values)
    if len(found) < LEAST:
        return None
    middle = len(found) // 2
    return found[middle] if len(found) % 2 else (found[middle - 1] + found[middle]) / 2


def _with_bars(rows: Sequence[tuple[str, int | None]]) -> list[Cell]:
    most = max((count or 0 for _key, count in rows), default=0) or 1
    return [Cell(key, count, round(BAR * (count or 0) / most)) for key, count in rows]
