"""Whom an address names."""

from django.http import Http404
from django.utils.translation import gettext as _

from exchange.accounts.models import User
from exchange.people import queries


def get_person(username: str) -> User:
    """By their name or one that looks like it; the page of the name itself is the one to be known by."""
    try:
        return queries.person(username)
    except User.DoesNotExist:
        raise Http404(_("There is nobody of that name here.")) from None
