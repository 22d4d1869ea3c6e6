from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.accounts import actions
from exchange.accounts.names import MOST
from exchange.boards.models import Thread
from exchange.boards.views import get_thread
from exchange.people import queries
from exchange.people.forms import ReadingForm, SettingsForm, ViewForm
from exchange.safety.views import looked_up
from exchange.web.errors import log_in_first, refused
from exchange.web.http import methods


@methods("GET", "POST")
def settings(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return log_in_first(request)
    if request.method != "POST":
        return render(
            request, "people/settings.html", {"form": SettingsForm(instance=request.user)}
        )
    form = SettingsForm(request.POST, instance=request.user)
    if not form.is_valid():
        return render(request, "people/settings.html", {"form": form}, status=422)
    actions.prefer(person=request.user, **form.cleaned_data)
    messages.success(request, _("Your settings are saved."))
    return redirect("settings")


@methods("POST")
def reading_view(request: HttpRequest) -> HttpResponse:
    """A thread's switch of views, remembered by a script. 204 without a page."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = ViewForm(request.POST)
    if not form.is_valid():
        return refused(request, 400)
    actions.prefer(person=request.user, view=form.cleaned_data["view"])
    return HttpResponse(status=204)


@methods("POST")
def reading_help(request: HttpRequest) -> HttpResponse:
    """The reading bar's menu of help with words, remembered by a script. 204 without a page."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = ReadingForm(request.POST)
    if not form.is_valid() or not form.preferences():
        return refused(request, 400)
    actions.prefer(person=request.user, **form.preferences())
    return HttpResponse(status=204)


@methods("GET")
@looked_up("names")
def names(request: HttpRequest) -> HttpResponse:
    """Whom a composer offers behind `@`: `{"names": [...], "label": ..., "said": ...}`.

    `q` is the name's beginning, `thread` the number of the one that is answered. The words are for
    the list and for who hears it.
    """
    if not request.user.is_authenticated:
        return log_in_first(request)
    thread = _thread(request)
    beginning = request.GET.get("q", "")
    found = queries.names(request.user, beginning, thread) if len(beginning) <= MOST else []
    said = ngettext(
        "%(count)s person: use the arrow keys to choose, Enter to insert",
        "%(count)s people: use the arrow keys to choose, Enter to insert",
        len(found),
    )
    content = {
        "names": found,
        "label": _("People to mention"),
        "said": said % {"count": len(found)},
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _thread(request: HttpRequest) -> Thread | None:
    asked = request.GET.get("thread", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404(_("There is no such thread, or it is not open to you."))
    return get_thread(request, int(asked))
