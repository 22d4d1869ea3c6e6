"""What waits for moderators, in which order, and who of them sees what first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import CharField, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from exchange.boards.models import Board, Moderator
from exchange.boards.queries import roles
from exchange.boards.rules import Reader
from exchange.figures.labels import TOKEN
from exchange.figures.models import Entry
from exchange.languages.models import (
    FAMILIES,
    Correction,
    Passage,
    Proposal,
    Translation,
    family,
)
from exchange.languages.queries import best
from exchange.languages.render import plain
from exchange.languages.text import excerpt
from exchange.moderation.models import CLAIM_KEPT, Case
from exchange.safety.queries import rule
from exchange.uploads.models import Upload

CASES_PER_PAGE = 30
# Beyond so many the desk says "1,000+": counting more takes longer than it tells.
MOST_COUNTED = 1_000
# Letters of a text on its line of the queue.
EXCERPT = 220
MOST_PARSED = 3_000  # more is not needed for it, and would take longer

AGES = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
LANGUAGES = {"zh": ("zh-hans", "zh-hant"), "en": ("en",), "mixed": ("mixed",), "other": ("other",)}
ALL = "all"
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")

# Boards, and who is on duty, as the desk knows them; a change is seen after so many seconds.
KEPT, KEY = 60, "moderation.desk"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a moderator narrows the queue to; "" for everything. `language` "" is what they are asked to
    look at: what they read, and what nobody on duty reads; "all" is every language."""

    language: str = ""
    board: str = ""
    rule: str = ""
    kind: str = ""
    age: str = ""
    mine: str = ""
    reader: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> Self:
        """What is known of an address's parameters."""
        known = {
            "language": sent.get("language") in (ALL, *LANGUAGES),
            # As an address has it: what was encoded twice may hold what no database takes.
            "board": bool(SLUG.fullmatch(sent.get("board", ""))),
            "rule": rule(sent.get("rule", "")) is not None,
            "kind": sent.get("kind") in Case.Kind.values,
            "age": sent.get("age") in AGES,
            "mine": bool(sent.get("mine")),
            "reader": bool(sent.get("reader")),
        }
        return cls(**{name: sent[name] for name, is_known in known.items() if is_known})

    @property
    def query(self) -> str:
        """As an address has it; "" for none."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def narrows(self) -> bool:
        return bool(self.query)


@dataclass(frozen=True, slots=True)
class Duty:
    """`boards` are all of the site in their order, `families` those that somebody on duty reads."""

    boards: list[Board]
    families: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A case on its line: its words as its reader gets them. `half` says who made those, "" for the
    original ones; then `original` are those. `holder` works on it now, None for nobody."""

    case: Case
    words: str
    language: str
    half: str
    original: str
    original_language: str
    holder: Any
    is_mine: bool


def open_cases(moderator: Reader) -> QuerySet[Case]:
    """What waits on the boards that somebody moderates, the most urgent first."""
    cases = Case.objects.filter(closed_at=None)
    mine = roles(moderator)
    if not mine.site:
        cases = cases.filter(board__in=mine.boards)
    return cases.order_by("-score", "id")


def case_of(moderator: Reader, case_id: int) -> Case | None:
    """One that is theirs to look at, open or closed."""
    found = Case.objects.filter(pk=case_id).select_related(
        *("board", "rule", "author", "claimed_by"),
        *("post__passage", "post__author", "post__thread__board", "post__thread__title"),
    )
    case = found.first()
    return case if case and roles(moderator).moderates(case.board_id) else None


def queue(moderator: Reader, filters: Filters) -> QuerySet[Case]:
    found = open_cases(moderator)
    if languages := _languages(moderator, filters.language):
        found = found.filter(language__in=languages)
    if filters.board:
        found = found.filter(board__slug=filters.board)
    if filters.rule:
        found = found.filter(rule=filters.rule)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.age:
        found = found.filter(opened_at__lte=timezone.now() - AGES[filters.age])
    if filters.mine:
        found = found.filter(claimed_by=moderator, claimed_at__gte=timezone.now() - CLAIM_KEPT)
    if filters.reader:
        found = found.filter(awaits_reader=True)
    return found


def after(cases: QuerySet[Case], score: int, case_id: int) -> QuerySet[Case]:
    """Those that stand behind a place in the queue."""
    return cases.filter(Q(score__lt=score) | Q(score=score, id__gt=case_id))


def next_case(moderator: Reader, case: Case, filters: Filters) -> int | None:
    """The id of the one to look at after this one, which nobody else is working on."""
    free = (
        Q(claimed_by=None) | Q(claimed_by=moderator) | Q(claimed_at__lt=timezone.now() - CLAIM_KEPT)
    )
    behind = after(queue(moderator, filters).filter(free), case.score, case.pk)
    return behind.values_list("pk", flat=True).first()


def counted(cases: QuerySet[Case]) -> int:
    """How many there are; MOST_COUNTED + 1 for any more."""
    return cases.order_by()[: MOST_COUNTED + 1].count()


