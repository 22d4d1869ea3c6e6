"""Who may see what. Views get boards, threads and posts from here and from nowhere else."""

from dataclasses import dataclass
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
from exchange.safety import gates
from exchange.safety.queries import is_known
from exchange.uploads import queries as uploads
from exchange.uploads.models import Upload

from .models import Board, Moderator, Post, SavedDraft, Thread
from .rules import Reader

THREADS_PER_PAGE = 30

# What a list of threads can be narrowed to: those written in a language, in whole or in part, by
# their authors themselves, or those that nobody has answered.
WRITTEN_IN = {"zh": ("zh-hans", "zh-hant", "mixed"), "en": ("en", "mixed")}
UNANSWERED = "unanswered"
COUNTED_FOR = 60  # seconds: counting reads every thread


@dataclass(frozen=True, slots=True)
class Roles:
    """What a reader moderates: the whole site, or the boards with these ids."""

    site: bool = False
    boards: frozenset[int] = frozenset()

    def moderates(self, board_id: int | None) -> bool:
        return self.site or board_id in self.boards

    @property
    def any(self) -> bool:
        return self.site or bool(self.boards)


def roles(reader: Reader) -> Roles:
    """One query a request for members, none for others: kept on the reader."""
    if not reader.is_authenticated:
        return Roles()
    if not hasattr(reader, "_roles"):
        boards = list(Moderator.objects.filter(user=reader).values_list("board_id", flat=True))
        site = reader.is_staff or None in boards
        reader._roles = Roles(site, frozenset(b for b in boards if b is not None))
    kept: Roles = reader._roles
    return kept


def open_to(reader: Reader, prefix: str = "") -> Q:
    """The boards that a reader may see, as a filter on Board or, by `prefix`, on what has one."""
    if not reader.is_authenticated:
        return Q(**{f"{prefix}access": Board.Access.PUBLIC})
    mine = roles(reader)
    if mine.site:
        return Q()
    return ~Q(**{f"{prefix}access": Board.Access.MODERATORS}) | Q(
        **{f"{prefix}pk__in": mine.boards}
    )


def boards(reader: Reader) -> QuerySet[Board]:
    return Board.objects.filter(open_to(reader))


def board(reader: Reader, slug: str) -> Board:
    """Raises Board.DoesNotExist for a board that is not there or not open to this reader."""
    return boards(reader).get(slug=slug)


def threads(reader: Reader) -> QuerySet[Thread]:
    """Threads that stand in lists: pinned first, then by the latest post."""
    return (
        with_title(Thread.objects)
        .filter(open_to(reader, "board__"), hidden_at=None, deleted_at=None)
        .order_by(F("pinned_at").desc(nulls_last=True), "-last_post_at", "-id")
    )


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
        listed = Thread.objects.filter(
            open_to(reader, "board__"), hidden_at=None, deleted_at=None
        ).filter(Q(board=board) if board else Q())
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
    latest = Event.objects.filter(scope=_thread_scope()).order_by("-id").values("id")[:1]
    found = with_title(Thread.objects).annotate(since=Subquery(latest))
    return found.get(open_to(reader, "board__"), pk=thread_id)


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
    """A hidden post's words are for its author and its moderators; a deleted one's for nobody."""
    if post.deleted_at:
        return False
    if not post.hidden_at:
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
    """What decides whether somebody's pictures wait for a moderator's look."""
    age = timezone.now() - author.date_joined
    if author.is_sample or roles(author).any:
        return gates.Sender(age, is_exempt=True)
    if is_known(author.pk):
        return gates.Sender(age, is_known=True)
    standing = Post.objects.filter(author=author, hidden_at=None, deleted_at=None)
    # On a hidden post they wait for nobody.
    waiting = uploads.waiting().filter(owner=author, passage__post__hidden_at=None)
    return gates.Sender(
        age, posts=standing[: gates.NEWCOMER_POSTS].count(), waiting=waiting.count()
    )


def may_read_title(reader: Reader, thread: Thread) -> bool:
    """As its opening post's words, which a title is part of."""
    if thread.deleted_at:
        return False
    if not thread.hidden_at:
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
