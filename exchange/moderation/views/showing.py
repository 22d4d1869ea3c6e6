"""Pictures on pages of the desk."""

from collections.abc import Sequence

from django.utils.translation import get_language

from exchange.boards import gallery
from exchange.boards.models import Post
from exchange.uploads.models import Upload


def shown(post: Post, uploads: Sequence[Upload]) -> list[gallery.Shown]:
    """For who may see all of them."""
    return gallery.shown(
        uploads,
        author=post.author.username,
        post_id=post.pk,
        language=get_language() or "en",
        private=True,
    )