def elsewhere(moderator: Reader, filters: Filters) -> int:
    """How many others the same filters find in languages that this moderator was not asked to read."""
    left_out = _languages(moderator, filters.language)
    if filters.language or not left_out:
        return 0
    everywhere = queue(moderator, Filters(**(asdict(filters) | {"language": ALL})))
    return counted(everywhere.exclude(language__in=left_out))


def duty() -> Duty:
    found: Duty | None = cache.get(KEY)
    if found is None:
        found = Duty(list(Board.objects.all()), frozenset(_families_on_duty()))
        cache.set(KEY, found, KEPT)
    return found


def boards_of(moderator: Reader) -> list[Board]:
    mine = roles(moderator)
    return [board for board in duty().boards if mine.moderates(board.pk)]


def on_duty(board_id: int | None, language: str) -> list[Any]:
    """The moderators of a board or the site who look in at this hour and read a language."""
    place = Q(board=None) | Q(board=board_id)
    return [
        one.user
        for one in _moderators().filter(place).order_by("user__username")
        if _is_on_duty(one) and family(language) in _read_by(one)
    ]


def rows(moderator: Reader, cases: Iterable[Case], language: str) -> list[Row]:
    """Cases as lines of the desk, in three queries: the words in a page's `language` where there are any."""
    found = list(cases)
    others = _words_of_others([case.target for case in found])
    return [_row(moderator, case, others, language) for case in found]


def beginning(body: str, limit: int) -> str:
    """The first words of a text without its marks, its own ones where it begins with a quotation."""
    lines = body[:MOST_PARSED].splitlines()
    own = "\n".join(line for line in lines if not line.lstrip().startswith(">"))
    words = plain(TOKEN.sub("", own)) or body[:MOST_PARSED]
    return excerpt(" ".join(words.split()), limit)


def as_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With all that `rows` needs of a post."""
    halves = Translation.objects.order_by("id")
    return cases.select_related(
        *("board", "rule", "author", "claimed_by"), *("post__passage", "post__thread")
    ).prefetch_related(Prefetch("post__passage__translations", halves))


def _row(
    moderator: Reader, case: Case, others: Mapping[str, tuple[str, str]], language: str
) -> Row:
    passage: Passage = case.post.passage
    holder = case.claimed_by if case.is_claimed else None
    half = None
    if case.target in others:
        words, written_in = others[case.target]
        words = words or passage.body
    else:
        words, written_in = passage.body, passage.language
        if family(written_in) != family(language):
            half = best(passage.translations.all(), family(language))
    return Row(
        case=case,
        words=beginning(half.body if half else words, EXCERPT),
        language=half.language if half else written_in,
        half=half.kind if half else "",
        original=beginning(words, EXCERPT) if half else "",
        original_language=written_in,
        holder=holder,
        is_mine=holder is not None and holder.pk == moderator.pk,
    )


def _words_of_others(targets: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Of what is no post: its words and their language, in one query."""
    ids: dict[str, list[int]] = {}
    for target in targets:
        kind, _, number = target.partition(".")
        ids.setdefault(kind, []).append(int(number))
    found = [_named(kind, ids[kind]) for kind in WORDS if kind in ids]
    if not found:
        return {}
    said = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    return {f"{kind}.{pk}": (words or "", language or "") for kind, pk, words, language in said}


def _named(kind: str, ids: list[int]) -> QuerySet[Any, Any]:
    model, words, language = WORDS[kind]
    return (
        model.objects.order_by()
        .filter(pk__in=ids)
        .values_list(Value(kind, CharField()), "pk", words, language)
    )


_AMOUNT = Concat(
    Cast("amount", CharField()),
    Value(" "),
    "currency",
    Value(" · "),
    "city_name",
    output_field=CharField(),
)
# What is no post: its model, and its words with their language.
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "picture": (Upload, F("caption__body"), F("caption__language")),
    "translation": (Translation, F("body"), F("language")),
    "proposal": (Proposal, F("body"), F("language")),
    "correction": (Correction, F("corrected"), F("passage__language")),
    "figure": (Entry, _AMOUNT, F("passage__language")),
}


def _languages(moderator: Reader, asked: str) -> tuple[str, ...]:
    """The languages of the queue; () for all."""
    if asked == ALL:
        return ()
    if asked:
        return LANGUAGES[asked]
    theirs = {family(code) for code in moderator.reads} | set(FAMILIES) - duty().families
    if theirs.issuperset(FAMILIES):
        return ()
    return tuple(
        code
        for name in (*sorted(theirs & set(FAMILIES)), "mixed", "other")
        for code in LANGUAGES[name]
    )


def _families_on_duty() -> set[str]:
    return {name for one in _moderators() if _is_on_duty(one) for name in _read_by(one)}


def _moderators() -> QuerySet[Moderator]:
    """Those who could look at something today."""
    free = Q(user__suspended_until=None) | Q(user__suspended_until__lt=timezone.now())
    return Moderator.objects.filter(free, user__is_active=True).select_related("user")


def _is_on_duty(one: Moderator) -> bool:
    hour, begin, end = timezone.now().hour, one.duty_from, one.duty_until
    if begin == end:
        return True
    return begin <= hour < end if begin < end else hour >= begin or hour < end


def _read_by(one: Moderator) -> set[str]:
    return {family(code) for code in (*one.user.reads, *one.reads)}
