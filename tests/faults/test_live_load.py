"""Many sockets of one real process: what they cost, what a slow one costs the others, how all are let go."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPException
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from scripts.bench_live import Cost, Readers
from tests.journeys.client import Client
from tests.journeys.site import Site
from tests.security.selection import WHOLE

from .cluster import Cluster
from .people import Sent, send, serials
from .records import expect_each_once, expect_whole
from .talk import wait_until

KB_A_SOCKET = 60
FIRST_WAVE = 200  # sockets that only warm the process up

SLOW, QUICK = 5, 95
SLOW_FRAMES = 4000 if WHOLE else 600
AT_ONCE = 20  # events; a page's queue holds more
CUT_WITHIN, MOST_MORE = 60.0, 50_000  # seconds; KB

SOCKETS, IN_FLIGHT = 200, 50
TOLD_WITHIN, GONE_WITHIN = 1.0, 10.0


@pytest.fixture
def readers() -> Iterator[Readers]:
    made = Readers()
    yield made
    made.end()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def watched(site: Site, thread: int) -> dict[str, object]:
    return {
        "url": f"ws://127.0.0.1:{site.port}/ws/",
        "origin": site.url,
        "scope": f"thread.{thread}",
        "languages": ["en"],
    }


def cost(site: Site) -> Cost:
    assert site.process
    return Cost(site.process.pid)


# Check 3


def test_a_thousand_idle_sockets_get_every_broadcast_and_give_their_memory_back(
    cluster: Cluster, readers: Readers
) -> None:
    thread, many = cluster.thread("postcards"), 1000
    where, client = watched(cluster.second, thread), cluster.client("tom", cluster.first.port)
    readers.connect(count=FIRST_WAVE, **where)
    readers.close()
    process, peaks = cost(cluster.second), []
    before = process.memory
    for turn in range(3):
        assert readers.connect(count=many, **where)["watching"] == many
        if turn == 0:
            assert (process.memory - before) / many <= KB_A_SOCKET
        numbers, answered = [], {}
        for _ in range(20 if turn == 0 else 3):
            address = send(client, Sent("tom", thread, f"kill-idle-{next(serials)}", "Hello all."))
            number = int(address.rpartition("#post-")[2])
            numbers.append(number)
            answered[number] = time.monotonic()
        found = readers.all(numbers=numbers)
        assert {key: found[key] for key in ("lost", "doubles", "misordered", "closed")} == {
            "lost": 0,
            "doubles": 0,
            "misordered": 0,
            "closed": 0,
        }
        assert max(found["last"][str(n)] - at for n, at in answered.items()) <= 2
        peaks.append(process.memory)
        readers.close()
    assert peaks[2] <= peaks[0] * 1.2


# Check 4


def never_reads(site: Site, thread: int) -> socket.socket:
    """A socket that watches the thread, and whose owner never reads again."""
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(("127.0.0.1", site.port))
    slow.sendall(
        f"GET /ws/ HTTP/1.1\r\nHost: localhost:{site.port}\r\nOrigin: {site.url}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert b" 101 " in slow.recv(4096)
    words = json.dumps({"watch": f"thread.{thread}", "language": "en"}).encode()
    mask = bytes([1, 2, 3, 4])
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(words))
    slow.sendall(bytes([0x81, 0x80 | len(words)]) + mask + masked)
    assert b"watching" in slow.recv(4096)
    return slow


def is_cut(slow: socket.socket) -> bool:
    """Whether the other side has closed, once everything that is on its way was taken."""
    slow.setblocking(False)
    try:
        while slow.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def peers(site: Site) -> int:
    """How many connections that process has with somebody, as the system sees it."""
    port = f":{site.port:04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return sum(1 for line in lines if line.split()[1].endswith(port) and line.split()[3] == "01")


def test_five_who_never_read_cost_the_others_nothing_and_are_cut(
    cluster: Cluster, readers: Readers, stack: ExitStack
) -> None:
    site, thread = cluster.second, cluster.thread("postcards")
    client = cluster.client("tom", cluster.first.port)
    words = " ".join(f"word{number}" for number in range(1200))
    post = client.reply(thread, words)  # ten KB as a frame
    readers.connect(count=QUICK, **watched(site, thread))
    slow = [stack.enter_context(never_reads(site, thread)) for _ in range(SLOW)]
    process, connected = cost(site), peers(site)
    before, began = process.memory, time.monotonic()
    for _ in range(0, SLOW_FRAMES, AT_ONCE):
        edited(cluster, thread, post, AT_ONCE)
        threading.Event().wait(0.05)
    assert wait_until(lambda: readers.heard()["least"] >= SLOW_FRAMES, CUT_WITHIN)
    assert process.memory - before <= MOST_MORE
    if WHOLE:  # it takes two pings: tests/config/test_sockets.py does not wait for them
        left = CUT_WITHIN - (time.monotonic() - began)
        assert wait_until(lambda: peers(site) <= connected - SLOW, left), (connected, peers(site))
        assert all(is_cut(one) for one in slow)
    found = readers.all(numbers=[])
    assert (found["closed"], found["doubles"]) == (0, 0)


def edited(cluster: Cluster, thread: int, post: int, times: int) -> None:
    """As many events of that post as if it had been edited; each makes a frame with all its words."""
    cluster.first.rows(
        "INSERT INTO ledger_event (verb, scope, target, reason, data, public, created_at)"
        " SELECT 'post.edited', ?, ?, '', '{}', false, now() FROM generate_series(1, ?)"
        " RETURNING id",
        f"thread.{thread}",
        f"post.{post}",
        times,
    )


# Check 8


def test_a_stop_finishes_the_posts_that_are_under_way_and_says_good_bye_to_sockets(
    cluster: Cluster, stack: ExitStack
) -> None:
    site, thread = cluster.second, cluster.thread("postcards")
    sockets = [open_page(stack, site, thread) for _ in range(SOCKETS)]
    names = ("tom", "mei", "sam", "lin", "grace")
    clients = [cluster.client(names[place % 5], site.port) for place in range(IN_FLIGHT)]
    sent = [
        Sent(names[place % 5], thread, f"kill-stop-{next(serials)}", f"Just in time, {place}.")
        for place in range(IN_FLIGHT)
    ]
    ready = threading.Barrier(IN_FLIGHT + 1)
    posting = [
        threading.Thread(target=post_if_it_is_taken, args=[client, reply, ready])
        for client, reply in zip(clients, sent, strict=True)
    ]
    for one in posting:
        one.start()
    ready.wait()
    # Some are answered, some under way, some not yet taken up.
    wait_until(lambda: sum(bool(reply.answered) for reply in sent) >= 5, 5)
    assert site.process
    asked = time.monotonic()
    site.process.terminate()
    codes, told = good_byes(sockets)
    assert codes == {1012: SOCKETS}
    assert max(told) - asked <= TOLD_WITHIN
    site.process.wait(GONE_WITHIN)
    assert time.monotonic() - asked <= GONE_WITHIN
    for one in posting:
        one.join(30)
    rows = cluster.first.rows
    expect_whole(rows)
    answered = [reply for reply in sent if reply.answered]
    expect_each_once(rows, answered)
    # Who got no answer sends again, elsewhere: one post it is.
    for reply in sent:
        if not reply.answered:
            reply.answered = send(cluster.client(reply.name, cluster.first.port), reply)
    expect_each_once(rows, sent)
    assert "Traceback" not in site.log.read_text()


def open_page(stack: ExitStack, site: Site, thread: int) -> ClientConnection:
    opened = connect(
        f"ws://localhost:{site.port}/ws/",
        origin=site.url,  # type: ignore[arg-type]  # a plain string is one
        close_timeout=1,
        ping_interval=None,
    )
    page = stack.enter_context(opened)
    page.send(json.dumps({"watch": f"thread.{thread}", "language": "en"}))
    assert "watching" in json.loads(page.recv(10))
    return page


def post_if_it_is_taken(client: Client, reply: Sent, ready: threading.Barrier) -> None:
    ready.wait()
    try:
        reply.answered = send(client, reply)
    except (OSError, HTTPException):
        return  # too late: never acknowledged


def good_byes(sockets: list[ClientConnection]) -> tuple[dict[int, int], list[float]]:
    """How many were closed with which code, and when each was."""
    codes: dict[int, int] = {}
    told: list[float] = []

    def listen(page: ClientConnection) -> None:
        try:
            while True:
                page.recv(GONE_WITHIN)
        except ConnectionClosed as closed:
            told.append(time.monotonic())
            code = closed.rcvd.code if closed.rcvd else 1006
            codes[code] = codes.get(code, 0) + 1

    listening = [threading.Thread(target=listen, args=[page]) for page in sockets]
    for one in listening:
        one.start()
    for one in listening:
        one.join(2 * GONE_WITHIN)
    return codes, told
