"""Whom one can call by name: what a composer offers behind an `@`."""

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from exchange.accounts.models import User
from exchange.accounts.names import normalise, skeleton
from exchange.boards.models import Post, Thread

# As many as can be looked over at a glance; one more letter finds the others.
MOST_NAMES = 8
# Who talked before these many posts has left the talk; it also keeps long threads cheap.
LATEST_POSTS = 200


def names(reader: User, beginning: str, thread: Thread | None = None) -> list[str]:
    """Names that begin so or look as if: of those who talk in the thread, the latest first, then others.

    Without a beginning only the thread's. Who cannot read here, suspended or closed, is not offered.
    """
    beginning = normalise(beginning)
    others = _callable(reader, beginning)
    found = _talking(others, thread) if thread else []
    if beginning and len(found) < MOST_NAMES:
        rest = others.exclude(username__in=found).order_by("skeleton")
        found += rest.values_list("username", flat=True)[: MOST_NAMES - len(found)]
    return found


def _callable(reader: User, beginning: str) -> QuerySet[User]:
    """The name as it is written, too: a skeleton folds `rn` into one letter, and `r` is none of it."""
    people = User.objects.filter(
        Q(suspended_until=None) | Q(suspended_until__lte=timezone.now()), is_active=True
    ).exclude(pk=reader.pk)
    if not beginning:
        return people
    folded = skeleton(beginning)
    written = Q(username__istartswith=beginning)
    return people.filter(written | Q(skeleton__startswith=folded) if folded else written)


def _talking(people: QuerySet[User], thread: Thread) -> list[str]:
    latest = Post.objects.filter(
        thread=thread,
        number__gt=thread.last_number - LATEST_POSTS,
        hidden_at=None,
        deleted_at=None,
        author__in=people,
    )
    authors = latest.values("author").annotate(last=Max("number")).order_by("-last")
    return list(authors.values_list("author__username", flat=True)[:MOST_NAMES])
