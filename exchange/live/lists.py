"""What open lists of threads are told: that there is news, and in which thread."""

from collections.abc import Iterable
from typing import Any

from exchange.boards.models import Board, Thread
from exchange.ledger.models import Event

from .frames import Frame

FRONT = "front"
# What brings a thread up in the lists, or makes it stand there.
NEWS = {"thread.opened", "post.created", "post.released", "thread.moved", "thread.split"}


def told(events: Iterable[Event]) -> list[Frame]:
    """A frame for each list that each thread stands in, the latest event alone, in one query."""
    latest = {event.scope: event for event in events if event.verb in NEWS}
    numbers = {scope.partition(".")[2]: event for scope, event in latest.items()}
    listed = Thread.objects.filter(pk__in=numbers, **Thread.LISTED) if numbers else ()
    rows: Any = listed and listed.values_list("pk", "board_id", "board__access")
    return [
        rows_frame(scope, numbers[str(thread)].id, thread, board)
        for thread, board, access in rows
        for scope in scopes(board, access)
    ]


def scopes(board_id: int, access: str) -> list[str]:
    """The lists that a board's threads stand in: the front page's only if everybody may read them."""
    everybody = access == Board.Access.PUBLIC
    return [f"board.{board_id}", *([FRONT] if everybody else [])]


def rows_frame(scope: str, event: int, thread: int, board: int) -> Frame:
    return {"event": event, "kind": "rows", "scope": scope, "thread": thread, "board": board}
