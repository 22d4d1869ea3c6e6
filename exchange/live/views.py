from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.boards.views import get_thread
from exchange.web.http import methods

from . import frames, queries


@methods("GET")
def changes(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What a page missed: `{"event": <latest>, "frames": [...]}`, or `{"reload": true}`."""
    thread = get_thread(request, thread_id)
    after = request.GET.get("since", "")
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        return _answer({"error": _("“since” must be the number of an event.")}, status=400)
    events = queries.missed(thread.scope, int(after))
    if events is None:
        return _answer({"reload": True})
    latest = max([int(after), *(event.id for event in events)])
    newest = frames.newest(events)
    found = frames.build(newest, frames.posts_of(newest), get_language() or "en")
    return _answer({"event": latest, "frames": found})


def _answer(content: frames.Frame, status: int = 200) -> JsonResponse:
    return JsonResponse(
        content,
        status=status,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False},
    )
