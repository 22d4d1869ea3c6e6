"""What it costs to tell a thousand readers of a post, beside bare Channels and a bare loop.

`python -m scripts.bench_live` (and `make bench`): real processes on the loopback. One takes the posts,
one holds the sockets; PostgreSQL and Redis where they answer, else both are one with SQLite. Machines
are noisy: the ratios, all of one run, say more than the milliseconds.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from tests.faults.cluster import Cluster, seed
from tests.faults.services import Redis, database, postgres
from tests.journeys.client import Client
from tests.journeys.site import Site

from .lanes import ROOT, say
from .services import free_port

READERS = (1000, 3000)
WARM_UP, MESSAGES = 2, 20
TEXT_BYTES = 4096
BETWEEN = 0.15  # seconds from one post's last reader to the next post
A_SECOND, SECONDS = 20, 30
LANGUAGES = ["en", "zh-hans", "zh-hant"]
# What is wanted: last reader (ms) for each number of readers; p99 of the stream; KB for each socket.
WANTED_MS, WANTED_P99, WANTED_KB = {1000: 30, 3000: 80}, 250, 40
NUMBER = re.compile(r"""(?:#|id=")post-(\d+)""")
POSTS_PER_PAGE = 20
KEPT_OPEN = 3  # seconds: the server closes a connection after five
# In the environment of every process that is started here.
MARK = "EXCHANGE_BENCH"
os.environ[MARK] = str(os.getpid())
TICKS = os.sysconf("SC_CLK_TCK")
_serial = count(1)

WORDS = (
    "market kitchen winter bicycle neighbour river lantern holiday grandmother noodle teacher train "
    "garden letter weather window evening pocket village ticket"
).split()


def text(serial: int, size: int = TEXT_BYTES) -> str:
    """English of that many bytes, another one for each number, in paragraphs as people write them."""
    said, n = f"Number {serial}.", serial
    while len(said) < size:
        n = (n * 1103515245 + 12345) % 2**31
        said += " " + WORDS[n // 7 % len(WORDS)]
        said += ".\n\n" if n // 11 % 60 == 0 else "." if n // 13 % 12 == 0 else ""
    return said[: size - 1] + "."


# Processes


@dataclass
class Cost:
    """Of one process, by its id."""

    pid: int
    before: float = 0
    most: int = 0

    @property
    def cpu(self) -> float:
        """Seconds."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def memory(self) -> float:
        """KB that are really in memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return float(status.partition("VmRSS:")[2].split()[0])


class Machine:
    """What other programs took of the machine since this was made: of a busy one only ratios say much."""

    def __init__(self) -> None:
        self._began, self._busy, self._ours = time.monotonic(), self._all(), self._own()

    @staticmethod
    def _all() -> float:
        spent = list(map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:]))
        return (sum(spent) - spent[3] - spent[4]) / TICKS

    @staticmethod
    def _own() -> float:
        """This process, those that it started, and the servers that it talks to."""
        found = 0.0
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                name = (folder / "comm").read_text().strip()
                if name in {"postgres", "redis-server"} or belongs_to_us(folder):
                    found += Cost(int(folder.name)).cpu
        return found

    @property
    def others(self) -> float:
        """Per cent of all cores."""
        cores, took = os.cpu_count() or 1, time.monotonic() - self._began
        busy = self._all() - self._busy - (self._own() - self._ours)
        return max(0.0, busy / took / cores * 100)


def belongs_to_us(folder: Path) -> bool:
    if folder.name == str(os.getpid()):
        return True
    return f"\0{MARK}={os.getpid()}\0".encode() in b"\0" + (folder / "environ").read_bytes()


class Readers:
    """The client, in a process of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "scripts.bench_live_readers"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __getattr__(self, name: str) -> Any:
        return lambda **order: self._ask(name, order)

    def _ask(self, name: str, order: dict[str, Any]) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": name} | order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        with self._process:  # closes its pipes, at which it ends
            pass


@contextmanager
def bare(mode: str, redis_url: str) -> Iterator[tuple[int, Cost]]:
    port = free_port()
    command = [sys.executable, "-m", "scripts.bench_live_bare", mode, str(port), redis_url]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        until_it_answers(port)
        yield port, Cost(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            return say_to_bare(port, "")
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the bare server did not start")


# Saying something


def say_to_bare(port: int, message: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/", message.encode())
    connection.getresponse().read()
    connection.close()


@dataclass
class Poster:
    """One member's browser, whose connection stays open for a while."""

    client: Client
    thread: int
    _connection: HTTPConnection | None = None
    _used_at: float = 0
    _latest: int = 0

    def post(self, body: str) -> tuple[int, float, float]:
        """The post's number, and when it was sent and answered, as the page's own script does it."""
        if self._connection is None or time.monotonic() - self._used_at > KEPT_OPEN:
            self._connection = HTTPConnection("127.0.0.1", self.client.port, timeout=30)
        fields = {
            "body": body,
            "client_id": f"bench-{next(_serial)}",
            "page": 1 + max(0, self._latest - 1) // POSTS_PER_PAGE,  # the one it is written on
        }
        headers = {
            "Host": f"localhost:{self.client.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.client.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.client.token,
            "HX-Request": "true",
        }
        sent = time.monotonic()
        self._connection.request(
            "POST", f"/en/threads/{self.thread}/posts/", urlencode(fields), headers
        )
        answer = self._connection.getresponse()
        said = answer.read().decode()
        answered = self._used_at = time.monotonic()
        # On the next page, or in place on this one.
        found = NUMBER.search(answer.getheader("HX-Redirect") or said)
        if answer.status != 200 or not found:
            raise AssertionError((answer.status, said[:500]))
        self._latest = int(found[1])
        return self._latest, sent, answered


