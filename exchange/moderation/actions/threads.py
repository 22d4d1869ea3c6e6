"""What is done with whole threads."""

from typing import Any

from django.db import transaction

from exchange.boards.actions import enlist
from exchange.boards.models import Board, Post, Thread
from exchange.ledger.actions import record
from exchange.moderation.models import Case, Decision
from exchange.safety.models import Rule

from .frame import lock_cases, on_thread
from .stamps import stamp


def lock(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> Decision | None:
    return _act("thread.locked", "locked_at", True, moderator, thread, rule, note)


def unlock(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> Decision | None:
    return _act("thread.unlocked", "locked_at", False, moderator, thread, rule, note)


def pin(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> Decision | None:
    return _act("thread.pinned", "pinned_at", True, moderator, thread, rule, note)


def unpin(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> Decision | None:
    return _act("thread.unpinned", "pinned_at", False, moderator, thread, rule, note)


def move(
    *, moderator: Any, thread: Thread, board: Board, rule: Rule, note: str = ""
) -> Decision | None:
    with transaction.atomic():
        lock_cases(post__thread=thread)
        places = Thread.objects.filter(pk=thread.pk).exclude(board=board)
        if not places.update(board=board):
            return None
        enlist(Post.objects.filter(thread=thread))
        Case.objects.filter(post__thread=thread).update(board=board)
        data = {"from": thread.board_id, "to": board.pk}
        decision = on_thread("thread.moved", moderator, thread, rule, note, **data)
        thread.board = board
    return decision


def open_board(*, by: Any, board: Board, access: str) -> bool:
    """Change who may read a board."""
    with transaction.atomic():
        if not Board.objects.filter(pk=board.pk).exclude(access=access).update(access=access):
            return False
        enlist(Post.objects.filter(thread__board=board))
        record(
            "board.opened",
            actor=by,
            scope=f"board.{board.pk}",
            target=f"board.{board.pk}",
            access=access,
        )
    return True


def show_presence(*, by: Any, board: Board, on: bool) -> bool:
    """Whether threads of a board say how many people are there and that somebody is writing."""
    with transaction.atomic():
        if not Board.objects.filter(pk=board.pk).exclude(presence=on).update(presence=on):
            return False
        place = f"board.{board.pk}"
        record("board.changed", actor=by, scope=place, target=place, presence=int(on))
    return True


def _act(
    verb: str, field: str, on: bool, moderator: Any, thread: Thread, rule: Rule, note: str
) -> Decision | None:
    with transaction.atomic():
        if not stamp(Thread.objects.all(), thread, field, on=on):
            return None
        return on_thread(verb, moderator, thread, rule, note)
