"""Deleting a post for good, because of the law or to protect somebody.

It is gone for everybody at once, moderators included, and so is what was said of it, which may repeat
it: reports, notes, remarks in the log. All of it is erased after a day, so that a mistake can be undone
until then; then nothing of it is left anywhere.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from exchange.boards.actions import drop_draft, enlist, erase_words, lock_place, passages_of
from exchange.boards.models import Post, Thread
from exchange.boards.queries import opened_by
from exchange.languages.models import Revision
from exchange.ledger.models import Event
from exchange.moderation.models import Annotation, Case, Decision
from exchange.moderation.targets import names_of
from exchange.safety.models import Rule

from .cases import await_look, erase_said
from .frame import close, lock_cases, on_post

# Long enough for somebody else to notice a mistake.
ERASED_AFTER = timedelta(hours=24)
AT_ONCE = 50


def erase(*, moderator: Any, post: Post, rule: Rule) -> Decision | None:
    """No note: what it said would come back by it. None where it was deleted before."""
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if post.deleted_at:
            return None
        now = timezone.now()
        _mark(post, now)
        if not (post.is_opening or post.hidden_at or post.held_at):
            _count(post, -1)
        decision = _decided("post.erased", moderator, post, rule)
        close(Case.objects.filter(post=post), decision, heeded=True)
    return decision


def drop_erasing(*, moderator: Any, post: Post, rule: Rule) -> Decision | None:
    """None where its words are erased already, or it was not to be erased."""
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if not post.erased_at or not Revision.objects.filter(passage=post.passage_id).exists():
            return None
        _mark(post, None)
        if not (post.is_opening or post.hidden_at or post.held_at):
            _count(post, +1)
        decision = _decided("post.erasing_dropped", moderator, post, rule)
        await_look(post)
    return decision


def sweep() -> int:
    """Erase what was to be erased a day ago. The number of posts that are gone now."""
    due = Post.objects.filter(erased_at__lte=timezone.now() - ERASED_AFTER)
    words = Exists(Revision.objects.filter(passage=OuterRef("passage")))
    found = list(due.filter(words).order_by("erased_at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_erase_now(pk) for pk in found)


def _erase_now(post_id: int) -> bool:
    with transaction.atomic():
        post = Post.objects.select_related("passage", "author", "thread__title").get(pk=post_id)
        lock_place(post)
        if not post.erased_at:  # somebody took it back this moment
            return False
        erase_said(post, also=_noted(post))
        erase_words(post)
        drop_draft(author=post.author, place=post.target)
    return True


def _noted(post: Post) -> list[int]:
    """The texts in which moderators said why, and what they remarked, before it was erased."""
    about = Event.objects.filter(target__in=names_of(post), decision__isnull=False)
    found = dict(about.values_list("pk", "data"))
    # What was done because of it to who wrote it, or to its thread, names neither it nor its parts.
    because = Decision.objects.filter(Q(case__post=post) | Q(undoes__case__post=post))
    found |= dict(because.values_list("event", "event__data"))
    found |= _outcomes(because)
    events = Event.objects.filter(pk__in=found, created_at__lt=post.erased_at)
    remarks = Annotation.objects.filter(event__in=found, created_at__lt=post.erased_at)
    notes = [found[pk]["note"] for pk in events.values_list("pk", flat=True) if "note" in found[pk]]
    return [*notes, *remarks.values_list("words", flat=True)]


def _outcomes(decisions: QuerySet[Decision]) -> dict[int, Any]:
    """What was decided about appeals against these, by event, with its data."""
    appealed = decisions.filter(appeal__decided_at__isnull=False)
    against = dict(appealed.values_list("pk", "event__target"))
    about = Decision.objects.filter(
        verb__in=("appeal.upheld", "appeal.rejected"), event__target__in=set(against.values())
    )
    rows = about.values_list("event", "event__data")
    return {pk: data for pk, data in rows if data.get("decision") in against}


def _mark(post: Post, now: Any) -> None:
    post.deleted_at = post.erased_at = now
    post.save(update_fields=["deleted_at", "erased_at"])
    opened_by(post).update(deleted_at=now)
    enlist(Post.objects.filter(pk=post.pk))


def _count(post: Post, change: int) -> None:
    Thread.objects.filter(pk=post.thread_id).update(reply_count=F("reply_count") + change)


def _decided(verb: str, moderator: Any, post: Post, rule: Rule) -> Decision:
    return on_post(verb, moderator, post, rule, "", **passages_of(post))
