"""One decision on many cases: a page that says what it will do, then each in a transaction of its own."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from exchange.boards.queries import know_roles
from exchange.boards.views import reason_of
from exchange.moderation import actions, queries, rules
from exchange.moderation.forms import BulkForm
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import Target, find_many
from exchange.web.http import form_data, is_look, methods

from .checks import moderators_only
from .deciding import desk_address, filters_of, may_undo, number_of
from .previewing import Told, as_data, asks_for_preview, previews, wants_data

# As many as one can look through before one decides on them.
MOST = 50

NOT_HERE = gettext_lazy("This can be decided only on its own page.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case of the selection. `refusal` says why it is left out; `version` is of its words now."""

    row: queries.Row
    target: Target | None
    refusal: Any

    @property
    def version(self) -> int:
        return self.target.version if self.target else 0


@methods("GET", "POST")
def bulk(request: HttpRequest) -> HttpResponse:
    """GET with `?case=` for each says what would be done; POST does it; `?done=` says what was done."""
    moderators_only(request)
    if is_look(request) and "done" in request.GET:
        return _report(request)
    sent = form_data(request)
    asked = sent if sent is not None else request.GET
    act = asked.get("act", "")
    looks = asks_for_preview(request)
    form = BulkForm(None if looks else sent, initial=dict(asked.items()) if looks else {"act": act})
    chosen = _chosen(request, asked, act)
    filters = filters_of(asked)
    if not chosen:
        messages.info(request, _("None of these cases is open any more, or none was selected."))
        return redirect(desk_address(filters.query))
    if wants_data(request):
        return as_data(_notices(chosen, asked)["previews"])
    if not form.is_valid():
        context = _notices(chosen, asked) | {
            "form": form,
            # What was read before a mistake in the form is what is decided on after it.
            "chosen": [(one, _read(asked).get(one.row.case.pk, one.version)) for one in chosen],
            "ready": sum(1 for one in chosen if not one.refusal),
            "queue": filters.query,
            "several": True,
        }
        return render(
            request, "moderation/bulk.html", context, status=422 if form.is_bound else 200
        )
    done, left = _do(request, chosen, asked, form)
    query = {"done": ".".join(map(str, done)), "left": ".".join(map(str, left))}
    return redirect(reverse("bulk", query=query | {"queue": filters.query}))


def _chosen(request: HttpRequest, asked: QueryDict, act: str) -> list[Chosen]:
    """The open ones among those that are named, in the order of the queue."""
    ids = {number_of(named.partition(".")[0]) for named in asked.getlist("case")[:MOST]}
    cases = list(queries.as_rows(queries.open_cases(request.user).filter(pk__in=ids)))
    targets = find_many(case.target for case in cases)
    know_roles(target.author for target in targets.values() if target.author)
    rows = queries.rows(request.user, cases, get_language() or "en")
    return [
        Chosen(row, target, _refusal(request, row, target, act))
        for row in rows
        for target in [targets.get(row.case.target)]
    ]


def _refusal(request: HttpRequest, row: queries.Row, target: Target | None, act: str) -> Any:
    if target is None:
        return NOT_HERE
    if row.holder and not row.is_mine:
        return _("%(name)s is working on it.") % {"name": row.holder.username}
    if act != BulkForm.HIDE:
        return rules.can_judge(request.user, target.author)
    if target.kind == "picture":
        return rules.can_judge(request.user, target.author)
    if target.kind != "post":
        return NOT_HERE
    return rules.can_punish(request.user, target.author, target.language)


def _notices(chosen: list[Chosen], asked: QueryDict) -> dict[str, Any]:
    act = asked.get("act", "")
    told = [
        Told(_verb(one, act), one.target.author)
        for one in chosen
        if act and one.target and not one.refusal
    ]
    return previews(told, asked.get("reason", ""))


def _verb(one: Chosen, act: str) -> str:
    """Of the decision that will be made on it."""
    if act != BulkForm.HIDE:
        return actions.left_as(one.row.case, one.target)
    return "picture.hidden" if one.target and one.target.kind == "picture" else "post.hidden"


def _do(
    request: HttpRequest, chosen: list[Chosen], asked: QueryDict, form: BulkForm
) -> tuple[list[int], list[int]]:
    """The ids of the decisions that were made, and of the cases that were left."""
    read = _read(asked)
    done, left = [], []
    for one in chosen:
        version = read.get(one.row.case.pk, 0)
        decision = None if one.refusal else _decide(request, one, version, form)
        if decision:
            done.append(decision.pk)
        else:
            left.append(one.row.case.pk)
    return done, left


def _decide(request: HttpRequest, one: Chosen, version: int, form: BulkForm) -> Decision | None:
    """None where somebody was quicker."""
    case: Case = one.row.case
    why = {"moderator": request.user, **reason_of(form)}

    def act() -> Decision | None:
        target: Any = one.target
        if form.cleaned_data["act"] == BulkForm.DISMISS:
            return actions.leave(case=case, **why)
        if target.kind == "picture":
            return actions.hide_picture(post=target.post, upload=target.thing, **why)
        return actions.hide(post=target.post, **why)

    try:
        return actions.settle(
            moderator=request.user, case=case, version=version, act=act, along=_along(one, form)
        )
    except actions.Overtaken:
        return None


def _along(one: Chosen, form: BulkForm) -> QuerySet[Case] | None:
    """With a whole post the cases of its pictures are decided."""
    hides = form.cleaned_data["act"] == BulkForm.HIDE
    if one.target is None or one.target.kind != "post" or not hides:
        return None
    return queries.cases_of_post(one.target.post)


def _read(asked: QueryDict) -> dict[int, int]:
    """Of the cases that name it, as `7.2` does, which version of their words was read."""
    named = [one.partition(".") for one in asked.getlist("case")[:MOST]]
    return {number_of(pk): number_of(version) for pk, dot, version in named if dot}


def _report(request: HttpRequest) -> HttpResponse:
    done = [number_of(pk) for pk in request.GET["done"].split(".")[:MOST]]
    left = [number_of(pk) for pk in request.GET.get("left", "").split(".")[:MOST]]
    decisions = queries.decisions_by(request.user, done)
    know_roles([one.person for one in decisions if one.person])
    context = {
        "decisions": [(one, may_undo(request, one)) for one in decisions],
        "left": queries.cases_among(request.user, left),
        "desk": desk_address(filters_of(request.GET).query),
    }
    return render(request, "moderation/bulk_done.html", context)
