"""`make check`: everything about the source that can be said without running the tests."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from .lanes import ROOT, Result, say

PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
BIN = os.path.dirname(PYTHON)
# A production machine as far as settings can tell; nothing of it is connected to.
PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "SITE_URL": "https://exchange.example",
    "SECRET_KEY": "".join(chr(33 + (i * 37) % 90) for i in range(80)),
    "DATABASE_URL": "postgres://exchange:secret@127.0.0.1/exchange",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://mail:secret@127.0.0.1:587",
    "EMAIL_VERIFICATION": "mandatory",
}
OWN = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SITE_URL",
    "DEBUG",
    "DEMO",
    "ARTICLE",
    "ALLOWED_HOSTS",
)


@dataclass
class Step:
    name: str
    command: list[str]
    env: dict[str, str]
    output: str = ""
    seconds: float = 0
    failed: bool = False

    def run(self) -> "Step":
        started = time.monotonic()
        done = subprocess.run(
            self.command,
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.output, self.failed = done.stdout.strip(), done.returncode != 0
        self.seconds = time.monotonic() - started
        return self


def steps(folder: str) -> Iterator[Step]:
    """mypy first: it takes as long as all the others together."""
    plain = {name: value for name, value in os.environ.items() if name not in OWN}
    plain |= {"DATA_DIR": folder, "SECRET_KEY": PRODUCTION["SECRET_KEY"]}
    yield Step("types", [PYTHON, "-m", "mypy"], plain)
    yield Step(
        "format",
        [PYTHON, "-m", "ruff", "format", "--check", "--output-format", "concise", "."],
        plain,
    )
    yield Step("lint", [PYTHON, "-m", "ruff", "check", "--output-format", "concise", "."], plain)
    yield Step("layers", [os.path.join(BIN, "lint-imports")], plain)
    yield Step("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], plain)
    yield Step("messages", [*MANAGE, "messages", "check"], plain)
    yield Step(
        "deploy", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], plain | PRODUCTION
    )


def run_checks(workers: int = 2) -> tuple[Result, list[Step]]:
    started = time.monotonic()
    with TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        done = list(pool.map(Step.run, steps(folder)))
    failed = sum(step.failed for step in done)
    seconds = time.monotonic() - started
    return Result("checks", len(done) - failed, failed, seconds=seconds), done


def show(done: list[Step]) -> None:
    say("\n--- checks ---")
    for step in done:
        say(f"{'FAILED' if step.failed else 'ok':6} {step.name} ({step.seconds:.1f} s)")
        if step.failed:
            say(step.output)


def main() -> int:
    result, done = run_checks()
    show(done)
    return 1 if result.failed else 0


if __name__ == "__main__":
    sys.exit(main())
