"""An entry of the public log for each public verb, as those record it who do such things."""

from datetime import UTC, datetime
from typing import Any

from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.ledger.verbs import VERBS
from exchange.moderation.actions.frame import decided

PUBLIC = [verb for verb, told in VERBS.items() if told.public]
UNTIL = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
# What nobody decides about somebody: these have no row of a decision.
PLAIN = (
    *("passage", "term", "question", "item", "rules", "watch", "switch", "board", "moderator"),
    *("staff", "log"),
)
WORDS = {"switch": "hold_all", "rules": "1", "watch": "1"}


def make(verb: str, *, world: dict[str, Any], note: str | None = None) -> Event:
    """`world` has the things: thread, other, post, person, by, rule, item, figure, decision."""
    kind = verb.partition(".")[0]
    thread, by, rule = world["thread"], world["by"], world["rule"]
    target = {
        "thread": thread.scope,
        "passage": f"passage.{world['post'].passage_id}",
        "person": f"user.{world['person'].pk}",
        "moderator": f"user.{world['person'].pk}",
        "staff": f"user.{world['person'].pk}",
        "board": f"board.{thread.board_id}",
        "appeal": f"decision.{world['decision'].pk}",
        "log": f"event.{world['decision'].event_id}",
        "item": f"item.{world['item'].pk}",
        "figure": f"figure.{world['figure'].pk}",
        "translation": f"translation.{world['translation'].pk}",
        "correction": f"correction.{world['correction'].pk}",
        **{key: f"{key}.{word}" for key, word in WORDS.items()},
    }.get(kind, world["post"].target)
    data: dict[str, Any] = {}
    if verb in ("person.silenced", "person.suspended"):
        data["until"] = int(UNTIL.timestamp())
    if verb in ("thread.split", "thread.merged", "thread.parted"):
        data["into"] = world["other"].pk
    if verb == "thread.moved":
        data |= {"from": thread.board_id, "to": thread.board_id}
    if verb == "passage.language_named":
        data |= {"was": "en", "language": "mixed"}
    if kind in PLAIN:
        reason = rule.code if kind == "question" else ""
        scope = _scope(kind, world)
        return record(verb, actor=by, scope=scope, target=target, reason=reason, **data)
    return decided(
        verb,
        by=by,
        scope=_scope(kind, world),
        target=target,
        rule=rule,
        note=note or f"Said of {verb}. 说明。",
        person=world["person"],
        thread=thread if kind not in ("person", "burst") else None,
        language="en",
        **data,
    ).event


def _scope(kind: str, world: dict[str, Any]) -> str:
    own = {"person": "user", "moderator": "user", "staff": "user"}
    if kind in own:
        return f"user.{world['person'].pk}"
    if kind == "board":
        return f"board.{world['thread'].board_id}"
    if kind in ("rules", "watch", "switch", "item", "burst"):
        return kind
    return world["thread"].scope
