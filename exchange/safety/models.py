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
