"""Makes a stranger's file safe in a child process: limited, alone, and thrown away afterwards."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

from . import wire
from .kinds import HEAD, kind
from .limits import MOST_ANSWER, MOST_BYTES, SECONDS, WAIT_SECONDS
from .made import Made, Refused

_CHILD = str(Path(__file__).with_name("child.py"))
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
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
    with tempfile.TemporaryFile() as given:
        while piece := file.read(1 << 20):
            given.write(piece)
        given.seek(0)
        return _in_turn(given)


def _in_turn(file: IO[bytes]) -> Made:
    if not _TURNS.acquire(timeout=WAIT_SECONDS):
        raise Refused("busy")
    try:
        return _made(file)
    finally:
        _TURNS.release()


def _made(file: IO[bytes]) -> Made:
    data, code = run(file)
    if code < 0:  # by a signal: the limit of time, the kernel's of memory, or a decoder's crash
        costly = -code in {signal.SIGKILL, signal.SIGXCPU, signal.SIGALRM, signal.SIGPROF}
        raise Refused("too_costly" if costly else "broken")
    if len(data) > MOST_ANSWER:
        raise Refused("too_costly")
    try:
        return wire.unpack(data)
    except ValueError:
        raise Refused("broken") from None


def run(file: IO[bytes]) -> tuple[bytes, int]:
    """What a child says of a file, and how it ended, as `Popen.returncode` has it."""
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
    clock = threading.Timer(SECONDS, _end, [child])
    clock.start()
    try:
        with child.stdout:
            data = child.stdout.read(MOST_ANSWER + 1)
    finally:
        clock.cancel()
        if len(data) > MOST_ANSWER:
            _end(child)
    return data, child.wait()


def _end(child: subprocess.Popen[bytes]) -> None:
    """With all that it may have started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
