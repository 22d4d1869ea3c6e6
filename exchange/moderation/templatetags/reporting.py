from typing import Any

from django import template

register = template.Library()


@register.filter
def reportable(thing: Any) -> str:
    """What the ledger calls a translation, a proposal of one, or a correction."""
    return f"{type(thing).__name__.lower()}.{thing.pk}"
