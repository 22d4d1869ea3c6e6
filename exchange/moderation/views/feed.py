"""The public log for programs that look for news of it."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.moderation import presenting
from exchange.web.http import methods


@methods("GET")
def log_feed(request: HttpRequest, language: str) -> HttpResponse:
    """What strangers can read of it, whoever asks."""
    if language not in dict(settings.LANGUAGES):
        raise Http404(_("There is no such feed."))
    with override(language):
        content, mark = presenting.feed(AnonymousUser(), language)
    response = HttpResponse(content, content_type=Atom1Feed.content_type)
    response["ETag"] = f'"{mark}"'
    if not request.user.is_authenticated:  # of a member's nothing is kept in any case
        patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, response["ETag"], response=response) or response
