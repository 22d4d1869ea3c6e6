"""Taking away what members made of each other's texts, and figures; and bringing it back."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.models import Thread
from exchange.boards.queries import may_read_words
from exchange.boards.views import get_post, get_thread, reason_of
from exchange.comparisons.views import get_figure
from exchange.languages.models import Proposal
from exchange.languages.queries import half_of
from exchange.moderation import actions, queries
from exchange.moderation.models import Decision
from exchange.moderation.targets import Target, find
from exchange.web.http import form_data, methods

from .acting import act_page
from .checks import not_a_moderator
from .deciding import Act


@methods("GET", "POST", "DELETE")
def translation_removal(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A member's half that readers see: POST removes it, DELETE brings back what was removed last."""
    name = f"translation.{translation_id}"
    return _removal(request, name, "translation", actions.remove_translation)


@methods("GET", "POST", "DELETE")
def proposal_removal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """A translation as it was proposed, whether or not it was accepted since."""
    name = f"proposal.{proposal_id}"
    return _removal(request, name, "translation", actions.remove_translation)


@methods("GET", "POST", "DELETE")
def correction_removal(request: HttpRequest, correction_id: int) -> HttpResponse:
    name = f"correction.{correction_id}"
    return _removal(request, name, "correction", actions.remove_correction)


@methods("GET", "POST", "DELETE")
def exclusion(request: HttpRequest, figure_id: int) -> HttpResponse:
    """GET is the form; POST takes a figure out of the comparisons, DELETE in again."""
    entry, post = get_figure(request, figure_id)
    if refusal := not_a_moderator(request, post.thread):
        return refusal
    target = find(entry.target)
    if target is None:
        raise Http404
    undo = entry.excluded_at is not None
    do = actions.include if request.method == "DELETE" else actions.exclude
    act = Act(
        verb="figure.included" if undo else "figure.excluded",
        do=lambda form: do(moderator=request.user, target=target, **reason_of(form)),
        back=reverse("figure", args=[entry.pk]),
        about=entry.author,
        told=entry.author,
        thread=post.thread,
        undo=undo,
        cases=queries.cases_of(target.name),
        judged=None if undo else target,
    )
    return act_page(request, act, entry=entry)


def _removal(
    request: HttpRequest, name: str, kind: str, remove: Callable[..., Decision | None]
) -> HttpResponse:
    target, removed = find(name), _removed(name, kind)
    thread = _thread(request, target, removed)
    if refusal := not_a_moderator(request, thread):
        return refusal
    there = target is not None and _stands(target)
    # Where an earlier translation stands again, both can be done: `undo` says which.
    undo = bool(removed) and (not there or "undo" in (form_data(request) or request.GET))
    if not (there or undo):
        raise _gone()

    def do(form: Any) -> Decision | None:
        if request.method == "DELETE" or undo:
            return removed and actions.undo(
                moderator=request.user, decision=removed, **reason_of(form)
            )
        return remove(moderator=request.user, target=target, **reason_of(form))

    author = removed.person if undo and removed else target and target.author
    act = Act(
        verb=f"{kind}.restored" if undo else f"{kind}.removed",
        do=do,
        back=_page(target, removed, thread),
        about=author,
        language=target.language if target and not undo else None,
        told=author,
        thread=thread,
        undo=undo,
        cases=queries.cases_of(name),
        judged=None if undo else target,
    )
    return act_page(request, act, target=None if undo else target)


def _stands(target: Target) -> bool:
    """Whether nobody took it back or away, also where its post is hidden."""
    if target.kind == "proposal":
        is_open = target.thing.state == Proposal.State.OPEN
        return is_open or half_of(target.thing) is not None
    return target.kind != "correction" or target.thing.withdrawn_at is None


def _removed(name: str, kind: str) -> Decision | None:
    """The decision that took it away, if that stands."""
    found = Decision.objects.filter(verb=f"{kind}.removed", event__target=name, undone_by=None)
    return found.select_related("event", "person").order_by("-id").first()


def _thread(request: HttpRequest, target: Target | None, removed: Decision | None) -> Thread:
    """Where it stands, for who may be there: 404 comes before 403, and does not say why."""
    try:
        if target is not None:
            post = get_post(request, target.post.pk)
            if may_read_words(request.user, post):
                return post.thread
        elif removed is not None:
            return get_thread(request, int(removed.event.scope.rpartition(".")[2]))
    except Http404:
        raise _gone() from None
    raise _gone()


def _gone() -> Http404:
    return Http404(_("There is no such post, or it is not open to you."))


def _page(target: Target | None, removed: Decision | None, thread: Thread) -> str:
    """The page of the text that it was made of."""
    if target is None and removed is None:
        return reverse("thread", args=[thread.pk])
    passage = target.passage.pk if target else removed and removed.event.data["passage"]
    kind = "correction" if target and target.kind == "correction" else "translation"
    return reverse(kind, args=[passage])
