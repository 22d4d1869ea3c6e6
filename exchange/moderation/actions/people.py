"""What is done about persons: warnings, and sanctions for a time or for good."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from exchange.accounts.models import FOR_GOOD, User
from exchange.moderation.models import Case, Decision
from exchange.safety.models import Rule

from .frame import close, decided

# The same warning by two moderators, or by one who pressed twice, is one. So is a sanction that would
# end no more than this later than the one that is running.
SAME_WITHIN = timedelta(minutes=10)

STAMPS = {"person.silenced": "silenced_until", "person.suspended": "suspended_until"}
LIFTED = {
    "person.warned": "person.warning_lifted",
    "person.silenced": "person.silence_lifted",
    "person.suspended": "person.suspension_lifted",
}


def warn(
    *, moderator: Any, person: User, rule: Rule, note: str = "", case: Case | None = None
) -> Decision | None:
    """None where the person was warned for the same a moment ago, unless that decided another case."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        since = timezone.now() - SAME_WITHIN
        same = standing("person.warned", person).filter(rule=rule, made_at__gte=since)
        if same.exists() and not _is_for("person.warned", person, case):
            return None
        return _decided("person.warned", moderator, person, rule, note, case)


def silence(
    *,
    moderator: Any,
    person: User,
    until: datetime,
    rule: Rule,
    note: str = "",
    case: Case | None = None,
) -> Decision | None:
    """The person cannot post until then. None where they cannot for as long already, unless a case is
    decided by it, which is a decision of its own."""
    return _sanction("person.silenced", moderator, person, until, rule, note, case)


def suspend(
    *,
    moderator: Any,
    person: User,
    until: datetime,
    rule: Rule,
    note: str = "",
    case: Case | None = None,
) -> Decision | None:
    """The person cannot log in until then, FOR_GOOD for no end. Sessions end by the middleware, and the
    consumer takes them away."""
    return _sanction("person.suspended", moderator, person, until, rule, note, case)


def lift(*, moderator: Any, decision: Decision, rule: Rule, note: str = "") -> Decision | None:
    """Take a warning or a sanction back, as if it had not been: what another one that is still running
    says counts again. None where it was taken back before."""
    if decision.person is None:
        return None
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=decision.person.pk)
        if not standing(decision.verb, person).filter(pk=decision.pk).exists():
            return None
        data: dict[str, Any] = {}
        if stamp := STAMPS.get(decision.verb):
            others = standing(decision.verb, person).exclude(pk=decision.pk)
            data = _set(person, stamp, _latest(others))
        return _decided(
            LIFTED[decision.verb], moderator, person, rule, note, undoes=decision, **data
        )


def end(*, moderator: Any, person: User, verb: str, rule: Rule, note: str = "") -> Decision | None:
    """Lift the latest one of a kind. What no decision said, as by an import, is ended too."""
    last = standing(verb, person).order_by("-id").first()
    if last is not None:
        return lift(moderator=moderator, decision=last, rule=rule, note=note)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        stamp = STAMPS.get(verb)
        if stamp is None or not _runs(getattr(locked, stamp)):
            return None
        data = _set(locked, stamp, None)
        return _decided(LIFTED[verb], moderator, person, rule, note, **data)


def again(*, moderator: Any, decision: Decision, rule: Rule, note: str = "") -> Decision | None:
    """Take a lifting back. None where what was lifted would be over by now."""
    lifted = decision.undoes
    if decision.person is None or lifted is None:
        return None
    act: dict[str, Any] = {"moderator": moderator, "person": decision.person, "rule": rule}
    if lifted.verb == "person.warned":
        return warn(**act, note=note)
    until = until_of(lifted)
    if not _runs(until):
        return None
    return _sanction(lifted.verb, moderator, decision.person, until, rule, note, None)


def standing(verb: str, person: Any) -> Any:
    """Decisions of a kind about a person that nothing took back."""
    return Decision.objects.filter(verb=verb, person=person, undone_by=None)


def until_of(decision: Decision) -> datetime:
    """When a sanction ends by itself."""
    return datetime.fromtimestamp(decision.event.data["until"], UTC)


def _sanction(
    verb: str,
    moderator: Any,
    person: User,
    until: datetime,
    rule: Rule,
    note: str,
    case: Case | None,
) -> Decision | None:
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        running = getattr(locked, STAMPS[verb])
        covered = running is not None and until <= running + _slack(running)
        if until <= timezone.now() or (covered and not _is_for(verb, person, case)):
            return None
        ends = max(until, running or until)
        data = _set(locked, STAMPS[verb], ends)
        data["until"] = int(until.timestamp())
        setattr(person, STAMPS[verb], ends)
        return _decided(verb, moderator, person, rule, note, case, **data)


def _is_for(verb: str, person: User, case: Case | None) -> bool:
    """Whether there is an open case for which nothing of the kind was decided yet: that of what still
    waits stays open after a warning, and pressing twice gives one."""
    if case is None or not Case.objects.filter(pk=case.pk, closed_at=None).exists():
        return False
    return not standing(verb, person).filter(case=case).exists()


def _slack(running: datetime) -> timedelta:
    return timedelta() if running >= FOR_GOOD else SAME_WITHIN


def _set(person: User, stamp: str, until: datetime | None) -> dict[str, Any]:
    """Seconds since 1970 before and after, for the event; 0 for none."""
    before = getattr(person, stamp)
    User.objects.filter(pk=person.pk).update(**{stamp: until})
    setattr(person, stamp, until)
    return {"before": _seconds(before), "after": _seconds(until)}


def _latest(decisions: Any) -> datetime | None:
    """The latest end among sanctions that are still running."""
    found = [until_of(one) for one in decisions.select_related("event")]
    return max(filter(_runs, found), default=None)


def _runs(until: datetime | None) -> bool:
    return until is not None and until > timezone.now()


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _decided(
    verb: str,
    moderator: Any,
    person: User,
    rule: Rule,
    note: str,
    case: Case | None = None,
    **data: Any,
) -> Decision:
    name = f"user.{person.pk}"
    decision = decided(
        verb,
        by=moderator,
        scope=name,
        target=name,
        rule=rule,
        note=note,
        person=person,
        language=case.language if case else "",
        **data,
    )
    if case:
        decision.board_id = case.board_id
        decision.save(update_fields=["board"])
        close(Case.objects.filter(pk=case.pk), decision, heeded=True)
    return decision
