"""Many posts of one wave, and who sent them, in one decision."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from exchange.boards.models import Post
from exchange.moderation.models import Decision
from exchange.safety.models import Rule

from . import people
from .cases import SCOPE
from .frame import decided, lock_cases
from .posts import hide
from .readers import hide_unread


def end_burst(
    *,
    moderator: Any,
    posts: Sequence[Post],
    rule: Rule,
    note: str = "",
    silenced_for: timedelta | None = None,
    unread: Collection[int] = (),
) -> Decision | None:
    """Hide these posts and, if a time is given, keep who sent them from posting as long.

    Each is a decision of its own about one person; the one that is returned says what they were
    together. Those that the moderator cannot read, by their ids in `unread`, are hidden until somebody
    who reads them has looked. None where somebody else had done all of it.
    """

    def hidden_now(post: Post) -> Decision | None:
        if post.pk in unread:
            return hide_unread(moderator=moderator, post=post, rule=rule)
        return hide(moderator=moderator, post=post, rule=rule)

    until = timezone.now() + silenced_for if silenced_for else None
    with transaction.atomic():
        lock_cases(post__in=[post.pk for post in posts])
        hidden = [hidden_now(post) for post in posts]
        acts = [act for act in hidden if act is not None]
        if until:
            for person in {post.author_id: post.author for post in posts}.values():
                act = people.silence(moderator=moderator, person=person, until=until, rule=rule)
                acts += [act] if act else []
        if not acts:
            return None
        return decided(
            "burst.ended",
            by=moderator,
            scope=SCOPE,
            target=f"burst.{min(post.pk for post in posts)}",
            rule=rule,
            note=note,
            posts=sum(act is not None for act in hidden),
            accounts=len({post.author_id for post in posts}),
            # What undoing takes back.
            events=" ".join(str(act.event_id) for act in acts),
        )
