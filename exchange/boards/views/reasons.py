"""Acts that need a reason: a form on a page of its own, then the act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards.forms import ReasonForm
from exchange.web.http import form_data


def decide(
    request: HttpRequest,
    context: dict[str, Any],
    act: Callable[[Any], object],
    address: str,
    form: ReasonForm | None = None,
    *,
    template: str,
) -> HttpResponse:
    """The form with its reason; or the act, and back to the place. Says so if it was done before."""
    form = form or ReasonForm(form_data(request))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, template, context | {"form": form}, status=status)
    if not act(form):
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect(address)


def reason_of(form: ReasonForm) -> dict[str, Any]:
    return {"rule": form.cleaned_data["reason"], "note": form.cleaned_data["note"]}
