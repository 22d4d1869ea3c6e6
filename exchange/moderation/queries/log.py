"""What everybody can read of what moderators did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.boards.models import Board, Moderator, Post, Thread
from exchange.boards.queries import open_to, with_title
from exchange.boards.rules import Reader
from exchange.figures import models as figures
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation.models import Annotation, Appeal, Decision
from exchange.moderation.targets import find_many
from exchange.safety.models import Rule
from exchange.safety.queries import rule

from .log_filters import Choice, chosen, readable

ENTRIES_PER_PAGE = 50
# What was erased by law is not told again by a note that would say why.
WITHOUT_NOTE = ("post.erased",)
# Acts that name another thread as well, into which posts went.
BETWEEN_THREADS = ("thread.split", "thread.merged", "thread.parted")
ACTED_AS = {
    "operator": _("the operator"),
    "gone": _("former member"),
    "staff": _("one of the staff"),
    "site": _("a moderator of the site"),
    "board": _("a moderator of a board"),
    "former": _("a moderator of that time"),
    "member": _("a member"),
}
# Because of which posts something was decided, or what it takes back was.
BECAUSE = ("case__post", "undoes__case__post")
# Targets that are a post's, or stand under one.
UNDER_POSTS = ("translation", "correction", "proposal")


def names_people() -> bool:
    """Whether those who do not moderate read who acted; otherwise they read as what."""
    return bool(settings.LOG_NAMES == "names")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, as one reader is told: by name, or as what."""

    person: Any
    role: str
    is_named: bool

    @property
    def acted_as(self) -> Any:
        return ACTED_AS[self.role]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the public log. `person` is who acted (None: a former member, or the operator), `role`
    as what; `subject` what it was done to, `thread` where, `board` the one that the act named, `other`
    the thread to which posts went. `about` is the entry that an appeal or a remark is about."""

    event: Event
    person: Any
    subject: Any
    thread: Thread | None
    board: Board | None
    rule: Rule | None
    note: Passage | None
    role: str = "member"
    other: Thread | None = None
    about: int | None = None
    decision: Decision | None = None
    appeal: Appeal | None = None
    # The entry of the act that took this one back.
    taken_back_by: int | None = None
    annotations: list[Annotation] = field(default_factory=list)

    @property
    def names_people(self) -> bool:
        return names_people()

    @property
    def actor(self) -> Actor:
        return Actor(self.person, self.role, names_people() and self.person is not None)

    @property
    def names_subject(self) -> bool:
        """Where moderators stand without their names, nobody reads here who became one."""
        return self.names_people or self.event.verb.partition(".")[0] not in ("moderator", "staff")

    @property
    def title(self) -> str:
        """The thread's title in the page's language if it has one; "" where it cannot be read."""
        return title_of(self.thread)[0]

    @property
    def title_language(self) -> str:
        return title_of(self.thread)[1]

    @property
    def other_title(self) -> str:
        return title_of(self.other)[0]

    @property
    def other_title_language(self) -> str:
        return title_of(self.other)[1]

    @property
    def kind(self) -> str:
        """What it was done to, as the ledger names it; a text under a post is shown as the post."""
        kind = self.event.target.partition(".")[0]
        return "post" if kind in (*UNDER_POSTS, "picture") else kind

    @property
    def code(self) -> str:
        """The name of a switch, or what else a target is called that has no number."""
        return self.event.target.partition(".")[2]

    @property
    def until(self) -> datetime | None:
        """When a sanction ends by itself."""
        seconds = self.event.data.get("until")
        return datetime.fromtimestamp(seconds, UTC) if seconds else None

    @property
    def takes_back(self) -> int | None:
        """The entry that this one takes back."""
        return self.decision.undoes.event_id if self.decision and self.decision.undoes else None


def title_of(thread: Thread | None) -> tuple[str, str]:
    """Its words and their language; nothing where they cannot be read."""
    if thread is None or thread.is_closed:
        return "", ""
    if thread.title_reads_better(get_language() or "en"):
        return thread.title_other or "", thread.title_other_language or ""
    return thread.title.body, thread.title.language


def page(
    reader: Reader, choice: Choice, *, before: Event | None = None, size: int = ENTRIES_PER_PAGE
) -> tuple[list[Entry], bool]:
    """The lines that are chosen, newest first, after those up to `before`; and whether there are more.

    In a fixed number of queries, and as quick on the last page as on the first.
    """
    events = chosen(readable(reader), choice)
    if before:
        later = Q(created_at=before.created_at, pk__lt=before.pk)
        # The plain bound is what the index understands.
        events = events.filter(created_at__lte=before.created_at)
        events = events.filter(Q(created_at__lt=before.created_at) | later)
    found = list(_whole(events)[: size + 1])
    return _entries(reader, found[:size]), len(found) > size


def entry(reader: Reader, event_id: int) -> Entry:
    """Raises Event.DoesNotExist for what is not in the log, or not for this reader."""
    return _entries(reader, [_whole(readable(reader)).get(pk=event_id)])[0]


def log_begins(reader: Reader) -> date | None:
    """The day of its first entry; None where there is none."""
    first = readable(reader).order_by("created_at").values_list("created_at", flat=True).first()
    return first.date() if first else None


def place(reader: Reader, event_id: int) -> Event:
    """Where a page of the log goes on. Raises Event.DoesNotExist."""
    return readable(reader).get(pk=event_id)


def entries(reader: Reader, first: int, count: int) -> list[Entry]:
    """`count` lines of the public log from `first` (0 is the newest), in a fixed number of queries.

    What happened in a board that is not open to the reader is left out.
    """
    return _entries(reader, list(_whole(readable(reader))[first : first + count]))


def _whole(events: QuerySet[Event]) -> QuerySet[Event]:
    remarks = Annotation.objects.select_related("by", "words").order_by("id")
    return events.prefetch_related(Prefetch("annotations", remarks))


def _entries(reader: Reader, events: list[Event]) -> list[Entry]:
    """In a fixed number of queries for each kind of thing that they are about."""
    people = get_user_model().objects.in_bulk(
        {event.actor_id for event in events} | _ids(events, "user")
    )
    acting = _moderating({event.actor_id for event in events})
    threads = _threads(reader, events)
    # A closed board is not even named to those who may not read it.
    boards = Board.objects.filter(open_to(reader)).in_bulk(
        _ids(events, "board")
        | _data(events, "board")
        | _data([event for event in events if event.verb == "thread.moved"], "to")
    )
    notes = Passage.objects.in_bulk(_data(events, "note"))
    things = _things(events) | {"user": people, "thread": threads, "board": boards}
    decisions, named = _decisions(events), _named(events)
    about = _about(events, named)
    objected = Appeal.objects.filter(decision__in=[one.pk for one in decisions.values()])
    appeals = {appeal.decision_id: appeal for appeal in objected}
    back = _taken_back(decisions)
    found = []
    for event in events:
        decision = decisions.get(event.pk)
        person = people.get(event.actor_id)
        subject = things.get(event.target.partition(".")[0], {}).get(_key(event))
        erased_at, silent = _erased(event, subject, decision, named.get(_outcome_of(event)))
        found.append(
            Entry(
                event=event,
                person=person,
                subject=subject,
                thread=threads.get(_scope_id(event)),
                board=boards.get(event.data.get("board") or _moved_to(event)),
                rule=rule(event.reason),
                note=None if silent else notes.get(event.data.get("note", 0)),
                role=_role(event, person, acting, decision),
                other=threads.get(_other_thread(event)),
                about=about.get(event.pk),
                decision=decision,
                appeal=appeals.get(decision.pk) if decision else None,
                taken_back_by=back.get(decision.pk) if decision else None,
                annotations=[
                    remark
                    for remark in event.annotations.all()
                    if remark.words.body and not (erased_at and remark.created_at < erased_at)
                ],
            )
        )
    return found


def _erased(event: Event, subject: Any, *made: Decision | None) -> tuple[datetime | None, bool]:
    """Since when what it is about, or stands under, is erased by law, or because of what it was `made`:
    what was said of it before may tell it again. And whether its note does."""
    post = getattr(subject.passage, "post", None) if isinstance(subject, figures.Entry) else subject
    itself = post.erased_at if isinstance(post, Post) else None
    since = max(filter(None, [itself, *(one.erased_at for one in made if one)]), default=None)
    silent = itself or event.verb in WITHOUT_NOTE or (since and event.created_at < since)
    return since, bool(silent)


def _decisions(events: list[Event]) -> dict[int, Decision]:
    """By their events. Not joined to these: of what is empty in nearly all rows, as what they take back,
    a planner that counted the rows makes a scan for each."""
    rows = Decision.objects.filter(event__in=[event.pk for event in events])
    return {row.event_id: row for row in rows.select_related(*BECAUSE)}


def _named(events: list[Event]) -> dict[int, Decision]:
    """The decisions that events of appeals are about."""
    wanted = _ids(events, "decision") | {_outcome_of(event) for event in events}
    return Decision.objects.select_related(*BECAUSE).in_bulk(wanted - {0})


def _outcome_of(event: Event) -> int:
    return event.data.get("decision", 0) if event.verb.startswith("appeal.") else 0


def _taken_back(decisions: dict[int, Decision]) -> dict[int, int]:
    """By a decision's id the entry of what took it back."""
    rows = Decision.objects.filter(undoes__in=[one.pk for one in decisions.values()])
    return {undone: event for undone, event in rows.values_list("undoes", "event") if undone}


