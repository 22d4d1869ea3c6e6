from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csp import csp_override, csp_report_only_override

from . import queries
from .addresses import read

# A browser may keep a picture: its address never shows another one, and pages that name it are gone
# as soon as it is. What keeps copies for many people asks again after a minute.
KEPT = "public, max-age=31536000, s-maxage=60, immutable"
METHODS = {"GET", "HEAD"}


@csp_override({"sandbox": True, "default-src": ["'none'"]})  # type: ignore[dict-item]  # a bare word
@csp_report_only_override({})
def picture_file(request: HttpRequest, name: str, part: str) -> HttpResponse:
    """One file of a picture, as the type that it was made as, for who knows its address."""
    if request.method not in METHODS:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    asked = read(part)
    found = queries.rendition(name, *asked) if asked else None
    if found is None:
        raise Http404
    try:
        with default_storage.open(found.file_id) as file:
            content = file.read()
    except Exception as error:
        if isinstance(error, FileNotFoundError):
            raise Http404 from error
        return HttpResponse(status=503, headers={"Retry-After": "10", "Cache-Control": "no-store"})
    response = HttpResponse(content, content_type=found.media_type)
    response["Cache-Control"] = KEPT
    response["Content-Disposition"] = _disposition(found.media_type, name)
    # Pages of other sites do not show our pictures; a host of its own is another site to ours.
    response["Cross-Origin-Resource-Policy"] = (
        "cross-origin" if settings.MEDIA_ORIGIN else "same-origin"
    )
    return response


def _disposition(media_type: str, name: str) -> str:
    """A paper is for saving: what shows it would be another program than the browser's page."""
    if media_type == "application/pdf":
        return f'attachment; filename="paper-{name[:8]}.pdf"'
    return "inline"
