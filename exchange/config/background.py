"""The work beside the pages, in a thread of the one process or in a process of its own."""

import logging
import threading
from collections.abc import Callable, Sequence

from django.db import close_old_connections

from exchange.figures import tasks as figures
from exchange.languages import engines, tasks
from exchange.ledger.signals import event_recorded
from exchange.moderation import tasks as moderation
from exchange.notifications import tasks as notifications
from exchange.safety import tasks as safety
from exchange.uploads import tasks as uploads

log = logging.getLogger(__name__)

# What another process recorded is found within this time.
LOOK_SECONDS = 1.0
# After a round that failed, so that a database that is away is not asked a hundred times.
REST_SECONDS = 5.0


def rounds() -> list[Callable[[], object]]:
    """What there is to do with this configuration: translating only where an engine is chosen."""
    translator = engines.chosen()
    always: list[Callable[[], object]] = [
        figures.work,
        uploads.work,
        safety.work,
        moderation.work,
        notifications.work,
    ]
    if translator is None:
        return always
    return [tasks.consumer().round, lambda: tasks.work(translator), *always]


class Background(threading.Thread):
    """Goes round and round until it is stopped. It is woken by what this process records."""

    def __init__(self, rounds: Sequence[Callable[[], object]]) -> None:
        super().__init__(name="background", daemon=True)
        self._rounds = rounds
        self._wake = threading.Event()
        self._stopped = False

    def run(self) -> None:
        event_recorded.connect(self._ring, weak=False, dispatch_uid="exchange.background")
        try:
            while not self._stopped:
                rest = LOOK_SECONDS if self.once() else REST_SECONDS
                self._wake.wait(rest)
                self._wake.clear()
        finally:
            event_recorded.disconnect(dispatch_uid="exchange.background")

    def once(self) -> bool:
        """One round of everything. False where something failed; it is tried again by the next."""
        fine = True
        for once in self._rounds:
            close_old_connections()
            try:
                once()
            except Exception:
                log.exception("A round of background work failed")
                fine = False
        close_old_connections()
        return fine

    def stop(self, timeout: float = 10.0) -> None:
        self._stopped = True
        self._wake.set()
        if self.is_alive():
            self.join(timeout)

    def _ring(self, **_: object) -> None:
        self._wake.set()
