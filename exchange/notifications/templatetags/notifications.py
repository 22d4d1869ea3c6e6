from typing import Any

from django import template

from exchange.notifications import queries

register = template.Library()


@register.filter
def unread_notices(user: Any) -> str:
    """How many notices somebody has not read, "99+" for more; "" for none."""
    return queries.shown_count(queries.unread(user))
