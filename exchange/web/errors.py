"""The pages for what went wrong: each says so in the reader's language and keeps what was typed."""

import sys
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import kept

TITLES = {
    400: gettext_lazy("We could not read that"),
    403: gettext_lazy("You do not have access"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("This address only accepts forms"),
    409: gettext_lazy("This was sent before with different text"),
    413: gettext_lazy("That is too much at once"),
    429: gettext_lazy("A little slower, please"),
    500: gettext_lazy("Something broke on our side"),
    503: gettext_lazy("The site is away for a moment"),
}
TEXTS = {
    400: gettext_lazy("The address or the form held characters that are not valid text."),
    403: gettext_lazy(
        "You may need to log in first, or your account may not be allowed to do this."
    ),
    404: gettext_lazy("The page may have moved, or the address may have a typing mistake."),
    405: gettext_lazy("Go back to the page you came from and use its button."),
    409: gettext_lazy("The first version was kept. Your new words are below."),
    413: gettext_lazy("A post can hold about 20,000 letters or 10,000 Chinese characters."),
    429: gettext_lazy("Please wait a little and try again."),
    500: gettext_lazy(
        "If you sent something, it was saved completely or not at all. Check whether it is there before you send it again."
    ),
    503: gettext_lazy(
        "If you were sending something, it may not be saved. Please try again in a moment."
    ),
}


# The fields that hold somebody's words; an error page shows them so that nothing is lost.
WORDS = ("title", "title_other", "body", "body_other", "note")


def refused(
    request: HttpRequest, status: int, *, reason: Any = None, **context: Any
) -> HttpResponse:
    """An error page. `reason` says more than the status's own sentence; typed words are shown."""
    context = {
        "status": status,
        "title": TITLES[status],
        "text": reason or TEXTS[status],
        "words": typed_words(request),
    } | context
    return render(request, "web/error.html", context, status=status)


def typed_words(request: HttpRequest) -> list[str]:
    if request.method not in ("POST", "DELETE"):
        return []
    try:
        return [request.POST[name] for name in WORDS if request.POST.get(name)]
    except (SuspiciousOperation, UnreadablePostError):
        return []  # the body itself is what was refused


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_big = type(exception).__name__ == "RequestDataTooBig"
    return refused(request, 413 if too_big else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, 403, reason=str(exception or "") or None)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The resolver's own message lists addresses: only what a view says is for the reader."""
    said = exception.args[0] if exception and exception.args else None
    return refused(request, 404, reason=said if isinstance(said, str) else None)


# Seconds after which a page whose database was away may be asked for again.
RETRY_AFTER = 30


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without database, session or context processors: any of them may be what broke.

    Where it is the database that does not answer, that passes: 503, and when to come again.
    """
    return broken(503 if isinstance(sys.exception(), (OperationalError, InterfaceError)) else 500)


# The statuses of that page.
BROKEN = {500, 503}


def broken(status: int) -> HttpResponse:
    context = {
        "status": status,
        "title": TITLES[status],
        "text": TEXTS[status],
        "styles": _styles(),
    }
    response = HttpResponse(render_to_string("web/plain_error.html", context), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _styles() -> list[str]:
    """The style sheets' addresses, or none where even those cannot be told."""
    try:
        return [static(f"css/{name}.css") for name in ("tokens", "base", "components")]
    except (OSError, ValueError):
        return []


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Anonymous pages hold no token: the log-in page takes over and carries the text along.

    Somebody logged in whose token went stale gets the text back with a fresh token to send again;
    a script gets the token, which other sites cannot read. Nothing is written either way.
    """
    if not request.user.is_authenticated:
        return log_in_first(request)
    if asks_for_json(request):
        fresh = {"token": get_token(request), "user": str(request.user.pk)}
        return JsonResponse(fresh, status=403)
    return refused(
        request,
        403,
        reason=_("The page was open too long or the form came from elsewhere. Send it again?"),
        resend=request.path,
        typed=kept.fields(request.POST.dict()),
        words=[],
    )


def log_in_first(request: HttpRequest) -> HttpResponse:
    """The log-in page, with the typed fields carried along to the form they belong to."""
    context = {
        "login_url": reverse("account_login"),
        "signup_url": reverse("account_signup"),
        "kept_path": form_page(request),
        "typed": kept.fields(request.POST.dict()),
        "words": typed_words(request),
    }
    return render(request, "web/log_in_first.html", context, status=403)


def asks_for_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def form_page(request: HttpRequest) -> str:
    """The page that holds the form sent here. A view whose address is not it names it."""
    match = request.resolver_match
    name = getattr(match.func, "form_page", None) if match else None
    return reverse(name, kwargs=match.kwargs) if match and name else request.path
