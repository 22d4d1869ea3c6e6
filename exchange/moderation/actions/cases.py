"""Reports become cases; a case is taken on, decided or left, and opened again."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.languages.models import Passage
from exchange.ledger.actions import record
from exchange.moderation import priority
from exchange.moderation.models import CLAIM_KEPT, Case, CaseNote, Decision, Flag, ReaderRequest
from exchange.moderation.targets import Target, find, find_many, of_post
from exchange.safety.limits import is_newcomer
from exchange.safety.models import Rule
from exchange.uploads.queries import waiting

from .frame import SCOPE, close, decided, lock_cases, note_of

# Whoever was wrong longer ago may have learned better.
KNOWN_FOR = timedelta(days=365)


class Read(NamedTuple):
    """Which words a moderator decided by: a target's, in this version."""

    name: str
    version: int


class Overtaken(Exception):
    """Somebody was quicker. `why` is `closed`, `claimed` or `edited`; `case` is as it is now, None where
    it was about no case."""

    def __init__(self, why: str, case: Case | None) -> None:
        super().__init__(why)
        self.why, self.case = why, case


def report(
    *, reporter: Any, target: Target, rule: Rule, note: str = "", language: str = "en"
) -> Flag:
    """A member's report. It joins the open case of the same thing, or opens one.

    A second one by the same person while the first is open gives the first. What moderators looked
    at under this rule and left, and what nobody changed since, is not theirs to look at again: such
    a report is closed at once.
    """
    try:
        with transaction.atomic():
            return _report(reporter, target, rule, note, language)
    except IntegrityError:  # another report of it, or this one's twin, opened the case this moment
        with transaction.atomic():
            return _report(reporter, target, rule, note, language)


def _report(reporter: Any, target: Target, rule: Rule, note: str, language: str) -> Flag:
    case = Case.objects.select_for_update().filter(target=target.name).order_by("-id").first()
    settled = case is not None and _is_settled(case, target, rule)
    if case is None or (case.closed_at and not settled):
        case = _open(target, Case.Kind.REPORTED, again=case)
    before = case.flags.filter(reporter=reporter)
    if twin := before.filter(Q(closed_at=None) | Q(rule=rule) if settled else Q(closed_at=None)):
        return twin.order_by("id")[0]
    flag = Flag.objects.create(
        case=case,
        reporter=reporter,
        rule=rule,
        note=note_of(note, reporter, target.post.thread.scope),
        language=language,
        closed_at=timezone.now() if settled else None,
        heeded=False if settled else None,
    )
    if not settled:
        _weigh(case, target)
    record(
        "flag.raised",
        actor=reporter,
        scope=SCOPE,
        target=target.name,
        reason=rule.code,
        flag=flag.pk,
        case=case.pk,
    )
    return flag


def _is_settled(case: Case, target: Target, rule: Rule) -> bool:
    if case.closed_at is None or case.version != target.version or not target.is_shown:
        return False
    last = case.decisions.order_by("-id").first()
    left = last is not None and last.verb == "case.dismissed"
    return left and case.flags.filter(rule=rule).exists()


def open_case(*, target: Target, kind: str) -> Case:
    """What the site itself wants looked at. The same again gives the open one, or the one in which it
    was looked at; but what waits is waited for again."""
    with transaction.atomic():
        cases = Case.objects.select_for_update().filter(target=target.name)
        before = cases.order_by("-id").first()
        same = before is not None and before.version == target.version
        if before and (before.closed_at is None or (same and not target.waits)):
            return before
        case = _open(target, kind, again=before if same else None)
        _weigh(case, target)
        if not same:
            _happened("case.opened", None, case)
    return case


def open_again(*, target: Target) -> Case:
    """The open case of it, whether or not somebody looked at the same words before."""
    with transaction.atomic():
        case = open_case(target=target, kind=Case.Kind.REVIEW)
        return _open(target, Case.Kind.REVIEW, again=case) if case.closed_at else case


def await_look(post: Post) -> None:
    """Whatever waits of a post has an open case, so that somebody is asked to look at it."""
    names = [f"picture.{upload.pk}" for upload in waiting().filter(passage=post.passage_id)]
    for target in [of_post(post), *find_many(names).values()]:
        if target.waits:
            open_case(target=target, kind=Case.Kind.HELD)


