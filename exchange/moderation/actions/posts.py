"""What is done with posts."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exchange.boards.actions import enlist, lock_place, passages_of
from exchange.boards.actions import release as let_out
from exchange.boards.models import Post, Thread
from exchange.boards.queries import opened_by
from exchange.moderation.models import Case, Decision
from exchange.moderation.queries import cases_of_post
from exchange.safety.actions import know, know_no_longer
from exchange.safety.models import Rule
from exchange.uploads import actions as uploads
from exchange.uploads.queries import kept_back
from exchange.uploads.queries import of as pictures_of

from .cases import await_look
from .frame import close, lock_cases, on_post
from .stamps import stamp


def hide(
    *,
    moderator: Any,
    post: Post,
    rule: Rule,
    note: str = "",
    blocks_pictures: bool = False,
    for_now: bool = False,
) -> Decision | None:
    """Put a line in the place of a post, and close its reports. None where it was hidden before.

    `blocks_pictures`: its pictures, and what looks like them, cannot be posted again until it is
    restored, and the next ones of its author wait as long as they are new. `for_now`: until somebody
    who reads it has looked at it, so its cases stay open; once they did it is hidden again, for good.
    """
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if not stamp(Post.objects.filter(deleted_at=None), post, "hidden_at", on=True):
            return None if for_now else _for_good(moderator, post, rule, note)
        opened_by(post).update(hidden_at=post.hidden_at)
        if not (post.is_opening or post.held_at):  # what waits is not counted
            _count_replies(post, -1)
        enlist(Post.objects.filter(pk=post.pk))
        knew = {"knew": 1} if blocks_pictures and _block_pictures(post) else {}
        waits = {"for_now": 1} if for_now else {}
        decision = _of_post("post.hidden", moderator, post, rule, note, **knew, **waits)
        if not for_now:
            close(cases_of_post(post), decision, heeded=True)
    return decision


def _for_good(moderator: Any, post: Post, rule: Rule, note: str) -> Decision | None:
    """What was hidden for now stays hidden, which is a decision of its own. It is hidden from now on, so
    that the line in its place, which is kept by that moment, is made anew with other words."""
    cases = cases_of_post(post)
    if not cases.filter(closed_at=None, awaits_reader=True).exists():
        return None
    post.hidden_at = timezone.now()
    for rows in (Post.objects.filter(pk=post.pk), opened_by(post)):
        rows.update(hidden_at=post.hidden_at)
    decision = _of_post("post.hidden", moderator, post, rule, note)
    close(cases, decision, heeded=True)
    return decision


def _block_pictures(post: Post) -> bool:
    """Whether its author was known until now."""
    found = list(pictures_of(post.passage))
    for upload in found:
        uploads.block(upload=upload)
    return bool(found) and know_no_longer(post.author_id)


def restore(
    *, moderator: Any, post: Post, rule: Rule, note: str = "", hiding: Decision | None = None
) -> Decision | None:
    """Show a hidden post again. One that waited when it was hidden was looked at by now, so it waits no
    more; unless that `hiding` is only taken back, and all is as it was before. Its pictures that waited
    wait for a look again, and nobody is waited for any more who reads what was hidden for now."""
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if not stamp(Post.objects.all(), post, "hidden_at", on=False):
            return None
        opened_by(post).update(hidden_at=None)
        if not (post.is_opening or post.deleted_at or post.held_at):
            _count_replies(post, +1)
        more = {"held": 1} if post.held_at and hiding else {}
        if not more and let_out(post=post):
            more = {"waited": 1}
        enlist(Post.objects.filter(pk=post.pk))
        uploads.unblock(post.passage)
        if hiding and hiding.event.data.get("knew"):
            know(post.author_id)
        Case.objects.filter(post=post, closed_at=None).update(awaits_reader=False)
        decision = _of_post("post.restored", moderator, post, rule, note, **more)
        await_look(post)
    return decision


def _count_replies(post: Post, change: int) -> None:
    Thread.objects.filter(pk=post.thread_id).update(reply_count=F("reply_count") + change)


def _of_post(
    verb: str, moderator: Any, post: Post, rule: Rule | None, note: str, **more: int
) -> Decision:
    about = passages_of(post) | kept_back(post.passage) | more
    return on_post(verb, moderator, post, rule, note, version=post.passage.version, **about)
