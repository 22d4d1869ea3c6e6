"""The child's own code for many files, without a start for each: a forked copy reads each batch.

Lines on standard input are names of folders: a copy with the child's limits reads all files in one and
writes each answer beside it. Standard output says how that copy ended.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from exchange.uploads import sandbox
from exchange.uploads.made import Made, Refused


class Reader:
    """`answers` gives what the site would hear of each file."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._folder, self._number = process, folder, 0
        self.ended_by_signal = 0

    def answers(self, files: Iterable[bytes]) -> Iterator[Made | Refused]:
        files = list(files)
        folder = self._folder / str(self._number)
        self._number += 1
        folder.mkdir()
        for number, data in enumerate(files):
            (folder / f"{number}.in").write_bytes(data)
        code = self._read(folder)
        if code < 0 and len(files) > 1:  # one of them ended all
            for data in files:
                yield from self.answers([data])
            return
        assert code <= 0, f"a child failed: see {folder}"
        self.ended_by_signal += code < 0
        for number in range(len(files)):
            out = folder / f"{number}.out"
            try:
                yield sandbox.heard(out.read_bytes() if out.exists() else b"", code)
            except Refused as refused:
                yield refused

    def _read(self, folder: Path) -> int:
        assert self._process.stdin
        assert self._process.stdout
        print(folder, file=self._process.stdin, flush=True)
        return int(json.loads(self._process.stdout.readline()))


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    command = [sys.executable, "-m", "tests.uploads.many"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Reader(process, folder)
        assert process.stdin
        process.stdin.close()


def _batch(folder: Path) -> None:
    from exchange.uploads import child, confinement, wire

    inputs = sorted(folder.glob("*.in"), key=lambda path: int(path.stem))
    outputs = [os.open(path.with_suffix(".out"), os.O_WRONLY | os.O_CREAT) for path in inputs]
    readable = [path.read_bytes() for path in inputs]
    confinement.confine(files=len(inputs) + 24, written=confinement.ANY)
    for data, output in zip(readable, outputs, strict=True):
        with os.fdopen(output, "wb") as out:
            out.writelines(wire.pack(child.answer(data)))


def main() -> None:
    import exchange.uploads.images
    import exchange.uploads.papers  # noqa: F401 — once, before the copies

    for line in sys.stdin:
        copy = os.fork()
        if not copy:
            try:
                _batch(Path(line.strip()))
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
        sys.stdout.write(json.dumps(code) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
