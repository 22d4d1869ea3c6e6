"""How many people look at a scope, and who of them lets it be seen.

Each process knows its own sockets; the others' it hears of by the bell, again every few seconds. What
was not heard again in time does not count any more, so that a process that died leaves nobody behind.
Where the bell is away each process counts its own alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from exchange.accounts.models import Presence

from .connection import Connection

# A page names so many; the bell carries so many of a process, more are only counted.
MOST_NAMES, MOST_HEARD = 8, 300
# What another process said counts for so long; each says it again three times in it.
HEARD_SECONDS, SAID_AGAIN = 30.0, 10.0
# Many people who come and go are not told of at every coming.
CROWD, CROWD_SECONDS, FEW_SECONDS = 100, 5.0, 1.0


class Heard(NamedTuple):
    """What a process said: people by their ids with the names that may be seen, "" otherwise; how many
    more there are; and until when it counts."""

    people: dict[int, str]
    more: int
    until: float


class Here:
    """`changed` are the scopes whose number has to be told anew. Lives on the event loop."""

    def __init__(self) -> None:
        self._here: dict[str, set[Connection]] = {}
        self._others: dict[str, dict[str, Heard]] = {}
        self._told: dict[str, tuple[dict[str, Any], float]] = {}
        self._unsaid: set[str] = set()
        self.changed: set[str] = set()

    def come(self, connection: Connection, scope: str) -> None:
        self._here.setdefault(scope, set()).add(connection)
        self.change([scope])

    def go(self, connection: Connection, scope: str) -> None:
        here = self._here.get(scope, set())
        if connection in here:
            here.discard(connection)
            self.change([scope])
        if not here:
            self._here.pop(scope, None)

    def change(self, scopes: Iterable[str]) -> None:
        """Of this process."""
        self.changed.update(scopes)
        self._unsaid.update(scopes)

    def of(self, connection: Connection) -> list[str]:
        return [scope for scope, here in self._here.items() if connection in here]

    def own(self, scope: str) -> tuple[dict[int, str], int]:
        """The people of this process, as Heard has them."""
        seen = [c.person for c in self._here.get(scope, ())]
        people = {
            person.id: person.name if person.presence == Presence.NAMED else ""
            for person in seen
            if person.id and person.presence != Presence.HIDDEN
        }
        return people, sum(1 for person in seen if not person.id)

    def hear(
        self, process: str, scope: str, people: Mapping[int, str], more: int, now: float
    ) -> None:
        others = self._others.setdefault(scope, {})
        before = others.get(process)
        others[process] = Heard(dict(people), more, now + HEARD_SECONDS)
        if before is None or (before.people, before.more) != (people, more):
            self.changed.add(scope)

    def say(self, scope: str) -> dict[str, Any]:
        """What the other processes are told of a scope. Lists, for keys of numbers do not travel."""
        people, more = self.own(scope)
        few = list(people.items())[:MOST_HEARD]
        return {"scope": scope, "people": few, "more": more + len(people) - len(few)}

    def unsaid(self, *, all_of_them: bool) -> set[str]:
        """The scopes of which the other processes were not told since they changed, or all."""
        unsaid, self._unsaid = self._unsaid, set()
        return unsaid | self._here.keys() if all_of_them else unsaid

    def frame(self, scope: str) -> dict[str, Any]:
        people, more = self.own(scope)
        for heard in self._others.get(scope, {}).values():
            people = heard.people | people
            more += heard.more
        names = sorted(name for name in people.values() if name)[:MOST_NAMES]
        return {"kind": "presence", "scope": scope, "here": len(people) + more, "names": names}

    def greeting(self, scope: str) -> dict[str, Any]:
        """`frame`, for somebody who comes now. If it is not what everybody was told last, that is told again
        when it is true again: whoever is greeted did not hear it."""
        frame = self.frame(scope)
        told, at = self._told.get(scope, (frame, 0.0))
        if told != frame:
            self._told[scope] = {"here": told["here"]}, at
        return frame

    def due(self, watched: Iterable[str], now: float) -> list[dict[str, Any]]:
        """The frames of what changed and was not told of a moment ago."""
        self._forget(now)
        frames = []
        for scope in self.changed & set(watched):
            told, at = self._told.get(scope, ({}, float("-inf")))
            wait = CROWD_SECONDS if told.get("here", 0) > CROWD else FEW_SECONDS
            if now < at + wait:
                continue
            self.changed.discard(scope)
            frame = self.frame(scope)
            if frame != told:
                self._told[scope] = frame, now
                frames.append(frame)
        self.changed &= set(watched)
        self._told = {scope: told for scope, told in self._told.items() if scope in watched}
        return frames

    def _forget(self, now: float) -> None:
        for scope, others in list(self._others.items()):
            kept = {process: heard for process, heard in others.items() if heard.until > now}
            if len(kept) < len(others):
                self.changed.add(scope)
                self._others[scope] = kept
            if not kept:
                del self._others[scope]
