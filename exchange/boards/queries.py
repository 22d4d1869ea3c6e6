"""Who may see what. Views get boards, threads and posts from here and from nowhere else."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from exchange.languages.models import BY_TRUST, Translation
from exchange.ledger.models import Event
from exchange.ledger.queries import last_of
from exchange.safety import gates
from exchange.safety.queries import is_known
from exchange.uploads import queries as uploads
from exchange.uploads.models import Upload

from .models import Board, Moderator, Moved, Post, SavedDraft, Thread
from .rules import Reader

THREADS_PER_PAGE = 30

# What a list of threads can be narrowed to: those written in a language, in whole or in part, by
# their authors themselves, or those that nobody has answered.
WRITTEN_IN = {"zh": ("zh-hans", "zh-hant", "mixed"), "en": ("en", "mixed")}
UNANSWERED = "unanswered"
# What brings a thread up in lists, or makes it stand there: always an event of that thread, because posts
# that are moved are events of where they came to. Each is recorded while nobody else changes the thread, so
# that of these a thread's latest tells that all before it were there too.
NEWS = ("thread.opened", "thread.moved", "post.created", "post.released", "post.moved")
COUNTED_FOR = 60  # seconds: counting reads every thread


@dataclass(frozen=True, slots=True)
class Roles:
    """What a reader moderates: the whole site, or the boards with these ids."""

    site: bool = False
    boards: frozenset[int] = frozenset()
    # Families that they were appointed to read.
    reads: frozenset[str] = frozenset()

    def moderates(self, board_id: int | None) -> bool:
        return self.site or board_id in self.boards

    @property
    def any(self) -> bool:
        return self.site or bool(self.boards)


def roles(reader: Reader) -> Roles:
    """One query a request for members, none for others: kept on the reader."""
    if not reader.is_authenticated:
        return Roles()
    know_roles([reader])
    kept: Roles = reader._roles
    return kept


def know_roles(readers: Iterable[Reader]) -> None:
    """Keep on each of many readers what they moderate: one query for all of whom it is not known."""
    asked = [each for each in readers if each.is_authenticated and not hasattr(each, "_roles")]
    if not asked:
        return
    held: dict[int, dict[int | None, list[str]]] = {each.pk: {} for each in asked}
    rows = Moderator.objects.filter(user__in=held).values_list("user_id", "board_id", "reads")
    for user, board_id, reads in rows:
        held[user][board_id] = reads
    for each in asked:
        boards = held[each.pk]
        each._roles = Roles(
            site=each.is_staff or None in boards,
            boards=frozenset(b for b in boards if b is not None),
            reads=frozenset(name for families in boards.values() for name in families),
        )


@dataclass(frozen=True, slots=True)
class Sight:
    """The boards that a reader may see: those of some kinds of access, and those with these ids."""

    accesses: frozenset[str]
    boards: frozenset[int] = frozenset()


EVERY_ACCESS = frozenset(Board.Access.values)


def sight(reader: Reader) -> Sight:
    """The rule of who may see which board. `open_to` asks the database by it, `is_open_to` a loaded board."""
    if not reader.is_authenticated:
        return Sight(frozenset({Board.Access.PUBLIC.value}))
    mine = roles(reader)
    if mine.site:
        return Sight(EVERY_ACCESS)
    return Sight(EVERY_ACCESS - {Board.Access.MODERATORS.value}, mine.boards)


def open_to(reader: Reader, prefix: str = "") -> Q:
    """The boards that a reader may see, as a filter on Board or, by `prefix`, on what has one."""
    seen = sight(reader)
    if seen.accesses == EVERY_ACCESS:
        return Q()
    by_access = Q(**{f"{prefix}access__in": sorted(seen.accesses)})
    return by_access | Q(**{f"{prefix}pk__in": seen.boards}) if seen.boards else by_access


def is_open_to(reader: Reader, board: Board) -> bool:
    """The same of one board that was loaded."""
    seen = sight(reader)
    return board.access in seen.accesses or board.pk in seen.boards


def boards(reader: Reader) -> QuerySet[Board]:
    return Board.objects.filter(open_to(reader))


def board(reader: Reader, slug: str) -> Board:
    """Raises Board.DoesNotExist for a board that is not there or not open to this reader."""
    return boards(reader).get(slug=slug)


def threads(reader: Reader) -> QuerySet[Thread]:
    """Threads that stand in lists: pinned first, then by the latest post."""
    return (
        with_title(Thread.objects)
        .filter(open_to(reader, "board__"), **Thread.LISTED)
        .order_by(F("pinned_at").desc(nulls_last=True), "-last_post_at", "-id")
    )


def read_now(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Each comes with `since`, the ledger's latest event when the list was read, as `thread` has it; and
    with `news`, the latest one that brought it up."""
    latest = Event.objects.order_by("-id").values("id")[:1]
    return threads.annotate(since=Subquery(latest), news=_latest_in_it(verb__in=NEWS))


