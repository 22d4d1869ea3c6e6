"""Splitting a thread, merging two, and taking that back."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from exchange.boards.models import POSTS_PER_PAGE, Post, Thread
from exchange.boards.queries import posts
from exchange.boards.views import get_thread, reason_of
from exchange.moderation import actions
from exchange.moderation.forms import MergeForm, SplitForm
from exchange.moderation.models import Decision
from exchange.web.errors import refused
from exchange.web.http import form_data, methods
from exchange.web.pagination import NoSuchPage, paginate

from .acting import act_page
from .acts import on_thread
from .checks import not_a_moderator


@methods("GET", "POST")
def split(request: HttpRequest, thread_id: int) -> HttpResponse:
    """GET is the form with a page of posts to choose from; POST moves them into a new thread."""
    thread = get_thread(request, thread_id)
    if refusal := not_a_moderator(request, thread) or _merged(request, thread):
        return refusal
    sent = form_data(request)
    ticked = sent.getlist("post") if sent else request.GET.getlist("post")
    make = partial(SplitForm, reader=request.user, thread=thread, ticked=ticked)

    def do(form: Any) -> Any:
        return actions.split(
            moderator=request.user,
            thread=thread,
            numbers=form.cleaned_data["numbers"],
            title=form.draft(),
            board=form.cleaned_data["board"],
            **reason_of(form),
        )

    choices = [(post, str(post.number) in ticked) for post in _choices(request, thread)]
    act = on_thread(request, "thread.split", thread, do)
    return act_page(request, act, make, choices=choices, splits=True)


@methods("GET", "POST", "DELETE")
def merge(request: HttpRequest, thread_id: int) -> HttpResponse:
    """GET is the form; POST moves all posts into another thread, DELETE brings them back."""
    thread = get_thread(request, thread_id)
    if refusal := not_a_moderator(request, thread):
        return refusal
    if request.method == "DELETE" or (thread.merged_into_id and request.method != "POST"):
        return _part(request, thread)
    make = partial(MergeForm, reader=request.user, thread=thread)

    def do(form: Any) -> Any:
        return actions.merge(
            moderator=request.user,
            thread=thread,
            target=form.cleaned_data["target"],
            **reason_of(form),
        )

    return act_page(request, on_thread(request, "thread.merged", thread, do), make)


def _part(request: HttpRequest, thread: Thread) -> HttpResponse:
    """What brought the posts of this thread into another one is taken back."""
    latest = Decision.objects.filter(
        verb="thread.merged", event__target=thread.scope, undone_by=None
    ).order_by("-id")
    decision = latest.first()
    if decision is None and request.method == "GET":
        reason = _("This thread was merged when a splitting was taken back.")
        return refused(request, 409, title=reason, reason=reason)

    def do(form: Any) -> Any:
        if decision is None:
            return None
        return actions.undo(moderator=request.user, decision=decision, **reason_of(form))

    return act_page(request, on_thread(request, "thread.parted", thread, do, undo=True))


def _merged(request: HttpRequest, thread: Thread) -> HttpResponse | None:
    if not thread.merged_into_id:
        return None
    reason = _("The posts of this thread were moved into another one already.")
    return refused(request, 409, title=reason, reason=reason)


def _choices(request: HttpRequest, thread: Thread) -> list[Post]:
    """The replies on a page of the thread, which can be chosen without writing numbers."""
    asked = (form_data(request) or request.GET).get("page")
    try:
        page = paginate(asked, rows=thread.last_number, size=POSTS_PER_PAGE)
    except NoSuchPage:
        page = paginate("1", rows=thread.last_number, size=POSTS_PER_PAGE)
    found = posts(thread, max(page.first_row, 2), page.last_row)
    return [post for post in found if not post.deleted_at]
