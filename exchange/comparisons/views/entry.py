"""One member's figure: what was said, how it was made comparable, whether it counts, who asks about it."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.models import Post
from exchange.boards.queries import may_read_title, roles
from exchange.boards.rules import LOG_IN
from exchange.boards.views import decide, limited, reason_of, too_often
from exchange.comparisons import rules
from exchange.comparisons.actions import Refused, ask
from exchange.comparisons.editing import AskForm
from exchange.figures import actions, labels, queries, worked
from exchange.figures.models import Entry, Question, Reference
from exchange.languages.models import Passage
from exchange.ledger.queries import last_of
from exchange.safety.models import Rule
from exchange.safety.queries import rule
from exchange.safety.views import slow_down
from exchange.web import kept
from exchange.web.errors import log_in_first, refused
from exchange.web.http import is_look, methods

from .gates import get_figure


class Standing(NamedTuple):
    """Whether a figure counts, and what keeps it out: "" or a code that the page has words for.

    `speaks` is the figure that its author is counted with instead.
    """

    out: str = ""
    apart: bool = False
    rule: Rule | None = None
    note: Passage | None = None
    speaks: Entry | None = None


@methods("GET")
def figure(request: HttpRequest, figure_id: int) -> HttpResponse:
    entry, post = get_figure(request, figure_id)
    return render(request, "comparisons/figure.html", _context(request, entry, post))


@methods("GET", "POST", "DELETE")
def question(request: HttpRequest, figure_id: int) -> HttpResponse:
    """ "This looks off": GET is the form, POST asks, DELETE takes one's own open question back."""
    entry, post = get_figure(request, figure_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    back = reverse("figure", args=[entry.pk])
    if request.method == "DELETE":
        return _take_back(request, entry, post)
    if refusal := rules.can_ask(request.user, post, entry):
        return refused(request, 403, reason=refusal, back=back)
    typed = kept.take(request, request.path) if is_look(request) else {}
    form = AskForm(None if is_look(request) else request.POST, initial=typed)
    if not form.is_valid():
        return _form_page(request, entry, post, form)
    return _ask(request, entry, post, form)


def _form_page(request: HttpRequest, entry: Entry, post: Post, form: AskForm) -> HttpResponse:
    context = {"form": form, "entry": entry, "post": post}
    status = 422 if form.is_bound else 200
    return render(request, "comparisons/question.html", context, status=status)


def _ask(request: HttpRequest, entry: Entry, post: Post, form: AskForm) -> HttpResponse:
    if wait := too_often(request, "question"):
        return slow_down(request, wait)
    back = reverse("figure", args=[entry.pk])
    try:
        asked = ask(by=request.user, entry=entry, post=post, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("note", refusal.reason)
        return _form_page(request, entry, post, form)
    if asked is None:
        return refused(request, 409, title=rules.CHANGED, reason=rules.CHANGED, back=back)
    messages.success(request, _("Thank you. The author sees your question beside the figure."))
    return redirect(f"{back}#questions")


@methods("GET", "POST")
@limited("opinion")
def answer(request: HttpRequest, figure_id: int, question_id: int) -> HttpResponse:
    """The author's "it is right"."""
    entry, post = get_figure(request, figure_id)
    found = _get_question(entry, question_id)
    if is_look(request):
        return redirect("figure", entry.pk)
    if refusal := rules.can_answer(request.user, post, entry):
        return _refused(request, refusal)
    if not actions.answer(by=request.user, question=found, scope=post.thread.scope):
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect(f"{reverse('figure', args=[entry.pk])}#questions")


@methods("GET", "POST")
def question_hiding(request: HttpRequest, figure_id: int, question_id: int) -> HttpResponse:
    """A moderator takes a question away, with what was said in it."""
    entry, post = get_figure(request, figure_id)
    found = _get_question(entry, question_id)
    if refusal := _not_a_moderator(request, post):
        return refusal
    return decide(
        request,
        {"entry": entry, "post": post, "question": found, "noun": "question"},
        lambda form: actions.remove(
            moderator=request.user, question=found, scope=post.thread.scope, **_reason(form)
        ),
        reverse("figure", args=[entry.pk]),
        template="comparisons/act.html",
    )


def _context(request: HttpRequest, entry: Entry, post: Post) -> dict[str, Any]:
    questions = queries.questions(entry)
    steps = worked.steps(entry)
    sources = Reference.objects.in_bulk([s.source for s in steps if s.source], field_name="key")
    mine = entry.author_id == request.user.pk
    return {
        "entry": entry,
        "post": post,
        "thread": post.thread,
        "title_readable": may_read_title(request.user, post.thread),
        "said": labels.said(entry),
        "steps": [(step, sources.get(step.source)) for step in steps],
        "share": worked.share(entry),
        "standing": _standing(entry, post),
        "demo_counts": settings.DEMO,
        "questions": questions,
        "others": [other for other in queries.ever(entry.passage_id) if _former(other, entry)],
        "is_author": mine,
        "may_answer": mine and rules.can_answer(request.user, post, entry) is None,
        "cannot_ask": rules.can_ask(request.user, post, entry),
        "moderates": roles(request.user).moderates(post.thread.board_id),
    }


def _former(other: Entry, entry: Entry) -> bool:
    """What the same text said about the same thing in another version."""
    return other.item_id == entry.item_id and other.pk != entry.pk and bool(other.until)


def _standing(entry: Entry, post: Post) -> Standing:
    if entry.until:
        return Standing("former")
    if entry.excluded_at:
        event = last_of("figure.excluded", [entry.target]).get(entry.target)
        noted = event.data.get("note") if event else None
        note = Passage.objects.filter(pk=noted).first() if noted else None
        return Standing("excluded", rule=rule(entry.excluded_for), note=note)
    if not entry.listed:
        return Standing("hidden" if post.state != "shown" else "closed")
    if not entry.voice:
        return Standing("older", speaks=queries.voice_of(entry))
    if entry.sample and not settings.DEMO:
        return Standing("sample")
    return Standing(apart=queries.stands_apart(entry))


def _take_back(request: HttpRequest, entry: Entry, post: Post) -> HttpResponse:
    mine = queries.open_question(entry, request.user)
    if refusal := rules.can_take_back(request.user, mine):
        return refused(request, 403, reason=refusal, back=reverse("figure", args=[entry.pk]))
    if mine and not actions.take_back(by=request.user, question=mine, scope=post.thread.scope):
        messages.info(request, _("This was done already. Nothing changed."))
    return redirect("figure", entry.pk)


def _get_question(entry: Entry, question_id: int) -> Question:
    found = Question.objects.select_related("note", "by").filter(entry=entry, pk=question_id)
    standing = found.first()
    if standing is None:
        raise Http404(_("There is no such question, or it was taken away."))
    standing.entry = entry
    return standing


def _reason(form: Any) -> dict[str, Any]:
    found = reason_of(form)
    return found | {"rule": found["rule"].code}


def _not_a_moderator(request: HttpRequest, post: Post) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return log_in_first(request)
    if not roles(request.user).moderates(post.thread.board_id):
        return refused(request, 403, reason=_("Only this board's moderators can do that."))
    return None


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return log_in_first(request) if refusal == LOG_IN else refused(request, 403, reason=refusal)
