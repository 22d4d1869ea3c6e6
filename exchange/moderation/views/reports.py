"""What members tell moderators."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.boards.views import get_post, post_address, reason_of, too_often
from exchange.moderation import actions
from exchange.moderation.forms import FlagForm
from exchange.moderation.queries import may_see, reportable_pictures
from exchange.moderation.targets import Target, find, of_picture, of_post
from exchange.safety.views import slow_down
from exchange.uploads.models import Upload
from exchange.web.errors import log_in_first, refused
from exchange.web.http import methods

from .showing import shown


@methods("GET", "POST")
def flag(request: HttpRequest, post_id: int) -> HttpResponse:
    """A member's report of a post, or of the one of its pictures that `?picture=` names."""
    post = get_post(request, post_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if post.state != "shown":
        return refused(request, 403, reason=_("This post cannot be read any more."))
    pictures = reportable_pictures(post)
    context = {
        "post": post,
        "pictures": shown(post, pictures),
        "back": reverse("post", args=[post.pk]),
    }
    return _report(request, of_post(post), context, pictures, post_address(post))


@methods("GET", "POST")
def report(request: HttpRequest, target: str) -> HttpResponse:
    """A report of what members made of a post: a translation, a correction, a figure."""
    found = find(target)
    if found is None or not may_see(request.user, found):
        raise Http404(_("There is nothing here to report, or it is not open to you."))
    post = found.post
    if found.kind in ("post", "picture"):
        picture = {"picture": found.thing.pk} if found.kind == "picture" else None
        return redirect(reverse("flag", args=[post.pk], query=picture))
    if not request.user.is_authenticated:
        return log_in_first(request)
    back = _place_of(found)
    return _report(request, found, {"post": post, "target": found, "back": back}, (), back)


def _report(
    request: HttpRequest,
    target: Target,
    context: dict[str, Any],
    pictures: Sequence[Upload],
    back: str,
) -> HttpResponse:
    form = FlagForm(
        request.POST if request.method == "POST" else None,
        pictures=pictures,
        about=request.GET.get("picture", ""),
    )
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "moderation/flag.html", context | {"form": form}, status=status)
    if wait := too_often(request, "report"):
        return slow_down(request, wait)
    upload = form.cleaned_data["about"]
    actions.report(
        reporter=request.user,
        target=of_picture(upload, target.post) if upload else target,
        language=get_language() or "en",
        **reason_of(form),
    )
    messages.success(request, _("Thank you. A moderator will look at it."))
    return redirect(back)


def _place_of(target: Target) -> str:
    """The page that shows it."""
    if target.kind == "figure":
        return reverse("figure", args=[target.thing.pk])
    page = "correction" if target.kind == "correction" else "translation"
    return reverse(page, args=[target.passage.pk])
