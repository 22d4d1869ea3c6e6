"""Posts that wait for a moderator's look."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from exchange.boards.rules import DELETED
from exchange.boards.views import get_post, post_address
from exchange.moderation import actions, queries
from exchange.moderation.forms import LookForm
from exchange.moderation.targets import of_post
from exchange.web.errors import refused
from exchange.web.http import methods

from .acting import act_page
from .checks import not_a_moderator
from .deciding import Act, from_case


@methods("GET", "POST")
def release(request: HttpRequest, post_id: int) -> HttpResponse:
    """GET asks; POST lets a post that waited be shown. No rule was broken, so no reason is asked for."""
    post = get_post(request, post_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    if post.deleted_at:
        return refused(request, 403, reason=DELETED, back=post_address(post))
    came = from_case(request)
    if came and came.case.post_id != post.pk:
        raise Http404

    def do(_form: Any) -> Any:
        return actions.release_post(moderator=request.user, post=post)

    act = Act(
        verb="post.released",
        do=do,
        back=post_address(post),
        about=post.author,
        told=post.author,
        thread=post.thread,
        cases=queries.cases_of(post.target),
        judged=of_post(post),
    )
    hiding = reverse("hiding", args=[post.pk], query=came.query if came else None)
    return act_page(request, act, LookForm, post=post, hiding=hiding, without_reason=True)
