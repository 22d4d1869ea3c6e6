from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Rule(models.Model):
    """A house rule, which is also the only kind of reason that a report or an act can have.

    `name` and `text` are by interface language: `{"en": ..., "zh-hans": ..., "zh-hant": ...}`.
    """

    class Severity(models.IntegerChoices):
        """How much harm each further reader comes to: what the desk looks at first."""

        LOW = 1
        MIDDLE = 2
        HIGH = 3

    code = models.CharField(max_length=30, primary_key=True)
    number = models.PositiveSmallIntegerField(unique=True)
    severity = models.PositiveSmallIntegerField(choices=Severity, default=Severity.MIDDLE)
    name = models.JSONField()
    text = models.JSONField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.code


class Known(models.Model):
    """A moderator looked at something of this person's that waited, and let it through: the next ones
    do not wait.

    A row of its own, for the picture may be gone by then.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user_id} is known"


class Edition(models.Model):
    """The house rules as they were from `since` on: `[{"code", "number", "name", "text"}, ...]`.

    What members read, and so without the severity, by which moderators order their work.
    """

    number = models.PositiveIntegerField(primary_key=True)
    since = models.DateTimeField(default=timezone.now)
    rules = models.JSONField()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Watch(models.Model):
    """A word, pattern or domain that is looked for in what members write, and what happens then.

    `language` is the family whose texts it is looked for in, "" for all. It counts from `active_at`
    until `removed_at`; before that it was only tried.
    """

    class Sort(models.TextChoices):
        WORD = "word"
        PATTERN = "pattern"
        DOMAIN = "domain"

    class Kind(models.TextChoices):
        FLAG = "flag"
        HOLD = "hold"
        REFUSE = "refuse"

    sort = models.CharField(max_length=7, choices=Sort)
    kind = models.CharField(max_length=6, choices=Kind)
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=2, blank=True)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sort", "text", "language"],
                condition=Q(removed_at=None),
                name="watch_once_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sort} {self.pk}"


class Switch(models.Model):
    """Something that is on for a time of attack: `hold_all` what members post, `sign_up_proof`."""

    HOLD_ALL, SIGN_UP_PROOF = NAMES = ("hold_all", "sign_up_proof")

    name = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.name
