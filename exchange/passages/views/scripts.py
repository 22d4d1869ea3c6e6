"""Chinese texts in the other script, for the eye only: what was written stays."""

import re
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from exchange.languages.models import Passage
from exchange.passages import queries, rewriting
from exchange.safety.views import looked_up
from exchange.web.errors import asks_for_json, refused
from exchange.web.http import methods

from .gates import get_subject
from .reading import asked_script

# A page's posts, its title, and what arrives meanwhile.
MOST_AT_ONCE = 40
# Bumped with a change of what is kept.
FORM = 1
KEPT = 7 * 24 * 3600
NAMES = {
    "hans": _("Simplified"),
    "hant": _("Traditional"),
    "tw": _("Traditional, Taiwan"),
    "hk": _("Traditional, Hong Kong"),
}
_IDS = re.compile(r"[1-9][0-9]{0,17}(?:,[1-9][0-9]{0,17})*\Z")


@methods("GET")
@looked_up("script")
def script_view(request: HttpRequest, passage_id: int) -> HttpResponse:
    """One text in the script that `?to=` names, "hant" unless it says another one."""
    subject = get_subject(request, passage_id)
    to = asked_script(request, "to") or "hant"
    if request.GET.get("as") == "json" or asks_for_json(request):
        kept = _rewritten(subject.passage, subject.kind, subject.public, to)
        answer = JsonResponse({"halves": kept}, json_dumps_params={"ensure_ascii": False})
        answer["Vary"] = "Accept"
        return answer
    shown = rewriting.halves(subject.passage, subject.kind)
    context = {
        "subject": subject,
        "halves": [rewriting.in_script(half, to) for half in shown],
        "to": to,
        "name": NAMES[to],
        "others": [(code, name) for code, name in NAMES.items() if code != to],
    }
    return render(request, "passages/script.html", context)


@methods("GET")
@looked_up("script")
def scripts(request: HttpRequest) -> HttpResponse:
    """`{"texts": {id: [{"selector", "text", "language"}]}}` of many texts: `?to=hans&ids=1,2,3`.

    Those that the reader may not read are left out; one that is as it should be has an empty list.
    """
    to, asked = request.GET.get("to", ""), request.GET.get("ids", "")
    ids = {int(number) for number in asked.split(",")} if _IDS.match(asked) else set()
    if to not in rewriting.SCRIPTS or not 0 < len(ids) <= MOST_AT_ONCE:
        return refused(request, 400)
    texts = {
        str(passage.pk): _rewritten(passage, kind, public, to)
        for passage, kind, public in queries.readable(request.user, ids)
    }
    return JsonResponse({"texts": texts}, json_dumps_params={"ensure_ascii": False})


def _rewritten(passage: Passage, kind: str, public: bool, to: str) -> list[dict[str, Any]]:
    key = f"script.{FORM}.{passage.pk}.{passage.rendition}.{to}"
    found: list[dict[str, Any]] | None = cache.get(key) if public else None
    if found is None:
        found = rewriting.rewritten(rewriting.halves(passage, kind), to)
        if public:
            cache.set(key, found, KEPT)
    return found
