"""What can be watched, and who may: asked where the pages ask it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.crypto import salted_hmac

from exchange.accounts.models import Presence
from exchange.boards import queries, rules
from exchange.ledger.queries import latest_id

from .lists import FRONT


@dataclass(frozen=True, slots=True)
class Opened:
    """A scope to somebody who may watch it: its latest event; whether it is said there who is here; and
    the token under which it is told that this person writes, "" where it is not."""

    latest: int = 0
    presence: bool = False
    me: str = ""


class Loaded:
    """What some scopes are about, in a query for each kind of them."""

    def __init__(self, scopes: Iterable[str]) -> None:
        numbers: dict[str, set[int]] = {"board": set(), "thread": set()}
        for kind, number in map(_parts, scopes):
            numbers.get(kind, set()).add(number)
        self.boards, self.threads = queries.boards_and_threads(numbers["board"], numbers["thread"])

    @cached_property
    def latest(self) -> int:
        return latest_id()


def ask(reader: Any, scope: str) -> Opened | None:
    """None where this reader may not watch it."""
    return ask_many([(reader, scope)])[0]


def ask_many(asked: Iterable[tuple[Any, str]]) -> list[Opened | None]:
    """The same of many readers and scopes, in their order. Four queries at most: the boards, the threads,
    the latest event for lists, and what members moderate."""
    asked = list(asked)
    loaded = Loaded(scope for _, scope in asked)
    queries.know_roles(reader for reader, scope in asked if _parts(scope)[0] in BY_ROLES)
    return [_ask(reader, scope, loaded) for reader, scope in asked]


def _ask(reader: Any, scope: str, loaded: Loaded) -> Opened | None:
    kind, number = _parts(scope)
    return GATEKEEPERS[kind](reader, number, loaded) if kind in GATEKEEPERS else None


def _parts(scope: str) -> tuple[str, int]:
    kind, _, number = scope.partition(".")
    return kind, int(number or 0)


def _thread(reader: Any, thread_id: int, loaded: Loaded) -> Opened | None:
    thread = loaded.threads.get(thread_id)
    if thread is None or not queries.is_open_to(reader, thread.board):
        return None
    shown = thread.board.presence
    is_seen = reader.is_authenticated and reader.presence != Presence.HIDDEN
    writes = shown and is_seen and rules.can_reply(reader, thread) is None
    return Opened(
        getattr(thread, "since", None) or 0,
        presence=shown,
        me=token(reader.pk, thread.scope) if writes else "",
    )


def _board(reader: Any, board_id: int, loaded: Loaded) -> Opened | None:
    board = loaded.boards.get(board_id)
    return Opened(loaded.latest) if board and queries.is_open_to(reader, board) else None


def _front(reader: Any, number: int, loaded: Loaded) -> Opened | None:
    return None if number else Opened(loaded.latest)


def _own(reader: Any, person_id: int, loaded: Loaded) -> Opened | None:
    return Opened() if reader.is_authenticated and reader.pk == person_id else None


def _desk(reader: Any, number: int, loaded: Loaded) -> Opened | None:
    """There is one desk, without a number. What changed on it each moderator's page asks by itself."""
    return Opened() if not number and queries.roles(reader).any else None


def token(person_id: int, scope: str) -> str:
    """Who writes, without saying who: the same in all tabs of a person, another one in each thread."""
    found = salted_hmac("exchange.live.writing", f"{person_id}.{scope}", algorithm="sha256")
    return found.hexdigest()[:12]


GATEKEEPERS: dict[str, Callable[[Any, int, Loaded], Opened | None]] = {
    "thread": _thread,
    "board": _board,
    FRONT: _front,
    "user": _own,
    "moderation": _desk,
}
# Whose answer depends on what a member moderates.
BY_ROLES = {"thread", "board", "moderation"}
