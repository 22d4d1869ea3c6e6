from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .verbs import VERBS


class Event(models.Model):
    """One thing that happened. Never updated and never deleted: a database trigger says so.

    `scope` (`thread.42`) is at once the subscription of open pages, the key of catching up and the
    history of a thing; `target` (`post.7`) is what the act was done to. `data` holds ids and codes
    only, no text, name or address, so that deleting a person's words never has to reach in here.
    """

    verb = models.CharField(max_length=40)
    # Without a constraint: an event outlives its actor, who is then shown as "former member".
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    scope = models.CharField(max_length=60)
    target = models.CharField(max_length=60)
    reason = models.CharField(max_length=30, blank=True)
    data = models.JSONField(default=dict)
    public = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["scope", "id"], name="event_scope_id"),
            models.Index(fields=["target", "id"], name="event_target_id"),
            models.Index(fields=["id"], condition=Q(public=True), name="event_public_id"),
            # The public log is read by time: all of it, of some verbs, under one rule.
            models.Index(
                fields=["-created_at", "-id"], condition=Q(public=True), name="event_public_at"
            ),
            models.Index(
                fields=["verb", "-created_at", "-id"],
                condition=Q(public=True),
                name="event_public_verb",
            ),
            models.Index(
                fields=["reason", "-created_at", "-id"],
                condition=Q(public=True),
                name="event_public_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.target}"

    @property
    def label(self) -> Any:
        told = VERBS[self.verb]
        return told.for_now if self.for_now else told.label

    @property
    def for_now(self) -> bool:
        """Whether it was done only until somebody has looked: it decides nothing, and is told as that."""
        return bool(self.data.get("for_now"))

    @property
    def target_id(self) -> int:
        """0 for what is named by a word, as a switch is."""
        number = self.target.rpartition(".")[2]
        return int(number) if number.isdecimal() else 0


class Bucket(models.Model):
    """What somebody has used of a limit. `key` names nobody: it is a keyed hash of the act and of who
    did it. `full_at`, in microseconds since 1970, is when nothing of it is used any more and the row
    can go.
    """

    key = models.CharField(max_length=40, primary_key=True)
    full_at = models.BigIntegerField()

    def __str__(self) -> str:
        return self.key


class Bookmark(models.Model):
    """How far a consumer has read the ledger: the highest id of an event that it has handled."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"
