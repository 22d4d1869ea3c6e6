"""May they? Each answer is None for yes, or the reason in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Board, Post, Thread

type Reader = Any  # a User or an AnonymousUser
Refusal = Any  # a lazily translated reason; None means yes

LOG_IN = _("Please log in first.")
SILENCED = _("A moderator paused your account: you can read, but not post for now.")
LOCKED = _("This thread is locked: no new replies. The moderation log says why.")
CLOSED = _("The opening post was hidden or deleted, so this thread takes no more replies.")
MERGED = _("The posts of this thread were moved into another one. You can reply there.")
THREAD_WAITS = _(
    "The opening post waits for a moderator's look. Replies are possible as soon as it is shown."
)
WAITS = _("This post waits for a moderator's look, so nothing can be added to it yet.")
WOULD_WAIT = _(
    "With this change your post waits for a moderator's look, and until then nobody else sees any of it."
)
NOT_YOURS = _("Only the person who wrote a post can change it.")
DELETED = _("This post was deleted by its author.")
PICTURE_GONE = _(
    "A picture of your post is no longer there: pictures that are not sent stay for a day. Please add it"
    " again, or send the post without it."
)
PICTURE_REMOVED = _(
    "A picture of your post was removed from this site, by the house rules, since you uploaded it. Please"
    " take it out: your text can be sent without it."
)
HIDDEN = _("A moderator hid this post, so it cannot be changed now. The log says why.")


def can_write(reader: Reader) -> Refusal:
    if not reader.is_authenticated:
        return LOG_IN
    return SILENCED if reader.is_silenced else None


def can_open_thread(reader: Reader, board: Board) -> Refusal:
    return can_write(reader)


def can_reply(reader: Reader, thread: Thread) -> Refusal:
    return closed_to_all(thread) or can_write(reader)


def closed_to_all(thread: Thread) -> Refusal:
    """Why nobody can reply in a thread, whoever it is."""
    if thread.merged_into_id:
        return MERGED
    if thread.is_closed:
        return CLOSED if thread.hidden_at or thread.deleted_at else THREAD_WAITS
    return LOCKED if thread.locked_at else None


def can_edit(reader: Reader, post: Post) -> Refusal:
    return _can_change(reader, post) or (HIDDEN if post.hidden_at else can_write(reader))


def can_delete(reader: Reader, post: Post) -> Refusal:
    """Also what a moderator hid: nobody has to leave their words standing."""
    return _can_change(reader, post)


def _can_change(reader: Reader, post: Post) -> Refusal:
    if not reader.is_authenticated:
        return LOG_IN
    if post.author_id != reader.pk:
        return NOT_YOURS
    return DELETED if post.deleted_at else None
