from django.conf import settings
from django.db import models
from django.db.models import Q

from exchange.boards.models import Post
from exchange.languages.models import Passage
from exchange.safety.models import Rule
from exchange.uploads.models import Upload


class Flag(models.Model):
    """A member's report of a post, open until a moderator hides the post or closes the report.

    `upload` is the one of its pictures that it is about, if it is about one. Without a constraint: a
    report outlives the picture, and is not about the whole post then.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags")
    upload = models.ForeignKey(
        Upload, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    note = models.OneToOneField(Passage, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=Q(closed_at=None, upload=None),
                name="flag_one_open_each",
            ),
            models.UniqueConstraint(
                fields=["upload", "reporter"],
                condition=Q(closed_at=None),  # and nulls are never equal
                name="flag_one_open_each_picture",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(closed_at=None), name="flag_open")
        ]

    def __str__(self) -> str:
        return f"flag {self.pk} of post {self.post_id}"
