"""What an address names, as far as its reader may see it: 404 comes before 403."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards import queries
from exchange.boards.models import Board, Post, Thread
from exchange.uploads.models import Upload


def get_board(request: HttpRequest, slug: str) -> Board:
    try:
        return queries.board(request.user, slug)
    except Board.DoesNotExist:
        raise Http404(_("There is no such board, or it is not open to you.")) from None


def get_thread(request: HttpRequest, thread_id: int) -> Thread:
    try:
        return queries.thread(request.user, thread_id)
    except Thread.DoesNotExist:
        raise Http404(_("There is no such thread, or it is not open to you.")) from None


def get_post(request: HttpRequest, post_id: int) -> Post:
    try:
        return queries.post(request.user, post_id)
    except Post.DoesNotExist:
        raise Http404(_("There is no such post, or it is not open to you.")) from None


def get_picture(request: HttpRequest, post: Post, upload_id: int) -> Upload:
    try:
        return queries.picture(request.user, post, upload_id)
    except Upload.DoesNotExist:
        raise Http404(_("There is no such picture, or it is not open to you.")) from None


def post_address(post: Post) -> str:
    address = reverse("thread", args=[post.thread_id])
    page = f"?page={post.page}" if post.page > 1 else ""
    return f"{address}{page}#post-{post.number}"
