"""What moderators did in the last year, in numbers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from exchange.ledger.verbs import VERBS
from exchange.moderation.counting import Cell, grouped, in_order, median, share
from exchange.moderation.models import Appeal, Decision, Flag

from .log_filters import month as bounds

MONTHS = 12
KEPT = 3600  # seconds; nobody needs these numbers by the minute
KEY = "moderation.transparency"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of the last MONTHS months, this one included. Shares are in per cent, None of too few; `hours` is
    the median from the first report to the decision. Months are keyed `2026-11`, oldest first."""

    since: date
    made_at: datetime
    decisions: list[Cell]
    reports: list[Cell]
    rules: list[Cell]
    languages: list[Cell]
    acts: list[Cell]
    hours: float | None
    appealed: int | None
    upheld: int | None
    heeded: int | None
    taken_back: int | None


def numbers() -> Numbers:
    """In a fixed number of queries, at most once an hour."""
    found: Numbers | None = cache.get(KEY)
    if found is None:
        found = _counted(timezone.now())
        cache.set(KEY, found, KEPT)
    return found


def _counted(now: datetime) -> Numbers:
    months = _months(now.date())
    begin, _end = bounds(months[0])
    public = [verb for verb, told in VERBS.items() if told.public]
    made = Decision.objects.filter(made_at__gte=begin)
    decided = list(
        made.filter(verb__in=public)
        .annotate(month=TruncMonth("made_at"))
        .values_list("month", "verb", "rule", "language")
        .annotate(
            many=Count("pk"),
            back=Count("pk", filter=Q(undone_by__isnull=False)),
            appeals=Count("pk", filter=Q(appeal__isnull=False)),
        )
        .order_by()
    )
    per: dict[str, Counter[str]] = {key: Counter() for key in ("month", "verb", "rule", "language")}
    many = back = appeals = 0
    for month, verb, rule, language, count, undone, appealed in decided:
        keys = {"month": f"{month:%Y-%m}", "verb": verb, "rule": rule, "language": language}
        for name, key in keys.items():
            if key:
                per[name][key] += count
        many, back, appeals = many + count, back + undone, appeals + appealed
    reports, closed, heeded = _reports(begin)
    answered, upheld = _appeals(begin)
    keys_of_months = [f"{month:%Y-%m}" for month in months]
    return Numbers(
        since=months[0],
        made_at=now,
        decisions=in_order([(key, per["month"][key]) for key in keys_of_months]),
        reports=in_order([(key, reports[key]) for key in keys_of_months]),
        rules=grouped(per["rule"]),
        languages=grouped(per["language"]),
        acts=grouped(per["verb"]),
        hours=_hours(begin),
        appealed=share(appeals, many),
        upheld=share(upheld, answered),
        heeded=share(heeded, closed),
        taken_back=share(back, many),
    )


def _months(today: date) -> list[date]:
    year, month = today.year, today.month
    found = []
    for _each in range(MONTHS):
        found.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found[::-1]


def _reports(begin: datetime) -> tuple[Counter[str], int, int]:
    """How many in each month; how many of all were decided, and after how many something was done."""
    rows = (
        Flag.objects.filter(created_at__gte=begin)
        .annotate(month=TruncMonth("created_at"))
        .values_list("month")
        .annotate(
            many=Count("pk"),
            closed=Count("pk", filter=Q(heeded__isnull=False)),
            heeded=Count("pk", filter=Q(heeded=True)),
        )
        .order_by()
    )
    per: Counter[str] = Counter()
    closed = heeded = 0
    for month, many, decided, good in rows:
        per[f"{month:%Y-%m}"] += many
        closed, heeded = closed + decided, heeded + good
    return per, closed, heeded


def _appeals(begin: datetime) -> tuple[int, int]:
    found = Appeal.objects.filter(made_at__gte=begin, decided_at__isnull=False)
    counted = found.aggregate(many=Count("pk"), upheld=Count("pk", filter=Q(upheld=True)))
    return counted["many"], counted["upheld"]


def _hours(begin: datetime) -> float | None:
    """A case that was opened again counts from then on, and its decisions before that no more."""
    rows = Decision.objects.filter(made_at__gte=begin, case__isnull=False, undoes=None)
    times = rows.values_list("case__opened_at", "made_at").iterator(chunk_size=2000)
    return median((made - opened) / HOUR for opened, made in times if made >= opened)
