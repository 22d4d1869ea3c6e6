"""What moderators do with posts and threads, each with a reason."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from exchange.boards.models import Post, Thread
from exchange.boards.views import decide, get_post, get_thread, post_address, reason_of
from exchange.moderation import actions
from exchange.moderation.forms import HidingForm, MoveForm
from exchange.moderation.queries import has_pictures
from exchange.web.errors import refused
from exchange.web.http import form_data, methods

from .checks import not_a_moderator

type Act = Callable[..., Any]


@methods("GET", "POST", "DELETE")
def hiding(request: HttpRequest, post_id: int) -> HttpResponse:
    """GET is the form; POST hides, DELETE restores, each with a reason."""
    post = get_post(request, post_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    if post.deleted_at:
        return refused(
            request,
            403,
            reason=_("Its author deleted this post, so there is nothing to hide or restore."),
        )
    pictures = has_pictures(post)
    context = {"post": post, "thread": post.thread, "noun": "hiding", "pictures": pictures}

    def act(form: Any) -> bool:
        done = {"moderator": request.user, "post": post, **reason_of(form)}
        if request.method == "DELETE":
            return actions.restore(**done)
        return actions.hide(**done, blocks_pictures=form.cleaned_data["blocks"])

    return decide(
        request,
        context | {"undo": bool(post.hidden_at)},
        act,
        post_address(post),
        HidingForm(form_data(request)),
    )


@methods("GET", "POST", "DELETE")
def lock(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = get_thread(request, thread_id)
    return _thread_act(
        request, thread, "lock", bool(thread.locked_at), actions.lock, actions.unlock
    )


@methods("GET", "POST", "DELETE")
def pin(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = get_thread(request, thread_id)
    return _thread_act(request, thread, "pin", bool(thread.pinned_at), actions.pin, actions.unpin)


@methods("GET", "POST")
def move(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = get_thread(request, thread_id)
    if refusal := not_a_moderator(request, thread):
        return refusal
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, reader=request.user, now=thread.board)
    return decide(
        request,
        {"thread": thread, "noun": "move"},
        lambda form: actions.move(
            moderator=request.user,
            thread=thread,
            board=form.cleaned_data["board"],
            **reason_of(form),
        ),
        _thread_address(thread),
        form,
    )


def _thread_act(
    request: HttpRequest, thread: Thread, noun: str, undo: bool, do: Act, undo_it: Act
) -> HttpResponse:
    if refusal := not_a_moderator(request, thread):
        return refusal
    act = undo_it if request.method == "DELETE" else do
    return decide(
        request,
        {"thread": thread, "undo": undo, "noun": noun},
        lambda form: act(moderator=request.user, thread=thread, **reason_of(form)),
        _thread_address(thread),
    )


def _thread_address(thread: Thread) -> str:
    return post_address(Post(thread=thread, number=1)).partition("#")[0]
