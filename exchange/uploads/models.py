from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exchange.languages.models import Passage

MOST_UPLOADS = 4  # on one text


class StoredFile(models.Model):
    """A file in the storage, named by what it holds: equal files are kept once.

    `due_at` is when it may be taken away if nothing uses it by then, None while something does. The
    row is written before the file and deleted after it, so that no file is ever left without a row.
    `whole` says that the file was written to its end.
    """

    key = models.CharField(max_length=80, primary_key=True)
    size = models.PositiveIntegerField()  # bytes
    whole = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=~Q(due_at=None), name="stored_file_due")
        ]

    def __str__(self) -> str:
        return self.key


class Upload(models.Model):
    """A picture, an animation or a paper (PDF) that somebody uploaded, made safe.

    `name` stands in its addresses and cannot be guessed; who knows it may look, so it changes when
    fewer people may. `width` and `height` are pixels, of a paper's first page. `blur` is a tiny WebP
    as base64, `prints` its perceptual hashes, `text` a paper's words page by page. `size` is what all
    its files take, in bytes, `source_digest` the SHA-256 of what was sent, which itself is not kept.

    It stands on `passage`, a post's words, at `position`; until then it is unused, since
    `unused_since`, and kept for the draft of the place `kept_for` if that names it.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture"
        ANIMATION = "animation"
        PAPER = "paper"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads"
    )
    name = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.PICTURE)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    blur = models.CharField(max_length=600, blank=True)
    prints = models.JSONField(default=list)
    text = models.JSONField(default=list)
    source_digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    # Set once it is made safe and stored: before that nobody sees it.
    made_at = models.DateTimeField(null=True)

    passage = models.ForeignKey(
        Passage, null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    position = models.PositiveSmallIntegerField(default=0)
    unused_since = models.DateTimeField(null=True, default=timezone.now)
    kept_for = models.CharField(max_length=32, blank=True)

    caption = models.OneToOneField(
        Passage, null=True, on_delete=models.PROTECT, related_name="captions"
    )
    description = models.OneToOneField(
        Passage, null=True, on_delete=models.PROTECT, related_name="describes"
    )
    # Then the caption says what is written on it.
    is_handwriting = models.BooleanField(default=False)

    # Waits for a moderator's look, as a newcomer's.
    held_at = models.DateTimeField(null=True)
    # Taken away by a moderator, the text that it stands on not.
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "created_at"], name="upload_owner_latest"),
            models.Index(
                fields=["unused_since"], condition=~Q(unused_since=None), name="upload_unused"
            ),
            models.Index(fields=["held_at"], condition=~Q(held_at=None), name="upload_held"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of {self.owner_id}"

    @property
    def target(self) -> str:
        return f"picture.{self.pk}"

    @property
    def told(self) -> dict[str, Any]:
        """What an event says of it: also its texts, for whoever follows the ledger below."""
        said = {"caption": self.caption_id, "description": self.description_id}
        return {"upload": self.pk} | {name: pk for name, pk in said.items() if pk}

    @property
    def state(self) -> str:
        """What everybody sees of it: `hidden`, `held` or `shown`."""
        if self.hidden_at:
            return "hidden"
        return "held" if self.held_at else "shown"

    @property
    def is_open(self) -> bool:
        """Whether everybody may see it who may read the text that it stands on."""
        return self.passage_id is not None and self.state == "shown"

    @property
    def is_paper(self) -> bool:
        return self.kind == Upload.Kind.PAPER


class Rendition(models.Model):
    """One size of a picture, or of a paper's page: `w360` to `w2000` (px), `still` (an animation's
    first frame) or `file` (a paper as PDF). `page` counts a paper's pages from 1; else it is 0."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="renditions")
    page = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=8)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    media_type = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "page", "name"], name="rendition_one_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.page} {self.name}"


class Blocked(models.Model):
    """What a removed picture looked like, so that it is not posted again. `upload` may be gone."""

    upload = models.OneToOneField(
        Upload, null=True, on_delete=models.SET_NULL, related_name="blocked"
    )
    source_digest = models.CharField(max_length=64, db_index=True)
    prints = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"blocked {self.source_digest[:12]}"
