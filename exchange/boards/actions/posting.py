import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from exchange.boards import queries, rules, screening
from exchange.boards.models import Attribution, Board, Post, Thread
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

from .drafts import drop_draft


class Refused(Exception):
    """The state changed between looking and writing; `reason` says it to the reader. `status` is 403,
    or 422 where other words could be sent."""

    def __init__(self, reason: Any, status: int = 403) -> None:
        self.reason, self.status = reason, status


class WouldWait(Refused):
    """An edit that makes a post wait which everybody can read now: its author has to agree first."""


class SentBefore(Exception):
    """This client_id was used for `post`, which holds other words."""

    def __init__(self, post: Post) -> None:
        self.post = post


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
    # What the operator's own seeds say is looked at by who writes them.
    verdict = gates.ALLOWED if seed_key else carried.verdict(author, title)

    def create() -> Post:
        if refusal := rules.can_open_thread(author, board):
            raise Refused(refusal)
        let_through(verdict)
        thread = Thread(board=board, author=author, seed_key=seed_key)
        thread.title = languages.write(by=author, scope="", draft=title, markdown=False)
        thread.save()
        thread.title.scope = thread.scope
        thread.title.save(update_fields=["scope"])
        post = _add(thread, author, carried, client_id, digest, held=verdict.holds)
        drop_draft(author=author, place="new")
        _sent("thread.opened", author, post, verdict)
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
    verdict = carried.verdict(author)

    def create() -> Post:
        # Replies to one thread queue up here, so that numbers have no holes and no doubles.
        locked = (
            Thread.objects.select_related("board").select_for_update(of=("self",)).get(pk=thread.pk)
        )
        if before := _before(author, client_id, digest):
            return before
        if refusal := rules.can_reply(author, locked):
            raise Refused(refusal)
        let_through(verdict)
        post = _add(locked, author, carried, client_id, digest, held=verdict.holds)
        drop_draft(author=author, place=locked.scope)
        _sent("post.created", author, post, verdict)
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
    may_wait: bool = False,
) -> Post:
    """New words for a post, and for the thread's title where `title` is given.

    Its figures become `entries`, its pictures `pictures`; None leaves them as they are.
    `keeps_draft` where they do not come from the form: what was typed into that stays. `may_wait`:
    the author agreed that the whole post waits, if a moderator has to look at the new words first.

    Raises languages.actions.Conflict where either changed since the version it was made from,
    Refused where the post was hidden or deleted meanwhile, or the words are not possible; WouldWait.
    """
    verdict = screening.of_edit(author, post, [draft, title], entries or (), pictures or ())
    let_through(verdict)
    if verdict.holds and post.state == "shown" and not may_wait:
        raise WouldWait(verdict.reason, 422)
    with transaction.atomic():
        _still(rules.can_edit, author, post)
        if pictures is not None:
            languages.lock_parts(post.passage)
        languages.rewrite(by=author, passage=post.passage, draft=draft, from_version=from_version)
        looked_at: dict[str, Any] = {"review": 1} if post.edit_asked_at else {}
        if entries is not None:
            listed = is_listed(post, post.thread.board)
            if figures.rewrite(by=author, passage=post.passage, drafts=entries, listed=listed):
                looked_at["review"] = 1  # does what stands for an excluded figure count now?
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
        # Who was asked to change it did so now.
        post.edited_at, post.edit_asked_at = timezone.now(), None
        post.save(update_fields=["edited_at", "edit_asked_at"])
        if not keeps_draft:
            drop_draft(author=author, place=post.target)
        waits = kept_back(post.passage) if pictures else {}
        _edited(author, post, verdict, waits | looked_at)
        _tell_what_waits(author, post, fresh)
    return post


def edit_caption(*, author: Any, post: Post, caption: Passage, draft: Draft) -> None:
    """New words for what is said of one of a post's pictures.

    Raises languages.actions.Conflict and Refused as `edit` does.
    """
    verdict = screening.of_edit(author, post, [draft])
    let_through(verdict)
    if verdict.holds and post.state == "shown":
        raise WouldWait(verdict.reason, 422)
    with transaction.atomic():
        _still(rules.can_edit, author, post)
        languages.rewrite(by=author, passage=caption, draft=draft, from_version=caption.version)
        post.edited_at = timezone.now()
        post.save(update_fields=["edited_at"])
        _edited(author, post, verdict, kept_back(post.passage))


def hold(*, post: Post) -> bool:
    """From now on it waits for a moderator's look, in its place. False where it did already, or is hidden
    or deleted. Inside the caller's transaction, who records why."""
    now = timezone.now()
    if not Post.objects.filter(pk=post.pk, **Post.SHOWN).update(held_at=now):
        return False
    post.held_at = now
    queries.opened_by(post).update(held_at=now)
    if not post.is_opening:
        Thread.objects.filter(pk=post.thread_id).update(reply_count=F("reply_count") - 1)
    enlist(Post.objects.filter(pk=post.pk))
    return True


def release(*, post: Post) -> bool:
    """Let everybody read what waited: it counts, and its thread is as new as if it was sent just now.

    False where it does not wait. Inside the caller's transaction, who records who did it.
    """
    waiting = Post.objects.filter(pk=post.pk, hidden_at=None, deleted_at=None)
    if not waiting.exclude(held_at=None).update(held_at=None):
        return False
    post.held_at = None
    thread = Thread.objects.filter(pk=post.thread_id)
    queries.opened_by(post).update(held_at=None)
    if post.is_opening:
        thread.update(last_post_at=timezone.now())
    else:
        thread.update(reply_count=F("reply_count") + 1, last_post_at=timezone.now())
    enlist(Post.objects.filter(pk=post.pk))
    return True


