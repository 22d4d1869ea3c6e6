"""What uploads are asked for: their files, and by scripts to take one in or throw it away."""

from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override, csp_report_only_override

from exchange.web.errors import log_in_first
from exchange.web.http import methods

from . import actions, queries
from .addresses import NAME, opens, read, thumbnail
from .forms import problem, take
from .labels import Problem
from .models import Upload
from .receiving import FIELD

# A browser may keep a picture: its address never shows another one, and pages that name it are gone
# as soon as it is. What keeps copies for many people asks again after a minute.
KEPT = "public, max-age=31536000, s-maxage=60, immutable"
METHODS = {"GET", "HEAD"}

# How each answer of labels.MESSAGES is called; what is not here is 422.
STATUSES = {
    "too_large": 413,
    "full": 413,
    "unknown_type": 415,
    "vector": 415,
    "many": 429,
    "busy": 503,
    "storage": 503,
}
# Seconds after which it may be tried again.
RETRY_AFTER = {"busy": 10, "storage": 60}


@csp_override({"sandbox": True, "default-src": ["'none'"]})  # type: ignore[dict-item]  # a bare word
@csp_report_only_override({})
def picture_file(request: HttpRequest, name: str, part: str) -> HttpResponse:
    """One file of a picture, as the type that it was made as, for who knows its address."""
    if request.method not in METHODS:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    asked = read(part) if NAME.fullmatch(name) else None
    found = queries.rendition(name, *asked) if asked else None
    if found is None or not (
        found.upload.is_open or opens(request.GET.get("key", ""), found.upload.name)
    ):
        raise Http404
    queries.let_go()
    try:
        with default_storage.open(found.file_id) as file:
            content = file.read()
    except Exception as error:
        if isinstance(error, FileNotFoundError):
            raise Http404 from error
        return HttpResponse(status=503, headers={"Retry-After": "10", "Cache-Control": "no-store"})
    response = HttpResponse(content, content_type=found.media_type)
    response["Cache-Control"] = KEPT if found.upload.is_open else "private, no-store"
    response["Content-Disposition"] = _disposition(found.media_type, name)
    # Pages of other sites do not show our pictures; a host of its own is another site to ours.
    response["Cross-Origin-Resource-Policy"] = (
        "cross-origin" if settings.MEDIA_ORIGIN else "same-origin"
    )
    return response


@methods("POST")
def uploads(request: HttpRequest) -> HttpResponse:
    """Take one file in, for scripts: the rows of the form are drawn by the form's own address."""
    user: Any = request.user
    if not user.is_authenticated:
        return log_in_first(request)
    if user.is_silenced:
        paused = _("A moderator paused your account: you can read, but not post for now.")
        return JsonResponse({"message": paused}, status=403)
    file = request.FILES.get(FIELD)
    if file is None:
        return JsonResponse({"message": Problem("empty").plain}, status=422)
    taken = take(user, file)
    if isinstance(taken, Upload):
        return JsonResponse(_told(taken))
    said = problem(user, taken, file)
    answer = JsonResponse({"message": said.plain})
    answer.status_code = STATUSES.get(taken, 422)
    if after := said.seconds or RETRY_AFTER.get(taken):
        answer["Retry-After"] = str(after)
    return answer


@methods("DELETE")
def upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Throw away what stands on no text, as its owner."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    found = queries.own(request.user, [upload_id]).get(upload_id)
    if found is None:
        raise Http404
    if not actions.discard(owner=request.user, upload=found):
        return JsonResponse({"message": Problem("used").plain}, status=409)
    return HttpResponse(status=204)


def _told(upload: Upload) -> dict[str, Any]:
    size = {"width": upload.width, "height": upload.height}
    return {"id": upload.pk, "kind": upload.kind, "thumb": thumbnail(upload), **size}


def _disposition(media_type: str, name: str) -> str:
    """A paper is for saving: what shows it would be another program than the browser's page."""
    if media_type == "application/pdf":
        return f'attachment; filename="paper-{name[:8]}.pdf"'
    return "inline"
