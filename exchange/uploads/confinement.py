"""What the child takes from itself before it looks at a stranger's file."""

import ctypes
import os
import resource
import signal
import sys

from .limits import CPU_SECONDS, MEMORY

_LIMITS = {
    "RLIMIT_AS": MEMORY,
    "RLIMIT_CPU": CPU_SECONDS,
    "RLIMIT_FSIZE": 0,
    "RLIMIT_CORE": 0,
    "RLIMIT_NOFILE": 24,  # libraries and fonts are opened on the way
}
_SET_PARENT_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38


def confine() -> None:
    for name, value in _LIMITS.items():
        _limit(getattr(resource, name), value)
    os.nice(5)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(what, (value, value))
    except (ValueError, OSError):
        if sys.platform == "linux":
            raise  # macOS knows the limit of memory and refuses to set it
