import asyncio
import contextlib
import json
import logging
import time
import uuid
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from typing import Any

from . import bell, people
from .asking import Rounds
from .connection import Connection, Watched
from .doors import MINUTE, Doors
from .follower import Follower, Round
from .presence import SAID_AGAIN, Here
from .scopes import Opened
from .writing import Writing

log = logging.getLogger(__name__)

# What another process recorded is found within this time, bell or no bell.
LOOK_SECONDS = 1.0
# A round that takes longer is said to stand still: a database that hangs raises nothing for long.
SLOW_SECONDS = 3.0
# After this long without a look at the ledger the sockets are sent away, to catch up when they return.
PATIENCE_SECONDS = 30.0
# Sessions also end by themselves, and by other hands than ours.
SWEEP_SECONDS = 60.0
# Who watches nothing for so long is no page of ours.
IDLE_SECONDS = 60.0
# Between two looks at the sockets themselves.
TIDY_SECONDS = 5.0
# Whoever watches something hears at least so often from us: a page cannot see the protocol's own pings.
ALIVE_SECONDS = 25.0
ALIVE = json.dumps({"alive": True})
# So many are told of it before others have their turn.
ALIVE_AT_ONCE = 100
# What people do at the same moment is told at once.
MOMENT = 0.05
# Close codes: nothing watched; this reader was too slow; the server is in trouble (as in RFC 6455's
# registry).
IDLE, TOO_SLOW, TRY_AGAIN_LATER = 4000, 4008, 1013


