"""Several requests at once, each in a thread with a database connection of its own.

SQLite in memory cannot do it: its connections share one cache, where a reader is told "table is
locked" at once, without the wait that the site's own file has. So there the threads work on a copy
of the database in a file, opened as `make run` opens it, with its fair lock.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

SECONDS = 60


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Inside, other threads see what was committed before; this one leaves the database alone."""
    if connection.vendor != "sqlite":
        yield
        return
    settings = connections.settings["default"]
    before, file = settings["NAME"], folder / "shared.sqlite3"
    copy = sqlite3.connect(file)
    connection.connection.backup(copy)
    # At once, as the site's file is: of threads that turn to it together one is told "locked".
    copy.execute("PRAGMA journal_mode=WAL")
    copy.close()
    settings["NAME"] = str(file)
    try:
        yield
    finally:
        settings["NAME"] = before


def together[T](acts: list[Callable[[], T]]) -> list[T]:
    """The results of all the acts, started at the same moment."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], T]) -> None:
        try:
            start.wait(SECONDS)
            results[place] = act()
        except BaseException as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, act), daemon=True)
        for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


def apart[T](act: Callable[[], T]) -> T:
    """Look at the shared database from a thread."""
    return together([act])[0]