def pinned(threads: QuerySet[Thread]) -> Thread | None:
    """The first of those that are pinned, as it is in a list that was read now."""
    return read_now(threads).filter(pinned_at__isnull=False).first()


def only(threads: QuerySet[Thread], which: str) -> QuerySet[Thread]:
    """The threads under one of the names of `counts`."""
    return threads if which == "all" else threads.filter(_narrow(which))


def counts(reader: Reader, board: Board | None = None) -> dict[str, int]:
    """How many threads a list has, by what it can be narrowed to.

    One query a minute for all readers who may see the same boards.
    """
    mine = roles(reader)
    sight = "all" if mine.site else f"{reader.is_authenticated}.{sorted(mine.boards)}"
    key = f"threads.{board.pk if board else 'front'}.{sight}".replace(" ", "")
    found: dict[str, int] | None = cache.get(key)
    if found is None:
        listed = Thread.objects.filter(open_to(reader, "board__"), **Thread.LISTED).filter(
            Q(board=board) if board else Q()
        )
        found = listed.aggregate(
            all=Count("pk"),
            **{which: Count("pk", filter=_narrow(which)) for which in (*WRITTEN_IN, UNANSWERED)},
        )
        cache.set(key, found, COUNTED_FOR)
    return found


def _narrow(which: str) -> Q:
    if which == UNANSWERED:
        return Q(reply_count=0)
    languages = WRITTEN_IN[which]
    halves = Translation.objects.filter(
        passage=OuterRef("title_id"), kind="author", language__in=languages
    )
    return Q(title__language__in=languages) | Q(Exists(halves))


TITLE_HALF = ("title_other", "title_other_language", "title_other_kind")


def thread(reader: Reader, thread_id: int) -> Thread:
    """Raises Thread.DoesNotExist for what is not there or not open to this reader.

    The thread comes with `since`, the ledger's latest event in it *before* its posts are read.
    """
    found = with_title(Thread.objects).annotate(since=_latest_in_it())
    return found.get(open_to(reader, "board__"), pk=thread_id)


def boards_and_threads(
    board_ids: Collection[int], thread_ids: Collection[int]
) -> tuple[dict[int, Board], dict[int, Thread]]:
    """By their ids, for whoever asks: whether a board is open to a reader is then asked of each, by
    `is_open_to`. The threads come with their boards and `since`. A query for each kind that is wanted.
    """
    boards = Board.objects.filter(pk__in=board_ids) if board_ids else ()
    found = Thread.objects.select_related("board").annotate(since=_latest_in_it())
    threads = found.filter(pk__in=thread_ids) if thread_ids else ()
    return {board.pk: board for board in boards}, {thread.pk: thread for thread in threads}


def _latest_in_it(**of: Any) -> Subquery:
    latest = Event.objects.filter(scope=_thread_scope(), **of).order_by("-id").values("id")[:1]
    return Subquery(latest)


