"""Limits as the layers from the boards upwards ask for them: moderators have none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from exchange.boards.queries import roles
from exchange.safety import views as safety
from exchange.safety.limits import Wait
from exchange.web.http import is_look


def too_often(request: HttpRequest, act: str) -> Wait | None:
    """Asked last before the act, for what is refused for another reason is not counted."""
    return safety.too_often(request, act, exempt=roles(request.user).any)


def limited(act: str) -> Callable[..., Any]:
    """Limit a view whose POST by a member is always the act."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            writes = not is_look(request) and request.method != "DELETE"
            if writes and request.user.is_authenticated and (wait := too_often(request, act)):
                return safety.slow_down(request, wait)
            return view(request, *args, **kwargs)

        return asked

    return decorate
