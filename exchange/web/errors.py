"""The pages for what went wrong: each says so in the reader's language and keeps what was typed."""

import re
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import REASON_NO_CSRF_COOKIE, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, gettext_lazy
from django.utils.translation import gettext as _

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
    413: gettext_lazy(
        "A post can hold about 20,000 letters or 10,000 Chinese characters. If your text is not"
        " below, your browser's Back button leads to the form that holds it: send it in parts."
    ),
    429: gettext_lazy("Please wait a minute and try again."),
    500: gettext_lazy(
        "If you sent something, it was saved completely or not at all."
        " Check whether it is there before you send it again."
    ),
    503: gettext_lazy(
        "If you were sending something, it may not be saved. Please try again in a moment."
    ),
}
# The same two where somebody only looked at a page.
LOOKED = {
    500: gettext_lazy(
        "This is our fault, not yours. Please try again; if it happens again, come back later."
    ),
    503: gettext_lazy("The page could not be fetched. Please try again in a moment."),
}


# The fields that hold somebody's words; an error page shows them so that nothing is lost.
WORDS = (
    *("title", "title_other", "body", "body_other", "note"),
    *("en", "zh", "note_en", "note_zh", "corrected", "why"),
)
# What makes a form's body unreadable; all that is said of it then is that it was refused.
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


def refused(
    request: HttpRequest, status: int, *, reason: Any = None, **context: Any
) -> HttpResponse:
    """An error page. `reason` says more than the status's own sentence; typed words are shown."""
    context = {
        "status": status,
        "title": TITLES[status],
        "text": reason or TEXTS[status],
        "words": typed_words(request),
        "shown": WORDS,
    } | context
    return render(request, "web/error.html", context, status=status)


def sent(request: HttpRequest) -> QueryDict:
    """The form that was sent, empty where there is none or it cannot be read."""
    try:
        return request.POST
    except UNREADABLE:
        return QueryDict()


def typed_words(request: HttpRequest) -> list[str]:
    """What somebody wrote into the form, or into the one before it that a log-in carries along."""
    if request.method not in ("POST", "DELETE"):
        return []
    form = sent(request)
    names = (*WORDS, *(f"{kept.PREFIX}{name}" for name in WORDS))
    return [str(form[name]) for name in names if form.get(name)]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_big = type(exception).__name__ == "RequestDataTooBig"
    return refused(request, 413 if too_big else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, 403, reason=str(exception or "") or None)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The resolver's own message lists addresses: only what a view says is for the reader."""
    said = exception.args[0] if exception and exception.args else None
    return refused(request, 404, reason=said if isinstance(said, str) else None)


# A form without a good token


STALE = gettext_lazy(
    "The page was open for too long, or you logged in or out in another tab. So we could not be"
    " sure that the form came from you, and nothing was changed."
)
NO_COOKIE = gettext_lazy(
    "Your browser sent no cookie. So we could not be sure that the form came from you, and nothing"
    " was changed. Please allow cookies for this site: without them nobody can log in."
)


def why_stale(reason: str) -> Any:
    """Django's reason for refusing a form, in words that say what one can do about it."""
    return NO_COOKIE if reason == REASON_NO_CSRF_COOKIE else STALE


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
    return out_of_date(request, reason, again=not kept.has_secrets(request.POST))


def out_of_date(request: HttpRequest, reason: str, *, again: bool) -> HttpResponse:
    """What was sent, to be sent `again`; or the way back to a form that has to be filled in anew."""
    context: dict[str, Any] = to_the_form(request)
    if again:
        context = {"resend": request.path, "typed": kept.fields(request.POST), "words": []}
        context["leaves_files"] = bool(request.FILES)
    title = _("Please try that once more")
    return refused(request, 403, title=title, reason=why_stale(reason), **context)


def log_in_first(request: HttpRequest) -> HttpResponse:
    """The log-in page, with the typed fields carried along to the form they belong to."""
    context = {
        "login_url": reverse("account_login"),
        "signup_url": reverse("account_signup"),
        "kept_path": form_page(request),
        "typed": kept.fields(request.POST),
        "words": typed_words(request),
        "leaves_files": getattr(request, "leaves_files", False),
    }
    return render(request, "web/log_in_first.html", context, status=403)


def asks_for_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def to_the_form(request: HttpRequest) -> dict[str, Any]:
    """For `refused`: its way back, by name."""
    return {"back": form_page(request), "back_label": _("Back to the form")}


def form_page(request: HttpRequest) -> str:
    """The page that holds the form sent here. A view whose address is not it names it.

    `thread#reply` names the place in it too, and where the thread has pages the form says on which
    of them it stood.
    """
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return request.path
    name, _, place = getattr(match.func, "form_page", "").partition("#")
    if not name:
        return request.path
    address = reverse(name, kwargs=match.kwargs)
    page = sent(request).get("page", "") if place else ""
    query = f"?page={page}" if NUMBER.fullmatch(page) and page != "1" else ""
    return f"{address}{query}#{place}" if place else address


NUMBER = re.compile("[1-9][0-9]{0,8}")


# Where anything may be broken


# Seconds after which a page whose database was away may be asked for again.
RETRY_AFTER = 30
# The statuses of that page.
BROKEN = {500, 503}


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without database, session or context processors: any of them may be what broke.

    Where it is the database that does not answer, that passes: 503, and when to come again.
    """
    away = isinstance(sys.exception(), (OperationalError, InterfaceError))
    return broken(request, 503 if away else 500)


def broken(request: HttpRequest, status: int) -> HttpResponse:
    """First in the language of the address, then in the other one."""
    first = get_language_from_path(request.path_info) or "en"
    sent_something = request.method not in ("GET", "HEAD")
    context = {
        "status": status,
        "title": TITLES[status],
        "text": (TEXTS if sent_something else LOOKED)[status],
        "again": _or(form_page if sent_something else HttpRequest.get_full_path, request, ""),
        "words": _or(typed_words, request, []),
        "styles": _styles(),
        "first": first,
        "second": "zh-hans" if first == "en" else "en",
    }
    response = HttpResponse(render_to_string("web/plain_error.html", context), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _or(told: Callable[[HttpRequest], Any], request: HttpRequest, otherwise: Any) -> Any:
    """What can be told of a request that something broke at, whatever it was."""
    try:
        return told(request)
    except Exception:  # noqa: BLE001 of two faults the first is shown
        return otherwise


def _styles() -> list[str]:
    """The style sheets' addresses, or none where even those cannot be told."""
    try:
        return [static(f"css/{name}.css") for name in ("tokens", "base", "components")]
    except (OSError, ValueError):
        return []
