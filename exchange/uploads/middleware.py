from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

PATH = "/pictures/"


def pictures_apart(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Files of pictures are served before anybody's session is looked up.

    The host that is only for them, where there is one, has no pages at all.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not (request.path_info.startswith(PATH) or _is_on_own_host(request)):
            return get_response(request)
        try:
            view, args, named = resolve(request.path_info)
            if not request.path_info.startswith(PATH):
                raise Http404
            response: HttpResponse = view(request, *args, **named)
        except (Http404, Resolver404):
            response = _missing(request)
        return response

    return middleware


def _is_on_own_host(request: HttpRequest) -> bool:
    """However it is written: `MEDIA.example:443` and `media.example.` are the same host."""
    if not settings.MEDIA_HOST:
        return False
    (domain, port), own = map(split_domain_port, (request.get_host(), settings.MEDIA_HOST))
    shared = urlsplit(settings.SITE_URL).hostname == own[0]  # they differ by their ports alone
    return domain == own[0] and (port == own[1] or not shared)


def _missing(request: HttpRequest) -> HttpResponse:
    """A line, for there are no pages here: people see it only where they open an old address."""
    with translation.override(translation.get_language_from_request(request)):
        words = _("There is no such file, or not any more.")
    return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")
