import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exchange.languages.models import Passage, readers_of_half

POSTS_PER_PAGE = 20
# The field of a form that names an upload.
PICTURE = re.compile(r"picture-\d-id")


class Board(models.Model):
    """`name` and `description` are by interface language: `{"en": ..., "zh-hans": ...}`."""

    class Access(models.TextChoices):
        PUBLIC = "public"
        MEMBERS = "members"
        MODERATORS = "moderators"

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.JSONField()
    description = models.JSONField()
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.PUBLIC)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.slug


class Moderator(models.Model):
    """Somebody who keeps order: on one board, or on the whole site where `board` is empty."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderates"
    )
    board = models.ForeignKey(Board, null=True, on_delete=models.CASCADE)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "board"], name="moderator_once_a_board"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(board=None), name="moderator_once_of_the_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.board_id or 'the site'}"


class Thread(models.Model):
    """`last_number` is the highest post number given out: numbers never repeat or close up.

    `hidden_at` and `deleted_at` follow the opening post, whose words the title is part of: such a
    thread leaves the lists and takes no replies, while what others wrote in it stays readable.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="threads")
    title = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)
    pinned_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    # Annotated by queries.with_title: the title's other half, and whose it is.
    title_other: str | None = None
    title_other_language: str | None = None
    title_other_kind: str | None = None

    # The name that `seeds/` knows a thread by, so that seeding twice makes one.
    seed_key = models.CharField(max_length=60, null=True, unique=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["board", "-last_post_at"],
                name="thread_board_latest",
                condition=Q(hidden_at=None, deleted_at=None),
            ),
            models.Index(
                fields=["-last_post_at"],
                name="thread_latest",
                condition=Q(hidden_at=None, deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"

    @property
    def scope(self) -> str:
        return f"thread.{self.pk}"

    def title_reads_better(self, language: str) -> bool:
        """Whether readers of a page's language get the other half first. A machine's never leads."""
        by_people = bool(self.title_other) and self.title_other_kind != "machine"
        readers = readers_of_half(self.title_other_language or "", self.title.language)
        theirs = readers == language[:2]
        return by_people and theirs and self.title.language[:2] != language[:2]

    @property
    def is_closed(self) -> bool:
        """True where the opening post, and with it the title, cannot be read."""
        return self.hidden_at is not None or self.deleted_at is not None


class Post(models.Model):
    """`number` is its place in the thread, from 1; `/posts/<id>/` leads to it wherever it moves.

    `client_id` is made by the form: sending it twice gives the same post. `client_hash` tells a
    repeat (same words) from another post under a used id.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts"
    )
    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="post")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    client_id = models.CharField(max_length=64, null=True, editable=False)
    client_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_in_thread"),
            models.UniqueConstraint(fields=["author", "client_id"], name="post_sent_once"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    @property
    def page(self) -> int:
        return (self.number - 1) // POSTS_PER_PAGE + 1

    @property
    def is_opening(self) -> bool:
        return self.number == 1

    @property
    def target(self) -> str:
        return f"post.{self.pk}"

    @property
    def state(self) -> str:
        """What everybody sees of it: `deleted`, `hidden` or `shown`."""
        if self.deleted_at:
            return "deleted"
        return "hidden" if self.hidden_at else "shown"


class Attribution(models.Model):
    """The facts box of a post that tells what somebody else published.

    `facts` is a list of `{"label": {language: text}, "value": {language: text}}`. `full_text` is
    true where the post holds the operator's own copy and not this site's account of it.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="attribution")
    facts = models.JSONField()
    full_text = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"facts of post {self.post_id}"


class SavedDraft(models.Model):
    """Words that somebody has not sent yet, the same on all their devices.

    `place` says where they go: `thread.42`, `post.7` for an edit, or `new`. `fields` holds the
    form's fields as typed. `version` counts what was saved: of two devices the later one is asked.
    A draft is private and written every few seconds, so the ledger hears nothing of it.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    place = models.CharField(max_length=32)
    fields = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    # Set by queries.drafts: the thread that its words belong to, None where it cannot be seen.
    thread: Thread | None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "place"], name="draft_one_a_place")
        ]

    def __str__(self) -> str:
        return f"draft of {self.author_id} for {self.place}"

    @property
    def has_words(self) -> bool:
        names = ("title", "title_other", "body", "body_other")
        typed = [self.fields.get(name, "") for name in names]
        typed += [value for name, value in self.fields.items() if name.endswith("-amount")]
        return any(value.strip() for value in typed) or bool(self.pictures)

    @property
    def pictures(self) -> list[int]:
        """The ids of its author's uploads that it names, if they are any."""
        named = [v for name, v in self.fields.items() if PICTURE.fullmatch(name)]
        return [int(value) for value in named if re.fullmatch(r"[0-9]{1,18}", value)]

    @property
    def where(self) -> tuple[str, int]:
        """The kind of its place and the number there, 0 for a new thread."""
        kind, _, number = self.place.partition(".")
        return kind, int(number or 0)
