"""What people are told of decisions, and what they say against them, for `/styleguide/`."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from exchange.accounts.models import User
from exchange.languages.actions import Draft, preview
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation.models import Appeal, Decision
from exchange.moderation.notices import notice
from exchange.moderation.queries import Actor
from exchange.notifications import wording
from exchange.notifications.presenting import Line
from exchange.safety.models import Rule

RULE = Rule(
    code="spam",
    number=5,
    name={"en": "No advertising", "zh-hans": "不做广告", "zh-hant": "不做廣告"},
    text={
        "en": "Say what you know, not what you sell.",
        "zh-hans": "说你知道的，不说你卖的。",
        "zh-hant": "說你知道的，不說你賣的。",
    },
)


def made(language: str) -> dict[str, Any]:
    hours_ago = timezone.now() - timedelta(hours=4)
    told = notice("post.hidden", rule=RULE, language=language)
    outcome = wording.outcome("case.dismissed")
    mei, lin = User(pk=2, username="梅子"), User(pk=3, username="Lin")
    event = Event(verb="post.hidden", target="post.1", scope="thread.1", created_at=hours_ago)
    decision = Decision(
        pk=1, event=event, verb=event.verb, by=lin, person=mei, rule=RULE, made_at=hours_ago
    )
    vars(decision)["_state"].fields_cache["undone_by"] = Decision(pk=2, made_at=hours_ago)
    appeal = Appeal(
        pk=1,
        decision=decision,
        by=mei,
        words=_said("我没有做广告，只是说了我的房租。"),
        made_at=hours_ago,
        decided_at=hours_ago,
        upheld=True,
        answer=_said("You are right: it was no advertisement. We are sorry."),
    )
    return {
        "lines": [
            Line(2, told.title, told.body, "#", str(wording.SEE), hours_ago, True),
            Line(1, outcome.title, outcome.body, "#", str(wording.TO_POST), hours_ago, False),
        ],
        "decision": decision,
        "told": told,
        "by": Actor(lin, "site", True),
        "answered_by": Actor(None, "staff", False),
        "concerned": True,
        "note": _said("Please write without the address of your shop. 请不要写店铺地址。"),
        "appeal": appeal,
        "appeals": [appeal],
        "counts": {"all": 3, "zh": 2, "en": 1},
        "only": "all",
    }


def _said(words: str) -> Passage:
    passage, _half = preview(Draft(words))
    passage.pk = 1
    vars(passage)["_prefetched_objects_cache"] = {"translations": []}
    return passage
