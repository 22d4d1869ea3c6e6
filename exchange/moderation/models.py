from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exchange.boards.models import Board, Post
from exchange.languages.models import LANGUAGES, Passage
from exchange.ledger.models import Event
from exchange.safety.models import Rule

# Long enough to read a long thread and write a note; after that the case is anybody's again.
CLAIM_KEPT = timedelta(minutes=15)


class Case(models.Model):
    """What moderators have to look at about one thing that a member wrote, until they decided.

    `target` names the thing as the ledger does (targets.py); `post` is the one that it is, or under
    which it stands. `language` and `version` are of its words as they were reported last. `score` is
    its place in the queue (priority.py). A claim that is older than CLAIM_KEPT is nobody's.
    """

    class Kind(models.TextChoices):
        REPORTED = "reported"
        HELD = "held"  # it is not shown to others before somebody looked at it
        REVIEW = "review"  # a newcomer's first: it is shown, and somebody should have a look

    target = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="cases")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=8, choices=LANGUAGES)
    version = models.PositiveIntegerField(default=1)
    # The most severe rule that it was reported under; None where nobody reported it.
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveIntegerField(default=0)
    reports = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True)
    # Hidden for now, until somebody who reads its language has looked at it.
    awaits_reader = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    # What it waits for again once that is taken back; None while it is open, or where no moderator
    # decided it.
    closed_by = models.ForeignKey(
        "Decision", null=True, on_delete=models.SET_NULL, related_name="closed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=Q(closed_at=None), name="case_one_open_each"
            )
        ]
        indexes = [
            models.Index(
                fields=["-score", "id"], condition=Q(closed_at=None), name="case_open_first"
            ),
            models.Index(
                fields=["board", "-score", "id"],
                condition=Q(closed_at=None),
                name="case_open_of_board",
            ),
            models.Index(fields=["target", "-id"], name="case_of_target"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk} about {self.target}"

    @property
    def is_claimed(self) -> bool:
        if self.claimed_by_id is None or self.claimed_at is None:
            return False
        return self.claimed_at >= timezone.now() - CLAIM_KEPT

    @property
    def about(self) -> str:
        """The kind of its target: `post`, `picture` ..."""
        return self.target.partition(".")[0]


class Flag(models.Model):
    """A member's report. All of one thing are one case's, and are closed with it.

    `language` is the interface's when it was sent: what the reporter is answered in.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="flags")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    note = models.OneToOneField(Passage, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, default="en")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    # Whether the moderators did something because of it; None while it is open.
    heeded = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"],
                condition=Q(closed_at=None),
                name="flag_one_open_each",
            )
        ]
        indexes = [models.Index(fields=["reporter", "-id"], name="flag_of_reporter")]

    def __str__(self) -> str:
        return f"flag {self.pk} of case {self.case_id}"


class Decision(models.Model):
    """One act of a moderator, with what the ledger's event of it cannot be asked for quickly.

    `person` is whom it concerns: who wrote the thing, or whose standing changed; None for acts on
    threads and the like. `undoes` is the decision that this one takes back.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="decision")
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="decisions")
    board = models.ForeignKey(Board, null=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="+")
    # Of the words that it was about, "" where it was about none.
    language = models.CharField(max_length=8, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.SET_NULL, related_name="undone_by"
    )

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="decision_about_person"),
            models.Index(fields=["made_at"], name="decision_made"),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.verb}"

    @property
    def is_past(self) -> bool:
        """An appeal against it was agreed with when there was nothing left to take back: what was done
        stays done, and counts no more. Asks for its appeal, and for what undid it."""
        appeal = getattr(self, "appeal", None)
        return bool(appeal and appeal.upheld) and not hasattr(self, "undone_by")

    @property
    def erased_at(self) -> datetime | None:
        """Since when a post is erased by law because of which it was made, or what it takes back was:
        what was said before may tell it again, whoever it was done to. Asks for their cases' posts."""
        cases = [one.case for one in (self, self.undoes) if one and one.case]
        return max(filter(None, (case.post.erased_at for case in cases)), default=None)

    @property
    def parts(self) -> models.QuerySet["Decision"]:
        """What was decided in one, each a decision of its own, the last first; none of most."""
        events = [int(event) for event in str(self.event.data.get("events", "")).split()]
        found = Decision.objects.filter(event__in=events)
        return found.select_related("event", "person").order_by("-id")


class Appeal(models.Model):
    """Whom a decision concerns objects to it, once, in their own language."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    upheld = models.BooleanField(null=True)
    answer = models.OneToOneField(Passage, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["made_at"], condition=Q(decided_at=None), name="appeal_undecided")
        ]

    def __str__(self) -> str:
        return f"appeal of decision {self.decision_id}"


class CaseNote(models.Model):
    """What a moderator tells the others about a case. Nobody else ever sees it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"note {self.pk} on case {self.case_id}"


class ReaderRequest(models.Model):
    """A member who reads a language is asked what a case's text says: a role for this case alone.
    `version` is that of the words that they answered about, 0 before that or where it is not known."""

    class Opinion(models.TextChoices):
        BREAKS = "breaks"
        FINE = "fine"
        UNSURE = "unsure"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readers")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    opinion = models.CharField(max_length=6, choices=Opinion, blank=True)
    words = models.OneToOneField(Passage, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "reader"], name="reader_once_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} reads for case {self.case_id}"


class Annotation(models.Model):
    """What is said of an entry of the public log that was wrong. Nothing is ever taken out of it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="annotations")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"annotation of event {self.event_id}"
