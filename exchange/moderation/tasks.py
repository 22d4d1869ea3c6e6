"""What goes on beside the pages."""

import time

from . import actions
from .consumer import consumer

# Rounds come by the second; what waited a day may wait a minute longer.
EVERY = 60.0  # seconds

_follower = consumer()
_next = 0.0


def work() -> int:
    global _next  # noqa: PLW0603 one background thread in a process
    if time.monotonic() >= _next:
        _next = time.monotonic() + EVERY
        actions.sweep()
    return _follower.round()
