"""Muting and blocking: a small page for each thing that can be muted, and one with all of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.models import Board, Thread
from exchange.boards.muting import mutes_of
from exchange.boards.queries import may_read_title
from exchange.boards.views import get_board, get_thread, too_often
from exchange.people import actions, queries, rules
from exchange.people.forms import MutedWordForm
from exchange.safety.views import slow_down
from exchange.web.errors import log_in_first, refused
from exchange.web.http import is_look, methods

from .gates import get_person


@methods("GET", "POST", "DELETE")
def mute_person(request: HttpRequest, username: str) -> HttpResponse:
    return _about_person(request, username, blocks=False)


@methods("GET", "POST", "DELETE")
def block_person(request: HttpRequest, username: str) -> HttpResponse:
    return _about_person(request, username, blocks=True)


@methods("GET", "POST", "DELETE")
def mute_thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    found = get_thread(request, thread_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    context = {
        "noun": "thread",
        "thread": found,
        "title_readable": may_read_title(request.user, found),
        "undo": found.pk in mutes_of(request.user).threads,
    }
    back = reverse("thread", args=[found.pk])
    return _decide(request, context, back, actions.mute_thread, thread=found)


@methods("GET", "POST", "DELETE")
def mute_board(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_board(request, slug)
    if not request.user.is_authenticated:
        return log_in_first(request)
    context = {
        "noun": "board",
        "board": found,
        "undo": found.pk in mutes_of(request.user).boards,
    }
    back = reverse("board", args=[found.slug])
    return _decide(request, context, back, actions.mute_board, board=found)


@methods("GET", "POST", "DELETE")
def mutes(request: HttpRequest) -> HttpResponse:
    """All that somebody muted. POST adds a `word`; DELETE takes back the one with the id `mute`."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    if request.method == "DELETE":
        return _take_back(request)
    return _list(request, MutedWordForm()) if is_look(request) else _add_word(request)


def _add_word(request: HttpRequest) -> HttpResponse:
    form = MutedWordForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    if wait := too_often(request, "mute"):
        return slow_down(request, wait)
    word = form.cleaned_data["word"]
    try:
        actions.mute_word(by=request.user, word=word)
    except actions.ListIsFull as full:
        form.add_error("word", full.reason)
        return _list(request, form, status=409)
    messages.success(request, _("Posts with “%(word)s” are not shown any more.") % {"word": word})
    return redirect("mutes")


def _about_person(request: HttpRequest, username: str, *, blocks: bool) -> HttpResponse:
    found = get_person(username)
    if not request.user.is_authenticated:
        return log_in_first(request)
    back = reverse("person", args=[found.username])
    if refusal := rules.can_mute(request.user, found):
        return refused(request, 403, reason=refusal, back=back)
    state = queries.mute_of(request.user, found)
    context = {
        "noun": "block" if blocks or state == "blocked" else "person",
        "person": found,
        "undo": state == "blocked" or (state == "person" and not blocks),
    }

    def keep(*, by: Any, person: Any) -> object:
        return actions.mute_person(by=by, person=person, blocks=blocks)

    return _decide(request, context, back, keep, person=found)


def _decide(
    request: HttpRequest,
    context: dict[str, Any],
    back: str,
    keep: Callable[..., object],
    **what: Any,
) -> HttpResponse:
    """The form, or the act that it asks for, and back to the place that it was about."""
    if request.method == "DELETE":
        actions.unmute(by=request.user, **what)
        messages.success(request, _said(what, context, undone=True))
        return redirect(back)
    if is_look(request):
        return render(request, "people/mute.html", context | {"back": back})
    if wait := too_often(request, "mute"):
        return slow_down(request, wait)
    try:
        keep(by=request.user, **what)
    except actions.ListIsFull as full:
        title = _("Your list is full")
        return refused(request, 409, title=title, reason=full.reason, back=reverse("mutes"))
    messages.success(request, _said(what, context, undone=False))
    return redirect(back)


def _said(what: dict[str, Any], context: dict[str, Any], *, undone: bool) -> str:
    if isinstance(what.get("thread"), Thread):
        return _("You see this thread in lists again.") if undone else _("You muted this thread.")
    if isinstance(what.get("board"), Board):
        return (
            _("The front page shows this board's threads again.")
            if undone
            else _("You muted this board: the front page leaves its threads out.")
        )
    name = {"name": what["person"].username}
    if undone:
        return _("You see what %(name)s writes again.") % name
    if context["noun"] == "block":
        return _("You blocked %(name)s.") % name
    return _("You muted %(name)s.") % name


def _list(request: HttpRequest, form: MutedWordForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "mutes": queries.mutes(request.user)}
    return render(request, "people/mutes.html", context, status=status)


def _take_back(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("mute", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) < 19
    if not known or not actions.unmute(by=request.user, pk=int(asked)):
        raise Http404(_("You muted nothing of that kind, or took it back before."))
    messages.success(request, _("It is shown to you again."))
    return redirect("mutes")
