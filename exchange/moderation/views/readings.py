"""A member who reads a language tells moderators what one text says."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards.views import too_often
from exchange.moderation import actions, queries
from exchange.moderation.forms import OpinionForm
from exchange.moderation.targets import find
from exchange.safety.views import slow_down
from exchange.web.errors import log_in_first
from exchange.web.http import form_data, methods

from .deciding import number_of


@methods("GET")
def readings(request: HttpRequest) -> HttpResponse:
    """What this member was asked to read and is still open."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    context = {"readings": queries.readings_of(request.user)[: queries.MOST_OFFERED]}
    return render(request, "moderation/readings.html", context)


@methods("GET", "POST")
def reading(request: HttpRequest, request_id: int) -> HttpResponse:
    """The text, and nothing else about it, for who was asked, until its case is closed."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    asked = queries.reading_of(request.user, request_id)
    target = find(asked.case.target) if asked else None
    if asked is None or target is None or target.post.deleted_at:
        raise Http404(_("There is nothing to read here, or no longer."))
    said = {"note": asked.words.body if asked.words else "", "opinion": asked.opinion}
    form = OpinionForm(form_data(request), initial=said)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "asked": asked, "target": target}
        return render(request, "moderation/reading.html", context, status=status)
    if wait := too_often(request, "opinion"):
        return slow_down(request, wait)
    opinion, words = form.cleaned_data["opinion"], form.cleaned_data["note"]
    version = number_of(request.POST.get("version", ""))
    if not actions.answer(request=asked, opinion=opinion, words=words, version=version):
        raise Http404(_("There is nothing to read here, or no longer."))
    messages.success(request, _("Thank you. The moderators read your answer now."))
    return redirect("readings")
