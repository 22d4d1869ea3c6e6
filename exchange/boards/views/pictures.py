"""A picture on a page of its own: large, with all that is said of it."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.boards import fragments, gallery, queries
from exchange.boards.models import Board, Post
from exchange.uploads.models import Upload
from exchange.uploads.queries import as_pictures
from exchange.web.http import methods

from .gates import get_post, post_address


@methods("GET")
def picture(request: HttpRequest, post_id: int, upload_id: int) -> HttpResponse:
    post = get_post(request, post_id)
    uploads = _pictures(request, post)
    place = next((at for at, upload in enumerate(uploads) if upload.pk == upload_id), None)
    if place is None:
        raise Http404(_("There is no such picture, or it is not open to you."))
    upload = uploads[place]
    language = get_language() or "en"
    context = {
        "post": post,
        "back": post_address(post),
        "upload": upload,
        "p": gallery.alone(
            upload,
            number=place + 1,
            total=len(uploads),
            author=post.author.username,
            language=language,
            reason=fragments.why_hidden([post]).get(upload.pk),
        ),
        "moderates": queries.roles(request.user).moderates(post.thread.board_id),
        "number": place + 1,
        "total": len(uploads),
        "previous": uploads[place - 1] if place else None,
        "next": uploads[place + 1] if place + 1 < len(uploads) else None,
        "is_public": _is_public(post, upload),
    }
    return render(request, "boards/picture.html", context)


def _pictures(request: HttpRequest, post: Post) -> list[Upload]:
    """Those of a post that this reader may see."""
    if not queries.may_read_words(request.user, post):
        raise Http404(_("There is no such picture, or it is not open to you."))
    prefetch_related_objects([post.passage], as_pictures())
    found: list[Upload] = getattr(post.passage, "pictures")  # noqa: B009 the prefetch's
    sees_all = queries.may_see_pictures(request.user, post)
    return [upload for upload in found if sees_all or upload.state == "shown"]


def _is_public(post: Post, upload: Upload) -> Any:
    """Whether everybody may see it, so that other sites may show it as well."""
    board: Board = post.thread.board
    return board.access == Board.Access.PUBLIC and post.state == "shown" and upload.state == "shown"
