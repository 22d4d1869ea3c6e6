from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from .actions import touch
from .rules import may_log_in


def suspended_people_are_logged_out(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (refusal := may_log_in(request.user)):
            logout(request)
            # The page can say why somebody is suddenly outside.
            request.suspension = refusal  # type: ignore[attr-defined]  # ours
        return get_response(request)

    return middleware


def ended_sessions_are_told_of(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sockets end with the session that they were opened in, once that is really gone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if person := getattr(request, "session_ended_of", 0):
            touch([person])
        return response

    return middleware
