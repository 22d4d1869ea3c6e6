"""Files whose names come line by line, each read by a child as the site does; a small process."""

import json
import sys
import time
from pathlib import Path

from exchange.uploads import sandbox
from exchange.uploads.made import Refused


def measured(path: Path) -> tuple[str, float, float]:
    """The answer, seconds, and MB that the child needed at most (0 where none was started)."""
    started, peaks = time.perf_counter(), []

    def run(file, run=sandbox.run):
        ran = run(file)
        peaks.append(ran.peak / (1000 if sys.platform == "linux" else 1_000_000))
        return ran

    sandbox.run, before = run, sandbox.run
    try:
        with path.open("rb") as file:
            answer = sandbox.make_safe(file).kind
    except Refused as refused:
        answer = refused.code
    finally:
        sandbox.run = before
    return answer, time.perf_counter() - started, max(peaks, default=0)


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(measured(Path(line.strip()))) + "\n")
        sys.stdout.flush()
