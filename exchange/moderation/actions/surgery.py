"""Posts that are moved: into a thread of their own, into another thread, and back.

A moved post gets a new number at the end of its new thread; at its old place stays a line (`Moved`)
that leads to it. Both threads are locked in the order of their ids, so that a reply that is sent
meanwhile is either moved along or refused.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from exchange.boards.actions import Refused, enlist, move_drafts, passages_of
from exchange.boards.models import Board, Moved, Post, Thread
from exchange.boards.queries import with_title
from exchange.figures.models import Question
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.ledger.actions import record
from exchange.moderation.models import Case, Decision
from exchange.safety.models import Rule

from .frame import lock_cases, on_thread

# Each is a row and an event; more would keep everybody else from writing for too long.
MOST_MOVED = 2_000
BATCH = 200

TOO_MANY = _("These are too many posts to be moved at once.")
SAME = _("This is the same thread. Please choose another one.")
GONE = _("The other thread was hidden, deleted or merged. Please choose another one.")
MERGED_BEFORE = _("The posts of this thread were moved into another one already.")


def split(
    *,
    moderator: Any,
    thread: Thread,
    numbers: Collection[int],
    title: Draft,
    board: Board,
    rule: Rule,
    note: str = "",
) -> Decision | None:
    """Move replies into a new thread, which belongs to the author of the first of them.

    None where none of them stands here any more. Raises Refused.
    """
    with transaction.atomic():
        source = _locked(thread)[0]
        if source.merged_into_id:
            raise Refused(MERGED_BEFORE)
        posts = _posts(source).filter(number__in=numbers, deleted_at=None).exclude(number=1)
        moved = _few(posts)
        if not moved:
            return None
        fresh = Thread(board=board, author=moved[0].author)
        fresh.title = languages.write(by=moderator, scope="", draft=title, markdown=False)
        fresh.save()
        fresh.title.scope = fresh.scope
        fresh.title.save(update_fields=["scope"])
        _carry(moderator, moved, source, fresh)
        about = {"into": fresh.pk, "title": fresh.title_id, "posts": len(moved)}
        return on_thread("thread.split", moderator, source, rule, note, **about)


def merge(
    *, moderator: Any, thread: Thread, target: Thread, rule: Rule, note: str = ""
) -> Decision | None:
    """Move all posts of a thread to the end of another. None where it was merged before. Raises Refused."""
    if thread.pk == target.pk:
        raise Refused(SAME)
    with transaction.atomic():
        source, into = _locked(thread, target)
        if source.merged_into_id:
            return None
        if into.merged_into_id or into.is_closed:
            raise Refused(GONE)
        moved = _few(_posts(source))
        _carry(moderator, moved, source, into)
        Thread.objects.filter(pk=source.pk).update(merged_into=into)
        move_drafts(source=source.scope, target=into.scope)
        about = {"into": into.pk, "posts": len(moved)}
        return on_thread("thread.merged", moderator, source, rule, note, **about)


def part(*, moderator: Any, decision: Decision, rule: Rule, note: str = "") -> Decision | None:
    """Take a splitting or a merging back: what still stands where it was moved to stands at its old place.

    What was said in a split thread since then comes along, to the end. None where nothing is left.
    """
    with transaction.atomic():
        origin, other = _locked(*_both(decision))
        is_split = decision.verb == "thread.split"
        if not is_split and origin.merged_into_id != other.pk:
            return None
        moved = _few(_posts(other).filter(pk__in=_left(origin)))
        if not moved:
            return None
        _carry(moderator, moved, other, origin, back=True)
        if is_split:
            _carry(moderator, _few(_posts(other)), other, origin)
            Thread.objects.filter(pk=other.pk).update(merged_into=origin)
        else:
            Thread.objects.filter(pk=origin.pk).update(merged_into=None)
        about = {"into": other.pk, "posts": len(moved), "undoes": decision}
        return on_thread("thread.parted", moderator, origin, rule, note, **about)


def rejoin(*, moderator: Any, decision: Decision, rule: Rule, note: str = "") -> Decision | None:
    """Take back that a splitting or a merging was taken back."""
    before = decision.undoes
    if before is None:
        return None
    if before.verb == "thread.merged":
        origin, other = _both(before)
        return merge(moderator=moderator, thread=origin, target=other, rule=rule, note=note)
    with transaction.atomic():
        origin, fresh = _locked(*_both(before))
        moved = _few(_posts(origin).filter(pk__in=_left(fresh)))
        if not moved or fresh.merged_into_id != origin.pk:
            return None
        Thread.objects.filter(pk=fresh.pk).update(merged_into=None)
        _carry(moderator, moved, origin, fresh, back=True)
        about = {"into": fresh.pk, "posts": len(moved), "undoes": decision}
        return on_thread("thread.split", moderator, origin, rule, note, **about)


def _both(decision: Decision) -> tuple[Thread, Thread]:
    """The thread that posts were taken from, and the one that they were moved into."""
    found = Thread.objects.in_bulk([decision.event.target_id, decision.event.data["into"]])
    return found[decision.event.target_id], found[decision.event.data["into"]]


def _locked(*threads: Thread) -> list[Thread]:
    """As they are now, in the order given; nobody replies in them from here to the commit."""
    lock_cases(post__thread__in=[thread.pk for thread in threads])
    rows = Thread.objects.select_for_update().order_by("pk")
    list(rows.filter(pk__in=[thread.pk for thread in threads]).values_list("pk"))
    found = with_title(Thread.objects).in_bulk([thread.pk for thread in threads])
    return [found[thread.pk] for thread in threads]


def _posts(thread: Thread) -> Any:
    found = Post.objects.filter(thread=thread).order_by("number")
    return found.select_related("passage", "author")


def _few(posts: Any) -> list[Post]:
    found = list(posts[: MOST_MOVED + 1])
    if len(found) > MOST_MOVED:
        raise Refused(TOO_MANY)
    return found


def _left(thread: Thread) -> Any:
    """The posts, by their ids, that left a line in a thread."""
    return Moved.objects.filter(thread=thread).values("post")


def _carry(
    by: Any, posts: Sequence[Post], source: Thread, target: Thread, *, back: bool = False
) -> None:
    """Move posts to the end of another thread, or `back` to where they stood in it."""
    if not posts:
        return
    ids = [post.pk for post in posts]
    lines = Moved.objects.filter(thread=target, post__in=ids)
    numbers = dict(lines.values_list("post", "number")) if back else {}
    if back:
        lines.delete()
    else:
        fresh = range(target.last_number + 1, target.last_number + 1 + len(posts))
        numbers = dict(zip(ids, fresh, strict=True))
        target.last_number += len(posts)
        Thread.objects.filter(pk=target.pk).update(last_number=target.last_number)
    was = {post.pk: post.number for post in posts}
    Moved.objects.bulk_create(
        [Moved(thread=source, number=post.number, post=post) for post in posts], BATCH
    )
    for post in posts:
        post.thread, post.number = target, numbers[post.pk]
    Post.objects.bulk_update(posts, ["thread", "number"], BATCH)
    _take_along(posts, source, target)
    for thread in (source, target):
        _settle(thread)
    for post in posts:
        record(
            "post.moved",
            actor=by,
            scope=target.scope,
            target=post.target,
            number=post.number,
            was=was[post.pk],
            left=source.pk,
            **passages_of(post),
        )


def _take_along(posts: Sequence[Post], source: Thread, target: Thread) -> None:
    """What belongs to the posts: their texts' scope, their cases' board, whether their figures count."""
    texts = [post.passage_id for post in posts]
    asked = Question.objects.filter(entry__passage__in=texts, note__isnull=False)
    languages.move_texts([*texts, *asked.values_list("note", flat=True)], target.scope)
    if source.board_id != target.board_id:
        found = Post.objects.filter(pk__in=[post.pk for post in posts])
        Case.objects.filter(post__in=found).update(board=target.board_id)
        enlist(found)


def _settle(thread: Thread) -> None:
    """The counts and stamps of a thread whose posts are others now."""
    posts = Post.objects.filter(thread=thread)
    latest = posts.aggregate(latest=Max("created_at"))["latest"]
    fields: dict[str, Any] = {
        "reply_count": posts.filter(**Post.SHOWN).exclude(number=1).count(),
        "posts_left": Moved.objects.filter(thread=thread).count(),
        "last_post_at": latest or thread.created_at,
    }
    if opening := posts.filter(number=1).first():
        fields |= {name: getattr(opening, name) for name in ("hidden_at", "held_at", "deleted_at")}
    Thread.objects.filter(pk=thread.pk).update(**fields)