def _things(events: list[Event]) -> dict[str, dict[Any, Any]]:
    """What is acted on, by kind and number; of what stands under a post, the post by its whole name."""
    under = [event.target for event in events if event.target.startswith(UNDER_POSTS)]
    posts = {name: target.post for name, target in find_many(under).items()}
    return {
        "post": Post.objects.in_bulk(_ids(events, "post")),
        "passage": _posts_of(_ids(events, "passage")),
        "figure": figures.Entry.objects.select_related("item", "passage__post").in_bulk(
            _ids(events, "figure")
        ),
        "item": figures.Item.objects.in_bulk(_ids(events, "item")),
        **dict.fromkeys(UNDER_POSTS, posts),
    }


def _key(event: Event) -> Any:
    return event.target if event.target.startswith(UNDER_POSTS) else event.target_id


def _about(events: list[Event], named: dict[int, Decision]) -> dict[int, int]:
    """For what is said of another entry: which one that is."""
    found = {event.pk: event.target_id for event in events if event.target.startswith("event.")}
    found |= {
        event.pk: named[event.target_id].event_id
        for event in events
        if event.target.startswith("decision.") and event.target_id in named
    }
    return found


def _threads(reader: Reader, events: list[Event]) -> dict[int, Thread]:
    """Where things happened, and where posts went, if the reader may read there."""
    ids = {_scope_id(event) for event in events} | {_other_thread(event) for event in events}
    ids |= _ids(events, "thread")
    return with_title(Thread.objects.filter(open_to(reader, "board__"))).in_bulk(ids - {0})


