"""Makes a stranger's file safe in a child process: limited, alone, and thrown away afterwards."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from . import wire
from .kinds import HEAD, kind
from .limits import MOST_ANSWER, MOST_BYTES, SECONDS, WAIT_SECONDS
from .made import Made, Refused

log = logging.getLogger(__name__)

_CHILD = str(Path(__file__).with_name("child.py"))
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
_SPENT = (signal.SIGKILL, signal.SIGXCPU, signal.SIGPROF)
# Pages go on being answered while files are made: a core is left to them where there are two.
_TURNS = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))


def make_safe(file: BinaryIO) -> Made:
    """All of the file, from its start. Raises `Refused`; what it is named does not matter."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if size > MOST_BYTES:
        raise Refused("too_large")
    kind(head)
    try:
        with tempfile.TemporaryFile() as given:
            while piece := file.read(1 << 20):
                given.write(piece)
            given.seek(0)
            return _in_turn(given)
    except (OSError, RuntimeError):  # no room on the disk, no more processes, threads or open files
        log.exception("No child could be given a file")
        raise Refused("busy") from None


def _in_turn(file: IO[bytes]) -> Made:
    if not _TURNS.acquire(timeout=WAIT_SECONDS):
        raise Refused("busy")
    try:
        return _made(file)
    finally:
        _TURNS.release()


def _made(file: IO[bytes]) -> Made:
    ran = run(file)
    if len(ran.said) > MOST_ANSWER:
        raise Refused("too_costly")
    return heard(ran.said, ran.code)


def heard(said: bytes, code: int) -> Made:
    """What a child said; `code` below 0 is the signal that ended it.

    That was the limit of time, the kernel for want of memory, or the crash of a decoder.
    """
    if code < 0:
        raise Refused("too_costly" if -code in _SPENT else "broken")
    try:
        return wire.unpack(said)
    except ValueError:
        raise Refused("broken") from None


class Ran(NamedTuple):
    """What a child said, how it ended (as `Popen.returncode`), and the most memory that it had."""

    said: bytes
    code: int
    peak: int  # KB; bytes on macOS


def run(file: IO[bytes]) -> Ran:
    child = subprocess.Popen(
        [sys.executable, "-I", _CHILD],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    assert child.stdout is not None
    clock = threading.Timer(SECONDS, _end, [child.pid])
    said: bytes | None = None
    try:
        with child.stdout:
            clock.start()
            said = child.stdout.read(MOST_ANSWER + 1)
    finally:
        if said is None or len(said) > MOST_ANSWER:
            _end(child.pid)
        _, status, used = os.wait4(child.pid, 0)
        clock.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    return Ran(said, child.returncode, used.ru_maxrss)


def _end(process: int) -> None:
    """With all that it may have started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)
