"""How many notices somebody has not read, as the bell of an open page shows it."""

from django.template.loader import render_to_string
from django.utils import translation

from exchange.notifications.queries import shown_count, unread_of

from .frames import Frame


def frame(person: int, unread: int, language: str) -> Frame:
    with translation.override(language):
        context = {"unread": shown_count(unread)}
        html = render_to_string("notifications/_bell.html", context).strip()
    return {"kind": "notices", "scope": f"user.{person}", "unread": unread, "html": html}


def current(person: int, language: str) -> Frame:
    """As it is now, in one query."""
    return frame(person, unread_of([person])[person], language)
