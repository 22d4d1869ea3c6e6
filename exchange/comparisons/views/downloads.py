"""The figures of a page as files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from exchange.comparisons import downloads
from exchange.comparisons.choice import Choice
from exchange.figures.models import Reference
from exchange.safety.views import looked_up
from exchange.web.http import methods

from .topics import asked

type Write = Callable[[Choice, list[Reference]], str]


@methods("GET")
@looked_up("file")
def figures_csv(request: HttpRequest, topic: str) -> HttpResponse:
    return _file(request, topic, downloads.as_csv, "csv", "text/csv; charset=utf-8")


@methods("GET")
@looked_up("file")
def figures_json(request: HttpRequest, topic: str) -> HttpResponse:
    return _file(request, topic, downloads.as_json, "json", "application/json")


def _file(request: HttpRequest, topic: str, write: Write, kind: str, type_: str) -> HttpResponse:
    """Never of other figures than those that were asked for: odd filters are refused here."""
    found = asked(request, topic)
    if found.said or found.choice is None:
        raise Http404(found.said[0] if found.said else _("This topic has no figures yet."))
    response = HttpResponse(write(found.choice, found.references), content_type=type_)
    name = f"exchange-{found.choice.item.slug}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if not request.user.is_authenticated:  # of a member's nothing is kept in any case
        patch_cache_control(response, no_cache=True)  # a figure that is gone is gone at once
    return response
