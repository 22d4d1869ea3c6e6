"""Gentle corrections: a text sentence by sentence, and what its readers and its author do with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.accounts.models import User
from exchange.boards.rules import LOG_IN, Refusal
from exchange.boards.views import limited, too_often
from exchange.languages import actions as languages
from exchange.languages.actions import Conflict, SentenceGone
from exchange.languages.models import Correction
from exchange.languages.queries import is_muted, muted_by
from exchange.languages.render import plain
from exchange.languages.text import excerpt
from exchange.passages import actions, queries, rules
from exchange.passages.forms import OfferForm, TryForm
from exchange.passages.subject import Subject
from exchange.safety.views import later
from exchange.safety.views import reason as why_wait
from exchange.web import kept
from exchange.web.errors import log_in_first, refused
from exchange.web.http import is_look, methods
from exchange.web.pagination import numbered

from .gates import get_subject
from .sentences import is_learner, sheet

GONE = gettext_lazy(
    "This sentence is not in the text any more, so nothing was changed."
    " The correction still stands below, with the sentence that it meant."
)
FIRST_WORDS = 160  # letters of a text in the list
ALREADY = gettext_lazy("This was done already. Nothing changed.")


@methods("GET", "POST")
def correction(request: HttpRequest, passage_id: int) -> HttpResponse:
    """GET is the text with its corrections, `?sentence=` opens that one's form; POST offers."""
    subject = get_subject(request, passage_id)
    if is_look(request):
        return _look(request, subject)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if "preview" in request.POST:  # the page's language was switched: the words come along
        typed = request.POST.dict()
        return _page(request, subject, place=_number(typed.get("sentence", "")), typed=typed)
    if "try" in request.POST:
        return _try(request, subject)
    if refusal := _refusal(request, subject):
        return refused(request, 403, reason=refusal, back=request.path)
    return _offer(request, subject)


@methods("GET", "DELETE")
def one_correction(request: HttpRequest, passage_id: int, correction_id: int) -> HttpResponse:
    """GET leads to where it stands; DELETE takes it back."""
    subject = get_subject(request, passage_id)
    found = _get(subject, correction_id)
    if is_look(request):
        return redirect(_address(subject, found))
    if not request.user.is_authenticated:
        return log_in_first(request)
    if found.by_id != request.user.pk:
        return refused(request, 403, reason=rules.NOT_YOUR_CORRECTION)
    if not languages.withdraw_correction(by=request.user, correction=found):
        messages.info(request, ALREADY)
    return redirect("correction", passage_id=passage_id)


@methods("GET", "POST")
@limited("opinion")
def thanks(request: HttpRequest, passage_id: int, correction_id: int) -> HttpResponse:
    subject = get_subject(request, passage_id)
    found = _get(subject, correction_id)
    if is_look(request):
        return redirect(_address(subject, found))
    if refusal := rules.can_answer(request.user, subject):
        return _refused(request, refusal)
    if not languages.thank(by=request.user, correction=found):
        messages.info(request, ALREADY)
    return redirect(_address(subject, found))


@methods("GET", "POST")
@limited("edit")
def taking(request: HttpRequest, passage_id: int, correction_id: int) -> HttpResponse:
    """The author takes a correction over: the post says it so from now on."""
    subject = get_subject(request, passage_id)
    found = _get(subject, correction_id)
    if is_look(request):
        return redirect(_address(subject, found))
    if refusal := rules.can_take(request.user, subject):
        return _refused(request, refusal)
    try:
        # can_take has seen that there is a post.
        taken = actions.take(author=request.user, post=subject.post, correction=found)  # type: ignore[arg-type]
    except actions.Refused as refusal:
        return _refused(request, refusal.reason)
    except (SentenceGone, Conflict):
        return _page(request, get_subject(request, passage_id), 409, notice=GONE)
    if taken:
        messages.success(
            request, _("Your post says it this way now. Its history keeps the former words.")
        )
    else:
        messages.info(request, ALREADY)
    return redirect(_address(subject, found))


@methods("GET")
def waiting(request: HttpRequest) -> HttpResponse:
    """Texts whose authors ask for a correction and have none yet."""
    only, asked = request.GET.get("only", ""), request.GET.get("page") or "1"
    if only and only not in queries.CORRECTED_IN:
        raise Http404(_("A list cannot be narrowed to that."))
    if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) < 10_000):
        raise Http404(_("There is no such page."))
    number, size = int(asked[:9]), queries.WAITING_PER_PAGE
    rows = list(queries.waiting(request.user, only)[(number - 1) * size : number * size + 1])
    if not rows and number > 1:
        raise Http404(_("There is no such page: the list ends before it."))
    context = {
        "posts": [(post, excerpt(plain(post.passage.body), FIRST_WORDS)) for post in rows[:size]],
        "only": only,
        "number": number,
        "canonical": numbered(request.path, 1 if only else number),
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(rows) > size else None,
    }
    return render(request, "passages/waiting.html", context)


