"""Django's SQLite backend with a fair write lock: `atomic` waits its turn before BEGIN IMMEDIATE."""

from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from .lock import FairLock, Ticket, lock_for

DEFAULT_TIMEOUT = 20.0
WRITING_MODES = {"IMMEDIATE", "EXCLUSIVE"}


# The stubs know the public half of Django's class only.
_Wrapper: Any = base.DatabaseWrapper


class DatabaseWrapper(_Wrapper):
    transaction_mode: str | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ticket: tuple[FairLock, Ticket] | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        # After a commit that failed Django rolls back or closes, and the turn ends there.
        super()._commit()
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        # The in-memory databases of tests are left to SQLite: there a second connection is told at
        # once that a table is locked, and a wait would only hide it.
        if self.transaction_mode not in WRITING_MODES or self.is_in_memory_db() or self._ticket:
            return
        lock = lock_for(str(self.settings_dict["NAME"]))
        timeout = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT))
        ticket = lock.acquire(timeout)
        if ticket is None:
            raise OperationalError("database is locked: the turn to write did not come in time")
        self._ticket = (lock, ticket)

    def _end_turn(self) -> None:
        if self._ticket:
            lock, ticket = self._ticket
            self._ticket = None
            lock.release(ticket)
