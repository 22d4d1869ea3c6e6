"""What moderators do with one picture of a post."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.views import decide, get_picture, get_post, post_address, reason_of
from exchange.moderation import actions
from exchange.web.http import form_data, methods

from .checks import not_a_moderator
from .showing import shown

# Where moderators came from, in the field or parameter `from`, and where that leads them back to.
BACK = {"desk": "desk", "pictures": "waiting_pictures"}


@methods("GET", "POST", "DELETE")
def picture_hiding(request: HttpRequest, post_id: int, upload_id: int) -> HttpResponse:
    """GET is the form; POST hides, DELETE restores, each with a reason. Back to where it began."""
    post = get_post(request, post_id)
    upload = get_picture(request, post, upload_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    undo = bool(upload.hidden_at)

    def act(form: Any) -> bool:
        do = actions.restore_picture if request.method == "DELETE" else actions.hide_picture
        return do(moderator=request.user, post=post, upload=upload, **reason_of(form))

    place = (form_data(request) or request.GET).get("from", "")
    back = reverse(BACK[place]) if place in BACK else post_address(post)
    context = {"post": post, "thread": post.thread, "undo": undo, "noun": "picture", "place": place}
    return decide(request, context | {"p": shown(post, [upload])[0]}, act, back)


@methods("POST")
def picture_release(request: HttpRequest, post_id: int, upload_id: int) -> HttpResponse:
    """Let a picture that waited be shown. Back to the desk, if it was decided there."""
    post = get_post(request, post_id)
    upload = get_picture(request, post, upload_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    if actions.release_picture(moderator=request.user, post=post, upload=upload):
        messages.success(request, _("Everybody can see the picture now."))
    else:
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect(BACK.get(request.POST.get("from", "")) or post_address(post))
