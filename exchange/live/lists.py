"""What open lists of threads are told: that there is news, and in which thread."""

from collections.abc import Iterable, Mapping
from typing import Any

from exchange.boards.models import Board, Thread
from exchange.boards.queries import NEWS
from exchange.ledger.models import Event

from .frames import Frame

FRONT = "front"


def told(events: Iterable[Event]) -> list[Frame]:
    """A frame for each list that each thread stands in, the latest event alone, in one query."""
    latest: dict[str, int] = {}
    for event in events:
        if event.verb in NEWS:
            latest[event.scope] = max(event.id, latest.get(event.scope, 0))
    return rows(latest)


def rows(latest: Mapping[str, int], **where: Any) -> list[Frame]:
    """The same of threads by their scopes, with the event that brought each of them up. `where` narrows
    them, as filters do."""
    numbers = {scope.partition(".")[2]: event for scope, event in latest.items()}
    if not numbers:
        return []
    listed = Thread.objects.filter(pk__in=numbers, **where, **Thread.LISTED)
    return [
        _frame(scope, numbers[str(thread)], thread, board)
        for thread, board, access in listed.values_list("pk", "board_id", "board__access")
        for scope in scopes(board, access)
    ]


def scopes(board_id: int, access: str) -> list[str]:
    """The lists that a board's threads stand in: the front page's only if everybody may read them."""
    everybody = access == Board.Access.PUBLIC
    return [f"board.{board_id}", *([FRONT] if everybody else [])]


def _frame(scope: str, event: int, thread: int, board: int) -> Frame:
    return {"event": event, "kind": "rows", "scope": scope, "thread": thread, "board": board}
