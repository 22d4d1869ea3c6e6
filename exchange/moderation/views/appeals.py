"""A decision as the person sees it whom it concerns, what they say against it, and who decides that."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.boards.presenting import gists
from exchange.boards.queries import WRITTEN_IN, roles
from exchange.languages.models import family
from exchange.moderation import actions, links, notices, queries, rules
from exchange.moderation.forms import AnswerForm, AppealForm
from exchange.moderation.models import Appeal, Decision
from exchange.safety.views import slow_down, too_often
from exchange.web.errors import WORDS, refused, typed_words
from exchange.web.http import methods
from exchange.web.pagination import NoSuchPage, numbered, paginate


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks at a decision: `person` where it may be about them, by `key` if not logged in."""

    person: Any
    moderator: Any
    key: str

    @property
    def moderates(self) -> bool:
        return self.moderator is not None and roles(self.moderator).any

    def is_concerned(self, decision: Decision) -> bool:
        return self.person is not None and self.person.pk == decision.person_id


def _looker(request: HttpRequest, decision_id: int) -> Looker:
    if request.user.is_authenticated:
        return Looker(request.user, request.user, "")
    key = request.POST.get("key") or request.GET.get("key") or ""
    person_id = links.person_of(key, decision_id)
    person = get_user_model().objects.filter(pk=person_id or 0, is_active=True).first()
    return Looker(person, None, key if person else "")


def _get_decision(looker: Looker, decision_id: int) -> Decision:
    try:
        return queries.decision(decision_id, person=looker.person, moderator=looker.moderator)
    except Decision.DoesNotExist:
        raise Http404(
            _("There is no such decision, or it is not about you. You may have to log in first.")
        ) from None


@methods("GET")
def decision_page(request: HttpRequest, decision_id: int) -> HttpResponse:
    looker = _looker(request, decision_id)
    found = _get_decision(looker, decision_id)
    return _private(render(request, "moderation/decision.html", _shown(looker, found)), looker)


@methods("GET", "POST")
def appeal(request: HttpRequest, decision_id: int) -> HttpResponse:
    """For the person whom the decision concerns: of everybody else's there is no such page."""
    looker = _looker(request, decision_id)
    found = _get_decision(looker, decision_id)
    if not looker.is_concerned(found):
        raise Http404
    if refusal := rules.can_appeal(found, timezone.now()):
        return _cannot(request, looker, found, refusal)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if switches := "preview" in request.POST:  # to another language, with the words and the key
        form = AppealForm(initial={"body": request.POST.get("body", "")})
    if not form.is_valid():
        is_sent = form.is_bound or switches
        context = _shown(looker, found) | {"form": form, "composer": "appeal" if is_sent else ""}
        status = 422 if form.is_bound else 200
        return _private(
            render(request, "moderation/appeal_form.html", context, status=status), looker
        )
    if wait := too_often(request, "appeal", exempt=roles(looker.person).any, person=looker.person):
        return slow_down(request, wait)
    if not actions.appeal(by=looker.person, decision=found, words=form.cleaned_data["body"]):
        return _cannot(request, looker, found, rules.APPEALED)
    messages.success(
        request, _("Your appeal was sent. You will find the answer here and in your notices.")
    )
    return redirect(links.page(found.pk, looker.key))


def _cannot(request: HttpRequest, looker: Looker, decision: Decision, refusal: Any) -> HttpResponse:
    """Sent twice by one tap it is the same appeal; other words are shown, so that they are not lost."""
    address = links.page(decision.pk, looker.key)
    said = queries.decision(decision.pk, person=looker.person)
    before = getattr(said, "appeal", None)
    form = AppealForm(request.POST)
    if before and form.is_valid() and form.cleaned_data["body"] == before.words.body:
        return redirect(address)
    status = 409 if request.method == "POST" and before else 403
    title = _("This cannot be appealed")
    return refused(request, status, title=title, reason=refusal, back=address)


def _shown(looker: Looker, decision: Decision) -> dict[str, Any]:
    """What `moderation/_decision.html` shows of it."""
    language = get_language() or "en"
    thread = queries.titles(looker.person, [decision]).get(decision.pk)
    told = None
    if notices.is_told(decision.verb):
        told = notices.notice(
            decision.verb,
            rule=decision.rule,
            language=language,
            until=queries.until(decision),
            thread_title=queries.title_in(thread, language),
            appealable=False,
            for_now=decision.event.for_now,
        )
    concerned = looker.is_concerned(decision)
    refusal = rules.can_appeal(decision, timezone.now())
    return _appealed(looker, getattr(decision, "appeal", None)) | {
        "decision": decision,
        "by": queries.actor(
            decision.by,
            by_operator=decision.event.actor_id is None,
            to_moderator=looker.moderates,
        ),
        "told": told,
        "target": queries.concerned(decision),
        "thread": thread,
        "note": queries.note(decision),
        "key": looker.key,
        "concerned": concerned,
        "may_appeal": concerned and refusal is None,
        "too_late": refusal is rules.TOO_LATE,
        "appeal_until": decision.made_at + rules.APPEAL_DAYS,
    }


