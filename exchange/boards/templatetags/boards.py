from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.models import SavedDraft

register = template.Library()

# Where a draft of each kind is gone on with, saved, and what it is called.
PAGES = {"thread": "thread", "post": "edit", "new": "new_thread"}
ADDRESSES = {"thread": "reply_draft", "post": "edit_draft", "new": "new_thread_draft"}


@register.filter
def draft_place(place: str) -> str:
    """What a draft will become, in the page's language."""
    return {"thread": _("A reply"), "post": _("An edit"), "new": _("A new thread")}[_kind(place)]


@register.filter
def draft_page(draft: SavedDraft) -> str:
    """The page with the form that the draft belongs to."""
    anchor = "#reply" if _kind(draft.place) == "thread" else ""
    return reverse(PAGES[_kind(draft.place)], args=_ids(draft.place)) + anchor


@register.filter
def draft_address(draft: SavedDraft) -> str:
    return reverse(ADDRESSES[_kind(draft.place)], args=_ids(draft.place))


def _kind(place: str) -> str:
    return place.partition(".")[0]


def _ids(place: str) -> list[int]:
    number = place.partition(".")[2]
    return [int(number)] if number else []
