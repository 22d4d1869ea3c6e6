from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from exchange.boards.queries import roles
from exchange.moderation import links, queries
from exchange.moderation.notices import notice
from exchange.moderation.rules import can_appeal

register = template.Library()


@register.inclusion_tag("moderation/_appeals_waiting.html", takes_context=True)
def appeals_waiting(context: dict[str, Any]) -> dict[str, Any]:
    """How many appeals wait, for those who decide them: one query."""
    decides = roles(context["request"].user).site
    return {"decides": decides, "waiting": queries.appeals_by_language()["all"] if decides else 0}


@register.inclusion_tag("moderation/_suspended.html")
def suspended(person: Any) -> dict[str, Any]:
    """Why somebody cannot log in. Only for who has just given this person's password."""
    decision = queries.suspension_of(person)
    if decision is None:
        return {}
    return {
        "decision": decision,
        "told": notice(
            decision.verb,
            rule=decision.rule,
            language=get_language() or "en",
            until=queries.until(decision),
            appealable=can_appeal(decision, timezone.now()) is None,
        ),
        "address": links.page(decision.pk, links.key(person.pk, decision.pk)),
    }


@register.simple_tag
def decision_address(decision_id: int, key: str) -> str:
    return links.page(decision_id, key)


@register.simple_tag
def appeal_address(decision_id: int, key: str) -> str:
    return links.with_key(reverse("appeal", args=[decision_id]), key)