def _posts_of(passage_ids: set[int]) -> dict[int, Post]:
    """What is said of a text is said of the post that it is, or in which it is a picture's caption; of
    a title, which is none, of its thread."""
    named = Passage.objects.filter(pk__in=passage_ids).filter(
        Q(post__isnull=False) | Q(within__post__isnull=False)
    )
    found = named.select_related("post", "within__post")
    return {text.pk: text.within.post if text.within else text.post for text in found}


def actor(person: Any, *, by_operator: bool = False, to_moderator: bool = False) -> Actor:
    """Who made or answered a decision, as the log would say it; moderators are told each other's names.

    One query where no name is told. `person` is None for a former member, or for the operator."""
    if person is not None and (to_moderator or names_people()):
        return Actor(person, "member", True)
    if person is None:
        return Actor(None, "operator" if by_operator else "gone", False)
    role = "staff" if person.is_staff else _moderating([person.pk]).get(person.pk)
    return Actor(person, role or "former", False)


def _moderating(people: Iterable[int | None]) -> dict[int, str]:
    """As what these keep order today, for the whole site before one board."""
    rows = Moderator.objects.filter(user__in=[pk for pk in people if pk])
    found: dict[int, str] = {}
    for user, board in rows.values_list("user", "board"):
        found[user] = "site" if board is None else found.get(user, "board")
    return found


def _role(event: Event, person: Any, acting: dict[int, str], decision: Decision | None) -> str:
    """`former` was a moderator then, and is not today; or is no member any more."""
    if event.actor_id is None:
        return "operator"
    if person is None:
        return "gone"
    if person.is_staff:
        return "staff"
    return acting.get(person.pk) or ("former" if decision else "member")


def _moved_to(event: Event) -> int:
    return event.data.get("to", 0) if event.verb == "thread.moved" else 0


def _other_thread(event: Event) -> int:
    return event.data.get("into", 0) if event.verb in BETWEEN_THREADS else 0


def _ids(events: list[Event], kind: str) -> set[int]:
    return {event.target_id for event in events if event.target.startswith(f"{kind}.")}


def _scope_id(event: Event) -> int:
    """The id in a scope such as `thread.42`; 0 for a scope of another kind."""
    found, _, number = event.scope.partition(".")
    return int(number) if found == "thread" else 0


def _data(events: list[Event], *keys: str) -> set[int]:
    return {event.data[key] for event in events for key in keys if key in event.data}
