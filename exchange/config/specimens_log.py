"""The parts of the public log, of its numbers and of the house rules that `/styleguide/` shows. Invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from exchange.languages.actions import Draft, preview
from exchange.ledger.models import Event
from exchange.moderation import presenting
from exchange.moderation.counting import grouped, in_order
from exchange.moderation.forms import LogForm
from exchange.moderation.models import Annotation, Appeal, Decision
from exchange.moderation.queries import Entry, Numbers
from exchange.safety.editions import beside
from exchange.safety.models import Rule

DECISIONS = (3, 0, 4, 9, 5, 6, 12, 8, 1, 14, 11, 7)
REPORTS = (5, 1, 6, 14, 7, 9, 20, 12, 2, 21, 15, 10)


def made(rule: Rule, by: Any, entry: Entry) -> dict[str, Any]:
    """`entry` is an act, which is told here with all that can be said of it later."""
    now = timezone.now()
    texts = {"code": rule.code, "number": rule.number, "name": rule.name, "text": rule.text}
    before = texts | {"text": {key: text[:-8] + text[-1] for key, text in rule.text.items()}}
    return {
        "entry": Entry(
            entry.event,
            by,
            entry.subject,
            entry.thread,
            None,
            rule,
            entry.note,
            decision=Decision(pk=1, undoes=Decision(pk=2, event_id=1)),
            appeal=Appeal(decided_at=now, upheld=True),
            annotations=[
                Annotation(by=by, words=preview(Draft("当时锁错了。"))[0], created_at=now)
            ],
            taken_back_by=1,
        ),
        "silenced": _silenced(by, rule),
        "form": LogForm({"rule": "no such rule"}, reader=by, since=now.date()),
        "edition_rules": beside([texts], [before], "en"),
        "house_rules": [rule],
        **presenting.in_numbers(_numbers()),
    }


def _silenced(by: Any, rule: Rule) -> Entry:
    until = int((timezone.now() + timedelta(days=2)).timestamp())
    event = Event(
        pk=2,
        verb="person.silenced",
        actor_id=1,
        scope="user.1",
        target="user.1",
        data={"until": until},
        created_at=timezone.now(),
    )
    return Entry(event, None, by, None, None, rule, None, role="site")


def _numbers() -> Numbers:
    now = timezone.now()
    keys = [f"2026-{month:02}" for month in range(1, 13)]
    return Numbers(
        since=now.date(),
        made_at=now,
        decisions=in_order(list(zip(keys, DECISIONS, strict=True))),
        reports=in_order(list(zip(keys, REPORTS, strict=True))),
        rules=grouped({"spam": 31, "harassment": 12, "off-topic": 8, "hate": 2}),
        languages=grouped({"zh-hans": 28, "en": 19, "mixed": 4}),
        acts=grouped({"post.hidden": 33, "thread.locked": 9, "thread.moved": 6}),
        hours=3.4,
        appealed=8,
        upheld=None,
        heeded=61,
        taken_back=5,
    )
