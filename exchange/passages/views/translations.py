"""A text beside its translation: propose one, repair it, decide about others', ask for one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from exchange.boards.views import too_often
from exchange.languages import actions
from exchange.languages.models import FAMILIES, Proposal, Translation, family
from exchange.languages.queries import best, body_at, families_without
from exchange.passages import queries, rules
from exchange.passages.actions import Refused, propose
from exchange.passages.forms import PART, TranslationForm
from exchange.passages.subject import Subject
from exchange.safety.views import later, slow_down
from exchange.safety.views import reason as why_wait
from exchange.web import kept
from exchange.web.errors import asks_for_json, log_in_first, refused
from exchange.web.http import is_look, methods

from .gates import get_subject

TARGETS = {"en": "en", "zh": "zh-hans"}


@methods("GET", "POST")
def translation(request: HttpRequest, passage_id: int) -> HttpResponse:
    """GET shows it all; POST proposes a translation, whole or piece by piece."""
    subject = get_subject(request, passage_id)
    if is_look(request):
        return _show(request, subject)
    if not request.user.is_authenticated:
        return log_in_first(request)
    return _propose(request, subject)


@methods("GET", "POST", "DELETE")
def proposal(request: HttpRequest, passage_id: int, proposal_id: int) -> HttpResponse:
    """POST agrees or accepts, as `act` says; DELETE takes the proposal back."""
    subject = get_subject(request, passage_id)
    found = subject.passage.proposals.select_related("by").filter(pk=proposal_id).first()
    if found is None:
        raise Http404(_("There is no such proposal."))
    if is_look(request):
        return redirect(_address(subject, found.language))
    if not request.user.is_authenticated:
        return log_in_first(request)
    act = "withdraw" if request.method == "DELETE" else request.POST.get("act", "")
    if act not in ACTS:
        return refused(request, 400, back=_address(subject, found.language))
    return _decide(request, subject, found, act)


@methods("GET", "POST")
def translation_request(request: HttpRequest, passage_id: int) -> HttpResponse:
    """One tap: please translate this."""
    subject = get_subject(request, passage_id)
    if is_look(request):
        return redirect("translation", passage_id=passage_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    into = _into(request, subject)
    address = _address(subject, into)
    if refusal := rules.can_ask(request.user, subject, into):
        if asks_for_json(request):
            return JsonResponse({"said": str(refusal)}, status=403)
        return refused(request, 403, reason=refusal, back=address)
    return _ask(request, subject, into)


translation_request.form_page = "translation"  # type: ignore[attr-defined]  # where log-in leads back to


def _ask(request: HttpRequest, subject: Subject, into: str) -> HttpResponse:
    if wait := too_often(request, "translation_request"):
        return slow_down(request, wait)
    actions.ask_for_translation(
        by=request.user, passage=subject.passage, language=TARGETS.get(into, into)
    )
    said = _("Thank you. Members who read both languages see that you ask for a translation.")
    if asks_for_json(request):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect(_address(subject, into))


# The page


def _show(
    request: HttpRequest,
    subject: Subject,
    form: TranslationForm | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; with a form that could not be taken, and why."""
    into = _into(request, subject)
    half = _half(subject, into)
    if form is None:
        form = TranslationForm(
            subject=subject,
            original=subject.passage.body,
            into=into,
            half=half,
            initial=_initial(request, subject, half),
        )
    context: dict[str, Any] = {
        "subject": subject,
        "passage": subject.passage,
        "into": into,
        "target": TARGETS.get(into, ""),
        "choices": families_without(subject.passage),
        "half": half,
        "form": form,
        "composer": "propose" if form.is_bound else "",
        "refusal": rules.can_propose(request.user, subject, into, half=half),
        "cannot_ask": rules.can_ask(request.user, subject, into),
        "needed": actions.ENOUGH_TO_TRANSLATE,
    }
    found = queries.about_translation(request.user, subject, into, half) if into else {}
    page = "passages/translation.html"
    return render(request, page, context | found | more, status=status)


def _initial(request: HttpRequest, subject: Subject, half: Translation | None) -> dict[str, Any]:
    """What was typed before a log-in; else nothing, or on request all of it in one field."""
    if request.user.is_authenticated and (typed := kept.take(request, request.path)):
        if "cut" not in typed or typed.get("version") == str(subject.passage.version):
            return typed
        parts = [words for name, words in typed.items() if name.startswith(PART)]
        return {"body": "\n".join(parts), "came_back": True}
    return {"body": half.body if half else ""} if "whole" in request.GET else {}


def _half(subject: Subject, into: str) -> Translation | None:
    """What readers of a language get now."""
    found = subject.passage.translations.select_related("by")
    half = best(found, into) if into else None
    if half:
        half.passage = subject.passage
    return half


