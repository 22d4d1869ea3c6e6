"""May they? Each answer is None for yes, or the reason in the reader's language."""

from django.utils.translation import gettext_lazy as _

from exchange.boards.models import Post
from exchange.boards.rules import CLOSED, HIDDEN, WAITS, Reader, Refusal, can_write
from exchange.figures.models import Entry, Question

OWN_FIGURE = _("This is your own figure: you can change it in your post.")
NOT_YOUR_FIGURE = _("Only the author of a figure can say that it is right.")
NOT_YOUR_QUESTION = _("Only the person who asked can take a question back.")
CHANGED = _("This figure was changed meanwhile. Please look at the new one.")
LOCKED = _("This thread is locked, so nothing more is said about its figures.")


def can_ask(reader: Reader, post: Post, entry: Entry) -> Refusal:
    """Say that a figure looks off."""
    if refusal := can_write(reader):
        return refusal
    if entry.author_id == reader.pk:
        return OWN_FIGURE
    return _cannot_talk(post) or (CHANGED if entry.until else None)


def can_answer(reader: Reader, post: Post, entry: Entry) -> Refusal:
    if entry.author_id != reader.pk:
        return NOT_YOUR_FIGURE
    return can_write(reader) or _not_shown(post)


def can_take_back(reader: Reader, question: Question | None) -> Refusal:
    """Also while they are silenced: nobody has to leave their words standing."""
    return None if question and question.by_id == reader.pk else NOT_YOUR_QUESTION


def _not_shown(post: Post) -> Refusal:
    return HIDDEN if post.hidden_at else WAITS if post.held_at else None


def _cannot_talk(post: Post) -> Refusal:
    if refusal := _not_shown(post):
        return refusal
    if post.thread.is_closed:
        return CLOSED
    return LOCKED if post.thread.locked_at else None
