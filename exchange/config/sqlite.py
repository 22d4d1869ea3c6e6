"""Puts a SQLite without the WAL-reset bug under Django, where one is installed.

Versions 3.7.0 to 3.51.2 can corrupt a WAL database when two connections reset the log at one moment
(fixed in 3.51.3, 3.50.7 and 3.44.6). Most systems still ship one of them; the package pysqlite3 brings
its own, newer one.
"""

import importlib
import sqlite3 as standard
import sys
from types import ModuleType
from typing import Any

FIXED = (3, 51, 3)
BACKPORTS = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}
WITHDRAWN = (3, 52, 0)
DJANGO_BACKEND = "django.db.backends.sqlite3.base"


def install() -> bool:
    """Make `import sqlite3` mean pysqlite3 from now on; False where the standard one stays.

    Call it before Django loads its backend. Calling it again does nothing.
    """
    module = newer_module()
    if module is None or DJANGO_BACKEND in sys.modules:
        return False
    complete(module)
    sys.modules["sqlite3"] = importlib.import_module("pysqlite3")
    sys.modules["sqlite3.dbapi2"] = module
    return True


def newer_module() -> ModuleType | None:
    try:
        module = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return None
    return module if module.sqlite_version_info > standard.sqlite_version_info else None


def has_wal_bug(version: tuple[int, int, int]) -> bool:
    if version == WITHDRAWN:
        return True
    return version < BACKPORTS.get(version[:2], FIXED)


def complete(module: ModuleType) -> None:
    """Give pysqlite3 what Django asks of the standard module: getlimit and the names of the limits."""
    package = importlib.import_module("pysqlite3")
    limits = {
        name: code for name, code in vars(standard).items() if name.startswith("SQLITE_LIMIT_")
    }
    for place in (module, package):
        vars(place).update(limits)
    connect = module.connect
    if getattr(connect, "answers_getlimit", False):
        return

    # The compiled-in values of SQLite itself, which the wheel's build does not change.
    answers = {standard.SQLITE_LIMIT_VARIABLE_NUMBER: 32766, standard.SQLITE_LIMIT_COLUMN: 2000}

    class Connection(module.Connection):  # type: ignore[name-defined]  # one of two
        def getlimit(self, category: int) -> int:
            return answers.get(category, -1)

    def connect_with_limits(*args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("factory", Connection)
        return connect(*args, **kwargs)

    connect_with_limits.answers_getlimit = True  # type: ignore[attr-defined]  # our mark
    for place in (module, package):
        vars(place).update(connect=connect_with_limits, Connection=Connection)
