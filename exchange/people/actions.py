"""What somebody does for their own peace. Private: the ledger hears nothing of it, nor does anybody."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.boards import muted_words
from exchange.boards.models import Board, Mute, Thread
from exchange.boards.muting import MOST

TOO_MANY = _("You muted as many of these as one can. Take one back first.")


class ListIsFull(Exception):
    reason = TOO_MANY


def mute_person(*, by: Any, person: User, blocks: bool = False) -> Mute:
    """A block stays one when the person is muted again. Raises ListIsFull."""
    mute = _keep(by, Mute.Kind.PERSON, person=person, defaults={"blocks": blocks})
    if blocks and not mute.blocks:
        mute.blocks = True
        mute.save(update_fields=["blocks"])
    return mute


def mute_thread(*, by: Any, thread: Thread) -> Mute:
    """Raises ListIsFull."""
    return _keep(by, Mute.Kind.THREAD, thread=thread)


def mute_board(*, by: Any, board: Board) -> Mute:
    """Raises ListIsFull."""
    return _keep(by, Mute.Kind.BOARD, board=board)


def mute_word(*, by: Any, word: str) -> Mute:
    """A word that another one of theirs already stands for gives that one. Raises ListIsFull."""
    kept = Mute.objects.filter(by=by, kind=Mute.Kind.WORD)
    folded = muted_words.fold(word)
    same = next((mute for mute in kept if muted_words.fold(mute.word) == folded), None)
    return same or _keep(by, Mute.Kind.WORD, word=word)


def unmute(*, by: Any, **what: Any) -> bool:
    """`what` names their own mutes: `pk`, `person`, `thread` or `board`. Whether there was one."""
    _forget(by)
    return bool(Mute.objects.filter(by=by, **what).delete()[0])


@transaction.atomic
def _keep(by: Any, kind: Mute.Kind, *, defaults: Any = None, **what: Any) -> Mute:
    _forget(by)
    mute, is_new = Mute.objects.get_or_create(by=by, kind=kind, **what, defaults=defaults)
    if is_new and Mute.objects.filter(by=by, kind=kind).count() > MOST[kind]:
        raise ListIsFull
    return mute


def _forget(person: Any) -> None:
    if hasattr(person, "_mutes"):
        del person._mutes