@methods("GET", "POST", "DELETE")
def muted(request: HttpRequest) -> HttpResponse:
    """From whom one takes no corrections; POST adds the `person` with an id, DELETE takes them off."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    if is_look(request):
        context = {"people": muted_by(request.user)}
        return render(request, "passages/muted.html", context)
    person = _person(request)
    act = languages.unmute if request.method == "DELETE" else languages.mute
    if not act(author=request.user, muted=person):
        messages.info(request, ALREADY)
    return redirect("corrections_muted")


def _look(request: HttpRequest, subject: Subject) -> HttpResponse:
    typed = kept.take(request, request.path)
    place = _number(str(typed.get("sentence", request.GET.get("sentence", ""))))
    return _page(request, subject, place=place, typed=typed)


def _try(request: HttpRequest, subject: Subject) -> HttpResponse:
    """What the reader would write beside what others proposed. Nothing is kept of it."""
    place = _number(request.POST.get("sentence", ""))
    row = sheet(request.user, subject).row(place)
    if row is None:
        return _page(request, subject, 409, notice=NO_SENTENCE, typed=request.POST.dict())
    form = TryForm(request.POST, about=row.sentence)
    if not form.is_valid():
        return _page(request, subject, 422, place=place, form=form)
    tried = form.cleaned_data["corrected"]
    return _page(
        request, subject, place=place, form=_offer_form(request, subject, form), tried=tried
    )


def _offer_form(request: HttpRequest, subject: Subject, form: TryForm) -> Any:
    """The form as it stood, unbound: what was tried can be offered next, if the reader may."""
    initial = {name: request.POST.get(name, "") for name in ("corrected", "why", "sentence")}
    version = subject.passage.version
    return OfferForm(initial=initial | {"version": version}, about=form.about)


def _offer(request: HttpRequest, subject: Subject) -> HttpResponse:
    place = _number(request.POST.get("sentence", ""))
    row = sheet(request.user, subject).row(place)
    if row is None:
        return _page(request, subject, 409, notice=NO_SENTENCE, typed=request.POST.dict())
    form = OfferForm(request.POST, about=row.sentence)
    if not form.is_valid():
        return _page(request, subject, 422, place=place, form=form)
    if wait := too_often(request, "correction"):
        again = _page(request, subject, 429, place=place, form=form, notice=why_wait(wait))
        return later(again, wait)
    try:
        actions.offer(
            by=request.user,
            passage=subject.passage,
            place=row.sentence.place,
            corrected=form.cleaned_data["corrected"],
            reason=form.cleaned_data["why"],
            from_version=form.cleaned_data["version"],
        )
    except actions.Refused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, subject, 422, place=place, form=form)
    except (Conflict, SentenceGone):
        # Sending again from this page is about the sentence that stands there now.
        fresh = get_subject(request, subject.passage.pk)
        form.data["version"] = fresh.passage.version
        return _page(request, fresh, 409, place=place, form=form, notice=CHANGED)
    messages.success(request, _("Thank you. Your correction stands below the sentence."))
    return redirect(f"{request.path}#sentence-{row.sentence.place + 1}")


NO_SENTENCE = gettext_lazy(
    "There is no such sentence in the text, so nothing was saved. Your words are below, to copy."
)
CHANGED = gettext_lazy(
    "The text was changed meanwhile, so your correction was not saved yet."
    " Your words are below: please look at the sentence as it stands now, and send again."
)


def _page(
    request: HttpRequest,
    subject: Subject,
    status: int = 200,
    *,
    place: int | None = None,
    form: Any = None,
    tried: str = "",
    typed: dict[str, Any] | None = None,
    notice: Any = "",
) -> HttpResponse:
    shown = sheet(request.user, subject, place=place, tried=tried)
    refusal = _refusal(request, subject)
    may_offer, learner = _may(refusal), is_learner(request.user, subject)
    chosen = shown.row(place)
    if chosen and not (may_offer or (learner and chosen.proposed)):
        chosen = None  # there is nothing to do with it
    if chosen and form is None:
        form = _fresh_form(subject, chosen.sentence, typed or {})
    context = {
        "subject": subject,
        "passage": subject.passage,
        "sheet": shown,
        "chosen": chosen.sentence.place if chosen else None,
        "form": form if chosen else None,
        "tried": tried,
        # Somebody's words whose sentence is not there.
        "words": [typed[n] for n in ("corrected", "why") if typed.get(n)]
        if typed and not chosen
        else [],
        "notice": notice,
        "refusal": refusal,
        "may_offer": may_offer,
        "is_author": subject.author == request.user,
        "is_learner": learner,
        "composer": "offer" if chosen and request.method == "POST" else "",
    }
    return render(request, "passages/correction.html", context, status=status)


def _fresh_form(subject: Subject, sentence: Any, typed: dict[str, Any]) -> OfferForm:
    initial = {"corrected": sentence.text, "sentence": sentence.place} | typed
    initial["version"] = typed.get("version") or subject.passage.version
    return OfferForm(initial=initial, about=sentence)


def _refusal(request: HttpRequest, subject: Subject) -> Refusal:
    known = request.user.is_authenticated and subject.author
    silent = bool(known) and is_muted(subject.author, request.user)
    return rules.can_correct(request.user, subject, muted=silent)


def _may(refusal: Any) -> bool:
    """Also who has to log in first begins to write: their words come along."""
    return refusal is None or refusal is LOG_IN


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        return log_in_first(request)
    return refused(request, 403, reason=refusal)


def _get(subject: Subject, correction_id: int) -> Correction:
    try:
        return queries.correction(subject, correction_id)
    except queries.NotThere:
        raise Http404(_("There is no such correction, or it was taken back.")) from None


def _address(subject: Subject, found: Correction) -> str:
    return f"{reverse('correction', args=[subject.passage.pk])}#correction-{found.pk}"


def _person(request: HttpRequest) -> User:
    number = _number(request.POST.get("person", "")) or 0
    found = User.objects.filter(pk=number).exclude(pk=request.user.pk or 0).first()
    if found is None:
        raise Http404(_("There is no such person."))
    return found


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