def _open(target: Target, kind: str, again: Case | None = None) -> Case:
    if again:
        again.kind, again.opened_at = kind, timezone.now()
        again.closed_at = again.closed_by = None
        again.save(update_fields=["kind", "opened_at", "closed_at", "closed_by"])
        record("case.reopened", actor=None, scope=SCOPE, target=target.name, case=again.pk)
        return again
    return Case.objects.create(
        target=target.name,
        kind=kind,
        post=target.post,
        board_id=target.post.thread.board_id,
        author=target.author,
        language=target.language,
        version=target.version,
    )


def _weigh(case: Case, target: Target) -> None:
    """Its place in the queue, by its open reports; and which words it is about now."""
    flags = list(case.flags.filter(closed_at=None).select_related("reporter", "rule"))
    worst = max(
        (flag.rule for flag in flags), key=lambda rule: (rule.severity, -rule.number), default=None
    )
    thread = target.post.thread
    case.rule, case.reports = worst, len(flags)
    case.language, case.version = target.language, target.version
    case.score = priority.score(
        severity=worst.severity if worst else 0,
        weights=_weights(flags),
        reach=priority.reach(replies=thread.reply_count, pinned=thread.pinned_at is not None),
        base={"held": priority.HELD, "review": priority.REVIEW}.get(case.kind, 0),
    )
    case.save(update_fields=["rule", "reports", "language", "version", "score"])


def _weights(flags: Iterable[Flag]) -> int:
    """What reports count together, by what became of each reporter's reports of the last year."""
    reporters = {flag.reporter_id: flag.reporter for flag in flags}
    now = timezone.now()
    known = (
        Flag.objects.filter(reporter__in=reporters, heeded__isnull=False)
        .filter(created_at__gte=now - KNOWN_FOR)
        .values_list("reporter")
        .annotate(right=Count("pk", filter=Q(heeded=True)), decided=Count("pk"))
    )
    records = {pk: (right, decided_ones) for pk, right, decided_ones in known}
    total = 0
    for pk, reporter in reporters.items():
        right, decided_ones = records.get(pk, (0, 0))
        newcomer = is_newcomer(reporter.date_joined, now)
        total += priority.weight(newcomer=newcomer, heeded=right, decided=decided_ones)
    return total


def route_anew(*, post: Post) -> None:
    """Open cases of a post and what stands under it are for those who read what it is written in now.
    Their versions stay: whoever read other words is asked again."""
    cases = list(Case.objects.filter(post=post, closed_at=None))
    targets = find_many(case.target for case in cases)
    for case in cases:
        target = targets.get(case.target)
        if target and target.language != case.language:
            Case.objects.filter(pk=case.pk, closed_at=None).update(language=target.language)


def claim(*, moderator: Any, case: Case) -> bool:
    """Take a case on, so that nobody else works on it. False where somebody else did, or decided it."""
    now = timezone.now()
    free = Q(claimed_by=None) | Q(claimed_by=moderator) | Q(claimed_at__lt=now - CLAIM_KEPT)
    with transaction.atomic():
        mine = Case.objects.filter(free, pk=case.pk, closed_at=None)
        if not mine.update(claimed_by=moderator, claimed_at=now):
            return False
        if case.claimed_by_id != moderator.pk:
            _happened("case.claimed", moderator, case)
        case.claimed_by, case.claimed_at = moderator, now
    return True


def unclaim(*, moderator: Any, case: Case) -> bool:
    with transaction.atomic():
        mine = Case.objects.filter(pk=case.pk, claimed_by=moderator)
        if not mine.update(claimed_by=None, claimed_at=None):
            return False
        _happened("case.unclaimed", moderator, case)
    case.claimed_by = case.claimed_at = None
    return True


def settle(
    *,
    moderator: Any,
    case: Case,
    version: int,
    act: Callable[[], Decision | None],
    along: QuerySet[Case] | None = None,
) -> Decision | None:
    """Decide a case by `act`, which does it and closes what it decides, with the cases `along`.

    Raises Overtaken where it was decided by somebody else, is claimed by them, or where the words
    are no longer those of `version`, which the moderator read; or where one `along` is claimed.
    None where `act` did nothing.
    """
    with transaction.atomic():
        hold(moderator=moderator, case=case, version=version)
        if along is not None:
            _hold_open(moderator, along)
        decision = act()
        if decision is not None:
            close(Case.objects.filter(pk=case.pk), decision, heeded=True)
    return decision


