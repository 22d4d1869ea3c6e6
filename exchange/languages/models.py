from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("mixed", "English + 中文"),
    ("other", "?"),
]
# What somebody reads: one of two, Chinese in either script.
FAMILIES = ("en", "zh")


def family(language: str) -> str:
    """`en` or `zh` of a text in one of them; "" of a mixed or unknown one."""
    return language[:2] if language[:2] in FAMILIES else ""


def readers_of_half(language: str, original: str) -> str:
    """The family that another half of a text is for: its own.

    One that mixes both languages, as many a Chinese half quotes the English of its post, is for who
    cannot read the original.
    """
    return family(language) or {"en": "zh", "zh": "en"}.get(family(original), "")


class Passage(models.Model):
    """Anything a member wrote: a post, a title, a moderator's note.

    `language` says what it is written in: detected or set by its author, by readers or a moderator,
    never taken from the page or the profile. `version` counts the author's edits of either half;
    `rendition` everything that changes how it is shown. `html` is kept rendered. `scope` is the
    ledger's scope that it belongs to (`thread.42`). `human_in` names the families that a person
    wrote it in, "en zh" or less. `within` is the text that it is shown as a part of, as a picture's
    caption is of its post: what changes the one makes the other be shown anew.
    """

    class Source(models.TextChoices):
        DETECTED = "detected"
        AUTHOR = "author"
        READERS = "readers"
        MODERATOR = "moderator"

    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    language_source = models.CharField(max_length=9, choices=Source)
    version = models.PositiveIntegerField(default=1)
    rendition = models.PositiveIntegerField(default=1)
    scope = models.CharField(max_length=60)
    used_translator = models.BooleanField(default=False)
    wants_correction = models.BooleanField(default=False)
    # Of its corrections those that stand, for the line under it that leads to them.
    correction_count = models.PositiveIntegerField(default=0)
    human_in = models.CharField(max_length=5, blank=True)
    # The last version of which a machine's translation was not good enough to be shown.
    refused_version = models.PositiveIntegerField(default=0)
    within = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(wants_correction=True), name="passage_wants_correction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.body[:40]}"

    @property
    def target(self) -> str:
        return f"passage.{self.pk}"


class Translation(models.Model):
    """Another half of a passage, the current one of its kind and language.

    `source_version` is the passage's version it was made from; an older one than the passage's is
    stale. `by` is the member whose words were accepted last, `engine` the machine's name.
    """

    class Kind(models.TextChoices):
        AUTHOR = "author"
        MEMBER = "member"
        MACHINE = "machine"

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=8, choices=LANGUAGES)
    body = models.TextField()
    html = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    source_version = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    engine = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "language", "kind"], name="translation_one_of_each_kind"
            ),
            # The author has one other half; which language it is in may be corrected.
            models.UniqueConstraint(
                fields=["passage"],
                condition=models.Q(kind="author"),
                name="translation_one_author_half",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}: {self.body[:40]}"

    @property
    def readers(self) -> str:
        """The family that it is for, "" where that cannot be told."""
        return family(self.language) or readers_of_half("", self.passage.language)


# The order of trust: people before machines.
BY_TRUST = Case(
    When(kind=Translation.Kind.AUTHOR, then=Value(1)),
    When(kind=Translation.Kind.MEMBER, then=Value(2)),
    default=Value(3),
)


