"""Saving what was typed and not sent, and the list of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards import actions, queries, rules
from exchange.boards.forms import (
    DraftForm,
)
from exchange.boards.models import SavedDraft
from exchange.web.errors import log_in_first, refused
from exchange.web.http import methods

from .gates import get_post, get_thread, post_address


@methods("GET")
def drafts(request: HttpRequest) -> HttpResponse:
    """What this person has not sent yet, wherever it was typed."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    return render(request, "boards/drafts.html", {"drafts": queries.drafts(request.user)})


@methods("POST", "DELETE")
def reply_draft(request: HttpRequest, thread_id: int) -> HttpResponse:
    if request.method == "DELETE":
        return _discard(request, f"thread.{thread_id}")
    return _draft(request, get_thread(request, thread_id).scope)


@methods("POST", "DELETE")
def edit_draft(request: HttpRequest, post_id: int) -> HttpResponse:
    if request.method == "DELETE":
        return _discard(request, f"post.{post_id}")
    found = get_post(request, post_id)
    if request.user.is_authenticated and found.author_id != request.user.pk:
        return refused(request, 403, reason=rules.NOT_YOURS, back=post_address(found))
    return _draft(request, found.target)


@methods("POST", "DELETE")
def new_thread_draft(request: HttpRequest) -> HttpResponse:
    return _discard(request, "new") if request.method == "DELETE" else _draft(request, "new")


reply_draft.form_page = "thread"  # type: ignore[attr-defined]
reply_draft.form_place = "#reply"  # type: ignore[attr-defined]

edit_draft.form_page = "edit"  # type: ignore[attr-defined]

new_thread_draft.form_page = "new_thread"  # type: ignore[attr-defined]


def _discard(request: HttpRequest, place: str) -> HttpResponse:
    """Also where the thread is no longer open to its author: the words are theirs."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    actions.drop_draft(author=request.user, place=place)
    return HttpResponse(status=204) if _asks_for_json(request) else redirect("drafts")


def _asks_for_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _draft(request: HttpRequest, place: str) -> HttpResponse:
    """Save the draft of a place; scripts are answered in JSON, people with a page."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = DraftForm(request.POST)
    if not form.is_valid():
        too_long = form.has_error("__all__", "max_length")
        return refused(request, 413 if too_long else 400)
    try:
        kept_draft = actions.keep_draft(
            author=request.user,
            place=place,
            fields=form.cleaned_data["fields"],
            from_version=form.cleaned_data["draft_version"] or 0,
        )
    except actions.NewerDraft as newer:
        return _draft_conflict(request, newer.draft, form.cleaned_data["fields"])
    if _asks_for_json(request):
        return JsonResponse({"version": kept_draft.version})
    messages.success(request, _("Your draft is saved."))
    return redirect("drafts")


def _draft_conflict(
    request: HttpRequest, newer: SavedDraft, fields: dict[str, str]
) -> HttpResponse:
    """Two devices wrote: both texts are shown, and the reader says which stays."""
    if _asks_for_json(request):
        return JsonResponse({"version": newer.version, "fields": newer.fields}, status=409)
    context = {"newer": newer, "fields": fields, "address": request.path}
    return render(request, "boards/draft_conflict.html", context, status=409)


def unsent(draft: SavedDraft | None) -> dict[str, Any]:
    """What a form begins with where its writer left words unsent."""
    if not draft:
        return {}
    return {**draft.fields, "draft_version": draft.version, "draft_saved_at": draft.saved_at}
