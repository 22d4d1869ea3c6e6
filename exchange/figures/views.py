"""What the composer asks for while somebody types a figure. It keeps nothing and tells of nobody."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from exchange.languages import text
from exchange.safety.views import looked_up
from exchange.web.http import methods

from . import forms, labels, places

MOST_PLACES = 8


@csrf_exempt  # strangers' pages hold no token
@methods("POST")
@looked_up("figure_reading")
def figure_reading(request: HttpRequest) -> HttpResponse:
    """How the figures of a form are understood, by their numbers: `{"0": "We read: ¥3,500 / month"}`."""
    typed = {name: text.without_unprintable(request.POST[name]) for name in request.POST}
    found = forms.Figures(typed, {})
    found.is_valid()
    return JsonResponse({str(row.number): _understood(row) for row in found.rows})


@methods("GET")
@looked_up("places")
def places_found(request: HttpRequest) -> HttpResponse:
    """Cities that a name which is being typed may mean, with their country."""
    typed = text.normalise(request.GET.get("q", "")[:80])
    found = places.find(typed)[:MOST_PLACES] if typed.strip() else []
    return JsonResponse(
        {"places": [[labels.place_name(place), _area(place)] for place in found]},
        json_dumps_params={"ensure_ascii": False},
    )


def _area(place: places.Place) -> str:
    return ", ".join(filter(None, [place.region, labels.country(place.country)]))


def _understood(row: forms.EntryForm) -> str:
    read = row.understood
    return _("We read: %(read)s") % {"read": read} if read else ""
