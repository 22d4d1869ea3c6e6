from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.web import kept
from exchange.web.errors import asks_for_json, form_page, refused
from exchange.web.http import is_look, methods
from exchange.web.remaining import after

from . import actions, limits
from .addresses import address_of
from .editions import beside
from .limits import Wait
from .queries import editions, rules


@methods("GET")
def house_rules(request: HttpRequest) -> HttpResponse:
    """As they are now."""
    found = editions()
    context = {"rules": rules(), "edition": found[0] if found else None, "editions": found}
    return render(request, "safety/rules.html", context)


@methods("GET")
def rules_edition(request: HttpRequest, edition: int) -> HttpResponse:
    """As they were from some day on, with what that edition changed. The last one's own page is /rules/."""
    found = editions()
    asked = next((one for one in found if one.number == edition), None)
    if asked is None:
        raise Http404(_("There is no such edition of the house rules."))
    before = next((one for one in found if one.number < edition), None)
    later = [one for one in found if one.number > edition]
    context = {
        "rules": beside(
            asked.rules, before.rules if before else asked.rules, get_language() or "en"
        ),
        "edition": asked,
        "before": before,
        "until": later[-1].since if later else None,
        "editions": found,
        "is_edition": True,
    }
    return render(request, "safety/rules.html", context)


# Limits


def too_often(
    request: HttpRequest, act: str, *, exempt: bool = False, person: Any = None
) -> Wait | None:
    """Whether a member did so much of this lately that one more has to wait. Asking counts it.

    `exempt`: moderators, who clean up fast. Never where the site's switch is off. `person`: who it is
    where they came by a signed link, without a log-in.
    """
    user: Any = person or request.user
    if not settings.LIMITS or exempt or user.is_staff:
        return None
    return actions.count_act(
        act,
        account=_account(request, user),
        address=address_of(request),
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
                account = _account(request, request.user) if request.user.is_authenticated else ""
                wait = actions.count_lookup(act, account=account, address=address_of(request))
            return slow_down(request, wait) if wait else view(request, *args, **kwargs)

        return limited

    return decorate


def _account(request: HttpRequest, user: Any) -> str:
    """The sample people of a demonstration are many visitors at once: at each address another one."""
    return f"{user.pk} {address_of(request)}" if user.is_sample else str(user.pk)
