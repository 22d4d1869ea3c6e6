"""Whose words a passage holds, and who may read them: the one table from its owner to the gatekeeper."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.urls import reverse

from exchange.boards import queries as boards
from exchange.boards.models import Post, Thread
from exchange.boards.rules import Reader, Refusal
from exchange.figures.models import Question
from exchange.languages.compare import Change, diff
from exchange.languages.models import (
    LANGUAGES,
    Agreement,
    Correction,
    Passage,
    Proposal,
    Term,
    Translation,
    TranslationRequest,
    family,
)
from exchange.languages.pieces import cut
from exchange.languages.queries import (
    accepted,
    accepted_of,
    body_at,
    corrections,
    open_proposals,
    who_muted,
)
from exchange.uploads.models import Upload

from . import rules
from .subject import Subject, Text


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


def _of_picture(reader: Reader, passage: Passage) -> Subject | None:
    """A caption or a description: for who may see the picture that it is about."""
    if passage.within_id is None:
        return None
    upload = Upload.objects.filter(Q(caption=passage) | Q(description=passage)).first()
    named = Post.objects.filter(passage=passage.within_id).values_list("pk", flat=True).first()
    if upload is None or named is None:
        raise NotThere
    try:
        post = boards.post(reader, named)
    except Post.DoesNotExist:
        raise NotThere from None
    if not _may_see(reader, post, upload):
        raise NotThere
    return Subject(
        passage=passage,
        kind="caption",
        author=post.author,
        address=reverse("picture", args=[post.pk, upload.pk]),
        public=post.state == upload.state == "shown",
        moderates=boards.roles(reader).moderates(post.thread.board_id),
        post=post,
        thread=post.thread,
    )


def _may_see(reader: Reader, post: Post, upload: Upload) -> bool:
    if not boards.may_read_words(reader, post):
        return False
    return upload.state == "shown" or boards.may_see_pictures(reader, post)


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


def _of_question(reader: Reader, passage: Passage) -> Subject | None:
    """What somebody asks about a figure: for who may read the post that the figure stands in."""
    asked = Question.objects.select_related("by", "entry").filter(note=passage).first()
    if asked is None:
        return None
    post = Post.objects.select_related("thread").filter(passage=asked.entry.passage_id).first()
    if post is None or _of_post(reader, post.passage) is None:
        raise NotThere
    return Subject(
        passage=passage,
        kind="note",
        author=asked.by,
        address=reverse("figure", args=[asked.entry_id]),
        public=post.state == "shown",
        moderates=boards.roles(reader).moderates(post.thread.board_id),
        thread=post.thread,
    )


def _of_reason(reader: Reader, passage: Passage) -> Subject | None:
    """Why somebody corrected a text: for whoever may read the text, as long as the correction stands."""
    offered = Correction.objects.select_related("by").filter(reason=passage, withdrawn_at=None)
    if (correction := offered.first()) is None:
        return None
    corrected = find(reader, correction.passage_id)
    return Subject(
        passage=passage,
        kind="reason",
        author=correction.by,
        address=reverse("one_correction", args=[correction.passage_id, correction.pk]),
        public=corrected.public,
        moderates=corrected.moderates,
        thread=corrected.thread,
    )


def readable(
    reader: Reader, passage_ids: Collection[int], *, with_halves: bool = True
) -> list[Text]:
    """Posts', titles' and captions' texts among these that the reader may read, with their halves.

    What may not be read is left out. Five queries at most, however many there are.
    """
    posts = Post.objects.filter(boards.open_to(reader, "thread__board__"), passage__in=passage_ids)
    titles = Thread.objects.filter(boards.open_to(reader, "board__"), title__in=passage_ids)
    found = [
        Text(post.passage, "post", post.state == "shown")
        for post in posts.select_related("passage", "thread").order_by("id")
        if boards.may_read_words(reader, post)
    ]
    found += [
        Text(thread.title, "title", not thread.is_closed)
        for thread in titles.select_related("title").order_by("id")
        if boards.may_read_title(reader, thread)
    ]
    left = set(passage_ids) - {text.passage.pk for text in found}
    found += _captions(reader, left) if left else []
    if with_halves:
        halves = Prefetch("translations", queryset=Translation.objects.order_by("id"))
        prefetch_related_objects([text.passage for text in found], halves)
    return found


def _captions(reader: Reader, passage_ids: Collection[int]) -> list[Text]:
    uploads = Upload.objects.filter(Q(caption__in=passage_ids) | Q(description__in=passage_ids))
    uploads = uploads.select_related("caption", "description").order_by("id")
    about = {upload.passage_id: upload for upload in uploads}
    posts = Post.objects.filter(boards.open_to(reader, "thread__board__"), passage__in=about)
    placed = {post.passage_id: post for post in posts.select_related("thread")} if about else {}
    return [
        Text(passage, "caption", post.state == upload.state == "shown")
        for upload in uploads
        if (post := placed.get(upload.passage_id or 0)) and _may_see(reader, post, upload)
        for passage in (upload.caption, upload.description)
        if passage and passage.pk in passage_ids
    ]


_OWNERS: tuple[Callable[[Reader, Passage], Subject | None], ...] = (
    _of_picture,
    _of_post,
    _of_title,
    _of_term,
    _of_question,
    _of_reason,
)


# How many earlier translations a page shows.
MOST_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open proposal, what it changes, how many agree, and what its reader may do about it."""

    proposal: Proposal
    changes: list[Change]
    agreed: int
    agrees: bool  # the reader does
    cannot_accept: Refusal
    cannot_agree: Refusal
    cannot_withdraw: Refusal
    mark: str

    @property
    def is_stale(self) -> bool:
        return self.proposal.source_version < self.proposal.passage.version


