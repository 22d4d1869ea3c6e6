from django.conf import settings
from django.db import models
from django.utils import timezone

from exchange.ledger.models import Event


class Notification(models.Model):
    """Somebody is told of an event. What it says is made when it is read, in the language of the page."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    # Why this person: `audience.REASONS`.
    reason = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "event"], name="notification_once_each")
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_latest"),
            models.Index(
                fields=["person"],
                condition=models.Q(read_at=None),
                name="notification_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} hears of event {self.event_id}"


class Due(models.Model):
    """An event that is to be told of, not before `at`: what was taken back by then is never told.

    The row goes with the transaction that tells of it, so a process that dies leaves all or nothing.
    """

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="due_next")]

    def __str__(self) -> str:
        return f"event {self.event_id} at {self.at}"


class Letter(models.Model):
    """A mail about an event to somebody who cannot read the site. Sent once, tried until then.

    A worker claims it by moving `at` on, so that another one looks again only if that one died.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="letter_once_each")]
        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="letter_next",
            )
        ]

    def __str__(self) -> str:
        return f"letter to {self.person_id} about event {self.event_id}"
