"""Who may be here at all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from exchange.boards.models import Thread
from exchange.boards.queries import roles
from exchange.web.errors import log_in_first, refused


def not_a_moderator(request: HttpRequest, thread: Thread) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return log_in_first(request)
    if not roles(request.user).moderates(thread.board_id):
        return refused(request, 403, reason=_("Only this board's moderators can do that."))
    return None


def moderators_only(request: HttpRequest) -> None:
    if not roles(request.user).any:
        raise Http404


def site_moderators_only(request: HttpRequest) -> None:
    if not roles(request.user).site:
        raise Http404
