"""What the child takes from itself before it looks at a stranger's file."""

import ctypes
import os
import resource
import signal
import sys

from . import syscalls
from .limits import CPU_SECONDS, MEMORY

_OPEN = 24  # files: libraries and fonts are opened on the way
ANY = resource.RLIM_INFINITY
_SET_PARENT_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38


def confine(*, files: int = _OPEN, written: int = 0) -> None:
    """`files` may be open at once; `written` bytes of one may be written. Tests ask for more."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: written,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: files,
    }
    for what, value in limits.items():
        _limit(what, value)
    os.nice(5)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        syscalls.forbid()


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(what, (value, value))
    except (ValueError, OSError):
        if sys.platform == "linux":
            raise  # macOS knows the limit of memory and refuses to set it


def limit_data(size: int) -> None:
    """Bytes that this process may write to, libraries and all."""
    _limit(resource.RLIMIT_DATA, size)


def allow(seconds: float) -> None:
    """Of the processor, from now on; then the process ends, whatever a library is doing."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