def delete(*, author: Any, post: Post) -> Post:
    """The author takes the words back: both halves and all former versions of them are erased."""
    with transaction.atomic():
        lock_place(post)
        now = timezone.now()
        if not Post.objects.filter(pk=post.pk, deleted_at=None).update(deleted_at=now):
            return post
        post.deleted_at = now
        erase_words(post)
        queries.opened_by(post).update(deleted_at=now)
        if not (post.is_opening or post.hidden_at or post.held_at):  # those are not counted
            Thread.objects.filter(pk=post.thread_id).update(reply_count=F("reply_count") - 1)
        _happened("post.deleted", author, post)
    return post


def erase_words(post: Post) -> None:
    """Of a post and of what it opened nothing that anybody wrote or showed stays."""
    languages.lock_parts(post.passage)
    languages.erase(post.passage)
    figures.erase(post.passage)
    uploads.erase(post.passage)
    for thread in queries.opened_by(post).select_related("title"):
        languages.erase(thread.title)


def lock_place(post: Post) -> None:
    """Nobody moves, hides or deletes a post from here to the commit. It is given as it is now.

    The thread comes first, as in `reply`, so that two who take both never wait for each other.
    """
    while True:
        place = Post.objects.values_list("thread_id", flat=True).get(pk=post.pk)
        Thread.objects.select_for_update().only("pk").get(pk=place)
        now = Post.objects.select_for_update().get(pk=post.pk)
        if now.thread_id == place:
            break
    if post.thread_id != place:  # somebody moved it since it was looked at
        post.thread = queries.with_title(Thread.objects).get(pk=place)
    for name in ("number", "held_at", "hidden_at", "deleted_at", "erased_at", "edit_asked_at"):
        setattr(post, name, getattr(now, name))


def attribute(*, post: Post, facts: list[dict[str, Any]], full_text: bool) -> Attribution:
    """Put the facts box on a post that tells what somebody else published."""
    attribution, _ = Attribution.objects.update_or_create(
        post=post, defaults={"facts": facts, "full_text": full_text}
    )
    return attribution


def _still(rule: Any, author: Any, post: Post) -> None:
    """Ask a rule again about the row as it is now, which nobody else can change until the commit."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if refusal := rule(author, locked):
        raise Refused(refusal)
    if locked.thread_id != post.thread_id:  # somebody moved it meanwhile
        post.thread = Thread.objects.select_related("board", "title").get(pk=locked.thread_id)
    post.number, post.edit_asked_at = locked.number, locked.edit_asked_at


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

    def verdict(self, author: Any, title: Draft | None = None) -> gates.Verdict:
        """Asked before the transaction, so that nobody waits for it."""
        return screening.of_new(author, [title, self.draft], self.entries, self.pictures)


def _add(
    thread: Thread, author: Any, carried: _Carried, client_id: str, digest: str, *, held: bool
) -> Post:
    """Also what waits takes its number, and keeps it."""
    passage = languages.write(by=author, scope=thread.scope, draft=carried.draft)
    listed = thread.board.access == Board.Access.PUBLIC and not held
    figures.write(by=author, passage=passage, drafts=carried.entries, listed=listed)
    _put_pictures(uploads.write, author, passage, carried.pictures, len(carried.pictures))
    now = timezone.now()
    opening = thread.last_number == 0
    thread.last_number += 1
    if not held:
        thread.reply_count += 0 if opening else 1
        thread.last_post_at = now
    elif opening:
        thread.held_at = now
    thread.save(update_fields=["last_number", "reply_count", "last_post_at", "held_at"])
    return Post.objects.create(
        thread=thread,
        number=thread.last_number,
        author=author,
        passage=passage,
        created_at=now,
        client_id=client_id or None,
        client_hash=digest,
        held_at=now if held else None,
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
    if verdict.refuses:
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


def let_through(verdict: gates.Verdict) -> None:
    """Raises Refused where the words are not possible."""
    if verdict.refuses:
        raise Refused(verdict.reason, 422)


def _sent(verb: str, author: Any, post: Post, verdict: gates.Verdict) -> None:
    """What waits happens to nobody yet: for others a thread is opened, or answered, by its release."""
    _happened("post.held" if verdict.holds else verb, author, post, verdict.rule, **verdict.told)


def _edited(author: Any, post: Post, verdict: gates.Verdict, more: dict[str, Any]) -> None:
    """An edit of what waits, or by which it waits from now on, is followed by nobody."""
    held_now = verdict.holds and hold(post=post)
    waits = {"held": 1} if post.held_at else {}
    seen = {} if waits else verdict.told
    told = {**more, **seen, **waits}
    _happened("post.edited", author, post, "" if waits else verdict.rule, **told)
    if held_now:
        _happened("post.held", author, post, verdict.rule, **verdict.told)


def _happened(verb: str, actor: Any, post: Post, reason: str = "", **more: int | str) -> None:
    record(
        verb,
        actor=actor,
        scope=f"thread.{post.thread_id}",
        target=post.target,
        reason=reason,
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
