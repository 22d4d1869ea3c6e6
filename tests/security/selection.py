"""How much of a long list is asked: all of it in `make soak`, a selection that covers it in `make test`."""

import os
from collections.abc import Iterable

WHOLE = os.environ.get("EXCHANGE_LANE") == "soak"


def some[T](things: Iterable[T], step: int, start: int = 0) -> list[T]:
    """Every so manieth; with another start at each place, so that each thing is somewhere."""
    return list(things) if WHOLE else list(things)[start % step :: step]


def groups(fields: dict[str, str], number: int) -> list[dict[str, str]]:
    """Fields that nobody may hear, several in one form: where none of them did anything, each did nothing."""
    items = list(fields.items())
    if WHOLE:
        return [{name: value} for name, value in items]
    return [dict(items[start::number]) for start in range(number)]
