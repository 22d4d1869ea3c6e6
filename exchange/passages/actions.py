"""Writes that reach from a passage to what it is part of."""

from typing import Any

from django.db import transaction

from exchange.boards import actions as boards
from exchange.boards.actions import Refused
from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.languages.models import Correction, Passage

__all__ = ["Refused", "take"]


def take(*, author: Any, post: Post, correction: Correction) -> bool:
    """The author makes a correction their own: an edit of the post, with its version and history, or
    of what is said of one of its pictures.

    False where they did before. Raises languages.actions.SentenceGone where the sentence does not
    stand there any more, Conflict where the post changed this moment, Refused where it was hidden or
    deleted.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=correction.passage_id)
        correction.passage = passage
        draft = languages.taken_over(correction)
        if not languages.take(by=author, correction=correction):
            return False
        if passage.within_id:
            boards.edit_caption(author=author, post=post, caption=passage, draft=draft)
            return True
        post.passage = passage
        boards.edit(
            author=author,
            post=post,
            draft=draft,
            from_version=passage.version,
            keeps_draft=True,
        )
    return True
