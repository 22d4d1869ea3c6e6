from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.web.errors import log_in_first
from exchange.web.http import methods

from . import actions, presenting, queries

LONGEST = 18  # digits of an id


@methods("GET")
def notices(request: HttpRequest) -> HttpResponse:
    """One's own, newest first; `?before=` is the id where the page before ended."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    before = request.GET.get("before", "")
    if before and not _is_id(before):
        raise Http404(_("There is no such page."))
    rows = queries.latest(request.user, int(before) if before else None)
    shown = rows[: queries.PER_PAGE]
    context = {
        "lines": presenting.lines(request.user, shown),
        "unread": queries.unread(request.user),
        "newest": shown[0].pk if shown else 0,
        "older": shown[-1].pk if len(rows) > len(shown) else None,
        "before": before,
    }
    response = render(request, "notifications/notices.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@methods("POST")
def reading(request: HttpRequest) -> HttpResponse:
    """Mark all as read that the page showed, and older ones."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    up_to = request.POST.get("up_to", "")
    if _is_id(up_to):
        actions.mark_read(person=request.user, up_to=int(up_to))
        messages.success(request, _("All marked as read."))
    return redirect("notices")


reading.form_page = "notices"  # type: ignore[attr-defined]  # ours


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST
