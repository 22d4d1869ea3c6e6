from datetime import UTC, datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import names

# Of a suspension that has no end: until then.
FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """By the name that people see. Raises User.DoesNotExist."""
        return self.get(skeleton=names.skeleton(username or ""))


class SkeletonField(models.CharField):
    """Derived from the name at each save, like a generated column, but by a function no database has."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = names.skeleton(model_instance.username)  # type: ignore[attr-defined]  # User only
        setattr(model_instance, self.attname, value)
        return value


class View(models.TextChoices):
    """Which halves of a text a thread shows: as written, in a language one reads, or both."""

    ORIGINAL = "original"
    MINE = "mine"
    BOTH = "both"


class Theme(models.TextChoices):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Help(models.TextChoices):
    """How much a page helps with words: not at all, at a tap, or with readings written over them."""

    OFF = "off"
    TAP = "tap"
    RARE = "rare"
    ALL = "all"


class Presence(models.TextChoices):
    """What others see of somebody who has a thread open: the name, that somebody is there, or nothing."""

    NAMED = "named"
    COUNTED = "counted"
    HIDDEN = "hidden"


class Script(models.TextChoices):
    """How Chinese texts are shown: as they were written, or converted."""

    WRITTEN = "written"
    HANS = "hans"
    HANT = "hant"
    TW = "tw"
    HK = "hk"


class Saver(models.TextChoices):
    """Whether pictures wait for a tap before they are loaded: as the device says, yes, or no."""

    DEVICE = "device"
    ON = "on"
    OFF = "off"


class User(AbstractBaseUser):
    """A member. `skeleton` is the name with its look-alikes folded together, and unique."""

    # Django's rules for passwords name these two to people.
    username = models.CharField(_("Name"), max_length=30, unique=True)
    skeleton = SkeletonField(max_length=60, unique=True, editable=False)
    email = models.EmailField(_("E-mail"), unique=True)
    # Interface language codes, most used first: what to show, never what a text is written in.
    reads = models.JSONField(default=list)
    learning = models.JSONField(default=list)
    # How pages look to this person.
    view = models.CharField(max_length=8, choices=View, default=View.BOTH)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    shortcuts = models.BooleanField(default=True)
    machine = models.BooleanField(default=True)
    help = models.CharField(max_length=4, choices=Help, default=Help.TAP)
    zhuyin = models.BooleanField(default=False)
    script = models.CharField(max_length=7, choices=Script, default=Script.WRITTEN)
    saver = models.CharField(max_length=6, choices=Saver, default=Saver.DEVICE)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    silenced_until = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # Which edition of the house rules was shown when the account was made; 0 before there were any.
    rules_edition = models.PositiveIntegerField(default=0)
    # How long threads were open in front of this person: who reads first is trusted sooner.
    minutes_read = models.PositiveIntegerField(default=0)
    # Said in the settings: may moderators ask this person what a text says, and shall a report's
    # outcome be told.
    reads_for_moderators = models.BooleanField(default=False)
    hears_outcomes = models.BooleanField(default=True)
    presence = models.CharField(max_length=7, choices=Presence, default=Presence.COUNTED)
    # When something of this person changed that open pages ask again: a session that ended, a notice.
    # Only the last time: it is no diary of when somebody was here.
    changed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(skeleton=""), name="user_has_a_visible_name")
        ]
        indexes = [models.Index(fields=["changed_at"], name="user_changed")]

    def __str__(self) -> str:
        return self.username

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    @property
    def is_silenced(self) -> bool:
        return self.silenced_until is not None and self.silenced_until > timezone.now()
