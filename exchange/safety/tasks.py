"""What goes on beside the pages: who is within all limits again is forgotten."""

import time

from . import actions

# Rounds come by the second; nobody minds a row for a minute longer.
EVERY = 60.0  # seconds

_next = 0.0


def work() -> int:
    """The number of rows that are gone now."""
    global _next  # noqa: PLW0603 one background thread in a process
    if time.monotonic() < _next:
        return 0
    _next = time.monotonic() + EVERY
    return actions.forget_acts()