def _into(request: HttpRequest, subject: Subject) -> str:
    """The family to translate into: the only one there is, the one asked for, or what one reads."""
    asked = request.POST.get("into") or request.GET.get("into") or ""
    choices = families_without(subject.passage)
    if asked in choices or (asked in FAMILIES and request.method == "POST"):
        return asked
    wanted = [*(getattr(request.user, "reads", None) or []), get_language() or "en"]
    return next((family(code) for code in wanted if family(code) in choices), *choices[:1] or [""])


def _address(subject: Subject, language: str) -> str:
    address = reverse("translation", args=[subject.passage.pk])
    chosen = len(families_without(subject.passage)) > 1
    return f"{address}?into={family(language)}" if chosen and family(language) else address


# A proposal


def _propose(request: HttpRequest, subject: Subject) -> HttpResponse:
    into = _into(request, subject)
    half = _half(subject, into)
    version = request.POST.get("version", "")
    now = subject.passage.version
    before = body_at(subject.passage, int(version)) if _is_number(version) else None
    form = TranslationForm(
        request.POST,
        subject=subject,
        original=subject.passage.body if before is None else before,
        into=into,
        half=half,
    )
    if refusal := rules.can_propose(request.user, subject, into, half=half):
        return _show(request, subject, form, status=403, refused=refusal)
    if before is not None and int(version) != now:
        return _changed_meanwhile(request, subject, form, before)
    if not form.is_valid():
        return _show(request, subject, form, status=422)
    if wait := too_often(request, "translation"):
        return later(_show(request, subject, form, status=429, refused=why_wait(wait)), wait)
    return _send(request, subject, form)


def _send(request: HttpRequest, subject: Subject, form: TranslationForm) -> HttpResponse:
    try:
        made = propose(
            by=request.user,
            passage=subject.passage,
            language=form.language,
            body=form.cleaned_data["words"],
            from_version=form.cleaned_data["version"],
        )
    except actions.Conflict:
        return _changed_meanwhile(request, get_subject(request, subject.passage.pk), form, "")
    except Refused as refusal:
        form.add_error("body", refusal.reason)
        return _show(request, subject, form, status=422)
    return _proposed(request, subject, made)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _proposed(request: HttpRequest, subject: Subject, made: Proposal) -> HttpResponse:
    """The author's own counts at once."""
    said = _("Thank you. Your translation waits for others to look at it.")
    if subject.author == request.user and actions.accept(by=request.user, proposal=made):
        said = _("Thank you. Readers see your translation now.")
    messages.success(request, said)
    return redirect(_address(subject, made.language) + "#proposals")


def _changed_meanwhile(
    request: HttpRequest, subject: Subject, form: TranslationForm, before: str
) -> HttpResponse:
    """What was typed stays, in one field beside the newer original; sending it again is meant."""
    into = _into(request, subject)
    again = TranslationForm(
        subject=subject,
        original=subject.passage.body,
        into=into,
        half=_half(subject, into),
        initial={"body": form.typed(), "version": subject.passage.version},
    )
    changes = queries.changes(before, subject.passage.body) if before else []
    return _show(request, subject, again, status=409, newer=True, newer_changes=changes)


# Deciding about one


def _decide(request: HttpRequest, subject: Subject, found: Proposal, act: str) -> HttpResponse:
    may, do = ACTS[act]
    if refusal := may(request.user, subject, found):
        return _show(request, subject, status=403, refused=refusal)
    if act != "withdraw" and (wait := too_often(request, "opinion")):
        return slow_down(request, wait)
    seen = request.POST.get("words")
    try:
        if act != "withdraw" and seen != queries.mark(found):
            raise actions.Closed
        said = do(request.user, found)
    except actions.Closed:
        gone = _("This proposal was changed or decided meanwhile. Please look at it again.")
        return _show(request, subject, status=409, refused=gone)
    except actions.Conflict:
        stale = _("The original was changed since, so this translation has to be looked at again.")
        return _show(request, subject, status=409, refused=stale)
    messages.success(request, said)
    return redirect(_address(subject, found.language))


def _accept(reader: Any, found: Proposal) -> str:
    if not actions.accept(by=reader, proposal=found):
        raise actions.Closed
    return _("Accepted: readers see this translation now.")


def _agree(reader: Any, found: Proposal) -> str:
    if actions.agree(by=reader, proposal=found):
        return _("Accepted: readers see this translation now.")
    needed = actions.ENOUGH_TO_TRANSLATE - queries.agreed(found)
    return ngettext(
        "Thank you. %(count)s more member has to agree.",
        "Thank you. %(count)s more members have to agree.",
        needed,
    ) % {"count": needed}


def _withdraw(reader: Any, found: Proposal) -> str:
    if not actions.withdraw(by=reader, proposal=found):
        raise actions.Closed
    return _("The proposal is taken back.")


ACTS = {
    "accept": (queries.can_accept, _accept),
    "agree": (rules.can_agree, _agree),
    "withdraw": (rules.can_withdraw, _withdraw),
}