def settle_open(
    *,
    moderator: Any,
    cases: QuerySet[Case],
    act: Callable[[], Decision | None],
    read: Read | None = None,
) -> Decision | None:
    """What is done from a thing's own page, as `settle` does it with its case: `cases` are those of one
    post that `act` decides where they are open. Raises Overtaken where somebody else works on one, or
    where the words are no longer those that the moderator `read`."""
    with transaction.atomic():
        _hold_open(moderator, cases)
        target = find(read.name) if read else None
        if read and target and target.version != read.version:
            raise Overtaken("edited", None)
        return act()


def _hold_open(moderator: Any, cases: QuerySet[Case]) -> None:
    lock_cases(post__in=cases.values("post"))
    for case in cases.filter(closed_at=None).order_by("id"):
        if is_claimed_by_another(case, moderator):
            raise Overtaken("claimed", case)


def hold(*, moderator: Any, case: Case, version: int) -> Case:
    """The case as it is now, which nobody else can decide until the transaction ends. Raises Overtaken."""
    lock_cases(post=case.post_id)
    now = Case.objects.get(pk=case.pk)
    if now.closed_at:
        raise Overtaken("closed", now)
    if is_claimed_by_another(now, moderator):
        raise Overtaken("claimed", now)
    target = find(now.target)
    if target and target.version != version:
        raise Overtaken("edited", now)
    return now


def is_claimed_by_another(case: Case, moderator: Any) -> bool:
    return case.is_claimed and case.claimed_by_id != moderator.pk


def dismiss_case(
    *, moderator: Any, case: Case, rule: Rule | None = None, note: str = ""
) -> Decision | None:
    """There is nothing to do. None where the case was decided before."""
    with transaction.atomic():
        lock_cases(post=case.post_id)
        if not Case.objects.filter(pk=case.pk, closed_at=None).exists():
            return None
        decision = decided(
            "case.dismissed",
            by=moderator,
            scope=SCOPE,
            target=case.target,
            rule=rule or case.rule,
            note=note,
            person=case.author,
            thread=case.post.thread,
            language=case.language,
            case=case.pk,
            version=case.version,
        )
        close(Case.objects.filter(pk=case.pk), decision, heeded=False)
    return decision


def reopen(decision: Decision) -> None:
    """When a decision is taken back, all cases that it closed wait again, with the reports that were
    closed with them, and open desks count them."""
    found = list(decision.closed.exclude(closed_at=None).order_by("id"))
    there = find_many(case.target for case in found)
    opened = Case.objects.filter(target__in=there, closed_at=None)
    taken = set(opened.values_list("target", flat=True))
    again = [case for case in found if case.target in there and case.target not in taken]
    for case in again:
        flags = Flag.objects.filter(case=case, closed_at=case.closed_at)
        flags.update(closed_at=None, heeded=None)
        if decision.verb != "case.dismissed":  # taking that back is this event itself
            _happened("case.reopened", None, case)
    ids = [case.pk for case in again]
    Case.objects.filter(pk__in=ids).update(closed_at=None, closed_by=None)


def write_note(*, moderator: Any, case: Case, words: str) -> CaseNote:
    """For the other moderators. Nobody else ever sees it."""
    with transaction.atomic():
        note = CaseNote.objects.create(
            case=case, by=moderator, words=note_of(words, moderator, SCOPE)
        )
        _happened("case.noted", moderator, case, note=note.words_id)
    return note


def _happened(verb: str, by: Any, case: Case, **data: Any) -> None:
    record(verb, actor=by, scope=SCOPE, target=case.target, case=case.pk, **data)


def close_gone(*, post: Post) -> None:
    """After its author deleted a post: its cases are closed, and what was said of it is erased. Who
    reported it hears that it is `gone`."""
    with transaction.atomic():
        now = timezone.now()
        cases = Case.objects.filter(post=post)
        for case in cases.filter(closed_at=None):
            _happened("case.closed", None, case, gone=1)
        Flag.objects.filter(case__post=post, closed_at=None).update(closed_at=now, heeded=True)
        cases.filter(closed_at=None).update(closed_at=now, claimed_by=None, claimed_at=None)
        erase_said(post)


def erase_said(post: Post, *, also: Iterable[int] = ()) -> None:
    """What reporters, moderators and readers wrote of its words, which they may repeat; `also` are the
    ids of other texts that may."""
    said = Q(pk__in=Flag.objects.filter(case__post=post).values("note")) | Q(pk__in=set(also))
    for rows in (CaseNote.objects, ReaderRequest.objects):
        said |= Q(pk__in=rows.filter(case__post=post).values("words"))
    for passage in Passage.objects.filter(said).exclude(body=""):
        languages.erase(passage)
