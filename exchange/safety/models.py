from django.conf import settings
from django.db import models


class Rule(models.Model):
    """A house rule, which is also the only kind of reason that a report or an act can have.

    `name` and `text` are by interface language: `{"en": ..., "zh-hans": ..., "zh-hant": ...}`.
    """

    code = models.CharField(max_length=30, primary_key=True)
    number = models.PositiveSmallIntegerField(unique=True)
    name = models.JSONField()
    text = models.JSONField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.code


class Known(models.Model):
    """A moderator looked at a picture of this person and let it through: the next ones do not wait.

    A row of its own, for the picture may be gone by then.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user_id} is known"
