from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request, override

from exchange.web.http import methods


@methods("GET")
def root(request: HttpRequest) -> HttpResponse:
    """To the reader's language: by the cookie, then by Accept-Language."""
    with override(get_language_from_request(request)):
        response = redirect("front")
    response["Vary"] = "Cookie, Accept-Language"
    return response


@methods("GET")
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nothing else, so it is true even where the database is away."""
    return JsonResponse({"status": "ok"})
