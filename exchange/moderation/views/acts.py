"""What moderators do with posts and threads, each with a reason."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from exchange.boards.models import Post, Thread
from exchange.boards.views import get_post, get_thread, post_address, reason_of
from exchange.moderation import actions, rules
from exchange.moderation.forms import HidingForm, MoveForm
from exchange.moderation.queries import cases_of_post, has_pictures
from exchange.moderation.targets import of_post
from exchange.web.errors import refused
from exchange.web.http import methods

from .acting import act_page, takes_back, thread_address
from .checks import not_a_moderator
from .deciding import Act, from_case

type Do = Callable[..., Any]


@methods("GET", "POST", "DELETE")
def hiding(request: HttpRequest, post_id: int) -> HttpResponse:
    """GET is the form; POST hides, DELETE restores, each with a reason."""
    post = get_post(request, post_id)
    if refusal := not_a_moderator(request, post.thread) or _deleted(request, post):
        return refusal
    undo = takes_back(request, bool(post.hidden_at) and not _waits(request))

    def do(form: Any) -> Any:
        done = {"moderator": request.user, "post": post, **reason_of(form)}
        if request.method == "DELETE":
            return actions.restore(**done)
        return actions.hide(**done, blocks_pictures=form.cleaned_data["blocks"])

    act = _on_post("post.restored" if undo else "post.hidden", post, do, undo=undo)
    pictures = not undo and has_pictures(post)
    return act_page(request, act, HidingForm, post=post, pictures=pictures)


@methods("GET", "POST", "DELETE")
def erasing(request: HttpRequest, post_id: int) -> HttpResponse:
    """GET is the form; POST deletes for good, DELETE takes that back while there is something left."""
    post = get_post(request, post_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    if cannot := rules.can_erase(request.user, post.author):
        return refused(request, 403, reason=cannot)
    if not post.erased_at and (refusal := _deleted(request, post)):
        return refusal
    undo = takes_back(request, bool(post.erased_at))

    def do(form: Any) -> Any:
        act = actions.drop_erasing if request.method == "DELETE" else actions.erase
        return act(moderator=request.user, post=post, rule=form.cleaned_data["reason"])

    verb = "post.erasing_dropped" if undo else "post.erased"
    act = _on_post(verb, post, do, undo=undo)
    shown = None if post.erased_at else post
    return act_page(request, act, post=shown, without_note=True)


@methods("GET", "POST", "DELETE")
def edit_request(request: HttpRequest, post_id: int) -> HttpResponse:
    """GET is the form; POST asks the author to change the post, DELETE takes that back."""
    post = get_post(request, post_id)
    if refusal := not_a_moderator(request, post.thread) or _deleted(request, post):
        return refusal
    if post.state != "shown":
        return refused(
            request, 403, reason=_("Only a post that everybody can read can be changed.")
        )
    undo = takes_back(request, bool(post.edit_asked_at))

    def do(form: Any) -> Any:
        drop = request.method == "DELETE"
        act = actions.drop_edit_request if drop else actions.ask_for_edit
        return act(moderator=request.user, post=post, **reason_of(form))

    verb = "post.edit_request_dropped" if undo else "post.edit_requested"
    return act_page(request, _on_post(verb, post, do, undo=undo), post=post)


@methods("GET", "POST", "DELETE")
def lock(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = get_thread(request, thread_id)
    verbs = ("thread.locked", "thread.unlocked")
    return _thread_act(request, thread, verbs, bool(thread.locked_at), actions.lock, actions.unlock)


@methods("GET", "POST", "DELETE")
def pin(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = get_thread(request, thread_id)
    verbs = ("thread.pinned", "thread.unpinned")
    return _thread_act(request, thread, verbs, bool(thread.pinned_at), actions.pin, actions.unpin)


@methods("GET", "POST")
def move(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = get_thread(request, thread_id)
    if refusal := not_a_moderator(request, thread):
        return refusal

    def do(form: Any) -> Any:
        board = form.cleaned_data["board"]
        return actions.move(moderator=request.user, thread=thread, board=board, **reason_of(form))

    make = partial(MoveForm, reader=request.user, now=thread.board)
    return act_page(request, on_thread(request, "thread.moved", thread, do), make)


def on_thread(
    request: HttpRequest, verb: str, thread: Thread, do: Do, *, undo: bool = False
) -> Act:
    """Nobody's words are judged by it, so that it is possible with one's own thread too."""
    own = thread.author_id == request.user.pk
    return Act(
        verb=verb,
        do=do,
        back=thread_address(thread),
        about=None if own else thread.author,
        told=None if own else thread.author,
        thread=thread,
        undo=undo,
    )


def _thread_act(
    request: HttpRequest,
    thread: Thread,
    verbs: tuple[str, str],
    undo: bool,
    do: Do,
    undo_it: Do,
) -> HttpResponse:
    if refusal := not_a_moderator(request, thread):
        return refusal
    chosen = undo_it if request.method == "DELETE" else do

    def act(form: Any) -> Any:
        return chosen(moderator=request.user, thread=thread, **reason_of(form))

    return act_page(request, on_thread(request, verbs[undo], thread, act, undo=undo))


def _on_post(verb: str, post: Post, do: Do, *, undo: bool) -> Act:
    return Act(
        verb=verb,
        do=do,
        back=post_address(post),
        about=post.author,
        language=None if undo else post.passage.language,
        told=post.author,
        thread=post.thread,
        undo=undo,
        cases=cases_of_post(post),
        judged=None if undo else of_post(post),
    )


def _waits(request: HttpRequest) -> bool:
    """What is hidden for now can be hidden for good, by the same form, from its case."""
    came = from_case(request)
    return came is not None and bool(came.case.awaits_reader)


def _deleted(request: HttpRequest, post: Post) -> HttpResponse | None:
    if not post.deleted_at:
        return None
    reason = _("This post was deleted, so there is nothing to decide about it.")
    return refused(request, 403, reason=reason)
