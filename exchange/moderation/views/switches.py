"""What is on for a time of attack, for who keeps order on the whole site."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.boards.queries import roles
from exchange.safety import actions
from exchange.safety.models import Switch
from exchange.web.http import is_look, methods

WORDS = {
    Switch.HOLD_ALL: (
        gettext_lazy("Hold every post"),
        gettext_lazy(
            "Whatever members post, or change in their posts, waits until a moderator has looked at it."
            " Their authors are told so. What moderators write is shown at once. Newcomers'"
            " translations, corrections, words for the glossary and questions about figures, which"
            " cannot wait, are refused meanwhile."
        ),
    ),
    Switch.SIGN_UP_PROOF: (
        gettext_lazy("Make signing up harder for programs"),
        gettext_lazy(
            "Who signs up lets their browser calculate for a moment, or answers a question in either"
            " language."
        ),
    ),
}


@methods("GET", "POST")
def switches(request: HttpRequest) -> HttpResponse:
    """POST names a switch, and says in `on` whether it shall be on."""
    if not roles(request.user).site:
        raise Http404
    if is_look(request):
        return _page(request)
    name, on = request.POST.get("name", ""), request.POST.get("on", "")
    if name not in WORDS or on not in ("yes", "no"):
        return _page(request, 422, _("There is no such switch."))
    if actions.switch(name=name, on=on == "yes", by=request.user):
        said = _("It is on from now on.") if on == "yes" else _("It is off from now on.")
        messages.success(request, said)
    else:
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect("switches")


def _page(request: HttpRequest, status: int = 200, refusal: str = "") -> HttpResponse:
    there = {each.name: each for each in Switch.objects.select_related("by")}
    rows = [(name, *WORDS[name], there.get(name)) for name in Switch.NAMES]
    context = {"rows": rows, "refusal": refusal}
    return render(request, "moderation/switches.html", context, status=status)
