from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from exchange.web import kept
from exchange.web.errors import asks_for_json, form_page, refused
from exchange.web.http import is_look, methods
from exchange.web.remaining import after

from . import actions, limits
from .limits import Wait
from .queries import rules


@methods("GET")
def house_rules(request: HttpRequest) -> HttpResponse:
    return render(request, "safety/rules.html", {"rules": rules()})


# Limits


def too_often(request: HttpRequest, act: str, *, exempt: bool = False) -> Wait | None:
    """Whether a member did so much of this lately that one more has to wait. Asking counts it.

    `exempt`: moderators, who clean up fast. Never where the site's switch is off.
    """
    user: Any = request.user
    if not settings.LIMITS or exempt or user.is_staff:
        return None
    return actions.count_act(
        act,
        account=_account(request),
        address=_address(request),
        newcomer=limits.is_newcomer(user.date_joined, timezone.now()),
    )


def slow_down(request: HttpRequest, wait: Wait) -> HttpResponse:
    """429: what was too much, when it goes on, and what was typed, to be sent again from here."""
    said = reason(wait)
    if asks_for_json(request):
        content = {"message": said, "said": said, "reason": said, "seconds": wait.seconds}
        return later(JsonResponse(content, status=429), wait)
    context: dict[str, Any] = {}
    if not is_look(request):
        context = {"resend": request.path, "typed": kept.fields(request.POST), "words": []}
        context |= {"leaves_files": bool(request.FILES)} | {"back": form_page(request)}
    return later(refused(request, 429, reason=said, **context), wait)


def reason(wait: Wait) -> str:
    return after(str(wait.what), wait.seconds)


def later(response: HttpResponse, wait: Wait) -> HttpResponse:
    response["Retry-After"] = str(wait.seconds)
    response["Cache-Control"] = "no-store"
    return response


def looked_up(act: str) -> Callable[..., Any]:
    """Limit a view that strangers may ask, and that changes nothing."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = None
            if settings.LIMITS:
                account = _account(request) if request.user.is_authenticated else ""
                wait = actions.count_lookup(act, account=account, address=_address(request))
            return slow_down(request, wait) if wait else view(request, *args, **kwargs)

        return limited

    return decorate


def _account(request: HttpRequest) -> str:
    """The sample people of a demonstration are many visitors at once: at each address another one."""
    user: Any = request.user
    return f"{user.pk} {_address(request)}" if user.is_sample else str(user.pk)


def _address(request: HttpRequest) -> str:
    """As far as TRUSTED_PROXIES say it, for a header can be forged. Who has none is counted together."""
    try:
        return limits.prefix(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):  # none, or fewer proxies than were said
        return ""