# Measuring


@dataclass
class Fanout:
    """Of some posts to `readers`. Milliseconds, but `kb` for each idle socket."""

    name: str
    readers: int
    kb: float = 0
    last: list[float] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    cpu: float = 0
    lost: int = 0
    size: int = 0
    others: float = 0
    seconds: float = 0

    @property
    def median(self) -> float:
        return statistics.median(self.last)

    def __str__(self) -> str:
        whole, spread = statistics.median(self.whole), statistics.median(self.spread)
        return (
            f"{self.name:22} {self.readers:5} readers: last {self.median:6.1f} ms"
            f" (worst {max(self.last):.1f}; from sending {whole:.1f}; first to last {spread:.1f}),"
            f" connected in {self.seconds:.1f} s, CPU {self.cpu:.1f} ms,"
            f" {self.kb:.1f} KB a socket, frame {self.size} bytes,"
            f" lost {self.lost}, others {self.others:.0f} % of the machine"
        )


def fanout(
    found: Fanout,
    readers: Readers,
    cost: Cost,
    where: dict[str, Any],
    tell: Any,
) -> Fanout:
    """`tell(serial)` says something: its number, when it was sent, and from when the time counts."""
    if not cost.before:
        # The first sockets load what all others share. What is freed later stays with the process.
        readers.connect(count=20, **where)
        readers.close()
        cost.before = cost.memory
    connected = readers.connect(count=found.readers, **where)
    if where["scope"] and connected["watching"] != found.readers:
        raise AssertionError(f"only {connected['watching']} of {found.readers} may watch")
    time.sleep(1.5)
    if (
        found.readers > cost.most
    ):  # of fewer than before the memory says nothing: it is there already
        found.kb, cost.most = (cost.memory - cost.before) / found.readers, found.readers
    found.seconds = connected["seconds"]
    began, machine = 0.0, Machine()
    for turn in range(WARM_UP + MESSAGES):
        if turn == WARM_UP:
            began = cost.cpu
        number, sent, since = tell(turn)
        arrivals = readers.collect(number=number)
        if turn >= WARM_UP:
            found.last.append((arrivals["last"] - since) * 1000)
            found.whole.append((arrivals["last"] - sent) * 1000)
            found.spread.append((arrivals["last"] - arrivals["first"]) * 1000)
            found.lost += found.readers - arrivals["count"]
            found.size = arrivals["size"]
        time.sleep(BETWEEN)
    found.cpu = (cost.cpu - began) * 1000 / MESSAGES
    found.others = machine.others
    readers.close()
    say(str(found))
    return found


def of_bare(mode: str, name: str, number: int, readers: Readers, redis_url: str) -> Fanout:
    with bare(mode, redis_url) as (port, cost):
        where = {"url": f"ws://127.0.0.1:{port}/ws/", "origin": "", "scope": "", "languages": [""]}

        def tell(turn: int) -> tuple[int, float, float]:
            frame = {"kind": "post", "verb": "post.created", "event": turn + 1, "number": turn + 1}
            since = time.monotonic()
            say_to_bare(port, json.dumps(frame | {"html": text(turn)}))
            return turn + 1, since, since

        return fanout(Fanout(name, number), readers, cost, where, tell)


@dataclass
class Place:
    """Where posts are sent, where sockets are held, and a thread that is read."""

    posts: Site
    sockets: Site
    poster: Poster
    people: list[Client]
    cost: Cost

    def watched(self, languages: list[str]) -> dict[str, Any]:
        return {
            "url": f"ws://127.0.0.1:{self.sockets.port}/ws/",
            "origin": self.sockets.url,
            "scope": f"thread.{self.poster.thread}",
            "languages": languages,
        }


def of_ours(place: Place, name: str, number: int, readers: Readers, languages: list[str]) -> Fanout:
    def tell(turn: int) -> tuple[int, float, float]:
        return place.poster.post(text(next(_serial)))

    found = Fanout(name, number)
    return fanout(found, readers, place.cost, place.watched(languages), tell)


