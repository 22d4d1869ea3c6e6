"""Posts that wait for a moderator's look."""

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
from .deciding import number_of, read_version

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
        sent["version"] = sent["version"] or str(post.passage.version)
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
        return actions.settle_open(
            moderator=request.user,
            cases=queries.cases_of(post.target),
            act=act,
            read=read_version(request, post.target),
        )
    version = number_of(request.POST.get("version", ""))
    return actions.settle(moderator=request.user, case=case, version=version, act=act)


def _case(named: str, post: Post) -> Case | None:
    if not named:
        return None
    found = Case.objects.filter(pk=number_of(named), post=post).first()
    if found is None:
        raise Http404(_("There is no such case, or it is not open to you."))
    return found
