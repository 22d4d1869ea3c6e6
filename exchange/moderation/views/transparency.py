"""What moderators did, in numbers: a page and a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from exchange.moderation import downloads, presenting
from exchange.moderation.queries import numbers
from exchange.safety.views import looked_up
from exchange.web.http import methods


@methods("GET")
def transparency(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/transparency.html", presenting.in_numbers(numbers()))


@methods("GET")
@looked_up("file")
def transparency_csv(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(downloads.as_csv(numbers()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="exchange-moderation.csv"'
    if not request.user.is_authenticated:
        patch_cache_control(response, no_cache=True)
    return response