def stream(place: Place, readers: Readers, number: int) -> dict[str, Any]:
    """A_SECOND posts a second for SECONDS, from several people at once."""
    readers.connect(count=number, **place.watched(["en"]))
    answered: dict[int, float] = {}
    late: list[float] = []
    due = iter(range(A_SECOND * SECONDS))
    lock, began = threading.Lock(), time.monotonic() + 0.5

    def write(client: Client) -> None:
        poster = Poster(client, place.poster.thread)
        while True:
            with lock:
                turn = next(due, None)
            if turn is None:
                return
            at = began + turn / A_SECOND
            time.sleep(max(0.0, at - time.monotonic()))
            late.append(time.monotonic() - at)
            post, _, when = poster.post(text(next(_serial), 300))
            answered[post] = when

    threads = [threading.Thread(target=write, args=[client]) for client in place.people]
    cpu, machine = place.cost.cpu, Machine()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    found: dict[str, Any] = readers.all(numbers=sorted(answered))
    cpu = place.cost.cpu - cpu
    readers.close()
    last, first = found["last"], found["first"]
    delays = sorted((last[str(post)] - when) * 1000 for post, when in answered.items())
    waits = [(first[str(post)] - when) * 1000 for post, when in answered.items()]
    p99 = delays[int(len(delays) * 0.99) - 1]
    say(
        f"{len(answered)} posts in {took:.1f} s to {number} readers: lost {found['lost']},"
        f" double {found['doubles']}, misordered {found['misordered']}, cut {found['closed']};"
        f" answer to last reader p50 {statistics.median(delays):.0f} ms (to the first"
        f" {statistics.median(waits):.0f}), p99 {p99:.0f} ms"
        f" ({verdict(p99 <= WANTED_P99)}: {WANTED_P99}); socket process {cpu / took * 100:.0f} %"
        f" of a core, others {machine.others:.0f} % of the machine"
    )
    return found | {"p99": p99}


# The site


@contextmanager
def site() -> Iterator[tuple[Place, str]]:
    """The two processes where PostgreSQL and Redis can be had, else one; and the Redis' address."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="exchange-live-")))
        server = postgres()
        if server and Redis.is_installed():
            redis = Redis(folder)
            stack.callback(redis.kill)
            redis.start()
            seeded = stack.enter_context(seed(server, folder))
            url = stack.enter_context(database(server, seeded.name))
            cluster = Cluster(seeded.data, folder, url, redis.url)
            stack.callback(cluster.kill)
            cluster.start()
            say("one process for the posts, one for the sockets, PostgreSQL and Redis")
            yield place(cluster.first, cluster.second), redis.url
            return
        alone = Site(folder / "data")
        stack.callback(alone.kill)
        alone.start()
        say("one process for posts and sockets, SQLite, no Redis: none answered")
        yield place(alone, alone), "none"


def place(posts: Site, sockets: Site) -> Place:
    names = ("tom", "mei", "sam", "lin", "grace")
    people = [posts.client(name) for name in names]
    assert sockets.process
    poster = Poster(people[0], posts.thread("postcards"))
    return Place(posts, sockets, poster, people, Cost(sockets.process.pid))


def verdict(kept: bool) -> str:
    return "within" if kept else "OVER"


def compare(ours: Fanout, group: Fanout, loop: Fanout) -> None:
    n, wanted = ours.readers, WANTED_MS[ours.readers]
    say(
        f"{n} readers: {group.median / ours.median:.1f} x faster than group_send (wanted 4),"
        f" {ours.median / loop.median:.1f} x the bare loop (wanted 2),"
        f" {verdict(ours.median <= wanted)} {wanted} ms,"
        f" {verdict(ours.kb <= WANTED_KB)} {WANTED_KB} KB;"
        f" CPU {group.cpu / ours.cpu:.1f} x less than group_send's, {ours.cpu / loop.cpu:.1f} x the loop's"
    )


def report(parts: Sequence[str] = ()) -> None:
    """All of it, or `fanout`, `languages` or `stream` alone."""
    readers = Readers()
    try:
        with site() as (found, redis_url):
            if not parts or "fanout" in parts:
                for number in READERS:
                    ours = of_ours(found, "ours", number, readers, ["en"])
                    group = of_bare("group", "bare group_send", number, readers, redis_url)
                    loop = of_bare("loop", "bare loop", number, readers, redis_url)
                    compare(ours, group, loop)
            if not parts or "languages" in parts:
                one = of_ours(found, "ours, one language", 999, readers, ["en"])
                three = of_ours(found, "ours, three languages", 999, readers, LANGUAGES)
                say(f"three languages cost {three.cpu - one.cpu:.1f} ms CPU more a post than one")
            if not parts or "stream" in parts:
                stream(found, readers, READERS[0])
    finally:
        readers.end()


if __name__ == "__main__":
    report(sys.argv[1:])
