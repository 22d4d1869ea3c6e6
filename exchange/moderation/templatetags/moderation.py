from typing import Any

from django import template

from exchange.boards.queries import roles
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


@register.filter
def moderates_something(user: Any) -> bool:
    return roles(user).any
