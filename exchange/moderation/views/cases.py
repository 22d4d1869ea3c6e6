"""One case: all that is known of it, and what can be done about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.models import Post
from exchange.boards.views import post_address, reason_of
from exchange.moderation import actions, queries, rules
from exchange.moderation.forms import NoteForm, ReaderForm
from exchange.moderation.models import Decision
from exchange.moderation.targets import find
from exchange.web.errors import refused
from exchange.web.http import form_data, methods

from .acting import act_page
from .casefile import about, decisions, state
from .checks import moderators_only
from .deciding import (
    Act,
    FromCase,
    case_address,
    filters_of,
    get_case,
    next_address,
    number_of,
    overtaken_page,
    tell,
)
from .wording import FOR_NOW


@methods("GET")
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Looking claims nothing."""
    moderators_only(request)
    found = get_case(request, case_id)
    filters = filters_of(request.GET)
    target = find(found.target)
    came = FromCase(found, target.version if target else found.version, filters)
    context = {"case": found, "came": came, "target": target} | state(request, came)
    context |= about(request, found, target) if target else {}
    if target and not found.closed_at:
        context |= decisions(request, came, target)
    following = queries.next_case(request.user, found, filters)
    context["following"] = case_address(following, filters.query) if following else ""
    return render(request, "moderation/case.html", context)


@methods("POST", "DELETE")
def claim(request: HttpRequest, case_id: int) -> HttpResponse:
    """POST takes a case on, DELETE gives it back."""
    moderators_only(request)
    found = get_case(request, case_id)
    if request.method == "DELETE":
        actions.unclaim(moderator=request.user, case=found)
    elif refusal := rules.can_judge(request.user, found.author):
        return refused(request, 403, reason=refusal)
    elif not actions.claim(moderator=request.user, case=found):
        now = get_case(request, case_id)
        why = "closed" if now.closed_at else "claimed"
        return overtaken_page(request, actions.Overtaken(why, now), {})
    return redirect(case_address(found.pk, filters_of(request.POST).query))


@methods("POST")
def decision(request: HttpRequest, case_id: int) -> HttpResponse:
    """There is nothing to do about it: what waited may be shown."""
    moderators_only(request)
    came = _came(request, case_id)
    if refusal := rules.can_judge(request.user, came.case.author):
        return refused(request, 403, reason=refusal)
    try:
        done = actions.settle(
            moderator=request.user,
            case=came.case,
            version=came.version,
            act=lambda: actions.leave(moderator=request.user, case=came.case),
        )
    except actions.Overtaken as overtaken:
        return overtaken_page(request, overtaken, {"came": came})
    tell(request, done)
    return redirect(next_address(request, came))


@methods("GET", "POST")
def waiting(request: HttpRequest, case_id: int) -> HttpResponse:
    """Hide a post for now, until somebody who reads it has looked at it."""
    moderators_only(request)
    came = _came(request, case_id)
    if not came.case.target.startswith("post."):
        raise Http404
    post = came.case.post

    def do(form: Any) -> Decision | None:
        return actions.hide_for_now(
            moderator=request.user,
            case=came.case,
            version=came.version,
            post=post,
            **reason_of(form),
        )

    act = Act(
        verb="post.hidden",
        do=do,
        back=came.address,
        about=post.author,
        told=post.author,
        thread=post.thread,
        stays_open=True,
    )
    return act_page(request, act, came=came, wording=FOR_NOW, post=post)


@methods("POST")
def notes(request: HttpRequest, case_id: int) -> HttpResponse:
    moderators_only(request)
    found = get_case(request, case_id)
    if found.author_id == request.user.pk:
        return refused(request, 403, reason=rules.OWN)
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "case": found, "queue": filters_of(request.POST).query}
        return render(request, "moderation/note.html", context, status=422)
    actions.write_note(moderator=request.user, case=found, words=form.cleaned_data["note"])
    address = case_address(found.pk, filters_of(request.POST).query)
    return redirect(f"{address}#notes")


@methods("POST")
def readers(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask a member who offered it what the text says."""
    moderators_only(request)
    found = get_case(request, case_id)
    if found.author_id == request.user.pk:
        return refused(request, 403, reason=rules.OWN)
    address = f"{case_address(found.pk, filters_of(request.POST).query)}#readers"
    form = ReaderForm(request.POST, people=queries.willing_readers(found))
    if found.closed_at or not form.is_valid():
        messages.info(request, _("This person cannot be asked about this case."))
        return redirect(address)
    reader = form.cleaned_data["reader"]
    if actions.ask(moderator=request.user, case=found, reader=reader):
        said = _("%(name)s is asked what the text says.") % {"name": reader.username}
        messages.success(request, said)
    return redirect(address)


@methods("POST")
def undoing(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take a decision back: its case waits again."""
    moderators_only(request)
    made = queries.decision_of(request.user, decision_id)
    if made is None:
        raise Http404(_("There is no such decision, or it is not yours to take back."))
    if refusal := rules.can_undo(request.user, made):
        return refused(request, 403, reason=refusal)
    try:
        back = actions.settle_open(
            moderator=request.user,
            cases=queries.cases_of(made.event.target),
            act=lambda: actions.undo(moderator=request.user, decision=made),
        )
    except actions.Overtaken as overtaken:
        return overtaken_page(request, overtaken, {})
    if back is None:
        messages.info(request, _("This cannot be taken back any more. Nothing changed."))
    else:
        messages.success(request, _("Taken back. Everything is as it was before."))
    return redirect(_place_of(made))


def _came(request: HttpRequest, case_id: int) -> FromCase:
    """Of a form that stands on the case's own page."""
    sent = form_data(request) or request.GET
    version = number_of(sent.get("version", ""))
    return FromCase(get_case(request, case_id), version, filters_of(sent))


def _place_of(made: Decision) -> str:
    """Its case where it has one, the post or thread that it was about, or the log."""
    if made.case_id:
        return case_address(made.case_id)
    kind, _dot, number = made.event.target.partition(".")
    post = Post.objects.filter(pk=number).first() if kind == "post" else None
    if post:
        return post_address(post)
    return reverse("thread", args=[number]) if kind == "thread" else reverse("log")
