"""Whose words a passage holds, and who may read them: the one table from its owner to the gatekeeper."""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.urls import reverse

from exchange.boards import queries as boards
from exchange.boards.models import Post, Thread
from exchange.boards.rules import Reader
from exchange.languages.models import Correction, Passage, Term, family
from exchange.languages.queries import corrections, who_muted

from .subject import Subject


class NotThere(Exception):
    """There is no such passage, or not for this reader."""


WAITING_PER_PAGE = 20
# What somebody who reads a language well can correct; a mixed text has sentences of both.
CORRECTED_IN = {"en": ("en", "mixed"), "zh": ("zh-hans", "zh-hant", "mixed")}


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


def correction(subject: Subject, correction_id: int) -> Correction:
    """One that still stands. Raises NotThere."""
    found = corrections(subject.passage).filter(pk=correction_id).first()
    if found is None:
        raise NotThere
    found.passage = subject.passage
    return found


def waiting(reader: Reader, only: str = "") -> QuerySet[Post]:
    """Posts that nobody has corrected yet, though their authors ask for it; the newest first.

    Those in a language that the reader reads, or in `only` of them, `en` or `zh`. Not those where the
    reader could correct nothing: their own, in a locked thread, or of who muted them.
    """
    families = [only] if only else {family(code) for code in getattr(reader, "reads", ())}
    written = [code for name in families or CORRECTED_IN for code in CORRECTED_IN[name]]
    found = Post.objects.filter(
        boards.open_to(reader, "thread__board__"),
        passage__wants_correction=True,
        passage__correction_count=0,
        passage__language__in=written,
        hidden_at=None,
        deleted_at=None,
        thread__locked_at=None,
    )
    if reader.is_authenticated:
        found = found.exclude(Q(author=reader) | Q(author__in=who_muted(reader)))
    named = found.select_related("passage", "author", "thread__board")
    return named.order_by("-passage_id")