class Hub:
    """Who watches what in this process. One reading of the ledger serves all its sockets.

    Everything but `ring` is called on the event loop that the sockets live on.
    """

    def __init__(self) -> None:
        self.process = uuid.uuid4().hex
        self._connections: set[Connection] = set()
        self._watchers: dict[str, dict[Connection, str]] = {}
        self._doors = Doors()
        self._here, self._writing = Here(), Writing()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._database = Rounds()
        self._failing_since: float | None = None
        # What was read and not sent yet: it outlives a round that failed half way.
        self._unsent: Round | None = None
        self._moment: asyncio.TimerHandle | None = None
        self._forgetting: asyncio.TimerHandle | None = None
        self._swept_at = self._tidied_at = self._said_at = 0.0
        # How many rounds have ended, and whether none is under way.
        self.rounds = 0
        self._resting = asyncio.Event()
        self._resting.set()

    # Coming and going

    def enter(self, connection: Connection, address: str) -> bool:
        """False where this person or address has too many sockets."""
        keys = self._doors.enter(connection.person.id, address, time.monotonic())
        if keys is None:
            return False
        connection.keys = keys
        self._connections.add(connection)
        if self._loop is None:
            self._start()
        return True

    def watch(self, connection: Connection, scope: str, watched: Watched) -> None:
        """From now on send what happens in `scope`, in that interface language."""
        self._watchers.setdefault(scope, {})[connection] = watched.language
        connection.watched[scope] = watched

    async def passed(self, rounds: int) -> bool:
        """Whether a round may have passed by somebody who watches only now: one that ended since `rounds`
        had, or is under way, whose end is waited for then."""
        if self.rounds == rounds and self._resting.is_set():
            return False
        await self._resting.wait()
        return True

    def unwatch(self, connection: Connection, scope: str) -> None:
        watchers = self._watchers.get(scope, {})
        watchers.pop(connection, None)
        watched = connection.watched.pop(scope, None)
        self._here.go(connection, scope)
        if watched and self._writing.is_by(scope, watched.opened.me, connection):
            self.write(connection, scope, "", me=watched.opened.me)
        if not watchers:
            self._watchers.pop(scope, None)
        if not connection.watched:
            connection.idle_since = time.monotonic()

    def forget(self, connection: Connection) -> None:
        for scope in list(connection.watched):
            self.unwatch(connection, scope)
        self._doors.leave(connection.keys, time.monotonic())
        connection.keys = []
        self._connections.discard(connection)
        if not self._connections:
            self._stop()

    def drop(self, connection: Connection, code: int) -> None:
        self.forget(connection)
        connection.end(code)

    # Who is here, who writes

    def greet(self, connection: Connection, scope: str) -> None:
        """Who is here already: the others are told only when that changes."""
        watched = connection.watched.get(scope)
        frame = self._here.greeting(scope)
        if watched and watched.opened.presence and frame["here"]:
            connection.offer(json.dumps(frame, ensure_ascii=False))

    def come(self, connection: Connection, scope: str, here: bool) -> None:
        watched = connection.watched.get(scope)
        if watched is None or not watched.opened.presence:
            return
        if here:
            self._here.come(connection, scope)
        else:
            self._here.go(connection, scope)
        self._soon()

    def write(self, connection: Connection, scope: str, family: str, me: str = "") -> None:
        watched = connection.watched.get(scope)
        token = me or (watched.opened.me if watched else "")
        if not token:
            return
        self._writing.set(scope, token, family, time.monotonic(), by=connection)
        told = {"type": "live.writing", "process": self.process}
        bell.bell.tell(told | {"scope": scope, "token": token, "in": family})
        self._soon()

    def _hear(self, message: dict[str, Any]) -> None:
        """What another process says, or this one's own voice."""
        if message.get("process") == self.process:
            return
        now = time.monotonic()
        if message["type"] == "ledger.event":
            self._wake.set()
        elif message["type"] == "live.told":
            for each in message["told"]:
                self._hear(each)
        elif message["type"] == "live.writing":
            self._writing.set(message["scope"], message["token"], message["in"], now)
        elif message["type"] == "live.here":
            known = dict(map(tuple, message["people"]))
            self._here.hear(message["process"], message["scope"], known, message["more"], now)
        self._soon()

    def _soon(self) -> None:
        """Tell of it in a moment, with what else happens until then."""
        if self._moment is None and self._loop is not None:
            self._moment = self._loop.call_later(MOMENT, self._of_the_moment)

    def _of_the_moment(self) -> None:
        if self._moment:
            self._moment.cancel()
        now, self._moment = time.monotonic(), None
        again = now - self._said_at > SAID_AGAIN
        self._said_at = now if again else self._said_at
        self._say_who_is_here(all_of_them=again)
        for frame in [*self._here.due(self._watchers, now), *self._writing.due(now)]:
            self._broadcast(frame["scope"], json.dumps(frame, ensure_ascii=False))

    def _say_who_is_here(self, *, all_of_them: bool = False) -> None:
        """To the other processes."""
        for scope in self._here.unsaid(all_of_them=all_of_them):
            told = {"type": "live.here", "process": self.process}
            bell.bell.tell(told | self._here.say(scope))

    # The round

    def ring(self) -> None:
        """Look at the ledger now. From any thread; an idle loop would else hear it seconds late."""
        loop, wake = self._loop, self._wake
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is just closing
                loop.call_soon_threadsafe(wake.set)

    def _start(self) -> None:
        self._loop = asyncio.get_running_loop()
        if self._forgetting:
            self._forgetting.cancel()
        self._wake, self._resting = asyncio.Event(), asyncio.Event()
        self._resting.set()
        self._failing_since = None
        self._swept_at = self._tidied_at = self._said_at = time.monotonic()
        jobs: list[Coroutine[None, None, None]] = [self._follow(), self._stay_alive()]
        if bell.is_shared():
            jobs.append(bell.hear(self._hear))
        self._tasks = [asyncio.create_task(job) for job in jobs]

    def _stop(self) -> None:
        if self._loop:  # no round comes that would forget who was here
            self._forgetting = self._loop.call_later(MINUTE, self._forget_doors)
        self._loop = self._unsent = None
        if self._moment:
            self._moment.cancel()
        self._moment = None
        self._say_who_is_here()  # that they are gone: no moment comes for it
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self._database.end()
        self._resting.set()

    def _forget_doors(self) -> None:
        self._doors.tidy(time.monotonic())

    async def _follow(self) -> None:
        follower = Follower()
        while True:
            self._resting.clear()
            await self._round(follower)
            self.rounds += 1
            self._resting.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()
            self._wake.clear()

    async def _round(self, follower: Follower) -> None:
        wanted = {scope: set(found.values()) for scope, found in self._watchers.items()}
        now, again = time.monotonic(), self._unsent is not None
        try:
            with self._patience():
                if self._unsent is None:
                    self._unsent = await self._database.run(follower.round, wanted)
                found = self._unsent
                # With the last socket that is closed in it all of this ends.
                await self._revoke(found, now)
        except Exception as error:  # noqa: BLE001 whatever is away, the sockets outlive it
            self._failed(error)
            return
        self._worked()
        self._unsent = None
        if again:
            self._wake.set()  # what came since is read right after
        for scope, language, text in found.ready:
            self._broadcast(scope, text, language)
            await asyncio.sleep(0)  # the writers' turn: a long round must not fill every queue
        self._of_the_moment()
        self._tidy(now)

    @contextlib.contextmanager
    def _patience(self) -> Iterator[None]:
        """What takes long is said, again and again, as if it had failed; it goes on meanwhile."""
        loop, me = asyncio.get_running_loop(), asyncio.current_task()
        timers: list[asyncio.TimerHandle] = []

        def wait() -> None:
            timers[:] = [loop.call_later(SLOW_SECONDS, is_slow)]

        def is_slow() -> None:
            if me and not me.cancelling():  # else only the thread is still waited for
                wait()
                self._failed(TimeoutError(f"no answer in {SLOW_SECONDS:g} s"))

        wait()
        try:
            yield
        finally:
            timers[0].cancel()

    def _broadcast(self, scope: str, text: str, language: str = "") -> None:
        """To those who watch it in that language, or in any."""
        for connection, theirs in list(self._watchers.get(scope, {}).items()):
            if (not language or theirs == language) and not connection.offer(text):
                self.drop(connection, TOO_SLOW)

    def _tidy(self, now: float) -> None:
        """Sockets that take nothing, and those that want nothing."""
        if now - self._tidied_at < TIDY_SECONDS:
            return
        self._tidied_at = now
        self._doors.tidy(now)
        for connection in list(self._connections):
            if connection.is_stuck(now):
                self.drop(connection, TOO_SLOW)
            elif not connection.watched and now - connection.idle_since > IDLE_SECONDS:
                self.drop(connection, IDLE)

    async def _stay_alive(self) -> None:
        """A few bytes to whoever was told nothing for a while, whatever the ledger does."""
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            due = time.monotonic() - ALIVE_SECONDS
            quiet = [c for c in self._connections if c.watched and c.told_at <= due]
            for place, connection in enumerate(quiet, 1):
                connection.offer(ALIVE)
                if place % ALIVE_AT_ONCE == 0:
                    await asyncio.sleep(0)

    # Who may no longer

    async def _revoke(self, found: Round, now: float) -> None:
        """Before anything is sent: whose session ended is out, and who may not see a scope any more."""
        theirs = [c for c in self._connections if c.person.id in found.people]
        if now - self._swept_at > SWEEP_SECONDS:
            self._swept_at = now
            theirs = [c for c in self._connections if c.person.id]
        if theirs:
            logins = {connection.login for connection in theirs}
            standing = await self._database.run(people.standing, logins)
            for connection in theirs:
                self._take(connection, standing[connection.login])
        # A sweep asks for sessions alone: what else changes is told by the ledger.
        changed = [c for c in theirs if c.is_open and c.person.id in found.people]
        asked = [(c, scope) for c in changed for scope in c.watched]
        asked += [(c, scope) for scope in found.scopes for c in self._watchers.get(scope, {})]
        if asked:
            pairs = {(connection.person.id, scope) for connection, scope in asked}
            answers = await self._database.run(people.still_open, pairs)
            self._shut(asked, answers)

    def _take(self, connection: Connection, standing: people.Person | int) -> None:
        if isinstance(standing, int):
            self.drop(connection, standing)
            return
        if connection.person != standing:
            connection.person = standing
            self._here.change(self._here.of(connection))

    def _shut(
        self,
        asked: Iterable[tuple[Connection, str]],
        answers: Mapping[tuple[int, str], Opened | None],
    ) -> None:
        for connection, scope in asked:
            watched = connection.watched.get(scope)
            if watched is None:
                continue
            opened = answers.get((connection.person.id, scope))
            if opened is None:
                self.unwatch(connection, scope)
                connection.offer(json.dumps({"revoked": scope}))
                continue
            connection.watched[scope] = watched._replace(opened=opened)
            if not opened.presence:
                self._here.go(connection, scope)

    # Trouble

    def _failed(self, error: Exception) -> None:
        now = time.monotonic()
        if self._failing_since is None:
            self._failing_since = now
            log.warning("The ledger cannot be read, trying on: %r", error)
            self._say_to_all({"paused": True})
        elif now - self._failing_since > PATIENCE_SECONDS:
            for connection in list(self._connections):
                self.drop(connection, TRY_AGAIN_LATER)

    def _worked(self) -> None:
        if self._failing_since is not None:
            self._failing_since = None
            log.warning("The ledger can be read again")
            self._say_to_all({"paused": False})

    def _say_to_all(self, content: dict[str, Any]) -> None:
        for connection in list(self._connections):
            if not connection.offer(json.dumps(content)):
                self.drop(connection, TOO_SLOW)


hub = Hub()
