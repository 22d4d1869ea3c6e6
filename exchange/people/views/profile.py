"""What everybody sees of a person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.people import fragments, queries
from exchange.web.http import methods

from .gates import get_person


@methods("GET")
def person(request: HttpRequest, username: str) -> HttpResponse:
    found = get_person(username)
    if found.username != username:
        return redirect("person", found.username)
    before = _before(request)
    latest = queries.latest(found, request.user, before)
    site, boards = queries.moderates(found, request.user)
    context = {
        "person": found,
        "moderates_site": site,
        "moderates_boards": boards,
        "count": queries.posts_of(found, request.user).count(),
        "rows": fragments.rows(request.user, latest.posts, get_language() or "en"),
        "before": before,
        "older": latest.older,
        "mute": queries.mute_of(request.user, found),
    }
    return render(request, "people/person.html", context)


def _before(request: HttpRequest) -> int | None:
    """The post that a page begins after: `?before=<id>`."""
    asked = request.GET.get("before", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404(_("There is no such page."))
    return int(asked)
