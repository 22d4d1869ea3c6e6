"""Posts that wait for a moderator's look."""

from typing import Any

from django.db import transaction

from exchange.boards.actions import hold, lock_place, passages_of, release
from exchange.boards.models import Post
from exchange.boards.queries import why_held
from exchange.moderation.models import Case, Decision
from exchange.safety.actions import know, know_no_longer
from exchange.safety.gates import Why
from exchange.safety.models import Rule
from exchange.safety.queries import is_known
from exchange.uploads.queries import kept_back

from .cases import await_look
from .frame import close, lock_cases, on_post

# Held because its author is new here: after a moderator's look the next ones are not.
BECAUSE_NEW = (Why.LINK, Why.BURST)


def release_post(*, moderator: Any, post: Post, note: str = "") -> Decision | None:
    """Let everybody read a post that waited, and close its case: nothing was wrong with it.

    None where it does not wait: another was quicker, or its author deleted it.
    """
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if not release(post=post):
            return None
        knows = why_held([post]).get(post.target, "") in BECAUSE_NEW and not is_known(
            post.author_id
        )
        if knows:
            know(post.author_id)
        more = {"knows": 1} if knows else {}
        decision = _about("post.released", moderator, post, None, note, **more)
        close(Case.objects.filter(target=post.target), decision, heeded=False)
    return decision


def hold_again(*, moderator: Any, decision: Decision, post: Post) -> Decision | None:
    """Take a release back. None where the post is hidden or deleted, or waits again already."""
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if not hold(post=post):
            return None
        if decision.event.data.get("knows"):
            know_no_longer(post.author_id)
        why = why_held([post]).get(post.target, "")
        back = _about("post.held", moderator, post, None, "", **({"why": why} if why else {}))
        await_look(post)
    return back


def _about(
    verb: str, moderator: Any, post: Post, rule: Rule | None, note: str, **more: int | str
) -> Decision:
    data: dict[str, Any] = {**passages_of(post), **kept_back(post.passage), **more}
    data |= {"number": post.number, "version": post.passage.version}
    return on_post(verb, moderator, post, rule, note, **data)
