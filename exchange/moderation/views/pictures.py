"""What moderators do with one picture of a post."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from exchange.boards.views import get_picture, get_post, post_address, reason_of
from exchange.moderation import actions, queries, rules
from exchange.moderation.targets import of_picture
from exchange.web.errors import refused
from exchange.web.http import methods

from .acting import act_page, takes_back
from .checks import not_a_moderator
from .deciding import Act, overtaken_page, tell
from .showing import shown


@methods("GET", "POST", "DELETE")
def picture_hiding(request: HttpRequest, post_id: int, upload_id: int) -> HttpResponse:
    """GET is the form; POST hides, DELETE restores, each with a reason. Back to where it began."""
    post = get_post(request, post_id)
    upload = get_picture(request, post, upload_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal

    undo = takes_back(request, bool(upload.hidden_at))

    def do(form: Any) -> Any:
        done = actions.restore_picture if request.method == "DELETE" else actions.hide_picture
        return done(moderator=request.user, post=post, upload=upload, **reason_of(form))

    act = Act(
        verb="picture.restored" if undo else "picture.hidden",
        do=do,
        back=post_address(post),
        about=post.author,  # a picture is judged by looking at it: no language has to be read for that
        told=post.author,
        thread=post.thread,
        undo=undo,
        cases=queries.cases_of(f"picture.{upload.pk}"),
        judged=None if undo else of_picture(upload, post),
    )
    return act_page(request, act, post=post, p=shown(post, [upload])[0])


@methods("POST")
def picture_release(request: HttpRequest, post_id: int, upload_id: int) -> HttpResponse:
    """Let a picture that waited be shown."""
    post = get_post(request, post_id)
    upload = get_picture(request, post, upload_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    if refusal := rules.can_judge(request.user, post.author):
        return refused(request, 403, reason=refusal, back=post_address(post))
    moderator = request.user
    try:
        decision = actions.settle_open(
            moderator=moderator,
            cases=queries.cases_of(f"picture.{upload.pk}"),
            act=lambda: actions.release_picture(moderator=moderator, post=post, upload=upload),
        )
    except actions.Overtaken as overtaken:
        return overtaken_page(request, overtaken, {})
    tell(request, decision)
    return redirect(post_address(post))