class Revision(models.Model):
    """Both halves of a passage as its author left them at one version, the first one included."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    language = models.CharField(max_length=8)
    body_other = models.TextField(blank=True)
    language_other = models.CharField(max_length=8, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "version"], name="revision_one_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} v{self.version}"


class Proposal(models.Model):
    """A member's translation of a passage. Those that were accepted are the translation's history.

    `began_from` is the accepted body that it repairs, "" for a new one: what its diff is against.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"
        REMOVED = "removed"  # by a moderator, who may take that back

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="proposals")
    language = models.CharField(max_length=8, choices=LANGUAGES)
    body = models.TextField()
    began_from = models.TextField(blank=True)
    source_version = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    # What it was before a moderator removed it.
    removed_from = models.CharField(max_length=9, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            # Somebody has one proposal at a time, and goes on working on it.
            models.UniqueConstraint(
                fields=["passage", "language", "by"],
                condition=Q(state="open"),
                name="proposal_one_open_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.language}: {self.body[:40]}"

    @property
    def subject(self) -> str:
        """What members agree to: these very words, so that a change of them asks anew."""
        return f"proposal.{self.pk}"


class TranslationRequest(models.Model):
    """A reader's one tap: please translate this, somebody."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="requests")
    language = models.CharField(max_length=8, choices=LANGUAGES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "language", "by"], name="request_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} into {self.language}"


class TranslationJob(models.Model):
    """A machine's translation of one version of a passage: there is never a second one of it.

    A worker claims it by a conditional update; a claim that is too old is anybody's again. `spent`
    counts the characters that were sent. `reason` says why there is no good translation.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        DONE = "done"
        REFUSED = "refused"  # the engine answered, but not well enough to be shown
        FAILED = "failed"  # it never answered
        DROPPED = "dropped"  # nobody needs it any more

    OPEN = (State.WAITING, State.CLAIMED)

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="jobs")
    language = models.CharField(max_length=8, choices=LANGUAGES)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    engine = models.CharField(max_length=60, blank=True)
    spent = models.PositiveIntegerField(default=0)
    # Whose words they are: nobody's posts use up the budget of all.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "language", "version"], name="job_once_a_version"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "claimed"]), name="job_due"
            ),
            models.Index(fields=["ended_at"], name="job_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.passage_id} v{self.version} into {self.language}"


class Agreement(models.Model):
    """Somebody agrees with something that takes effect once enough people do.

    `subject` names it: `proposal.5` a member's translation, `language.7.2.en` that version 2 of
    passage 7 is English, `term.3` a wording of the glossary.
    """

    subject = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "by"], name="agreement_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} agrees with {self.subject}"


class Correction(models.Model):
    """A better way to say one sentence of a text whose author asked to be corrected.

    `place` is the sentence's index in version `source_version`, `original` what stood there.
    The difference is computed when it is shown. `reason` is a passage: it has a language of its own.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="corrections")
    source_version = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    original = models.TextField()
    corrected = models.TextField()
    reason = models.OneToOneField(
        Passage, null=True, on_delete=models.PROTECT, related_name="corrects"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    thanked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # By a moderator, who may take that back: its words are kept, `withdrawn_at` is set too.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "source_version", "place", "by"],
                condition=Q(withdrawn_at=None),
                name="correction_one_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} sentence {self.place}"


class CorrectionMute(models.Model):
    """`author` does not want corrections from `muted` any more."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "muted"], name="correction_mute_once")
        ]

    def __str__(self) -> str:
        return f"{self.author_id} mutes {self.muted_id}"


class Term(models.Model):
    """An entry of the glossary: agreed wording in both languages, and what it is in both.

    `en` and `zh` list the agreed wording first, then other forms. `note` explains it: a passage whose
    author half is in the other language. `key` names the site's own entries, `related` those that one
    should know as well.
    """

    class Kind(models.TextChoices):
        TERM = "term"
        CULTURE = "culture"

    key = models.SlugField(max_length=60, null=True, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TERM)
    en = models.JSONField(default=list)
    zh = models.JSONField(default=list)
    pinyin = models.CharField(max_length=120, blank=True)
    related = models.JSONField(default=list)
    note = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="term")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-agreed_at"], name="term_agreed")]

    def __str__(self) -> str:
        return f"{self.zh[:1]} {self.en[:1]}"

    @property
    def subject(self) -> str:
        return f"term.{self.pk}"


class SavedWord(models.Model):
    """A word that somebody keeps to learn, with the sentence it was met in if that may be read."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="words"
    )
    word = models.CharField(max_length=80)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    passage = models.ForeignKey(Passage, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "word"], name="saved_word_once")]

    def __str__(self) -> str:
        return f"{self.word} of {self.owner_id}"
