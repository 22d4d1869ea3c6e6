"""Members who post as fast as they are answered, and note down what the site promised."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from typing import Protocol

from tests.journeys.client import Client

serials = count(1)
ANSWERED_WITHIN = 60.0  # seconds, on however slow a machine


@dataclass
class Sent:
    """One reply: `answered` is the address that the site named, empty where no answer came."""

    name: str
    thread: int
    client_id: str
    body: str
    answered: str = ""


@dataclass
class Poster:
    """Posts to one thread until the site is gone."""

    name: str
    client: Client
    thread: int
    sent: list[Sent] = field(default_factory=list)

    def post_until_the_end(self, stop: threading.Event) -> None:
        while not stop.is_set():
            serial = next(serials)
            body = f"第{serial}条 from {self.name}, who types quickly."
            reply = Sent(self.name, self.thread, f"kill-{serial}", body)
            self.sent.append(reply)
            try:
                reply.answered = send(self.client, reply)
            except (OSError, HTTPException):
                return  # killed

    @property
    def answered(self) -> Iterator[Sent]:
        return (reply for reply in self.sent if reply.answered)

    @property
    def answers(self) -> int:
        return sum(1 for _ in self.answered)


def send(client: Client, reply: Sent) -> str:
    """The new post's address. Raises OSError or HTTPException where no answer comes."""
    answer = client.post(
        f"/en/threads/{reply.thread}/posts/", body=reply.body, client_id=reply.client_id
    )
    assert answer.status == 302, (answer.status, answer.text[:500])
    return answer.location


class Worker(Protocol):
    """`answers` is how many answers they got so far."""

    @property
    def answers(self) -> int: ...

    def post_until_the_end(self, stop: threading.Event) -> None: ...


def post_for_a_while(workers: Sequence[Worker], kill: Callable[[], None], seconds: float) -> None:
    """All post at once; that many seconds after the first new answer `kill` is called, and everybody
    comes to an end. Where nobody is answered within a minute, it fails."""
    before = sum(one.answers for one in workers)
    stop = threading.Event()
    threads = [threading.Thread(target=one.post_until_the_end, args=[stop]) for one in workers]
    for thread in threads:
        thread.start()
    until = time.monotonic() + ANSWERED_WITHIN
    while sum(one.answers for one in workers) == before and time.monotonic() < until:
        threading.Event().wait(0.01)
    threading.Event().wait(seconds)
    kill()
    stop.set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
