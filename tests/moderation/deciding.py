"""What every decision leaves behind, asked in one place."""

from typing import Any

from exchange.ledger.models import Event
from exchange.moderation import actions
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import find


def reported(reporter: Any, target: str, rule: Any) -> Case:
    found = find(target)
    assert found is not None
    case: Case = actions.report(reporter=reporter, target=found, rule=rule).case
    return case


def expect_public(
    decision: Decision | None, verb: str, by: Any, person: Any, reason: str = "spam"
) -> Event:
    """One public event with its reason and no word in it, and the row that tells of it."""
    assert decision is not None
    event: Event = Event.objects.get(pk=decision.event_id)
    assert (event.verb, event.public, event.actor_id, event.reason) == (verb, True, by.pk, reason)
    assert all(
        type(value) is int or value.replace(" ", "").isalnum() for value in event.data.values()
    )
    assert (decision.verb, decision.by, decision.person) == (verb, by, person)
    assert decision.rule_id == reason
    return event


def expect_closed(case: Case, decision: Decision | None) -> None:
    case.refresh_from_db()
    assert case.closed_at is not None
    assert decision is not None and decision.case_id == case.pk
    assert list(case.flags.values_list("heeded", flat=True)) == [True]


def undone(by: Any, decision: Decision | None) -> Decision:
    """Takes it back, once."""
    assert decision is not None
    back = actions.undo(moderator=by, decision=decision)
    assert back is not None and back.undoes_id == decision.pk
    assert actions.undo(moderator=by, decision=decision) is None
    return back
