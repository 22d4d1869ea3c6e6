"""One run of pytest is a lane; its counts come from the report that it writes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5  # one of pytest's exit codes
TIMED_OUT = -1
# A lane that takes this long hangs.
LANE_SECONDS = 1800
CLEANING_SECONDS = 30


@dataclass
class Result:
    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    note: str = ""


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def say(text: str) -> None:
    print(text, flush=True)


def environment(**changes: str) -> dict[str, str]:
    """The caller's environment without the addresses of services, as a lane names its own, and without
    what would have each of its processes compile all tests anew: two thirds of what beginning takes."""
    left_out = {"DATABASE_URL", "REDIS_URL", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"EXCHANGE_TEST_RUN": str(os.getpid())} | changes


def run_lane(
    name: str,
    paths: Sequence[str],
    *arguments: str,
    env: Mapping[str, str],
    limit: int = LANE_SECONDS,
) -> Result:
    present = [path for path in paths if (ROOT / path).exists()]
    if not present:
        return Result(name, note="has no tests yet")
    say(f"\n--- {name} ---")
    started = time.monotonic()
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", *present, *arguments, f"--junitxml={report}"]
        code = call(command, env, limit)
        result = counts(name, report)
    result.seconds = time.monotonic() - started
    if code not in (0, NO_TESTS) and not result.failed:
        result.failed = 1
        result.note = (
            f"stopped after {limit} s" if code == TIMED_OUT else f"pytest ended with {code}"
        )
    return result


def call(command: list[str], env: Mapping[str, str], limit: int) -> int:
    """The exit code. What it has started ends with it, also where it takes too long or is interrupted."""
    with subprocess.Popen(command, cwd=ROOT, env=dict(env), start_new_session=True) as process:
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return TIMED_OUT
        finally:
            end_group(process)


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """As Ctrl-C would, so that tests clean up; what is left after that is killed."""
    with suppress(ProcessLookupError, subprocess.TimeoutExpired):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(CLEANING_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def counts(name: str, report: Path) -> Result:
    if not report.exists():
        return Result(name)
    result = Result(name)
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        bad = number["failures"] + number["errors"]
        result.failed += bad
        result.skipped += number["skipped"]
        result.passed += max(0, number["tests"] - bad - number["skipped"])
    return result


def conclude(results: Sequence[Result]) -> int:
    """Print what each lane did and the closing line of counts; the exit code."""
    say("")
    for result in results:
        say(line_of(result))
    total = [sum(getattr(r, key) for r in results) for key in ("passed", "failed", "skipped")]
    if any(total):
        say("\n{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] else 0


def line_of(result: Result) -> str:
    if not result.passed + result.failed + result.skipped:
        return f"{result.name:9} did not run: {result.note}"
    numbers = f"{result.passed:5} passed {result.failed:3} failed {result.skipped:3} skipped"
    return f"{result.name:9} {numbers} {result.seconds:5.0f} s  {result.note}".rstrip()
