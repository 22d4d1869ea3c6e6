"""What members tell moderators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards.views import get_post, post_address, reason_of, too_often
from exchange.moderation import actions
from exchange.moderation.forms import FlagForm
from exchange.moderation.queries import reportable_pictures
from exchange.safety.views import slow_down
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
    form = FlagForm(
        request.POST if request.method == "POST" else None,
        pictures=pictures,
        about=request.GET.get("picture", ""),
    )
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "post": post, "pictures": shown(post, pictures)}
        return render(request, "moderation/flag.html", context, status=status)
    if wait := too_often(request, "report"):
        return slow_down(request, wait)
    actions.flag(
        reporter=request.user, post=post, upload=form.cleaned_data["about"], **reason_of(form)
    )
    messages.success(request, _("Thank you. A moderator will look at it."))
    return redirect(post_address(post))
