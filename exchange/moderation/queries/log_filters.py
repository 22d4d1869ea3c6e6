"""Which lines of the public log somebody asks for, and which of all there are they may read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.boards.models import Board, Moderator, Thread
from exchange.boards.queries import open_to
from exchange.boards.rules import Reader
from exchange.ledger.models import Event
from exchange.ledger.queries import public_log
from exchange.ledger.verbs import VERBS
from exchange.moderation.models import Appeal, Decision

# What acts are about, by what their verbs begin with.
ACTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "posts": (_("Posts and pictures"), ("post", "picture")),
    "threads": (_("Threads"), ("thread",)),
    "texts": (_("Translations and languages"), ("translation", "correction", "passage", "term")),
    "figures": (_("Figures"), ("figure", "question", "item")),
    "people": (_("Warnings and suspensions"), ("person",)),
    "appeals": (_("Appeals"), ("appeal",)),
    "roles": (_("Moderators and boards"), ("moderator", "staff", "board")),
    "site": (_("Rules and protection"), ("rules", "watch", "switch", "burst", "log")),
}
# Who acted, as what they are today.
ROLES = {
    "staff": _("staff"),
    "site": _("moderators of the site"),
    "board": _("moderators of boards"),
    "operator": _("the operator"),
}
APPEALS = {
    "any": _("appealed"),
    "open": _("appeal not decided yet"),
    "upheld": _("appeal upheld"),
    "rejected": _("appeal turned down"),
}
LANGUAGES = {"en": ("en",), "zh": ("zh-hans", "zh-hant"), "mixed": ("mixed",), "other": ("other",)}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; each part that is empty asks for nothing. `month` is its first day."""

    board: Board | None = None
    rule: str = ""
    act: str = ""
    role: str = ""
    month: date | None = None
    appeal: str = ""
    language: str = ""


def verbs_of(act: str) -> list[str]:
    begin = ACTS[act][1]
    return [verb for verb, told in VERBS.items() if told.public and verb.split(".")[0] in begin]


def chosen(events: QuerySet[Event], choice: Choice) -> QuerySet[Event]:
    """Of acts on a board those that moderators decided there, wherever their threads stand today."""
    if choice.rule:
        events = events.filter(reason=choice.rule)
    if choice.act:
        events = events.filter(verb__in=verbs_of(choice.act))
    if choice.month:
        first, end = month(choice.month)
        events = events.filter(created_at__gte=first, created_at__lt=end)
    if choice.role:
        events = events.filter(_acted_as(choice.role))
    if choice.board:
        there = Decision.objects.filter(board=choice.board).values("event")
        events = events.filter(Q(pk__in=there) | Q(scope=f"board.{choice.board.pk}"))
    if choice.language:
        events = events.filter(decision__language__in=LANGUAGES[choice.language])
    if choice.appeal:
        # Few of all: they are found first, and not looked for in each entry.
        events = events.filter(pk__in=_appealed(choice.appeal).values("decision__event"))
    return events


def month(first: date) -> tuple[datetime, datetime]:
    """When a month begins, and when the next one does."""
    after = (first + timedelta(days=31)).replace(day=1)
    begin, end = (
        datetime(day.year, day.month, 1, tzinfo=timezone.get_default_timezone())
        for day in (first, after)
    )
    return begin, end


def _acted_as(role: str) -> Q:
    if role == "operator":
        return Q(actor=None)
    staff = get_user_model().objects.filter(is_staff=True).values("pk")
    if role == "staff":
        return Q(actor__in=staff)
    site = Moderator.objects.filter(board=None).values("user")
    if role == "site":
        return Q(actor__in=site) & ~Q(actor__in=staff)
    boards = Moderator.objects.exclude(board=None).values("user")
    return Q(actor__in=boards) & ~Q(actor__in=site) & ~Q(actor__in=staff)


def _appealed(how: str) -> QuerySet[Appeal]:
    if how == "any":
        return Appeal.objects.all()
    if how == "open":
        return Appeal.objects.filter(decided_at=None)
    return Appeal.objects.filter(upheld=how == "upheld")


def readable(reader: Reader) -> QuerySet[Event]:
    """All but what happened in boards that are closed to the reader."""
    # Whoever may read all boards is asked for by an empty filter, which excludes nothing by itself.
    open_boards = Board.objects.filter(open_to(reader))
    shut = list(Board.objects.exclude(pk__in=open_boards).values_list("pk", flat=True))
    events = public_log()
    if not shut:
        return events
    # A number only where it is a thread's: PostgreSQL would refuse to read another scope as one.
    number = Cast(Substr("scope", len("thread.") + 1), BigIntegerField())
    of_thread = Case(
        When(scope__startswith="thread.", then=number), default=0, output_field=BigIntegerField()
    )
    closed = Thread.objects.filter(pk=OuterRef("of_thread"), board__in=shut)
    events = events.alias(of_thread=of_thread).exclude(Exists(closed))
    return events.exclude(scope__in=[f"board.{pk}" for pk in shut])
