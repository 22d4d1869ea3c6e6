"""Who keeps order, and on which boards; in which languages, and when."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from exchange.accounts.models import User
from exchange.boards.models import Board, Moderator
from exchange.ledger.actions import record
from exchange.moderation import rules

EVERY_HOUR = (0, 0)


class LastOfStaff(Exception):
    """Nobody would be left who can appoint anybody."""


def appoint(
    *,
    by: Any,
    person: Any,
    role: str,
    board: Board | None = None,
    reads: Sequence[str] | None = None,
    duty: tuple[int, int] | None = None,
) -> bool:
    """Make a member `moderator` (of one board, or of the site) or `staff`; or change the languages that a
    moderator reads and the hours of duty (UTC), which are left as they are by None. False where it
    was all so before."""
    with transaction.atomic():
        if role == "staff":
            changed = _make_staff(by, person)
        else:
            given: dict[str, Any] = {} if reads is None else {"reads": sorted(reads)}
            given |= {} if duty is None else {"duty_from": duty[0], "duty_until": duty[1]}
            changed = _make_moderator(by, person, board, given)
    _forget(person)
    return changed


def dismiss(*, by: Any, person: Any, role: str, board: Board | None = None) -> bool:
    """False where it was so before. Raises LastOfStaff."""
    with transaction.atomic():
        if role == "staff":
            was = _was_staff(person)
        else:
            was = bool(Moderator.objects.filter(user=person, board=board).delete()[0])
        if was:
            _record(f"{role}.dismissed", by, person, board)
    _forget(person)
    return was


def _make_staff(by: Any, person: Any) -> bool:
    if not User.objects.filter(pk=person.pk, is_staff=False).update(is_staff=True):
        return False
    _record("staff.appointed", by, person, None)
    return True


def _was_staff(person: Any) -> bool:
    # All of them are locked, so that the last two who leave at once do not both go.
    staff = User.objects.select_for_update().filter(is_staff=True).order_by("pk")
    ids = list(staff.values_list("pk", flat=True))
    if person.pk not in ids:
        return False
    if rules.is_last_of_staff(person):
        raise LastOfStaff
    User.objects.filter(pk=person.pk).update(is_staff=False)
    person.is_staff = False
    return True


def _make_moderator(by: Any, person: Any, board: Board | None, given: dict[str, Any]) -> bool:
    found, fresh = Moderator.objects.get_or_create(user=person, board=board, defaults=given)
    other = any(getattr(found, name) != value for name, value in given.items())
    if not (fresh or other):
        return False
    if other:
        for name, value in given.items():
            setattr(found, name, value)
        found.save(update_fields=list(given))
    _record("moderator.appointed" if fresh else "moderator.changed", by, person, board)
    return True


def _forget(person: Any) -> None:
    """Roles are kept on the reader for a request."""
    person.__dict__.pop("_roles", None)


def _record(verb: str, by: Any, person: Any, board: Board | None) -> None:
    data: dict[str, int | str] = {"board": board.pk} if board else {}
    target = f"user.{person.pk}"
    record(verb, actor=by, scope=target, target=target, reason="", **data)