def about_translation(
    reader: Reader, subject: Subject, into: str, half: Translation | None
) -> dict[str, Any]:
    """What a page about a text's translation into a family shows, in a fixed number of queries."""
    passage = subject.passage
    stale = half and half.kind != Translation.Kind.AUTHOR and half.source_version < passage.version
    before = body_at(passage, half.source_version) if half and stale else None
    asked = list(passage.requests.filter(language__startswith=into).values_list("by_id", flat=True))
    return {
        "rows": cut(passage.body, half.body) if half else [],
        "stale": stale,
        "source_changes": diff(before, passage.body) if before is not None else [],
        "waiting": _waiting(reader, subject, into),
        "history": [
            (proposal, changes(proposal.began_from, proposal.body))
            for proposal in accepted(passage, into)[:MOST_HISTORY]
        ],
        "asked": len(asked),
        "asked_before": reader.is_authenticated and reader.pk in asked,
    }


def changes(before: str, after: str) -> list[Change]:
    """Nothing where there was nothing before: then all of it is new."""
    return diff(before, after) if before else []


def _waiting(reader: Reader, subject: Subject, into: str) -> list[Waiting]:
    found = list(open_proposals(subject.passage, into).select_related("by"))
    agreements = list(
        Agreement.objects.filter(subject__in=[p.subject for p in found]).values_list(
            "subject", "by_id"
        )
    )
    counted = Counter(about for about, _by in agreements)
    mine = {about for about, by in agreements if by == reader.pk}
    accepted = accepted_of(reader, into) if found and reader.is_authenticated else 0
    return [
        Waiting(
            proposal=_with_passage(proposal, subject),
            changes=changes(proposal.began_from, proposal.body),
            agreed=counted[proposal.subject],
            agrees=proposal.subject in mine,
            cannot_accept=rules.can_accept(reader, subject, proposal, accepted=accepted),
            cannot_agree=rules.can_agree(reader, subject, proposal),
            cannot_withdraw=rules.can_withdraw(reader, subject, proposal),
            mark=mark(proposal),
        )
        for proposal in found
    ]


def _with_passage(proposal: Proposal, subject: Subject) -> Proposal:
    proposal.passage = subject.passage
    return proposal


