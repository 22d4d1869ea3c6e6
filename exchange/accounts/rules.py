from typing import Any

from django.utils.translation import gettext_lazy as _

from . import mailboxes, names
from .models import User

Refusal = Any  # a lazily translated reason; None means yes

ODD = _(
    "A name can hold Chinese characters, Latin letters and digits,"
    " with single spaces or - _ . · ' between them."
)
SHORT = _("A name needs at least two letters or one Chinese character.")
LONG = _("A name can have up to 24 letters or 12 Chinese characters.")
STAFF = _("This name looks like one of the people who run the site. Please choose another.")
TAKEN = _("This name is taken, or looks too much like one that is. Please choose another.")
THROWN_AWAY = _(
    "This address is of a kind that is thrown away soon. We write to it when you forget your password,"
    " so please use one that you keep. Nobody else sees it."
)
SUSPENDED = _("This account is paused: you cannot log in for now.")


def may_be_called(raw: str) -> Refusal:
    """None, or why a new member cannot have this name, as it was typed."""
    name = names.normalise(raw)
    if names.is_disguised(raw) or not names.ALLOWED.fullmatch(name):
        return SHORT if not name else ODD
    if names.width(name) < names.LEAST:
        return SHORT
    if names.width(name) > names.MOST:
        return LONG
    if names.is_staff_like(name):
        return STAFF
    return TAKEN if is_taken(name) else None


def is_taken(name: str) -> bool:
    return User.objects.filter(skeleton=names.skeleton(name)).exists()


def may_log_in(user: User) -> Refusal:
    return SUSPENDED if user.is_suspended else None


def may_write_from(email: str) -> Refusal:
    """None, or why an address cannot become an account's. It says nothing of who has it."""
    return THROWN_AWAY if mailboxes.is_disposable(email) else None
