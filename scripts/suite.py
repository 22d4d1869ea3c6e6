"""The lanes of tests: on SQLite in one process, on PostgreSQL and Redis, and in browsers."""

import os
from collections.abc import Iterable
from concurrent.futures import Future

from .browser import Browser
from .lanes import Result, environment, in_ci, run_lane, say
from .services import services

SHARED = ("-n", "auto", "--dist", "worksteal")
# Two browsers, each with a site of its own: a file's tests share one, in the order that
# tests/journeys/conftest.py has.
IN_BROWSERS = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")


def embedded(paths: Iterable[str], without: Iterable[str] = ()) -> Result:
    return run_lane("embedded", under(paths), *SHARED, *ignored(without), env=environment())


def on_services(paths: Iterable[str], without: Iterable[str] = ()) -> Result:
    with services(str(os.getpid())) as found:
        if not found:
            return missing("services", "no PostgreSQL and Redis answered")
        env = environment(
            EXCHANGE_LANE="services", DATABASE_URL=found.database_url, REDIS_URL=found.redis_url
        )
        two = ("-n", "2", *SHARED[2:])
        return run_lane("services", under(paths), *two, *ignored(without), env=env)


def journeys(
    found: "Future[Browser | None]", paths: Iterable[str], without: Iterable[str] = ()
) -> Result:
    browser = found.result()
    if not browser:
        return missing("journeys", "no Chromium was found, and none could be installed")
    env = environment(EXCHANGE_CHROMIUM=browser.path)
    return run_lane("journeys", under(paths), *IN_BROWSERS, *ignored(without), env=env)


def under(paths: Iterable[str]) -> list[str]:
    return [f"tests/{path}" for path in paths]


def ignored(paths: Iterable[str]) -> list[str]:
    return [f"--ignore=tests/{path}" for path in paths]


def missing(name: str, reason: str) -> Result:
    """A lane that cannot run here; in CI that is a failure."""
    say(f"\nThe lane {name} did not run: {reason}.")
    return Result(name, failed=int(in_ci()), note=reason)
