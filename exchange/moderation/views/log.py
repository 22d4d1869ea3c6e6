"""What everybody can read of what moderators did."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards.queries import roles
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation.forms import AnnotationForm, LogForm
from exchange.web.http import form_data, methods


@methods("GET")
def log(request: HttpRequest) -> HttpResponse:
    """`?before=` is the last entry of the page before; the rest chooses which entries are shown."""
    form = LogForm(request.GET, reader=request.user, since=queries.log_begins(request.user))
    is_good = form.is_valid()
    entries: list[queries.Entry] = []
    more = False
    if is_good:
        entries, more = queries.page(request.user, form.choice, before=_place(request))
    asked = {name: value for name in form.fields if (value := request.GET.get(name))}
    context: dict[str, Any] = {
        "form": form,
        "entries": entries,
        "next": entries[-1].event.pk if more else None,
        "is_later": "before" in request.GET,
        "is_chosen": bool(asked),
        "query": urlencode(asked),
        # What narrows the log makes no page of its own; each page of the whole log is one.
        "canonical": request.path
        if asked or "before" not in request.GET
        else f"{request.path}?before={request.GET['before']}",
        "can_annotate": roles(request.user).site,
    }
    return render(request, "moderation/log.html", context, status=200 if is_good else 422)


@methods("GET")
def log_entry(request: HttpRequest, event_id: int) -> HttpResponse:
    """One entry, with what was said of it later."""
    context = {"entry": _entry(request, event_id), "can_annotate": roles(request.user).site}
    return render(request, "moderation/log_entry.html", context)


@methods("GET", "POST")
def annotations(request: HttpRequest, event_id: int) -> HttpResponse:
    """A remark on an entry that is wrong or says too little. For others there is no such page."""
    if not roles(request.user).site:
        raise Http404
    entry = _entry(request, event_id)
    form = AnnotationForm(form_data(request))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"entry": entry, "form": form}
        return render(request, "moderation/annotation.html", context, status=status)
    words = form.cleaned_data["words"]
    if not actions.annotate(moderator=request.user, event=entry.event, words=words):
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect("log_entry", event_id)


def _entry(request: HttpRequest, event_id: int) -> queries.Entry:
    try:
        return queries.entry(request.user, event_id)
    except Event.DoesNotExist:
        raise Http404(_("There is no such entry.")) from None


def _place(request: HttpRequest) -> Event | None:
    asked = request.GET.get("before")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404(_("There is no such page."))
    try:
        return queries.place(request.user, int(asked))
    except Event.DoesNotExist:
        raise Http404(_("There is no such page.")) from None
