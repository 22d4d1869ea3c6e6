"""Members who keep writing whatever happens: without an answer they send the same again, elsewhere."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.journeys.client import Client

from .people import Sent, serials

PACE = 0.1  # seconds between two posts of one person
AGAIN_AFTER = 0.3
GIVE_UP_AFTER = 60.0


@dataclass
class Writer:
    """`clients`: the same person's session at each process that takes posts."""

    name: str
    clients: Sequence[Client]
    thread: int
    sent: list[Sent] = field(default_factory=list)
    # Status and seconds of every answer, also of those that were no post.
    answers: list[tuple[int, float]] = field(default_factory=list)
    unanswered: int = 0
    _place: int = 0

    def start(self, stop: threading.Event, most: int = 10_000) -> "Writer":
        self._thread = threading.Thread(target=self._write, args=[stop, most], daemon=True)
        self._thread.start()
        return self

    def join(self) -> None:
        self._thread.join(GIVE_UP_AFTER + 10)
        assert not self._thread.is_alive()

    def _write(self, stop: threading.Event, most: int) -> None:
        while not stop.is_set() and len(self.sent) < most:
            serial = next(serials)
            body = f"第{serial}条 from {self.name}, who does not give up."
            reply = Sent(self.name, self.thread, f"kill-{serial}", body)
            self.sent.append(reply)
            self._until_it_is_answered(reply)
            stop.wait(PACE)

    def _until_it_is_answered(self, reply: Sent) -> None:
        deadline = time.monotonic() + GIVE_UP_AFTER
        while not reply.answered and time.monotonic() < deadline:
            began = time.monotonic()
            try:
                self._send(reply, began)
            except (OSError, HTTPException):
                self.unanswered += 1
            if not reply.answered:
                self._place += 1
                threading.Event().wait(AGAIN_AFTER)

    def _send(self, reply: Sent, began: float) -> None:
        client = self.clients[self._place % len(self.clients)]
        answer = client.post(
            f"/en/threads/{reply.thread}/posts/", body=reply.body, client_id=reply.client_id
        )
        self.answers.append((answer.status, time.monotonic() - began))
        if answer.status == 302:
            reply.answered = answer.location

    @property
    def numbers(self) -> set[int]:
        return {int(s.answered.rpartition("#post-")[2]) for s in self.sent if s.answered}
