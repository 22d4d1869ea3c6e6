from typing import Any

from django.db import transaction

from exchange.ledger.actions import record

from .models import User


def prefer(*, person: User, **preferences: Any) -> User:
    """Keep how pages look to a person, and what they read and learn. Only named fields change."""
    for name, value in preferences.items():
        setattr(person, name, value)
    with transaction.atomic():
        person.save(update_fields=list(preferences))
        record(
            "settings.changed", actor=person, scope=f"user.{person.pk}", target=f"user.{person.pk}"
        )
    return person
