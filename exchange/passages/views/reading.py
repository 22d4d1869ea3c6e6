"""The words of a text: a page of their own, and what a script shows at a tap."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.passages import queries, readings, rewriting
from exchange.passages.rewriting import Half
from exchange.passages.subject import Subject, Text
from exchange.safety.views import looked_up
from exchange.web.errors import asks_for_json
from exchange.web.http import methods

from .gates import get_subject

# A page of a very long text lists this many words; the script's card knows all of them.
MOST_LISTED = 400


@methods("GET")
@looked_up("reading")
def reading(request: HttpRequest, passage_id: int) -> HttpResponse:
    """`?half=` is a translation's id, `?script=` one of SCRIPTS, `?sounds=zhuyin`; `?as=json` as
    `readings.as_json` says."""
    language, script = get_language() or "en", asked_script(request, "script")
    if request.GET.get("as") == "json" or asks_for_json(request):
        content = readings.as_json(_text(request, passage_id), language, script)
        answer = HttpResponse(content, content_type="application/json")
        answer["Vary"] = "Accept"
        return answer
    subject = get_subject(request, passage_id)
    shown = rewriting.halves(subject.passage, subject.kind)
    half = _asked(request, shown)
    sounds = _sounds(request)
    found = readings.page(subject, half, language, script=script, sounds=sounds)
    context = {
        "subject": subject,
        "half": half,
        "halves": shown,
        "sounds": sounds,
        "script": script,
        **found,
        "entries": found["entries"][:MOST_LISTED],
        "left_out": max(0, len(found["entries"]) - MOST_LISTED),
    }
    return render(request, "passages/reading.html", context)


def _text(request: HttpRequest, passage_id: int) -> Text | Subject:
    """Posts and titles, which readers tap on, are found without what only a page needs."""
    found = queries.readable(request.user, [passage_id], with_halves=False)
    return found[0] if found else get_subject(request, passage_id)


def asked_script(request: HttpRequest, name: str) -> str:
    """One of SCRIPTS, "" for none and for `written`. 404 for what there is not."""
    asked = request.GET.get(name, "")
    if asked in ("", "written"):
        return ""
    if asked not in rewriting.SCRIPTS:
        raise Http404(_("Texts cannot be shown in that script."))
    return asked


def _asked(request: HttpRequest, shown: list[Half]) -> Half:
    asked = request.GET.get("half", "")
    if not asked:
        return shown[0]
    for half in shown[1:]:
        if half.translation and str(half.translation.pk) == asked:
            return half
    raise Http404(_("There is no such translation of this text."))


def _sounds(request: HttpRequest) -> str:
    asked = request.GET.get("sounds", "")
    if asked in readings.OVER:
        return asked
    return "zhuyin" if getattr(request.user, "zhuyin", False) else "pinyin"
