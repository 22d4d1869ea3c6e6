import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.boards.views import get_thread
from exchange.web.http import methods

from . import frames, notices, queries, scopes
from .follower import OUTAGES
from .messages import SCOPE

log = logging.getLogger(__name__)


@methods("GET")
def changes(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What a page missed: `{"event": <latest>, "frames": [...]}`, or `{"reload": true}`."""
    thread = get_thread(request, thread_id)
    after = _since(request)
    if after is None:
        return _error()
    events = queries.missed(thread.scope, after)
    if events is None:
        return _answer(request, {"reload": True})
    latest = max([after, *(event.id for event in events)])
    try:
        found = queries.frames_of(frames.newest(events), get_language() or "en")
    except OUTAGES:
        raise
    except Exception:
        log.exception("What happened in %s after %d cannot be told", thread.scope, after)
        return _answer(request, {"reload": True})  # as the socket says it of such an event
    return _answer(request, _told(latest, found))


@methods("GET")
def list_changes(request: HttpRequest) -> HttpResponse:
    """The same of a list (`?scope=board.3`, `front`) or of one's own notices (`user.7`)."""
    scope = request.GET.get("scope", "")
    opened = scopes.ask(request.user, scope) if _is_list(scope) else None
    if opened is None:
        raise Http404
    after = _since(request)
    if after is None:
        return _error()
    if scope.startswith("user."):
        told = [notices.current(int(scope.partition(".")[2]), get_language() or "en")]
        return _answer(request, _told(0, told))
    latest = max(after, opened.latest)
    # Of no event at all nothing is missed: it is asked from where to go on.
    found = queries.news(scope, after, latest) if after else []
    return _answer(request, {"reload": True} if found is None else _told(latest, found))


def _told(event: int, found: list[frames.Frame]) -> dict[str, Any]:
    return {"event": event, "frames": found}


def _is_list(scope: str) -> bool:
    return bool(SCOPE.fullmatch(scope)) and scope.partition(".")[0] in ("board", "front", "user")


def _since(request: HttpRequest) -> int | None:
    after = request.GET.get("since", "")
    good = after.isascii() and after.isdecimal() and len(after) < 19
    return int(after) if good else None


def _error() -> HttpResponse:
    error = _("“since” must be the number of an event.")
    return JsonResponse({"error": error}, status=400, headers={"Cache-Control": "no-store"})


def _answer(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    """With a tag, for pages without a socket that ask again and again. 304 where nothing is new."""
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    tag = queries.digest(queries.unstamped(content))
    response["ETag"] = f'"{tag}"'
    return get_conditional_response(request, response["ETag"], response=response) or response
