from typing import Any

from django.utils.translation import gettext_lazy as _

from . import names
from .models import User

Refusal = Any  # a lazily translated reason; None means yes

ODD = _("A name can hold Chinese characters, Latin letters, digits and - _ . · between them.")
SHORT = _("A name needs at least two letters or one Chinese character.")
LONG = _("A name can have up to 24 letters or 12 Chinese characters.")
STAFF = _("This name looks like one of the people who run the site. Please choose another.")
TAKEN = _("This name is taken, or looks too much like one that is. Please choose another.")


def may_be_called(name: str) -> Refusal:
    """None, or why a new member cannot have this (already normalised) name."""
    if names.width(name) < names.LEAST:
        return SHORT
    if names.width(name) > names.MOST:
        return LONG
    if not names.ALLOWED.fullmatch(name):
        return ODD
    if names.is_staff_like(name):
        return STAFF
    if User.objects.filter(skeleton=names.skeleton(name)).exists():
        return TAKEN
    return None


def may_log_in(user: User) -> Refusal:
    if user.is_suspended:
        return _("This account is suspended for now. The moderation log says why.")
    return None
