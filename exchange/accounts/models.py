from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import names


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

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(skeleton=""), name="user_has_a_visible_name")
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    @property
    def is_silenced(self) -> bool:
        return self.silenced_until is not None and self.silenced_until > timezone.now()