def opened_by(post: Post) -> QuerySet[Thread]:
    """The threads whose titles are part of a post: what it opens, and what it opened before it was moved."""
    left = Moved.objects.filter(post=post, number=1).values("thread")
    opens = Q(pk=post.thread_id) if post.is_opening else Q()
    return Thread.objects.filter(opens | Q(pk__in=left))


def moved(reader: Reader, thread: Thread, first: int, last: int) -> list[Moved]:
    """What stood between two numbers of a thread and was moved: without a query where nothing was.

    Each comes with `place`, the thread that it stands in now, where the reader may see that.
    """
    if not thread.posts_left:
        return []
    found = Moved.objects.filter(thread=thread, number__range=(first, last)).order_by("number")
    rows = list(found.select_related("post"))
    places = with_title(Thread.objects).filter(open_to(reader, "board__"))
    there = places.in_bulk({row.post.thread_id for row in rows})
    for row in rows:
        place = there.get(row.post.thread_id)
        row.place = place if place and may_read_title(reader, place) else None
    return rows


def posts(thread: Thread, first: int, last: int) -> list[Post]:
    """Posts numbered from `first` to `last`: a range on the index, as fast on any page."""
    found = Post.objects.filter(thread=thread, number__range=(first, last)).order_by("number")
    return list(found.select_related("passage", "author"))


def post(reader: Reader, post_id: int) -> Post:
    """Raises Post.DoesNotExist for what is not there or not open to this reader.

    Its thread comes with the title's other half, as from `thread`.
    """
    found = Post.objects.select_related(
        "passage", "author", "thread__board", "thread__title", "thread__author"
    ).annotate(**_title_halves("thread__title_id"))
    post = found.filter(open_to(reader, "thread__board__")).get(pk=post_id)
    for name in TITLE_HALF:
        setattr(post.thread, name, getattr(post, name))
    return post


def may_read_words(reader: Reader, post: Post) -> bool:
    """Words that are hidden or wait are for their author and moderators; deleted ones for nobody."""
    if post.deleted_at:
        return False
    if post.state == "shown":
        return True
    return post.author_id == reader.pk or roles(reader).moderates(post.thread.board_id)


def may_see_pictures(reader: Reader, post: Post) -> bool:
    """Also those of its pictures that are held or hidden: they are for its author and moderators."""
    if post.deleted_at:
        return False
    return post.author_id == reader.pk or roles(reader).moderates(post.thread.board_id)


def picture(reader: Reader, post: Post, upload_id: int) -> Upload:
    """Of a post that the reader was given. Raises Upload.DoesNotExist for what is not there for them."""
    upload = Upload.objects.select_related("caption", "description").get(
        passage=post.passage_id, pk=upload_id
    )
    shown = upload.state == "shown" and may_read_words(reader, post)
    if not (shown or may_see_pictures(reader, post)):
        raise Upload.DoesNotExist
    return upload


def sender(author: Reader) -> gates.Sender:
    """What decides whether somebody's words and pictures wait for a moderator's look.

    One query for most members, four for a newcomer.
    """
    age = timezone.now() - author.date_joined
    moderates = roles(author).any
    if author.is_sample or moderates:
        return gates.Sender(age, is_exempt=True, is_moderator=moderates)
    if age >= gates.NEWCOMER_AGE and (posts := _standing(author)) >= gates.NEWCOMER_POSTS:
        return gates.Sender(age, posts=posts)
    if is_known(author.pk):
        return gates.Sender(age, is_known=True)
    # On a hidden post they wait for nobody.
    waiting = uploads.waiting().filter(owner=author, passage__post__hidden_at=None)
    lately = Post.objects.filter(author=author, created_at__gt=timezone.now() - gates.BURST_WITHIN)
    return gates.Sender(
        age,
        posts=_standing(author),
        waiting=waiting.count(),
        lately=lately.count(),
        minutes_read=author.minutes_read,
    )


def _standing(author: Reader) -> int:
    """How many posts of somebody everybody can read, up to as many as matter."""
    found = Post.objects.filter(author=author, **Post.SHOWN)
    return found[: gates.NEWCOMER_POSTS].count()


