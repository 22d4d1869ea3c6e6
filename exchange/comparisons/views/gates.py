"""What an address names, as far as its reader may see it: 404 comes before 403."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from exchange.boards import queries as boards
from exchange.boards.models import Post
from exchange.boards.queries import roles
from exchange.figures.models import Entry, Item


def get_figure(request: HttpRequest, figure_id: int) -> tuple[Entry, Post]:
    """A member's figure, of whatever version, and the post whose words it stands with."""
    found = Entry.objects.select_related("item", "author", "passage").filter(pk=figure_id).first()
    named = Post.objects.filter(passage=found.passage_id) if found else Post.objects.none()
    try:
        post = boards.post(request.user, named.values_list("pk", flat=True)[0])
    except (Post.DoesNotExist, IndexError):
        raise _nothing() from None
    if found is None or not boards.may_read_words(request.user, post):
        raise _nothing()
    return found, post


def get_item(request: HttpRequest, item_id: int) -> Item:
    """For who keeps order on the whole site; for others there is no such page."""
    site_only(request)
    found = Item.objects.filter(pk=item_id).first()
    if found is None:
        raise Http404
    return found


def site_only(request: HttpRequest) -> None:
    if not roles(request.user).site:
        raise Http404


def _nothing() -> Http404:
    return Http404(_("There is no such figure, or it is not open to you."))
