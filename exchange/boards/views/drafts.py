"""Saving what was typed and not sent, and the list of it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards import actions, queries, rules
from exchange.boards.forms import (
    TYPED_FIELDS,
    VERSION_FIELDS,
    DraftForm,
    is_carried,
)
from exchange.boards.models import Post, SavedDraft
from exchange.figures import forms as figures
from exchange.figures.queries import current
from exchange.languages.actions import is_learning
from exchange.safety.views import slow_down
from exchange.uploads import forms as pictures
from exchange.web import kept
from exchange.web.errors import asks_for_json, form_page, log_in_first, refused
from exchange.web.http import is_look, methods

from .gates import get_post, get_thread, post_address
from .limits import too_often


@methods("GET")
def drafts(request: HttpRequest) -> HttpResponse:
    """What this person has not sent yet, wherever it was typed."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    return render(request, "boards/drafts.html", {"drafts": queries.drafts(request.user)})


@methods("GET", "POST", "DELETE")
def reply_draft(request: HttpRequest, thread_id: int) -> HttpResponse:
    if request.method == "DELETE":
        return _discard(request, f"thread.{thread_id}")
    return _draft(request, get_thread(request, thread_id).scope)


@methods("GET", "POST", "DELETE")
def edit_draft(request: HttpRequest, post_id: int) -> HttpResponse:
    if request.method == "DELETE":
        return _discard(request, f"post.{post_id}")
    found = get_post(request, post_id)
    if request.user.is_authenticated and found.author_id != request.user.pk:
        return refused(request, 403, reason=rules.NOT_YOURS, back=post_address(found))
    return _draft(request, found.target, edited=found)


@methods("GET", "POST", "DELETE")
def new_thread_draft(request: HttpRequest) -> HttpResponse:
    return _discard(request, "new") if request.method == "DELETE" else _draft(request, "new")


reply_draft.form_page = "thread#reply"  # type: ignore[attr-defined]  # where log-in leads back to

edit_draft.form_page = "edit"  # type: ignore[attr-defined]  # where log-in leads back to

new_thread_draft.form_page = "new_thread"  # type: ignore[attr-defined]  # where log-in leads back to


def _discard(request: HttpRequest, place: str) -> HttpResponse:
    """Also where the thread is no longer open to its author: the words are theirs."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    actions.drop_draft(author=request.user, place=place)
    return HttpResponse(status=204) if asks_for_json(request) else redirect("drafts")


def _draft(request: HttpRequest, place: str, edited: Post | None = None) -> HttpResponse:
    """Save the draft of a place; scripts are answered in JSON, people with a page.

    Whoever reloads or shares what that showed is led to the form.
    """
    if is_look(request):
        return redirect(form_page(request))
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = DraftForm(request.POST, of_edit=edited is not None)
    if not form.is_valid():
        too_long = form.has_error("__all__", "max_length")
        return refused(request, 413 if too_long else 400)
    if wait := too_often(request, "draft"):
        return slow_down(request, wait)
    return _keep(request, place, edited, form)


def _keep(request: HttpRequest, place: str, edited: Post | None, form: DraftForm) -> HttpResponse:
    fields = form.cleaned_data["fields"]
    try:
        kept_draft = actions.keep_draft(
            author=request.user,
            place=place,
            fields={} if edited and _stands(edited, fields) else fields,
            from_version=form.cleaned_data["draft_version"] or 0,
            client_id=form.cleaned_data["client_id"] if asks_for_json(request) else "",
        )
    except actions.AlreadySent:
        # A script asks so after a send that it saw no answer of, and goes on with a fresh id.
        return JsonResponse({"sent": True, "client_id": uuid4().hex})
    except actions.NewerDraft as newer:
        return _draft_conflict(request, newer.draft, fields)
    return _draft_kept(request, kept_draft)


def _draft_kept(request: HttpRequest, draft: SavedDraft) -> HttpResponse:
    if asks_for_json(request):
        return JsonResponse({"version": draft.version})
    if draft.has_words:
        messages.success(request, _("Your draft is saved."))
    return redirect("drafts")


def _draft_conflict(
    request: HttpRequest, newer: SavedDraft, fields: dict[str, str]
) -> HttpResponse:
    """Two devices wrote: both texts are shown, and the reader says which stays."""
    if asks_for_json(request):
        return JsonResponse({"version": newer.version, "fields": newer.fields}, status=409)
    context = {"newer": newer, "fields": fields, "address": request.path}
    return render(request, "boards/draft_conflict.html", context, status=409)


def unsent(request: HttpRequest, place: str) -> dict[str, Any]:
    """What a form begins with where its writer left words unsent.

    Words that came along through the log-in are held by nothing once the page has them. A draft
    there may be besides is another text, which saving them asks about.
    """
    if not request.user.is_authenticated:
        return {}
    if typed := kept.take(request, request.path):
        emptied = dict.fromkeys(TYPED_FIELDS, "")  # an edit's form does not begin empty
        return emptied | {"draft_version": 0} | typed
    if draft := queries.draft(request.user, place):
        return {**draft.fields, "draft_version": draft.version, "draft_saved_at": draft.saved_at}
    return {}


def edit_initial(post: Post) -> dict[str, Any]:
    queries.halves([post])
    passage = post.passage
    other = next((t for t in passage.translations.all() if t.kind == "author"), None)
    by_author = passage.language_source == "author"
    initial = {
        "body": passage.body,
        "body_other": other.body if other else "",
        "language": passage.language if passage.body and by_author else "",
        "used_translator": passage.used_translator,
        "corrections": _wants(post),
        "version": passage.version,
    }
    initial |= figures.initial(current([passage.pk])) | pictures.initial(passage)
    if post.is_opening:
        title = post.thread.title
        title_other = title.translations.filter(kind="author").first()
        initial |= {
            "title": title.body,
            "title_other": title_other.body if title_other else "",
            "title_version": title.version,
        }
    return initial


def resumed(initial: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    """An edit's form with what was typed into it before. Of pictures all or none come from there."""
    if typed.get(pictures.SHOWN):
        initial = {n: v for n, v in initial.items() if not pictures.NAME.fullmatch(n)}
    return initial | typed


def _wants(post: Post) -> str:
    """What its author chose about corrections, "" where it is what nobody has to choose."""
    wanted = post.passage.wants_correction
    if wanted == is_learning(post.author, post.passage.language):
        return ""
    return "yes" if wanted else "no"


def _stands(post: Post, fields: dict[str, str]) -> bool:
    """Whether an edit would change nothing: it was saved, or taken back by hand."""
    now = edit_initial(post)
    now["used_translator"] = "on" if now["used_translator"] else ""
    names = (set(now) | set(filter(is_carried, fields))) - {*VERSION_FIELDS, pictures.SHOWN}
    return all(fields.get(name, "") == now.get(name, "") for name in names)
