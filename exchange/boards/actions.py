import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from exchange.figures import actions as figures
from exchange.figures.actions import EntryDraft
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from exchange.ledger.actions import record
from exchange.safety import gates
from exchange.uploads import actions as uploads
from exchange.uploads.actions import PictureDraft
from exchange.uploads.queries import kept_back, waiting
from exchange.uploads.queries import of as pictures_of

from . import queries, rules
from .models import Attribution, Board, Post, SavedDraft, Thread

# More unsent texts than anybody looks through; the oldest goes, so that saving never fails.
MOST_DRAFTS = 100


class Refused(Exception):
    """The state changed between looking and writing; `reason` says it to the reader."""

    def __init__(self, reason: Any) -> None:
        self.reason = reason


class SentBefore(Exception):
    """This client_id was used for `post`, which holds other words."""

    def __init__(self, post: Post) -> None:
        self.post = post


class NewerDraft(Exception):
    """Another device saved `draft` since the version that this one goes on from."""

    def __init__(self, draft: SavedDraft) -> None:
        self.draft = draft


class AlreadySent(Exception):
    """These words are a post by now: there is nothing left to keep of them."""


def open_thread(
    *,
    author: Any,
    board: Board,
    title: Draft,
    draft: Draft,
    entries: Sequence[EntryDraft] = (),
    pictures: Sequence[PictureDraft] = (),
    client_id: str = "",
    seed_key: str | None = None,
) -> Thread:
    """A thread with its opening post. The same `client_id` again gives the same thread.

    Raises SentBefore for a used client_id with other words, Refused where the author may not post.
    """
    carried = _Carried(draft, entries, pictures)
    digest = _digest(board.pk, [title], carried)

    def create() -> Post:
        if refusal := rules.can_open_thread(author, board):
            raise Refused(refusal)
        thread = Thread(board=board, author=author, seed_key=seed_key)
        thread.title = languages.write(by=author, scope="", draft=title, markdown=False)
        thread.save()
        thread.title.scope = thread.scope
        thread.title.save(update_fields=["scope"])
        post = _add(thread, author, carried, client_id, digest)
        drop_draft(author=author, place="new")
        _happened("thread.opened", author, post)
        _tell_what_waits(author, post, pictures)
        return post

    return _once(author, client_id, digest, create).thread


def reply(
    *,
    author: Any,
    thread: Thread,
    draft: Draft,
    entries: Sequence[EntryDraft] = (),
    pictures: Sequence[PictureDraft] = (),
    client_id: str = "",
) -> Post:
    """The next post of a thread. The same `client_id` again gives the same post.

    Raises SentBefore for a used client_id with other words, Refused where the thread was locked
    or hidden meanwhile.
    """
    carried = _Carried(draft, entries, pictures)
    digest = _digest(thread.pk, [], carried)

    def create() -> Post:
        # Replies to one thread queue up here, so that numbers have no holes and no doubles.
        locked = (
            Thread.objects.select_related("board").select_for_update(of=("self",)).get(pk=thread.pk)
        )
        if before := _before(author, client_id, digest):
            return before
        if refusal := rules.can_reply(author, locked):
            raise Refused(refusal)
        post = _add(locked, author, carried, client_id, digest)
        drop_draft(author=author, place=locked.scope)
        _happened("post.created", author, post)
        _tell_what_waits(author, post, pictures)
        return post

    return _once(author, client_id, digest, create)


def edit(
    *,
    author: Any,
    post: Post,
    draft: Draft,
    from_version: int,
    title: Draft | None = None,
    title_from_version: int = 0,
    entries: Sequence[EntryDraft] | None = None,
    pictures: Sequence[PictureDraft] | None = None,
    keeps_draft: bool = False,
) -> Post:
    """New words for a post, and for the thread's title where `title` is given.

    Its figures become `entries`, its pictures `pictures`; None leaves them as they are.
    `keeps_draft` where they do not come from the form: what was typed into that stays.

    Raises languages.actions.Conflict where either changed since the version it was made from,
    Refused where the post was hidden or deleted meanwhile.
    """
    with transaction.atomic():
        _still(rules.can_edit, author, post)
        if pictures is not None:
            languages.lock_parts(post.passage)
        languages.rewrite(by=author, passage=post.passage, draft=draft, from_version=from_version)
        if entries is not None:
            listed = is_listed(post, post.thread.board)
            figures.rewrite(by=author, passage=post.passage, drafts=entries, listed=listed)
        fresh: list[PictureDraft] = []
        if pictures is not None:
            standing = set(pictures_of(post.passage).values_list("pk", flat=True))
            fresh = [draft for draft in pictures if draft.upload_id not in standing]
            _put_pictures(uploads.rewrite, author, post.passage, pictures, len(fresh))
        if title:
            languages.rewrite(
                by=author,
                passage=post.thread.title,
                draft=title,
                from_version=title_from_version,
                markdown=False,
            )
        post.edited_at = timezone.now()
        post.save(update_fields=["edited_at"])
        if not keeps_draft:
            drop_draft(author=author, place=post.target)
        _happened("post.edited", author, post, **kept_back(post.passage) if pictures else {})
        _tell_what_waits(author, post, fresh)
    return post


