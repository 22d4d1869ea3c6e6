from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.models import SavedDraft, Thread
from exchange.languages.models import Passage
from exchange.languages.queries import families_without

register = template.Library()

# Where a draft of each kind is gone on with, saved, and what it is called.
PAGES = {"thread": "thread", "post": "edit", "new": "new_thread"}
ADDRESSES = {"thread": "reply_draft", "post": "edit_draft", "new": "new_thread_draft"}


@register.filter
def leads_with_other(thread: Thread, language: str) -> bool:
    """Whether the title's other half comes first on a page in this language."""
    return thread.title_reads_better(language)


@register.filter
def lacks_a_half(passage: Passage) -> bool:
    """Whether people have not written it for all readers yet."""
    return any(name not in passage.human_in.split() for name in families_without(passage))


@register.filter
def draft_name(draft: SavedDraft) -> str:
    """What a draft will become, in the page's language."""
    return {"thread": _("A reply"), "post": _("An edit"), "new": _("A new thread")}[draft.where[0]]


@register.filter
def draft_page(draft: SavedDraft) -> str:
    """The page with the form that the draft belongs to."""
    kind, number = draft.where
    anchor = "#reply" if kind == "thread" else ""
    return reverse(PAGES[kind], args=[number] if number else []) + anchor


@register.filter
def draft_address(draft: SavedDraft) -> str:
    kind, number = draft.where
    return reverse(ADDRESSES[kind], args=[number] if number else [])
