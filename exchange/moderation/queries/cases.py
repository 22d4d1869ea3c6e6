"""What one has to know to decide a case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from exchange.boards.models import Board, Post, Thread
from exchange.boards.queries import open_to, roles
from exchange.boards.rules import Reader
from exchange.languages.models import Translation
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import Target, find
from exchange.uploads import queries as uploads
from exchange.uploads.models import Rendition, Upload

AROUND = 2  # posts before it, and after it
MOST_SHOWN = 5  # of each list beside a case
# Of so many of somebody's latest posts those are looked for that say nearly the same.
COMPARED = 60
# Of all groups of three letters that either text has, so many are in both. Two texts about one
# subject have about a tenth in common; one that was changed here and there, more than half.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of somebody. `decisions` are those about them, the latest first; `undone` ones are
    told apart. `posts` is how many others they wrote, `more` whether it is more than that."""

    person: Any
    since: datetime
    posts: int
    more: bool
    decisions: list[Decision]
    open_cases: list[Case]
    recent: list[Post]
    similar: list[Post]


def around(post: Post) -> list[Post]:
    """The posts beside one, itself not included, in the order of the thread."""
    found = with_halves(Post.objects.filter(thread=post.thread_id, deleted_at=None))
    before = found.filter(number__lt=post.number).order_by("-number")[:AROUND]
    behind = found.filter(number__gt=post.number).order_by("number")[:AROUND]
    return [*reversed(before), *behind]


def decisions_about(person: Any, moderator: Reader) -> QuerySet[Decision]:
    """The latest first, without those on boards that are closed to this moderator."""
    # Not `Q(board=None) | open_to(...)`: an empty filter, which all boards pass, is lost in an OR.
    here = Q(board=None) | Q(board__in=Board.objects.filter(open_to(moderator)))
    found = Decision.objects.filter(here, person=person).order_by("-id")
    return found.select_related("event", "rule", "by", "undone_by", "appeal", "board")


def record(moderator: Reader, case: Case, text: str) -> Record | None:
    """Of who wrote what a case is about, as far as this moderator may see it; None for a former
    member."""
    person = case.author
    if person is None:
        return None
    others = Case.objects.filter(author=person, closed_at=None).exclude(pk=case.pk)
    posts = Post.objects.filter(author=person, deleted_at=None).exclude(pk=case.post_id)
    mine = roles(moderator)
    if not mine.site:
        others = others.filter(board__in=mine.boards)
        everybodys = Q(**Post.SHOWN) & open_to(moderator, "thread__board__")
        posts = posts.filter(everybodys | Q(thread__board__in=mine.boards))
    latest = list(posts.select_related("passage", "thread").order_by("-pk")[:COMPARED])
    return Record(
        person=person,
        since=person.date_joined,
        posts=len(latest),
        more=len(latest) == COMPARED,
        decisions=list(decisions_about(person, moderator)[:MOST_SHOWN]),
        open_cases=list(others.select_related("rule").order_by("-score", "id")[:MOST_SHOWN]),
        recent=latest[:MOST_SHOWN],
        similar=[post for post in latest if alike(text, post.passage.body)][:MOST_SHOWN],
    )


def alike(one: str, other: str) -> bool:
    ours, theirs = _trigrams(one), _trigrams(other)
    return bool(ours and theirs) and len(ours & theirs) >= ALIKE * len(ours | theirs)


def _trigrams(text: str) -> set[str]:
    letters = "".join(text.casefold().split())
    return {letters[at : at + 3] for at in range(len(letters) - 2)}


def decisions_of(case: Case) -> QuerySet[Decision]:
    found = case.decisions.select_related("event", "rule", "by", "undone_by", "appeal")
    return found.order_by("-id")


def decision_of(moderator: Reader, decision_id: int) -> Decision | None:
    """One about what stands on the boards that somebody moderates; what is about no board is the site's."""
    found = Decision.objects.select_related("event", "person", "rule", "case").filter(
        pk=decision_id
    )
    decision = found.first()
    return decision if decision and is_among(moderator, decision) else None


# What moves posts to boards that whoever did it need not moderate.
MOVING = ("thread.moved", "thread.split", "thread.merged")


def is_among(moderator: Reader, decision: Decision) -> bool:
    """Whether a decision is about what stands on somebody's boards now, whatever board it was made on.
    Where they moved it themselves to another one, they may take that back as long as they can read it."""
    mine = roles(moderator)
    if mine.site or not mine.any:
        return mine.site
    now = _boards_now(decision)
    if now and now <= mine.boards:
        return True
    if decision.verb not in MOVING or decision.by_id != moderator.pk:
        return False
    readable = Board.objects.filter(open_to(moderator), pk__in=now).count() == len(now)
    return readable and decision.board_id in mine.boards


def _boards_now(decision: Decision) -> set[int]:
    """Where what it is about stands; where that is gone, or a person, the board it was made on."""
    event = decision.event
    if event.target.startswith("thread."):
        threads = Thread.objects.filter(pk__in=[event.target_id, event.data.get("into", 0)])
        found = set(threads.values_list("board", flat=True))
    else:
        target = find(event.target)
        found = {target.post.thread.board_id} if target else set()
    return found or ({decision.board_id} if decision.board_id else set())


def decisions_by(moderator: Reader, ids: Iterable[int]) -> list[Decision]:
    """Those of somebody's own among some decisions."""
    found = Decision.objects.filter(by=moderator, pk__in=set(ids), undone_by=None)
    return list(found.select_related("event", "rule", "person", "case").order_by("id"))


def cases_of(name: str) -> QuerySet[Case]:
    """All that were ever opened about one target, by its name."""
    return Case.objects.filter(target=name)


def cases_of_post(post: Post) -> QuerySet[Case]:
    """Those about a post and its pictures, which are decided where the whole post is hidden."""
    about = Q(target=post.target) | Q(target__startswith="picture.")
    return Case.objects.filter(about, post=post)


def cases_among(moderator: Reader, ids: Iterable[int]) -> list[Case]:
    """Those among some cases that somebody may look at."""
    found = Case.objects.filter(pk__in=set(ids)).select_related("board")
    mine = roles(moderator)
    return list((found if mine.site else found.filter(board__in=mine.boards)).order_by("id"))


def with_halves(posts: QuerySet[Post]) -> QuerySet[Post]:
    halves = Translation.objects.select_related("by").order_by("id")
    found = posts.select_related("passage", "author", "thread")
    return found.prefetch_related(Prefetch("passage__translations", halves))


def pictures_of(post: Post, ids: Iterable[int] | None = None) -> list[Upload]:
    """Those of a post, or some of them, whoever may see them."""
    found = uploads.of(post.passage).select_related("caption", "description")
    wanted = Q() if ids is None else Q(pk__in=ids)
    return list(found.filter(wanted).prefetch_related(*_as_shown()))


def has_pictures(post: Post) -> bool:
    return uploads.of(post.passage).exists()


def may_see(reader: Reader, target: Target) -> bool:
    """Whether somebody sees what everybody sees of a board that is open to them."""
    is_open = Board.objects.filter(open_to(reader), pk=target.post.thread.board_id)
    return is_open.exists() and (target.is_shown or target.kind == "post")


def reportable_pictures(post: Post) -> list[Upload]:
    """Those of a post that everybody sees."""
    return [one for one in pictures_of(post) if one.state == "shown"]


def _as_shown() -> Iterator[Any]:
    """What is loaded with a picture that is to be shown, by boards/gallery.py."""
    files = Rendition.objects.select_related("file").order_by("page", "width")
    yield Prefetch("renditions", files)
    yield from ("caption__translations", "description__translations")