def edit_caption(*, author: Any, post: Post, caption: Passage, draft: Draft) -> None:
    """New words for what is said of one of a post's pictures.

    Raises languages.actions.Conflict and Refused as `edit` does.
    """
    with transaction.atomic():
        _still(rules.can_edit, author, post)
        languages.rewrite(by=author, passage=caption, draft=draft, from_version=caption.version)
        post.edited_at = timezone.now()
        post.save(update_fields=["edited_at"])
        _happened("post.edited", author, post, **kept_back(post.passage))


def delete(*, author: Any, post: Post) -> Post:
    """The author takes the words back: both halves and all former versions of them are erased."""
    with transaction.atomic():
        post.hidden_at = Post.objects.select_for_update().get(pk=post.pk).hidden_at
        now = timezone.now()
        if not Post.objects.filter(pk=post.pk, deleted_at=None).update(deleted_at=now):
            return post
        post.deleted_at = now
        languages.lock_parts(post.passage)
        languages.erase(post.passage)
        figures.erase(post.passage)
        uploads.erase(post.passage)
        if post.is_opening:
            languages.erase(post.thread.title)
            Thread.objects.filter(pk=post.thread_id).update(deleted_at=now)
        elif not post.hidden_at:  # a hidden one was taken off the count by its hiding
            Thread.objects.filter(pk=post.thread_id).update(reply_count=F("reply_count") - 1)
        _happened("post.deleted", author, post)
    return post


def attribute(*, post: Post, facts: list[dict[str, Any]], full_text: bool) -> Attribution:
    """Put the facts box on a post that tells what somebody else published."""
    attribution, _ = Attribution.objects.update_or_create(
        post=post, defaults={"facts": facts, "full_text": full_text}
    )
    return attribution


def keep_draft(
    *, author: Any, place: str, fields: dict[str, str], from_version: int, client_id: str = ""
) -> SavedDraft:
    """Save unsent words; `from_version` is the version they go on from, 0 for none.

    Raises NewerDraft where another device saved other words since, AlreadySent where a post was
    sent under `client_id`. Saving the same words again changes nothing; a draft without words is
    not kept.
    """
    with transaction.atomic():
        kept = SavedDraft.objects.select_for_update().filter(author=author, place=place).first()
        if client_id and queries.sent(author, client_id):
            raise AlreadySent
        if kept and kept.fields == fields:
            return kept
        if kept and kept.version != from_version:
            raise NewerDraft(kept)
        draft = kept or SavedDraft(author=author, place=place, version=from_version)
        draft.fields, draft.version, draft.saved_at = fields, draft.version + 1, timezone.now()
        if not draft.has_words:
            drop_draft(author=author, place=place)
            return draft
        draft.save()
        uploads.keep(owner=author, place=place, ids=draft.pictures)
        if not kept:
            _forget_oldest_drafts(author)
    return draft


def drop_draft(*, author: Any, place: str) -> None:
    if SavedDraft.objects.filter(author=author, place=place).delete()[0]:
        uploads.keep(owner=author, place=place, ids=())


def _forget_oldest_drafts(author: Any) -> None:
    kept = SavedDraft.objects.filter(author=author).order_by("-saved_at", "-pk")
    for place in list(kept.values_list("place", flat=True)[MOST_DRAFTS:]):
        drop_draft(author=author, place=place)


def _still(rule: Any, author: Any, post: Post) -> None:
    """Ask a rule again about the row as it is now, which nobody else can change until the commit."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if refusal := rule(author, locked):
        raise Refused(refusal)


def is_listed(post: Post, board: Board) -> bool:
    """Whether a post's figures enter the statistics that everybody sees."""
    return board.access == Board.Access.PUBLIC and post.state == "shown"


