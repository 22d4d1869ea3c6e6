"""Files whose names come line by line, each read by a child as the site does; a small process."""

import json
import sys
import time
from pathlib import Path
from typing import IO

from exchange.uploads import sandbox
from exchange.uploads.made import Refused


def measured(path: Path) -> tuple[str, float, float, list[tuple[str, int]]]:
    """The answer, seconds, MB that the child needed at most (0 where none was started), bytes of parts."""
    started, before = time.perf_counter(), sandbox.run
    peaks: list[float] = []

    def run(file: IO[bytes]) -> sandbox.Ran:
        ran = before(file)
        peaks.append(ran.peak / (1000 if sys.platform == "linux" else 1_000_000))
        return ran

    sandbox.run = run
    try:
        with path.open("rb") as file:
            made = sandbox.make_safe(file)
        answer, parts = made.kind, [(part.name, len(part.content)) for part in made.parts]
    except Refused as refused:
        answer, parts = refused.code, []
    finally:
        sandbox.run = before
    return answer, time.perf_counter() - started, max(peaks, default=0), parts


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(measured(Path(line.strip()))) + "\n")
        sys.stdout.flush()