def _appealed(looker: Looker, appeal: Appeal | None) -> dict[str, Any]:
    """What `moderation/_appeal.html` shows of it, with who answered it."""
    found: dict[str, Any] = {"appeal": appeal}
    if appeal and appeal.decided_at:
        by = queries.actor(appeal.decided_by, to_moderator=looker.moderates)
        found["answered_by"] = by
    return found


def _private(response: HttpResponse, looker: Looker) -> HttpResponse:
    """A page that a link alone opens is kept nowhere."""
    if looker.key:
        response["Cache-Control"] = "private, no-store"
    return response


# For moderators


def _deciders_only(request: HttpRequest) -> None:
    """Appeals are decided for the whole site, so that it can be somebody else who does."""
    if not roles(request.user).site:
        raise Http404


@methods("GET")
def appeals(request: HttpRequest) -> HttpResponse:
    _deciders_only(request)
    counts = queries.appeals_by_language()
    asked = request.GET.get("language", "")
    only = asked if asked in WRITTEN_IN else "all"
    try:
        page = paginate(request.GET.get("page"), rows=counts[only], size=queries.APPEALS_PER_PAGE)
    except NoSuchPage as missing:
        said = _("There is no such page: the last one is page %(last)s.") % {"last": missing.last}
        raise Http404(said) from None
    rows = queries.appeals("" if only == "all" else only)[page.first_row - 1 : page.last_row]
    context = {
        "appeals": rows,
        "counts": counts,
        "only": only,
        "page": page,
        "canonical": numbered(request.path, page.number),
    }
    return render(request, "moderation/appeals.html", context)


@methods("GET", "POST")
def appeal_answer(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """GET is the appeal with the form that answers it; of two answers at once the first counts."""
    _deciders_only(request)
    try:
        found = queries.appeal(appeal_id)
    except Appeal.DoesNotExist:
        raise Http404(_("There is no such appeal.")) from None
    about = queries.decision(found.decision_id, moderator=request.user)
    others = queries.deciders(about)
    refusal = rules.can_decide(request.user, about, others)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, nothing_left=queries.nothing_left(about))
    context = _about(request, found, about) | {"form": form, "refusal": refusal}
    if found.decided_at:
        return _decided_before(request, context)
    if request.method == "POST" and refusal:
        return refused(request, 403, reason=refusal, back=request.path)
    rejects = form.is_valid() and form.cleaned_data["outcome"] == "rejected"
    if rejects and (unread := rules.can_reject(request.user, found, others)):
        form.add_error("outcome", unread)
    if not form.is_valid():
        return render(
            request, "moderation/appeal.html", context, status=422 if form.is_bound else 200
        )
    outcome = actions.decide_appeal(
        moderator=request.user,
        appeal=found,
        upheld=form.cleaned_data["outcome"] == "upheld",
        answer=form.cleaned_data["body"],
    )
    if outcome is None:
        about = queries.decision(found.decision_id, moderator=request.user)
        now = _about(request, queries.appeal(appeal_id), about)
        return _decided_before(request, context | now)
    messages.success(request, _told(outcome))
    return redirect("appeals")


def _told(outcome: Decision) -> str:
    if "nothing_left" in outcome.event.data:
        return _(
            "The appeal is decided. What was done cannot be undone any more, but the decision no longer"
            " counts. Both sides are told."
        )
    return _("The appeal is decided. Both sides are told.")


def _decided_before(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The appeal with its answer; whoever sent another one is told, and their words are shown."""
    sent = request.method == "POST"
    shown = context | {"overtaken": sent, "words": typed_words(request), "shown": WORDS}
    return render(request, "moderation/appeal.html", shown, status=409 if sent else 200)


def _about(request: HttpRequest, appeal: Appeal, decision: Decision) -> dict[str, Any]:
    looker = _moderator(request)
    words = appeal.words
    reads = {family(code) for code in looker.moderator.reads} or {(get_language() or "en")[:2]}
    halves = list(words.translations.all())
    lines = [(reader, said) for reader, said in gists(words, halves) if reader in reads]
    return _shown(looker, decision) | _appealed(looker, appeal) | {"gists": lines}


def _moderator(request: HttpRequest) -> Looker:
    return Looker(request.user, request.user, "")
