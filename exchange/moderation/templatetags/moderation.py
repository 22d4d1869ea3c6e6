from typing import Any

from django import template

from exchange.boards.queries import roles
from exchange.moderation import rules as may
from exchange.moderation.models import Decision
from exchange.moderation.notices import is_told
from exchange.moderation.queries import decisions_about
from exchange.moderation.views import wording
from exchange.moderation.views.deciding import UNDO
from exchange.safety.queries import rules

register = template.Library()


@register.inclusion_tag("moderation/_act_dialog.html", takes_context=True)
def act_dialog(context: dict[str, Any]) -> dict[str, Any]:
    """The one dialog of a page, which asks for the reason of whatever act was chosen."""
    return {
        "rules": rules(),
        "user": context["request"].user,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def in_log(kind: str = "note") -> Any:
    """What of the act will stand in the public log, whose name or role included."""
    return wording.in_log(kind)


@register.filter
def moderates_something(user: Any) -> bool:
    return roles(user).any


# Decisions about somebody that a record shows at once.
MOST_RECORDED = 30


@register.inclusion_tag("moderation/_person_links.html", takes_context=True)
def moderation_links(context: dict[str, Any], person: Any) -> dict[str, Any]:
    """What a moderator can do about somebody; nothing for others."""
    reader = context["request"].user
    mine = roles(reader)
    judges = mine.any and may.can_judge(reader, person) is None
    return {
        "person": person,
        "warns": judges and may.can_warn(reader, person) is None,
        "sanctions": judges and mine.site,
        "records": mine.any,
        "appoints": bool(getattr(reader, "is_staff", False)) or (mine.any and reader == person),
    }


@register.inclusion_tag("moderation/_record.html", takes_context=True)
def record_of(context: dict[str, Any], person: Any) -> dict[str, Any]:
    """What was decided about somebody, the latest first, for moderators; nothing for others."""
    found: list[Decision] = []
    reader = context["request"].user
    records = roles(reader).any
    if records:
        about = decisions_about(person, reader)
        found = [one for one in about[:MOST_RECORDED] if is_told(one.verb)]
    return {"person": person, "records": records, "decisions": found}


@register.filter
def undoes(message: Any) -> str:
    """The id of the decision that a message lets one take back; "" for none."""
    _before, mark, decision = (message.extra_tags or "").partition(UNDO)
    return decision if mark and decision.isdecimal() else ""
