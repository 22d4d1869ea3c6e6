from typing import Any

from django.db import models
from django.utils import timezone


def stamp(rows: models.QuerySet[Any], row: models.Model, field: str, *, on: bool) -> bool:
    """Set or clear a nullable stamp by a conditional update: of two at once, one does it."""
    value = timezone.now() if on else None
    changed = rows.filter(pk=row.pk, **{f"{field}__isnull": on}).update(**{field: value})
    if changed:
        setattr(row, field, value)
    return bool(changed)
