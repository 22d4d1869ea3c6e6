"""Whom a decision concerns objects to it, once; somebody else decides about that."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange.ledger.actions import record
from exchange.moderation.models import Appeal, Case, Decision

from .cases import SCOPE
from .frame import close, decided, note_of
from .undoing import undo


def appeal(*, by: Any, decision: Decision, words: str) -> Appeal | None:
    """None where they appealed against it before."""
    try:
        with transaction.atomic():
            made = Appeal.objects.create(decision=decision, by=by, words=note_of(words, by, SCOPE))
            record(
                "appeal.made",
                actor=by,
                scope=SCOPE,
                target=f"decision.{decision.pk}",
                appeal=made.pk,
                decision=decision.pk,
            )
    except IntegrityError:
        return None
    return made


def decide_appeal(*, moderator: Any, appeal: Appeal, upheld: bool, answer: str) -> Decision | None:
    """Take the decision back or let it stand. None where somebody else was quicker.

    What was taken back meanwhile, or is gone, is no reason against agreeing; where nothing came back
    and nothing had, the event says so: `nothing_left`. Where the moderator decides about an own
    decision, because there is nobody else, it says that, too: `alone`.
    """
    with transaction.atomic():
        now = timezone.now()
        mine = Appeal.objects.filter(pk=appeal.pk, decided_at=None)
        if not mine.update(decided_at=now, decided_by=moderator, upheld=upheld):
            return None
        answered = note_of(answer, moderator, SCOPE)
        Appeal.objects.filter(pk=appeal.pk).update(answer=answered)
        decision = Decision.objects.select_related("event", "person", "rule", "board").get(
            pk=appeal.decision_id
        )
        closed = list(decision.closed.values_list("pk", flat=True))
        past = False
        if upheld:
            back = undo(moderator=moderator, decision=decision, rule=decision.rule)
            past = back is None and not Decision.objects.filter(undoes=decision).exists()
        outcome = _outcome(moderator, decision, appeal, upheld, past=past)
        if upheld:
            # Their reports wait again, but somebody has just looked.
            close(Case.objects.filter(pk__in=closed), outcome, heeded=False)
        appeal.refresh_from_db()
    return outcome


def _outcome(
    moderator: Any, decision: Decision, appeal: Appeal, upheld: bool, *, past: bool
) -> Decision:
    """In the place of what it is about, so that the log shows one beside the other."""
    said: dict[str, Any] = {"appeal": appeal.pk, "decision": decision.pk}
    if decision.by_id == moderator.pk:
        said["alone"] = 1
    if past:
        said["nothing_left"] = 1
    outcome = decided(
        "appeal.upheld" if upheld else "appeal.rejected",
        by=moderator,
        scope=decision.event.scope,
        target=decision.event.target,
        rule=decision.rule,
        person=appeal.by,
        language=appeal.words.language,
        **said,
    )
    if decision.board_id:
        outcome.board_id = decision.board_id
        outcome.save(update_fields=["board"])
    return outcome
