"""Who somebody is and what they wrote, as far as a reader may see it; and whom one can call by name."""

from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet, Subquery
from django.utils import timezone

from exchange.accounts.models import User
from exchange.accounts.names import normalise, skeleton
from exchange.boards import queries as boards
from exchange.boards.models import Board, Moderator, Mute, Post, Thread
from exchange.boards.muting import mutes_of
from exchange.boards.rules import Reader

POSTS_PER_PAGE = 20

# As many as can be looked over at a glance; one more letter finds the others.
MOST_NAMES = 8
# Who talked before these many posts has left the talk; it also keeps long threads cheap.
LATEST_POSTS = 200


def names(reader: User, beginning: str, thread: Thread | None = None) -> list[str]:
    """Names that begin so or look as if: of those who talk in the thread, the latest first, then others.

    Without a beginning only the thread's. Who cannot read here, suspended or closed, is not offered, nor
    is anybody whom the reader blocked or was blocked by.
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
    ).exclude(pk__in={reader.pk, *mutes_of(reader).apart})
    if not beginning:
        return people
    folded = skeleton(beginning)
    written = Q(username__istartswith=beginning)
    return people.filter(written | Q(skeleton__startswith=folded) if folded else written)


def _talking(people: QuerySet[User], thread: Thread) -> list[str]:
    latest = Post.objects.filter(
        thread=thread,
        number__gt=thread.last_number - LATEST_POSTS,
        author__in=people,
        **Post.SHOWN,
    )
    authors = latest.values("author").annotate(last=Max("number")).order_by("-last")
    return list(authors.values_list("author__username", flat=True)[:MOST_NAMES])


def person(name: str) -> User:
    """By a name that looks like theirs as well. Raises User.DoesNotExist."""
    return User.objects.get_by_natural_key(name)


def moderates(person: User, reader: Reader) -> tuple[bool, list[Board]]:
    """Whether somebody keeps order on the whole site, and on which boards that the reader may see."""
    seen = Q(board=None) | Q(board__in=boards.boards(reader))
    rows = Moderator.objects.filter(seen, user=person).select_related("board")
    found = [row.board for row in rows]
    return None in found, sorted(filter(None, found), key=lambda board: board.position)


def posts_of(person: User, reader: Reader) -> QuerySet[Post]:
    """What everybody on a board that is open to the reader can read of it."""
    shown = boards.open_to(reader, "thread__board__")
    return Post.objects.filter(shown, author=person, **Post.SHOWN)


@dataclass(frozen=True, slots=True)
class Latest:
    """`older` is the post that the next page begins after, None where there is none."""

    posts: list[Post]
    older: int | None


def latest(person: User, reader: Reader, before: int | None) -> Latest:
    """A page of their posts, newest first, from after the one with the id `before`.

    Three queries however many there are. Each comes with its halves and its thread's title.
    """
    found = posts_of(person, reader).order_by("-created_at", "-pk").select_related("passage")
    if before:
        last = Subquery(Post.objects.filter(pk=before, author=person).values("created_at")[:1])
        found = found.filter(Q(created_at__lt=last) | Q(created_at=last, pk__lt=before))
    posts = list(found[: POSTS_PER_PAGE + 1])
    shown = posts[:POSTS_PER_PAGE]
    boards.halves(shown)
    threads = boards.with_title(Thread.objects).in_bulk({post.thread_id for post in shown})
    for post in shown:
        post.author, post.thread = person, threads[post.thread_id]
    return Latest(shown, shown[-1].pk if len(posts) > len(shown) else None)


def mute_of(reader: Reader, person: User) -> str:
    """What the reader did about them: `blocked`, `person` for muted, or nothing."""
    mutes = mutes_of(reader)
    if person.pk not in mutes.people:
        return ""
    return "blocked" if person.pk in mutes.blocked else "person"


def mutes(reader: Reader) -> dict[str, list[Mute]]:
    """All that somebody muted by its kind, newest first: people, threads with titles, boards, words."""
    rows = list(Mute.objects.filter(by=reader).select_related("person", "board").order_by("-pk"))
    by_thread = [row for row in rows if row.kind == Mute.Kind.THREAD]
    # What they may not read any more is there without its title.
    ids = {row.thread_id for row in by_thread}
    listed = boards.threads(reader).in_bulk(ids) if ids else {}
    for row in by_thread:
        row.thread = listed.get(row.thread_id)
    return {kind: [row for row in rows if row.kind == kind] for kind in Mute.Kind.values}
