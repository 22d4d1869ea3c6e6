from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards.forms import ReasonForm
from exchange.boards.models import Post, Thread
from exchange.boards.queries import roles
from exchange.boards.views import decide, get_post, get_thread, post_address, reason_of
from exchange.web.errors import log_in_first, refused
from exchange.web.http import methods
from exchange.web.pagination import NoSuchPage, numbered, paginate

from . import actions, queries
from .forms import MoveForm

type Act = Callable[..., Any]


@methods("GET", "POST", "DELETE")
def hiding(request: HttpRequest, post_id: int) -> HttpResponse:
    """GET is the form; POST hides, DELETE restores, each with a reason."""
    post = get_post(request, post_id)
    if refusal := _not_a_moderator(request, post.thread):
        return refusal
    if post.deleted_at:
        return refused(
            request,
            403,
            reason=_("Its author deleted this post, so there is nothing to hide or restore."),
        )
    undo = bool(post.hidden_at)
    return decide(
        request,
        {"post": post, "thread": post.thread, "undo": undo, "noun": "hiding"},
        lambda form: (actions.restore if request.method == "DELETE" else actions.hide)(
            moderator=request.user, post=post, **reason_of(form)
        ),
        post_address(post),
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
    if refusal := _not_a_moderator(request, thread):
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


@methods("GET", "POST")
def flag(request: HttpRequest, post_id: int) -> HttpResponse:
    """A member's report of a post."""
    post = get_post(request, post_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if post.state != "shown":
        return refused(request, 403, reason=_("This post cannot be read any more."))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "moderation/flag.html", {"form": form, "post": post}, status=status)
    actions.flag(reporter=request.user, post=post, **reason_of(form))
    messages.success(request, _("Thank you. A moderator will look at it."))
    return redirect(post_address(post))


@methods("GET")
def desk(request: HttpRequest) -> HttpResponse:
    """Open reports. For others than moderators there is no such page."""
    _moderators_only(request)
    flags = queries.open_flags(request.user)
    try:
        page = paginate(request.GET.get("page"), rows=flags.count(), size=queries.FLAGS_PER_PAGE)
    except NoSuchPage as missing:
        raise Http404(
            _("There is no such page: the last one is page %(last)s.") % {"last": missing.last}
        ) from None
    shown = flags[page.first_row - 1 : page.last_row]
    canonical = numbered(request.path, page.number)
    context = {"flags": shown, "page": page, "canonical": canonical}
    context["site"] = roles(request.user).site
    return render(request, "moderation/desk.html", context)


@methods("POST")
def close_flag(request: HttpRequest, flag_id: int) -> HttpResponse:
    _moderators_only(request)
    found = queries.open_flags(request.user).filter(pk=flag_id).first()
    if found is None:
        raise Http404(_("This report is closed already."))
    actions.close_flag(moderator=request.user, flag=found)
    return redirect("desk")


@methods("GET")
def log(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("page") or "1"
    if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) < 100_000):
        raise Http404(_("There is no such page."))
    number, size = int(asked[:9]), queries.ENTRIES_PER_PAGE
    entries = queries.entries(request.user, (number - 1) * size, size + 1)
    if not entries and number > 1:
        raise Http404(_("There is no such page: the log begins after it."))
    context = {
        "entries": entries[:size],
        "number": number,
        "canonical": numbered(request.path, number),
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(entries) > size else None,
    }
    return render(request, "moderation/log.html", context)


def _thread_act(
    request: HttpRequest, thread: Thread, noun: str, undo: bool, do: Act, undo_it: Act
) -> HttpResponse:
    if refusal := _not_a_moderator(request, thread):
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


def _not_a_moderator(request: HttpRequest, thread: Thread) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return log_in_first(request)
    if not roles(request.user).moderates(thread.board_id):
        return refused(request, 403, reason=_("Only this board's moderators can do that."))
    return None


def _moderators_only(request: HttpRequest) -> None:
    if not roles(request.user).any:
        raise Http404
