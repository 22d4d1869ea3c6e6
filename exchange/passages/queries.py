"""Whose words a passage holds, and who may read them: the one table from its owner to the gatekeeper."""

from collections.abc import Callable, Collection

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from exchange.boards import queries as boards
from exchange.boards.models import Post, Thread
from exchange.boards.rules import Reader
from exchange.languages.models import Passage, Term, Translation

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


def readable(reader: Reader, passage_ids: Collection[int]) -> list[tuple[Passage, str, bool]]:
    """Posts' and titles' texts among these that the reader may read, with their halves.

    Each as (passage, "post" or "title", whether everybody who sees its board may read it). What may
    not be read is left out. Three queries at most, however many there are.
    """
    posts = Post.objects.filter(boards.open_to(reader, "thread__board__"), passage__in=passage_ids)
    titles = Thread.objects.filter(boards.open_to(reader, "board__"), title__in=passage_ids)
    found = [
        (post.passage, "post", post.state == "shown")
        for post in posts.select_related("passage", "thread").order_by("id")
        if boards.may_read_words(reader, post)
    ]
    found += [
        (thread.title, "title", not thread.is_closed)
        for thread in titles.select_related("title").order_by("id")
        if boards.may_read_title(reader, thread)
    ]
    halves = Prefetch("translations", queryset=Translation.objects.order_by("id"))
    prefetch_related_objects([passage for passage, _, _ in found], halves)
    return found


_OWNERS: tuple[Callable[[Reader, Passage], Subject | None], ...] = (_of_post, _of_title, _of_term)