# What waits

WAITS_COUNTED = 50  # the latest: more would tell of other evenings
WAITS_KEPT = 600  # seconds


def why_held(posts: list[Post]) -> dict[str, str]:
    """Why posts wait, as gates.Why, by their targets."""
    held = last_of("post.held", [post.target for post in posts])
    return {target: str(event.data.get("why", "")) for target, event in held.items()}


def usual_wait() -> timedelta | None:
    """How long posts waited lately until a moderator decided: the median, None where none did yet."""
    key = "posts.usual_wait"
    found: float | None = cache.get(key)
    if found is None:
        found = _median_wait()
        cache.set(key, found, WAITS_KEPT)
    return timedelta(seconds=found) if found >= 0 else None


def _median_wait() -> float:
    """In seconds; -1 for none. A hiding decides as well as a release."""
    held = Event.objects.filter(verb="post.held").order_by("-id").values("target", "created_at")
    since = {each["target"]: each["created_at"] for each in reversed(held[: 2 * WAITS_COUNTED])}
    ends = Event.objects.filter(verb__in=("post.released", "post.hidden"), target__in=since)
    waits = {
        target: (at - since[target]).total_seconds()
        for target, at in ends.order_by("-id").values_list("target", "created_at")
        if at >= since[target]
    }
    return median(list(waits.values())[:WAITS_COUNTED]) if waits else -1


def may_read_title(reader: Reader, thread: Thread) -> bool:
    """As its opening post's words, which a title is part of."""
    if thread.deleted_at:
        return False
    if not thread.is_closed:
        return True
    return thread.author_id == reader.pk or roles(reader).moderates(thread.board_id)


def halves(posts: list[Post]) -> None:
    """Load the translations of many posts' passages in one query."""
    prefetch_related_objects([post.passage for post in posts], _translations())


def sent(author: Reader, client_id: str) -> Post | None:
    """The post that this author sent under `client_id` before, if any."""
    found = Post.objects.select_related("thread", "passage")
    return found.filter(author=author, client_id=client_id).first()


def _translations() -> Any:
    found = Translation.objects.select_related("by").order_by("id")
    return Prefetch("translations", queryset=found)


def with_title(threads: Any) -> QuerySet[Thread]:
    """With the title's words in both halves and its board, in the same query."""
    found: QuerySet[Thread] = threads.select_related("board", "title", "author").annotate(
        **_title_halves("title_id")
    )
    return found


def _title_halves(title_id: str) -> dict[str, Any]:
    """The title's most trusted other half. A machine's is told apart by `title_other_kind`."""
    other = Translation.objects.filter(passage=OuterRef(title_id)).order_by(BY_TRUST)
    names = {"title_other": "body", "title_other_language": "language", "title_other_kind": "kind"}
    return {name: Subquery(other.values(field)[:1]) for name, field in names.items()}


def _thread_scope() -> Any:
    return Concat(Value("thread."), Cast(OuterRef("pk"), CharField()))


def draft(reader: Reader, place: str) -> SavedDraft | None:
    """What this reader left unsent at a place; nobody else can ask for it."""
    if not reader.is_authenticated:
        return None
    return SavedDraft.objects.filter(author=reader, place=place).first()


def drafts(reader: Reader) -> list[SavedDraft]:
    """Their own words stay theirs, also where the thread, which is then not named, is closed."""
    found = list(SavedDraft.objects.filter(author=reader).order_by("-saved_at"))
    places = [draft.where for draft in found]
    edited = {number for kind, number in places if kind == "post"}
    thread_of = dict(Post.objects.filter(pk__in=edited).values_list("pk", "thread_id"))
    wanted = {number for kind, number in places if kind == "thread"} | set(thread_of.values())
    listed = threads(reader).in_bulk(wanted)
    for draft, (kind, number) in zip(found, places, strict=True):
        draft.thread = listed.get(thread_of.get(number) if kind == "post" else number)
    return found
