"""Whose words a passage holds, and who may read them: the one table from its owner to the gatekeeper."""

from collections.abc import Callable

from django.urls import reverse

from exchange.boards import queries as boards
from exchange.boards.models import Post, Thread
from exchange.boards.rules import Reader
from exchange.languages.models import Passage, Term

from .subject import Subject


class NotThere(Exception):
    """There is no such passage, or not for this reader."""


def find(reader: Reader, passage_id: int) -> Subject:
    """Raises NotThere. The words of a hidden text are for its author and moderators, as everywhere."""
    try:
        passage = Passage.objects.get(pk=passage_id)
    except Passage.DoesNotExist:
        raise NotThere from None
    for owner in _OWNERS:
        if found := owner(reader, passage):
            return found
    raise NotThere


def _of_post(reader: Reader, passage: Passage) -> Subject | None:
    named = Post.objects.filter(passage=passage).values_list("pk", flat=True).first()
    if named is None:
        return None
    try:
        post = boards.post(reader, named)
    except Post.DoesNotExist:
        raise NotThere from None
    if not boards.may_read_words(reader, post):
        raise NotThere
    return Subject(
        passage=passage,
        kind="post",
        author=post.author,
        address=reverse("post", args=[post.pk]),
        public=post.state == "shown",
        moderates=boards.roles(reader).moderates(post.thread.board_id),
        post=post,
        thread=post.thread,
    )


def _of_title(reader: Reader, passage: Passage) -> Subject | None:
    named = Thread.objects.filter(title=passage).values_list("pk", flat=True).first()
    if named is None:
        return None
    try:
        thread = boards.thread(reader, named)
    except Thread.DoesNotExist:
        raise NotThere from None
    if not boards.may_read_title(reader, thread):
        raise NotThere
    return Subject(
        passage=passage,
        kind="title",
        author=thread.author,
        address=reverse("thread", args=[thread.pk]),
        public=not thread.is_closed,
        moderates=boards.roles(reader).moderates(thread.board_id),
        thread=thread,
    )


def _of_term(reader: Reader, passage: Passage) -> Subject | None:
    term = Term.objects.select_related("by").filter(note=passage, withdrawn_at=None).first()
    if term is None:
        return None
    return Subject(
        passage=passage,
        kind="note",
        author=term.by,
        address=reverse("glossary_term", args=[term.pk]),
        public=True,
        moderates=boards.roles(reader).site,
    )


_OWNERS: tuple[Callable[[Reader, Passage], Subject | None], ...] = (_of_post, _of_title, _of_term)
