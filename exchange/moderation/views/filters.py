"""What is looked for in members' words, for who keeps order on the whole site.

Something new counts only once its trial was seen: what it would have caught in the last days. That it
was seen is signed into the page of the trial, so that looking at it writes nothing.
"""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards import screening
from exchange.boards.queries import roles
from exchange.moderation.forms import FAMILIES, KINDS, SORTS, WatchForm
from exchange.safety import actions, queries
from exchange.safety.models import Watch
from exchange.safety.watching import forms as forms_of
from exchange.web.errors import refused
from exchange.web.http import is_look, methods
from exchange.web.pagination import NoSuchPage, paginate

WATCHES_PER_PAGE = 50
# What a trial showed is true of the same day.
TRIAL_COUNTS = timedelta(hours=12)
SALT = "exchange.moderation.trial"
MOST_FORMS = 8


@methods("GET", "POST")
def filters(request: HttpRequest) -> HttpResponse:
    _site_only(request)
    if is_look(request):
        return _list(request, WatchForm())
    form = WatchForm(request.POST)
    if not form.is_valid():
        return _list(request, form, 422)
    try:
        watch = actions.add_watch(by=request.user, **form.said())
    except actions.Repeated as repeated:
        form.add_error("text", _("This is looked for already."))
        return _list(request, form, 409, repeated.watch)
    return redirect("filter_trial", watch_id=watch.pk)


@methods("GET")
def filter_trial(request: HttpRequest, watch_id: int) -> HttpResponse:
    watch = _get_watch(request, watch_id)
    context = {
        "trial": screening.trial(queries.entry_of(watch)),
        "days": screening.TRIED_BACK.days,
        "seen": signing.dumps(watch.pk, salt=SALT),
        # What else is looked for because of it, so that nobody is surprised.
        "forms": _other_forms(watch),
    }
    return render(request, "moderation/filter_trial.html", context | _words_of(watch))


@methods("POST")
def filter_activation(request: HttpRequest, watch_id: int) -> HttpResponse:
    watch = _get_watch(request, watch_id)
    if not _has_seen(request, watch):
        reason = _("Please look at the trial first: what it would have caught in the last days.")
        return refused(request, 403, reason=reason)
    if actions.activate(by=request.user, watch=watch):
        messages.success(request, _("It is looked for from now on."))
    else:
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect("filters")


@methods("GET", "POST")
def filter_removal(request: HttpRequest, watch_id: int) -> HttpResponse:
    watch = _get_watch(request, watch_id)
    if is_look(request):
        return render(request, "moderation/filter_removal.html", _words_of(watch))
    if actions.remove_watch(by=request.user, watch=watch):
        messages.success(request, _("It is not looked for any more."))
    else:
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect("filters")


def _site_only(request: HttpRequest) -> None:
    """For others there is no such page."""
    if not roles(request.user).site:
        raise Http404


def _get_watch(request: HttpRequest, watch_id: int) -> Watch:
    _site_only(request)
    watch = queries.watches().filter(pk=watch_id).first()
    if watch is None:
        raise Http404(_("This is not looked for any more."))
    return watch


def _has_seen(request: HttpRequest, watch: Watch) -> bool:
    try:
        return bool(
            signing.loads(request.POST.get("seen", ""), salt=SALT, max_age=TRIAL_COUNTS) == watch.pk
        )
    except signing.BadSignature:
        return False


def _list(
    request: HttpRequest, form: WatchForm, status: int = 200, there: Watch | None = None
) -> HttpResponse:
    rows = queries.watches()
    try:
        page = paginate(request.GET.get("page"), rows=rows.count(), size=WATCHES_PER_PAGE)
    except NoSuchPage as missing:
        raise Http404(
            _("There is no such page: the last one is page %(last)s.") % {"last": missing.last}
        ) from None
    shown = rows[page.first_row - 1 : page.last_row]
    context = {"form": form, "page": page, "there": there}
    context["watches"] = [_words_of(watch) for watch in shown]
    return render(request, "moderation/filters.html", context, status=status)


def _words_of(watch: Watch) -> dict[str, Any]:
    return {
        "watch": watch,
        "sort": dict(SORTS)[Watch.Sort(watch.sort)],
        "kind": dict(KINDS)[Watch.Kind(watch.kind)],
        "language": dict(FAMILIES).get(watch.language, ""),
    }


def _other_forms(watch: Watch) -> list[str]:
    found = forms_of(watch.text) if watch.sort == Watch.Sort.WORD else []
    return [form.tight for form in found[1 : MOST_FORMS + 1]]
