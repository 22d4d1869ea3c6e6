"""One write lock per database file of this process, given in the order it was asked for.

SQLite lets the connections that wait for its write lock sleep and race, so under load some threads of
a process commit hundreds of times while another waits for seconds. Here they queue. SQLite's own lock
still guards the file, against other processes too; this one only decides whose turn it is.
"""

import os
import threading
import time
from collections import deque

# How often a waiting thread looks whether the one in front of it has died.
LOOK_SECONDS = 1.0


class Ticket:
    """A place in the queue. `turn` is set when it has come to the front."""

    def __init__(self) -> None:
        self.thread = threading.current_thread()
        self.turn = threading.Event()


class FairLock:
    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[Ticket] = deque()

    def acquire(self, timeout: float) -> Ticket | None:
        """Wait for one's turn; None when it did not come within `timeout` seconds."""
        ticket = Ticket()
        with self._mutex:
            self._queue.append(ticket)
            self._call_next()
        try:
            came = self._wait(ticket, timeout)
        except BaseException:
            self.release(ticket)
            raise
        if came:
            return ticket
        self.release(ticket)
        return None

    def release(self, ticket: Ticket) -> None:
        """Give the turn, or the place in the queue, back. Once is enough, twice does no harm."""
        with self._mutex:
            if ticket in self._queue:
                self._queue.remove(ticket)
            self._call_next()

    def _wait(self, ticket: Ticket, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while not ticket.turn.wait(min(LOOK_SECONDS, max(0.0, deadline - time.monotonic()))):
            self._pass_over_the_dead()
            if time.monotonic() >= deadline:
                return ticket.turn.is_set()
        return True

    def _pass_over_the_dead(self) -> None:
        """A thread that ended inside a transaction gives its turn to the next one."""
        with self._mutex:
            while self._queue and not self._queue[0].thread.is_alive():
                self._queue.popleft()
            self._call_next()

    def _call_next(self) -> None:
        if self._queue:
            self._queue[0].turn.set()


_locks: dict[str, FairLock] = {}
_locks_mutex = threading.Lock()


def lock_for(path: str) -> FairLock:
    """The lock of a database file; two names of one file share it."""
    with _locks_mutex:
        return _locks.setdefault(os.path.realpath(path), FairLock())


# A forked child has none of the threads that wait or hold.
os.register_at_fork(after_in_child=_locks.clear)
