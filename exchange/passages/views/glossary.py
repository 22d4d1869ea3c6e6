"""The glossary: its terms and culture cards, and how a word comes into it and out of it."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.boards.forms import ReasonForm
from exchange.boards.queries import roles
from exchange.boards.views import limited, too_often
from exchange.languages import actions, queries, terms, text
from exchange.languages.models import Term, family
from exchange.languages.queries import Entry
from exchange.languages.render import plain
from exchange.passages import rules
from exchange.passages.actions import Refused, propose_term, rewrite_term
from exchange.passages.forms import TermEditForm, TermForm
from exchange.safety.views import slow_down
from exchange.web import kept
from exchange.web.errors import log_in_first, refused
from exchange.web.http import is_look, methods

# What is asked for is a wording; a longer question cannot be one.
MOST_ASKED = 80
# Proposals beyond the newest so many are found by searching.
MOST_PROPOSALS = 100
DESCRIPTION = 160


@methods("GET")
def glossary(request: HttpRequest) -> HttpResponse:
    """All agreed terms by their first letter, or those that a question and a kind leave."""
    kind = request.GET.get("kind") or "all"
    if kind not in ("all", *Term.Kind.values):
        raise Http404(_("A list cannot be narrowed to that."))
    asked = " ".join(text.without_unprintable(request.GET.get("q", ""))[:MOST_ASKED].split())
    agreed = queries.glossary()
    found = _matching(agreed.entries.values(), asked)
    shown = [entry for entry in found if kind in ("all", entry.kind)]
    proposed = _proposed(request, asked, kind)
    context = {
        "asked": asked,
        "kind": kind,
        "counts": {"all": len(found)}
        | {name: sum(entry.kind == name for entry in found) for name in Term.Kind.values},
        "letters": _by_letter(shown, get_language() or "en", by_rank=bool(asked)),
        "proposed": proposed,
        "enough": actions.ENOUGH_FOR_A_TERM,
        "total": len(shown),
        "stamp": agreed.stamp,
    }
    return render(request, "passages/glossary.html", context)


@methods("GET")
def term(request: HttpRequest, term_id: int) -> HttpResponse:
    found = _get_term(term_id)
    return render(request, "passages/term.html", _term_context(request, found))


@methods("GET", "POST")
def new_term(request: HttpRequest) -> HttpResponse:
    if is_look(request):
        initial = kept.take(request, request.path) if request.user.is_authenticated else {}
        return _form_page(request, TermForm(initial=initial))
    if not request.user.is_authenticated:
        return log_in_first(request)
    waiting = queries.proposed_terms().filter(by=request.user).count()
    if refusal := rules.can_propose_term(request.user, waiting=waiting):
        return refused(request, 403, reason=refusal, back=request.path)
    form = TermForm(request.POST)
    return _propose(request, form) if form.is_valid() else _form_page(request, form)


def _propose(request: HttpRequest, form: TermForm) -> HttpResponse:
    if wait := too_often(request, "term"):
        return slow_down(request, wait)
    try:
        made = propose_term(
            by=request.user, wording=form.wording(), note=form.note(_reads(request))
        )
    except actions.SameWording as same:
        return _same(request, form, same.term)
    except Refused as refusal:
        return _refused(request, form, refusal)
    messages.success(request, _("Thank you. Others can now agree with your wording."))
    return redirect("glossary_term", made.pk)


@methods("GET", "POST")
def edit_term(request: HttpRequest, term_id: int) -> HttpResponse:
    """The proposer's, until it is agreed."""
    found = _get_term(term_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if refusal := rules.can_change_term(request.user, found):
        return refused(request, 403, reason=refusal)
    if is_look(request):
        initial = _typed(found) | kept.take(request, request.path)
        return _form_page(request, TermEditForm(initial=initial), found)
    form = TermEditForm(request.POST)
    return _rewrite(request, form, found) if form.is_valid() else _form_page(request, form, found)


def _rewrite(request: HttpRequest, form: TermEditForm, found: Term) -> HttpResponse:
    if wait := too_often(request, "term"):
        return slow_down(request, wait)
    try:
        rewrite_term(
            by=request.user,
            term=found,
            wording=form.wording(),
            note=form.note(_reads(request)),
            from_version=form.cleaned_data["version"],
        )
    except actions.SameWording as same:
        return _same(request, form, same.term, found)
    except Refused as refusal:
        return _refused(request, form, refusal, found)
    except actions.Conflict:
        return refused(
            request,
            409,
            title=_("This word was changed meanwhile"),
            reason=_("Your words are below. Open the entry to see what it says now."),
            back=reverse("glossary_term", args=[found.pk]),
        )
    messages.success(request, _("Your proposal is changed. Whoever agreed before is asked anew."))
    return redirect("glossary_term", found.pk)


@methods("POST", "DELETE")
@limited("opinion")
def agreement(request: HttpRequest, term_id: int) -> HttpResponse:
    """Agree with a proposal, or no longer."""
    found = _get_term(term_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    moderates = roles(request.user).site
    if refusal := rules.can_agree_with_term(request.user, found, moderates=moderates):
        return refused(request, 403, reason=refusal)
    if request.method == "DELETE":
        actions.agree_no_longer(by=request.user, term=found)
    else:
        _agree(request, found, moderates)
    return redirect("glossary_term", found.pk)


agreement.form_page = "glossary_term"  # type: ignore[attr-defined]  # where log-in leads back to


@methods("GET", "POST")
def term_withdrawal(request: HttpRequest, term_id: int) -> HttpResponse:
    """A proposer takes their word back; a moderator takes any out, with a reason that all can read."""
    found = _get_term(term_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    moderates = roles(request.user).site
    if refusal := rules.can_withdraw_term(request.user, found, moderates=moderates):
        return refused(request, 403, reason=refusal)
    own = found.by_id == request.user.pk and not found.agreed_at
    form = ReasonForm(None if is_look(request) else request.POST)
    if is_look(request) or not (own or form.is_valid()):
        context = {"entry": queries.entry_of(found), "own": own, "form": form}
        status = 200 if is_look(request) else 422
        return render(request, "passages/term_withdrawal.html", context, status=status)
    _take_out(request, found, None if own else form)
    return redirect("glossary")


def _agree(request: HttpRequest, found: Term, moderates: bool) -> None:
    try:
        agreed = actions.agree_with_term(by=request.user, term=found, moderates=moderates)
    except actions.Conflict:  # taken back meanwhile: the page it leads to says so
        return
    if agreed:
        messages.success(request, _("This wording is in the glossary now."))
    else:
        messages.success(request, _("Thank you. You agree with this wording."))


def _take_out(request: HttpRequest, found: Term, form: ReasonForm | None) -> None:
    if form:
        data = form.cleaned_data
        done = actions.withdraw_term(
            by=request.user, term=found, rule=data["reason"], note=data["note"]
        )
    else:
        done = actions.take_back_term(by=request.user, term=found)
    if done:
        messages.success(request, _("The word is taken out."))
    else:
        messages.info(request, _("This was done already. Nothing changed."))


def _get_term(term_id: int) -> Term:
    found = queries.standing_terms().filter(pk=term_id).first()
    if found is None:
        raise Http404(_("There is no such word in the glossary, or it was taken out."))
    return found


def _term_context(request: HttpRequest, found: Term) -> dict[str, Any]:
    entry = queries.entry_of(found)
    note = entry.note(get_language() or "en")
    member = request.user.is_authenticated
    agreed = [] if found.agreed_at else queries.agreements([found.subject])[found.subject]
    site = member and roles(request.user).site
    return {
        "term": found,
        "entry": entry,
        "summary": text.excerpt(" ".join(plain(note.body).split()), DESCRIPTION) if note else "",
        "related": queries.glossary().related(entry),
        "agreed": len(agreed),
        "enough": actions.ENOUGH_FOR_A_TERM,
        "said_yes": request.user.pk in agreed,
        "can_agree": not member
        or rules.can_agree_with_term(request.user, found, moderates=site) is None,
        "can_change": member and rules.can_change_term(request.user, found) is None,
        "can_withdraw": member
        and rules.can_withdraw_term(request.user, found, moderates=site) is None,
    }


def _form_page(
    request: HttpRequest, form: TermForm, found: Term | None = None, **context: Any
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context |= {"form": form, "term": found, "enough": actions.ENOUGH_FOR_A_TERM}
    return render(request, "passages/term_form.html", context, status=status)


def _same(
    request: HttpRequest, form: TermForm, there: Term, found: Term | None = None
) -> HttpResponse:
    form.add_error(None, _("There is an entry with one of these wordings already."))
    return _form_page(request, form, found, there=there)


def _refused(
    request: HttpRequest, form: TermForm, refusal: Refused, found: Term | None = None
) -> HttpResponse:
    form.add_error(None, refusal.reason)
    return _form_page(request, form, found)


def _typed(found: Term) -> dict[str, Any]:
    entry = queries.entry_of(found)
    notes = {f"note_{name}": note.body for name, note in entry.notes.items()}
    return {
        "kind": found.kind,
        "en": "\n".join(found.en),
        "zh": "\n".join(found.zh),
        "pinyin": found.pinyin,
        "version": found.note.version,
        **notes,
    }


def _reads(request: HttpRequest) -> str:
    reads: list[str] = getattr(request.user, "reads", [])
    return reads[0] if reads else get_language() or "en"


def _proposed(request: HttpRequest, asked: str, kind: str) -> list[dict[str, Any]]:
    """What waits for agreement, the newest first, each with how many agree."""
    rows = queries.proposed_terms()
    rows = rows if kind == "all" else rows.filter(kind=kind)
    entries = _matching(map(queries.entry_of, rows if asked else rows[:MOST_PROPOSALS]), asked)
    subjects = {entry.id: f"term.{entry.id}" for entry in entries[:MOST_PROPOSALS]}
    agreed = queries.agreements(subjects.values()) if subjects else {}
    return [
        {"entry": entry, "agreed": len(agreed[subjects[entry.id]])}
        for entry in entries
        if entry.id in subjects
    ]


def _matching(entries: Iterable[Entry], asked: str) -> list[Entry]:
    """Those with a wording that has what is asked for in it: the same first, then where it begins so."""
    wanted = terms.key(asked)
    if not wanted:
        return list(entries)
    ranked = [(_rank(entry, wanted), entry) for entry in entries]
    return [entry for rank, entry in sorted(ranked, key=lambda pair: pair[0]) if rank < NOT_IN_IT]


NOT_IN_IT = 3


def _rank(entry: Entry, wanted: str) -> int:
    keys = [terms.key(wording) for wording in entry.wordings]
    if wanted in keys:
        return 0
    if any(key.startswith(wanted) for key in keys):
        return 1
    return 2 if any(wanted in key for key in keys) else NOT_IN_IT


def _by_letter(
    entries: list[Entry], language: str, *, by_rank: bool
) -> list[tuple[str, list[Entry]]]:
    """Under the first letter, in Chinese of the pinyin; of a search all in one, the best first."""
    if by_rank:
        return [("", entries)] if entries else []
    sorted_entries = sorted(entries, key=lambda entry: _sorting(entry, language))
    return [
        (letter, list(group))
        for letter, group in groupby(sorted_entries, key=lambda e: _sorting(e, language)[0])
    ]


def _sorting(entry: Entry, language: str) -> tuple[str, str]:
    """(letter, the whole word), figures and signs last."""
    word = entry.en[0] if family(language) == "en" else entry.pinyin or entry.zh[0]
    bare = unicodedata.normalize("NFD", word).upper()
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    first = letters[:1]
    return (first if "A" <= first <= "Z" else "～"), letters
