"""What moderators do about persons: warnings and sanctions, and the roles that the staff gives."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.accounts.models import User
from exchange.boards.forms import ReasonForm
from exchange.boards.models import Board, Moderator
from exchange.boards.queries import roles as roles_of
from exchange.boards.views import reason_of
from exchange.moderation import actions, rules
from exchange.moderation.forms import RoleForm, SanctionForm
from exchange.moderation.models import Decision
from exchange.moderation.targets import find
from exchange.web.errors import log_in_first, refused
from exchange.web.http import form_data, is_look, methods

from .acting import act_page
from .checks import moderators_only
from .deciding import Act, from_case


@methods("GET", "POST", "DELETE")
def warning(request: HttpRequest, username: str) -> HttpResponse:
    """POST warns; DELETE takes the latest warning back."""
    return _sanction(request, username, "person.warned", rules.can_warn, actions.warn, ReasonForm)


@methods("GET", "POST", "DELETE")
def silence(request: HttpRequest, username: str) -> HttpResponse:
    """POST stops somebody from posting for a time; DELETE ends that."""
    return _sanction(
        request, username, "person.silenced", rules.can_sanction, actions.silence, SanctionForm
    )


@methods("GET", "POST", "DELETE")
def suspension(request: HttpRequest, username: str) -> HttpResponse:
    """POST keeps somebody from logging in for a time or for good; DELETE ends that."""
    make = partial(SanctionForm, may_be_for_good=True)
    return _sanction(
        request, username, "person.suspended", rules.can_sanction, actions.suspend, make
    )


@methods("GET", "POST", "DELETE")
def roles(request: HttpRequest, username: str) -> HttpResponse:
    """The staff appoints and dismisses; whoever has a role can resign from it."""
    person = get_person(username)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if not (request.user.is_staff or (request.user == person and roles_of(person).any)):
        raise Http404
    if request.method == "DELETE":
        return _dismiss(request, person)
    if not request.user.is_staff and not is_look(request):
        return refused(request, 403, reason=rules.STAFF_ONLY)
    form = RoleForm(form_data(request), reader=request.user)
    if not form.is_valid():
        return _roles_page(request, person, form, 422 if form.is_bound else 200)
    return _appoint(request, person, form)


def _roles_page(request: HttpRequest, person: User, form: RoleForm, status: int) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "moderates": Moderator.objects.filter(user=person).select_related("board"),
        "may_appoint": request.user.is_staff,
    }
    return render(request, "moderation/roles.html", context, status=status)


def get_person(username: str) -> User:
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise Http404(_("There is nobody of this name."))
    return found


def _sanction(
    request: HttpRequest,
    username: str,
    verb: str,
    may: Callable[..., Any],
    act: Callable[..., Decision | None],
    make: Callable[..., ReasonForm],
) -> HttpResponse:
    moderators_only(request)
    person = get_person(username)
    if cannot := may(request.user, person):
        return refused(request, 403, reason=cannot)
    came = from_case(request)
    if came and came.case.author != person:
        raise Http404
    undo = request.method == "DELETE" or "undo" in (form_data(request) or request.GET)
    case = came.case if came else None

    def do(form: Any) -> Decision | None:
        done = {"moderator": request.user, "person": person, **reason_of(form)}
        if undo:
            return actions.end(**done, verb=verb)
        until = {"until": form.until()} if isinstance(form, SanctionForm) else {}
        return act(**done, **until, case=case)

    judged = find(case.target) if case else None
    language = judged.language if judged else rules.language_for(request.user, person)
    page = Act(
        verb=actions.LIFTED[verb] if undo else verb,
        do=do,
        back=reverse("record", args=[person.username]),
        about=person,
        language=None if undo else language,
        told=person,
        undo=undo,
    )
    return act_page(
        request,
        page,
        ReasonForm if undo else make,
        person=person,
        standing=_standing(verb, person),
    )


def _standing(verb: str, person: User) -> Decision | None:
    """What of the kind is running, for the page to say so."""
    if not _runs(verb, person):
        return None
    found: Decision | None = (
        actions.standing(verb, person).select_related("rule", "by").order_by("-id").first()
    )
    return found


def _runs(verb: str, person: User) -> bool:
    return {"person.silenced": person.is_silenced, "person.suspended": person.is_suspended}.get(
        verb, True
    )


@methods("GET")
def record(request: HttpRequest, username: str) -> HttpResponse:
    """What was decided about somebody, for moderators, with what they can do about it."""
    moderators_only(request)
    return render(request, "moderation/record.html", {"person": get_person(username)})


def _appoint(request: HttpRequest, person: User, form: RoleForm) -> HttpResponse:
    said = form.cleaned_data
    changed = actions.appoint(
        by=request.user,
        person=person,
        role=said["role"],
        board=said["board"],
        reads=said["reads"],
        duty=(said["duty_from"], said["duty_until"]),
    )
    if not changed:
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect("roles", person.username)


def _dismiss(request: HttpRequest, person: User) -> HttpResponse:
    sent = form_data(request) or QueryDict()
    role = sent.get("role", "")
    slug = sent.get("board", "")
    board = Board.objects.filter(slug=slug).first() if slug else None
    if role not in ("moderator", "staff") or (slug and board is None):
        return _roles_page(request, person, RoleForm(reader=request.user), 422)
    if cannot := rules.can_dismiss(request.user, person, role):
        return refused(request, 403, reason=cannot)
    try:
        if not actions.dismiss(by=request.user, person=person, role=role, board=board):
            messages.info(request, _("This was done already. Nothing changed."))
    except actions.LastOfStaff:
        return refused(request, 403, reason=rules.LAST)
    # Who resigned may not see the page any more.
    if request.user == person:
        return redirect("front")
    return redirect("roles", person.username)