def can_accept(reader: Reader, subject: Subject, proposal: Proposal) -> Refusal:
    count = accepted_of(reader, proposal.language) if reader.is_authenticated else 0
    return rules.can_accept(reader, subject, proposal, accepted=count)


def mark(proposal: Proposal) -> str:
    """What a form says of the words that somebody looked at, so that they agree with no others."""
    return sha256(f"{proposal.source_version}.{proposal.body}".encode()).hexdigest()[:16]


def agreed(proposal: Proposal) -> int:
    return Agreement.objects.filter(subject=proposal.subject).count()


WANTED_PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that nobody has translated for readers of a family, and how many ask for it."""

    passage: Passage
    thread: Thread
    post: Post | None  # None: the thread's title
    asked: int


def wanted(reader: Reader, into: str, first: int, count: int) -> list[Wanted]:
    """`count` texts from `first` (0 is the first) that need a translation into a family.

    Those that are asked for most come first, then the newest. The others are read off the index of
    texts backwards, so that a long list costs what a page of it does.
    """
    texts = _untranslated(reader, into)
    asking = Count("requests", filter=Q(requests__language__startswith=into))
    asked = texts.annotate(asked=asking).filter(asked__gt=0).order_by("-asked", "-id")
    found: list[tuple[Passage, int]] = [
        (passage, passage.asked) for passage in asked[first : first + count]
    ]
    if left := count - len(found):
        start = max(0, first - asked.count())
        asks = TranslationRequest.objects.filter(passage=OuterRef("pk"), language__startswith=into)
        rest = texts.filter(~Exists(asks)).order_by("-id")[start : start + left]
        found += [(passage, 0) for passage in rest]
    return _placed(found)


def _untranslated(reader: Reader, into: str) -> QuerySet[Passage]:
    """Posts, titles and what is said of pictures, in threads that the reader sees, which nobody wrote
    in a family."""
    threads = Thread.objects.filter(boards.open_to(reader, "board__"), **Thread.LISTED)
    posts = Post.objects.filter(passage=OuterRef("pk"), thread__in=threads, **Post.SHOWN)
    titles = threads.filter(title=OuterRef("pk"))
    captions = Upload.objects.filter(
        Q(caption=OuterRef("pk")) | Q(description=OuterRef("pk")),
        held_at=None,
        hidden_at=None,
        passage__post__thread__in=threads,
        **Post.shown("passage__post__"),
    )
    sources = [code for code, _name in LANGUAGES if code != "other" and family(code) != into]
    return (
        Passage.objects.filter(
            Q(Exists(posts)) | Q(Exists(titles)) | Q(Exists(captions), within__isnull=False),
            language__in=sources,
        )
        .exclude(human_in__contains=into)
        .exclude(body="")
    )


def _placed(found: list[tuple[Passage, int]]) -> list[Wanted]:
    # What is said of a picture stands where its post does.
    ids = [passage.within_id or passage.pk for passage, _asked in found]
    posts = {
        post.passage_id: post
        for post in Post.objects.filter(passage__in=ids).select_related("author")
    }
    titles = Q(title__in=ids) | Q(pk__in=[post.thread_id for post in posts.values()])
    threads = list(boards.with_title(Thread.objects).filter(titles))
    by_title = {thread.title_id: thread for thread in threads}
    by_id = {thread.pk: thread for thread in threads}
    return [
        Wanted(passage, by_id[post.thread_id] if post else by_title[passage.pk], post, asked)
        for passage, asked in found
        for post in [posts.get(passage.within_id or passage.pk)]
    ]


# Corrections

WAITING_PER_PAGE = 20
# What somebody who reads a language well can correct; a mixed text has sentences of both.
CORRECTED_IN = {"en": ("en", "mixed"), "zh": ("zh-hans", "zh-hant", "mixed")}


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
        thread__locked_at=None,
        **Post.SHOWN,
    )
    if reader.is_authenticated:
        found = found.exclude(Q(author=reader) | Q(author__in=who_muted(reader)))
    named = found.select_related("passage", "author", "thread__board")
    return named.order_by("-passage_id")
