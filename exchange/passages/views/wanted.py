"""What members are asked to translate."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.languages.models import FAMILIES, family
from exchange.passages import queries
from exchange.web.http import methods


@methods("GET")
def translations_wanted(request: HttpRequest) -> HttpResponse:
    into = request.GET.get("into") or _writes(request)
    if into not in FAMILIES:
        raise Http404(_("A list cannot be narrowed to that."))
    asked = request.GET.get("page") or "1"
    if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) < 10_000):
        raise Http404(_("There is no such page."))
    number, size = int(asked[:9]), queries.WANTED_PER_PAGE
    rows = queries.wanted(request.user, into, (number - 1) * size, size + 1)
    if not rows and number > 1:
        raise Http404(_("There is no such page: the list ends before it."))
    context = {
        "into": into,
        "rows": rows[:size],
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(rows) > size else None,
    }
    return render(request, "passages/wanted.html", context)


def _writes(request: HttpRequest) -> str:
    """The family that this reader reads first, a stranger's by the page."""
    reads = getattr(request.user, "reads", None) or [get_language() or "en"]
    return family(reads[0]) or "en"
