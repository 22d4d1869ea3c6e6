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
    # Whether a thread here says how many people have it open, and that somebody is writing.
    presence = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.slug

    @property
    def scope(self) -> str:
        """Of what its list is told while it is open."""
        return f"board.{self.pk}"


class Moderator(models.Model):
    """Somebody who keeps order: on one board, or on the whole site where `board` is empty."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderates"
    )
    board = models.ForeignKey(Board, null=True, on_delete=models.CASCADE)
    since = models.DateTimeField(auto_now_add=True)
    # Families (languages.models.FAMILIES) that they read well enough to judge a text by.
    reads = models.JSONField(default=list)
    # Hours of the day, in UTC, between which they look in: 18 to 22. The same twice: at any time.
    duty_from = models.PositiveSmallIntegerField(default=0)
    duty_until = models.PositiveSmallIntegerField(default=0)

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

    `hidden_at`, `held_at` and `deleted_at` follow the opening post, whose words the title is part of:
    such a thread leaves the lists and takes no replies, while what others wrote in it stays readable.
    `merged_into` is where its posts went, all of them; `posts_left` counts those that stand elsewhere
    now, each with a line (`Moved`) at its old place.
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
    held_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    posts_left = models.PositiveIntegerField(default=0)
    # As filters: what stands in lists.
    LISTED = {"hidden_at": None, "held_at": None, "deleted_at": None, "merged_into": None}
    # Annotated by queries.with_title: the title's other half, and whose it is.
    title_other: str | None = None
    title_other_language: str | None = None
    title_other_kind: str | None = None
    # Set for a list that shows what its reader muted as well.
    muted: bool = False

    # The name that `seeds/` knows a thread by, so that seeding twice makes one.
    seed_key = models.CharField(max_length=60, null=True, unique=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["board", "-last_post_at"],
                name="thread_board_latest",
                condition=Q(hidden_at=None, held_at=None, deleted_at=None, merged_into=None),
            ),
            models.Index(
                fields=["-last_post_at"],
                name="thread_latest",
                condition=Q(hidden_at=None, held_at=None, deleted_at=None, merged_into=None),
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
        return any((self.hidden_at, self.held_at, self.deleted_at))


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
    # It waits for a moderator's look, and keeps its place meanwhile.
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    # A moderator deletes it for good: it is gone for everybody, `deleted_at` says so too, and its words
    # are erased after a day.
    erased_at = models.DateTimeField(null=True, blank=True)
    # A moderator asked the author to change it.
    edit_asked_at = models.DateTimeField(null=True, blank=True)
    client_id = models.CharField(max_length=64, null=True, editable=False)
    client_hash = models.CharField(max_length=64, blank=True, editable=False)

    # Set by views: what stood just before it and was moved.
    moved_before: "list[Moved]"
    # Set by muting.mark: why its reader sees a line in its place: `person`, `blocked` or `word`.
    muted: str = ""

    # As filters: what everybody can read.
    SHOWN = {"hidden_at": None, "held_at": None, "deleted_at": None}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_in_thread"),
            models.UniqueConstraint(fields=["author", "client_id"], name="post_sent_once"),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at", "-id"], name="post_author_latest"),
            models.Index(
                fields=["erased_at"], condition=~Q(erased_at=None), name="post_to_be_erased"
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    @classmethod
    def shown(cls, prefix: str) -> dict[str, None]:
        """SHOWN as filters on what has a post."""
        return {f"{prefix}{name}": value for name, value in cls.SHOWN.items()}

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
        """What everybody sees of it: `deleted`, `hidden`, `held` or `shown`."""
        if self.deleted_at:
            return "deleted"
        if self.hidden_at:
            return "hidden"
        return "held" if self.held_at else "shown"


class Moved(models.Model):
    """Where a post stood before it was moved: the line there leads to its new place."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="moved")
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    # Set by queries.moved.
    place: Thread | None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="moved_once_a_place")
        ]

    def __str__(self) -> str:
        return f"#{self.number} of thread {self.thread_id} is post {self.post_id}"


class Mute(models.Model):
    """What somebody does not want to see: a person, a thread, a board, or posts with a word in them.

    A person can be blocked too, which counts for both: neither calls nor is told of the other.
    Private: the ledger hears nothing of it.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        THREAD = "thread"
        BOARD = "board"
        WORD = "word"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    kind = models.CharField(max_length=6, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, null=True, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=60, blank=True)
    blocks = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "person"], condition=Q(kind="person"), name="mute_person_once"
            ),
            models.UniqueConstraint(
                fields=["by", "thread"], condition=Q(kind="thread"), name="mute_thread_once"
            ),
            models.UniqueConstraint(
                fields=["by", "board"], condition=Q(kind="board"), name="mute_board_once"
            ),
            models.UniqueConstraint(
                fields=["by", "word"], condition=Q(kind="word"), name="mute_word_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} mutes a {self.kind}"


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
