"""What the child may no longer ask of Linux: other programs, the network, and changing any file.

A filter of system calls (seccomp) that answers "not permitted". Where there is none, or another processor,
the other limits stand alone.
"""

import ctypes
import errno
import os
import platform
import struct
from typing import NamedTuple

_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where these stand in what the filter is shown
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_THREAD = 0x00010000  # CLONE_THREAD
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_OTHER_ABI = 0x40000000  # numbers of x32, under which everything has a second name


class _Calls(NamedTuple):
    architecture: int
    forbidden: tuple[int, ...]
    absent: tuple[int, ...]  # whose flags a filter cannot see: libraries then use older ones
    opens: dict[int, int]  # and which argument has the flags
    clone: int


def _numbers(listed: str) -> tuple[int, ...]:
    return tuple(map(int, listed.split()))


# Sockets; execve; signals to others; debugging; links, names, modes and owners of files; mounts; names
# of the system; rings; signals by descriptor; forks. In the order of their numbers.
_CALLS = {
    "x86_64": _Calls(
        0xC000003E,
        _numbers(
            "41 42 49 53 57 58 59 62 76 82 83 84 85 86 87 88 90 92 94 101 132 133 165 235 250 258 "
            "259 260 261 263 264 265 266 268 272 280 308 310 311 316 321 322 323 424 425 452"
        ),
        (435, 437),
        {2: 1, 257: 2},
        56,
    ),
    "aarch64": _Calls(
        0xC00000B7,
        _numbers(
            "33 34 35 36 37 38 40 45 53 54 88 97 117 129 198 199 200 203 219 221 268 270 271 276 "
            "280 281 282 424 425 452"
        ),
        (435, 437),
        {56: 2},
        220,
    ),
}


def forbid() -> None:
    """From now on and for good; needs `PR_SET_NO_NEW_PRIVS`."""
    calls = _CALLS.get(platform.machine())
    if calls is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return
    program = b"".join(_program(calls))
    lines = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(lines))
    ctypes.CDLL(None).prctl(_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(head), 0, 0)


def _program(calls: _Calls) -> list[bytes]:
    """Each test either falls through to the next or returns."""
    refuse, absent = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
    lines = [
        _line(_LOAD, _ARCHITECTURE),
        _line(_EQUAL, calls.architecture, 1, 0),
        _line(_RETURN, refuse),
        _line(_LOAD, _NUMBER),
        _line(_AT_LEAST, _OTHER_ABI, 0, 1),
        _line(_RETURN, refuse),
    ]
    for number in calls.forbidden:
        lines += [_line(_EQUAL, number, 0, 1), _line(_RETURN, refuse)]
    for number in calls.absent:
        lines += [_line(_EQUAL, number, 0, 1), _line(_RETURN, absent)]
    for number, argument in calls.opens.items():
        lines += [
            _line(_EQUAL, number, 0, 4),
            _line(_LOAD, _ARGUMENTS + 8 * argument),
            _line(_ANY_BIT, _WRITES, 0, 1),
            _line(_RETURN, refuse),
            _line(_RETURN, _ALLOW),
        ]
    lines += [
        _line(_EQUAL, calls.clone, 0, 3),
        _line(_LOAD, _ARGUMENTS),
        _line(_ANY_BIT, _THREAD, 1, 0),
        _line(_RETURN, refuse),
        _line(_RETURN, _ALLOW),
    ]
    return lines


def _line(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)
