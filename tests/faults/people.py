"""Members who post as fast as they are answered, and note down what the site promised."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count

from tests.journeys.client import Client

serials = count(1)


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


def send(client: Client, reply: Sent) -> str:
    """The new post's address. Raises OSError or HTTPException where no answer comes."""
    answer = client.post(
        f"/en/threads/{reply.thread}/posts/", body=reply.body, client_id=reply.client_id
    )
    assert answer.status == 302, (answer.status, answer.text[:500])
    return answer.location


def post_for_a_while(posters: list[Poster], kill, seconds: float) -> None:
    """All post at once; after that many seconds `kill` is called, and everybody comes to an end."""
    stop = threading.Event()
    threads = [threading.Thread(target=p.post_until_the_end, args=[stop]) for p in posters]
    for thread in threads:
        thread.start()
    threading.Event().wait(seconds)
    kill()
    stop.set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
