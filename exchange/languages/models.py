from django.conf import settings
from django.db import models

LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("mixed", "English + 中文"),
    ("other", "?"),
]


class Passage(models.Model):
    """Anything a member wrote: a post, a title, a moderator's note.

    `language` says what it is written in: detected or set by its author, never taken from the page
    or the profile. `version` counts the author's edits of either half; `html` is kept rendered.
    `scope` is the ledger's scope that it belongs to (`thread.42`).
    """

    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    language_source = models.CharField(
        max_length=8, choices=[("detected", "detected"), ("author", "author")]
    )
    version = models.PositiveIntegerField(default=1)
    scope = models.CharField(max_length=60)
    used_translator = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.language}: {self.body[:40]}"


class Translation(models.Model):
    """Another half of a passage. `source_version` is the passage's version it was made from."""

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
