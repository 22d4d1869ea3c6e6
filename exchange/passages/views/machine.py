"""What machine translation costs and how it fares, for the staff who pay for it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from exchange.languages import queries
from exchange.languages.actions.jobs import day_start
from exchange.languages.engines import chosen
from exchange.languages.models import TranslationJob
from exchange.web.http import methods

State = TranslationJob.State
STATES = {
    State.WAITING: _("waiting"),
    State.CLAIMED: _("at work"),
    State.DONE: _("translated"),
    State.REFUSED: _("not good enough to be shown"),
    State.FAILED: _("given up"),
    State.DROPPED: _("not needed any more"),
}
REASONS = {
    "repeated": _("the same words again and again"),
    "unchanged": _("nothing was translated"),
    "wrong_language": _("in another language"),
    "placeholders": _("names, links or figures were lost"),
    "length": _("far too long or too short"),
    "empty": _("no words"),
    "markup": _("marks that were not in the text"),
    "unsupported": _("the engine does not know these languages"),
    "unavailable": _("the engine does not answer"),
    "outofquota": _("the engine's quota is used up"),
    "broken": _("the engine is set up wrongly"),
    "error": _("a fault of this site, see its log"),
    "site": _("the site's budget of the day is used up"),
    "member": _("the member's budget of the day is used up"),
    "changed": _("the text changed meanwhile"),
    "hidden": _("a moderator hid the text"),
}


@methods("GET")
def machine_translation(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise Http404
    engine = chosen()
    spent = queries.spending(day_start())
    context = {
        "engine": engine.name if engine else "",
        "spent": spent,
        "total": sum(row["spent"] for row in spent),
        "limit": settings.TRANSLATION_DAILY_CHARACTERS,
        "member_limit": settings.TRANSLATION_MEMBER_CHARACTERS,
        "states": [
            row | {"state": STATES[row["state"]], "reason": REASONS.get(row["reason"], "")}
            for row in queries.job_states(day_start())
        ],
    }
    return render(request, "passages/machine.html", context)