def enlist(posts: QuerySet[Post]) -> None:
    """Who may read these posts changed: their figures enter or leave the statistics at once, and what
    their pictures' addresses were is known to too many."""
    pictured = posts.filter(passage__uploads__isnull=False)
    uploads.rename(set(pictured.values_list("passage", flat=True)))
    placed = posts.filter(passage__entries__until=None).select_related("thread__board").distinct()
    rows = [(post.passage_id, is_listed(post, post.thread.board)) for post in placed]
    for listed in (True, False):
        figures.enlist([passage for passage, is_in in rows if is_in == listed], listed=listed)


@dataclass(frozen=True, slots=True)
class _Carried:
    """All that a post says and shows."""

    draft: Draft
    entries: Sequence[EntryDraft]
    pictures: Sequence[PictureDraft]


def _add(thread: Thread, author: Any, carried: _Carried, client_id: str, digest: str) -> Post:
    passage = languages.write(by=author, scope=thread.scope, draft=carried.draft)
    listed = thread.board.access == Board.Access.PUBLIC
    figures.write(by=author, passage=passage, drafts=carried.entries, listed=listed)
    _put_pictures(uploads.write, author, passage, carried.pictures, len(carried.pictures))
    now = timezone.now()
    opening = thread.last_number == 0
    thread.last_number += 1
    thread.reply_count += 0 if opening else 1
    thread.last_post_at = now
    thread.save(update_fields=["last_number", "reply_count", "last_post_at"])
    return Post.objects.create(
        thread=thread,
        number=thread.last_number,
        author=author,
        passage=passage,
        created_at=now,
        client_id=client_id or None,
        client_hash=digest,
    )


def _once(author: Any, client_id: str, digest: str, create: Any) -> Post:
    """Run `create` in a transaction; of several at once under one client_id, one creates."""
    try:
        with transaction.atomic():
            post: Post = _before(author, client_id, digest) or create()
            return post
    except (IntegrityError, Refused):  # a picture that its twin has put up is refused
        if before := _before(author, client_id, digest):
            return before
        raise


def _before(author: Any, client_id: str, digest: str) -> Post | None:
    before = queries.sent(author, client_id) if client_id else None
    if before and before.client_hash != digest:
        raise SentBefore(before)
    return before


def _put_pictures(
    put: Any, author: Any, passage: Passage, pictures: Sequence[PictureDraft], fresh: int
) -> None:
    """`fresh` of them stand on no text yet: only those can be held back."""
    verdict = gates.pictures(queries.sender(author), fresh) if fresh else gates.ALLOWED
    if verdict.answer == gates.Answer.REFUSE:
        raise Refused(verdict.reason)
    held = verdict.answer == gates.Answer.HOLD
    try:
        put(by=author, passage=passage, drafts=pictures, held=held)
    except uploads.Missing:
        raise Refused(rules.PICTURE_GONE) from None
    except uploads.Repeated:
        raise Refused(rules.PICTURE_REMOVED) from None


def _tell_what_waits(author: Any, post: Post, fresh: Sequence[PictureDraft]) -> None:
    if fresh:
        named = [draft.upload_id for draft in fresh]
        for upload in waiting().filter(passage=post.passage_id, pk__in=named):
            record(
                "picture.held",
                actor=author,
                scope=post.thread.scope,
                target=post.target,
                **upload.told,
            )


def _digest(place: int, drafts: Sequence[Draft], carried: _Carried) -> str:
    parts = [repr(astuple(draft)) for draft in (*drafts, carried.draft)]
    parts += [entry.words for entry in carried.entries]
    parts += [picture.words for picture in carried.pictures]
    return hashlib.sha256("\0".join([str(place), *parts]).encode()).hexdigest()


def _happened(verb: str, actor: Any, post: Post, **more: str) -> None:
    record(
        verb,
        actor=actor,
        scope=f"thread.{post.thread_id}",
        target=post.target,
        number=post.number,
        **passages_of(post),
        **more,
    )


def passages_of(post: Post) -> dict[str, Any]:
    """Which texts an event of a post is about, for whoever follows the ledger below the boards.

    `closed` is said of a board that only moderators read.
    """
    found = {"passage": post.passage_id}
    if post.is_opening:
        found["title"] = post.thread.title_id
    if post.thread.board.access == Board.Access.MODERATORS:
        found["closed"] = 1
    return found
