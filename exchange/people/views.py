from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.accounts import actions
from exchange.web.errors import log_in_first, refused
from exchange.web.http import methods

from .forms import SettingsForm, ViewForm


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
