"""People write and read at two processes while something happens; afterwards nothing is missing."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .cluster import Cluster
from .reader import Reader
from .records import expect_each_once, expect_whole
from .writers import Writer

WITHIN = 15.0  # seconds after the last post until everybody has everything
PEOPLE = ("tom", "mei", "sam")


def wait_until(done: Callable[[], object], seconds: float = WITHIN) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@dataclass
class Talk:
    cluster: Cluster
    thread: int
    readers: list[Reader] = field(default_factory=list)
    writers: list[Writer] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def read(self, number: int, ports: Iterable[int], person: str = "") -> None:
        """So many readers, who connect to one of those processes and, cut off, to the next."""
        for place in range(number):
            chance = random.Random(place)
            clients = [self.cluster.client(person, port) for port in ports]
            reader = Reader(clients, self.thread, chance, ("en", "zh-hans", "zh-hant")[place % 3])
            self.readers.append(reader.start())
        assert wait_until(lambda: all(reader.is_live for reader in self.readers))

    def write(self, ports: Iterable[int], most: int = 10_000) -> None:
        for name in PEOPLE:
            clients = [self.cluster.client(name, port) for port in ports]
            self.writers.append(Writer(name, clients, self.thread).start(self.stop, most))

    def finish(self) -> None:
        """No more is written, and everybody has everything, once and in order."""
        self.stop.set()
        for writer in self.writers:
            writer.join()
        written = self.numbers
        everybody = wait_until(lambda: all(reader.has(written) for reader in self.readers))
        for reader in self.readers:
            reader.end()
        rows = self.cluster.first.rows
        expect_whole(rows)
        sent = [reply for writer in self.writers for reply in writer.sent]
        assert [reply for reply in sent if not reply.answered] == []
        expect_each_once(rows, sent)
        of_thread = "SELECT number, id FROM boards_post WHERE thread_id = ?"
        there = dict(rows(of_thread, self.thread))
        for reader in self.readers:
            assert reader.faults == []
            missing = sorted(there.keys() - reader.posts.keys())
            assert missing == [], f"{missing} are missing: {reader.story}"
            assert reader.posts == there
        assert everybody

    @property
    def numbers(self) -> set[int]:
        return set[int]().union(*[writer.numbers for writer in self.writers])

    @property
    def statuses(self) -> set[int]:
        return {status for writer in self.writers for status, _ in writer.answers}

    @property
    def delays(self) -> list[float]:
        return sorted(seconds for writer in self.writers for _, seconds in writer.answers)
