"""Posts that wait for a moderator's look."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.boards.models import Post
from exchange.boards.rules import DELETED
from exchange.boards.views import get_post, post_address
from exchange.moderation import actions, queries, rules
from exchange.moderation.models import Case, Decision
from exchange.web.errors import refused
from exchange.web.http import is_look, methods

from .checks import not_a_moderator

OVERTAKEN = {
    "closed": gettext_lazy(
        "Another moderator decided this case meanwhile. Nothing was changed now."
    ),
    "claimed": gettext_lazy("Another moderator is working on this case. Nothing was changed."),
    "edited": gettext_lazy(
        "The author changed the post since you read it. Please read it again; nothing was changed."
    ),
}


@methods("GET", "POST")
def release(request: HttpRequest, post_id: int) -> HttpResponse:
    """GET asks; POST lets a post that waited be shown. From a case its `case` and `version` come along."""
    post = get_post(request, post_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    if refusal := rules.can_judge(request.user, post.author):
        return refused(request, 403, reason=refusal, back=post_address(post))
    if post.deleted_at:
        return refused(request, 403, reason=DELETED, back=post_address(post))
    if is_look(request):
        sent = {name: request.GET.get(name, "") for name in ("case", "version")}
        return render(request, "moderation/release.html", {"post": post, "sent": sent})
    try:
        decision = _decided(request, post)
    except actions.Overtaken as overtaken:
        return refused(request, 409, reason=OVERTAKEN[overtaken.why], back=post_address(post))
    if decision:
        messages.success(request, _("Everybody can read the post now."))
    else:
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect(post_address(post))


def _decided(request: HttpRequest, post: Post) -> Decision | None:
    def act() -> Decision | None:
        return actions.release_post(moderator=request.user, post=post)

    case = _case(request.POST.get("case", ""), post)
    if case is None:
        cases = queries.cases_of(post.target)
        return actions.settle_open(moderator=request.user, cases=cases, act=act)
    version = request.POST.get("version", "")
    number = int(version) if _is_number(version) else 0
    return actions.settle(moderator=request.user, case=case, version=number, act=act)


def _case(named: str, post: Post) -> Case | None:
    if not named:
        return None
    found = Case.objects.filter(pk=named, post=post).first() if _is_number(named) else None
    if found is None:
        raise Http404(_("There is no such case, or it is not open to you."))
    return found


def _is_number(text: Any) -> bool:
    return bool(text.isascii() and text.isdecimal() and len(text) < 18)
