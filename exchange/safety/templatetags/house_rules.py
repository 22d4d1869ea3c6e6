from typing import Any

from django import template

from exchange.safety.queries import edition_now, rules

register = template.Library()


@register.inclusion_tag("safety/_to_keep.html")
def rules_to_keep() -> dict[str, Any]:
    """For who signs up: all rules, and which edition of them was shown."""
    return {"rules": rules(), "edition": edition_now()}
