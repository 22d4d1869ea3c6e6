"""Whose pictures need no look any more. The ledger has the acts that this follows from."""

from .models import Known


def know(user_id: int) -> None:
    """A moderator let a picture of theirs through."""
    Known.objects.get_or_create(user_id=user_id)


def know_no_longer(user_id: int) -> None:
    """A moderator took a picture of theirs away: as long as they are new, the next ones wait again."""
    Known.objects.filter(user_id=user_id).delete()
