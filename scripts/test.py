"""`make test`: the checks and all lanes of tests, closing with one line of counts."""

import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor

from .browser import Browser, find_browser
from .check import run_checks, show
from .lanes import Result, conclude, environment, in_ci, run_lane, say
from .services import services

APART = ("services", "journeys", "faults")
# These talk to the database or to Redis in ways that differ from SQLite and from one process.
ON_SERVICES = (
    "ledger",
    "boards",
    "moderation",
    "accounts",
    "languages",
    "uploads",
    "figures",
    "comparisons",
    "live",
    "access",
    "people",
    "services",
)


def main() -> int:
    with ThreadPoolExecutor(2) as pool:
        # A missing browser is fetched while the first lane runs; mypy leaves the second core half idle.
        browser = pool.submit(find_browser)
        checks = pool.submit(run_checks, 1)
        results = [embedded()]
        result, steps = checks.result()
        show(steps)
        results.insert(0, result)
        # One after the other: browsers leave no core idle for a lane beside them.
        results += [on_services(), journeys(browser)]
    return conclude(results)


def embedded() -> Result:
    apart = [f"--ignore=tests/{name}" for name in APART]
    return run_lane(
        "embedded", ["tests"], "-n", "auto", "--dist", "worksteal", *apart, env=environment()
    )


def on_services() -> Result:
    run = str(os.getpid())
    with services(run) as found:
        if not found:
            return missing("services", "no PostgreSQL and Redis answered")
        env = environment(
            EXCHANGE_LANE="services", DATABASE_URL=found.database_url, REDIS_URL=found.redis_url
        )
        return run_lane(
            "services",
            [f"tests/{name}" for name in ON_SERVICES],
            "-n",
            "2",
            "--dist",
            "worksteal",
            env=env,
        )


def journeys(found: "Future[Browser | None]") -> Result:
    browser = found.result()
    if not browser:
        return missing("journeys", "no Chromium was found, and none could be installed")
    return run_lane(
        "journeys",
        ["tests/journeys"],
        # Two browsers, each with a site of its own: a file's tests share one.
        "-n",
        "2",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",  # tests/journeys/conftest.py has the order
        env=environment(EXCHANGE_CHROMIUM=browser.path),
    )


def missing(name: str, reason: str) -> Result:
    """A lane that cannot run here; in CI that is a failure."""
    say(f"\nThe lane {name} did not run: {reason}.")
    return Result(name, failed=int(in_ci()), note=reason)


if __name__ == "__main__":
    sys.exit(main())
