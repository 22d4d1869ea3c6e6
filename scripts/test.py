"""`make test`: the checks and all lanes of tests, closing with one line of counts."""

import sys
from concurrent.futures import ThreadPoolExecutor

from . import walks
from .browser import find_browser
from .check import run_checks, show
from .lanes import conclude
from .suite import embedded, journeys, on_services

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
        results = [embedded([""], [*APART, *walks.WALKS])]
        result, steps = checks.result()
        show(steps)
        results.insert(0, result)
        # One after the other: browsers leave no core idle for a lane beside them.
        results += [
            on_services(ON_SERVICES, walks.WALKS),
            journeys(browser, ["journeys"], walks.IN_BROWSERS),
        ]
    return conclude(results)


if __name__ == "__main__":
    sys.exit(main())
