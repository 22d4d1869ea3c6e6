"""What is said of an entry of the public log that was wrong. The entry itself always stays."""

from typing import Any

from django.db import transaction

from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.moderation.models import Annotation

from .frame import note_of


def annotate(*, moderator: Any, event: Event, words: str) -> Annotation | None:
    """None where this person said the same of it before, as who sends a form twice does."""
    with transaction.atomic():
        if Annotation.objects.filter(event=event, by=moderator, words__body=words).exists():
            return None
        remark = Annotation.objects.create(
            event=event, by=moderator, words=note_of(words, moderator, event.scope)
        )
        record(
            "log.annotated",
            actor=moderator,
            scope=event.scope,
            target=f"event.{event.pk}",
            annotation=remark.pk,
        )
    return remark
