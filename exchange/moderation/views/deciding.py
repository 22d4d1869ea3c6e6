"""Acts of moderators that may come from a case: who may, who was quicker, and how to take it back.

The page of such an act is given `?case=` and `?version=`, the case that it decides and which version
of its words the moderator read, and its form sends both along (moderation/_case_fields.html), with
`queue`, the filters of the desk that the case was found under. Without a case it sends the version
of what it is done to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.models import Thread
from exchange.moderation import actions, queries, rules
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import Target, find
from exchange.web.errors import refused, typed_words
from exchange.web.http import form_data

# Of a message: `undo.12` says that decision 12 can be taken back.
UNDO = "undo."


@dataclass(frozen=True, slots=True)
class FromCase:
    """`version` is of the words that the moderator read."""

    case: Case
    version: int
    filters: queries.Filters

    @property
    def queue(self) -> str:
        return self.filters.query

    @property
    def query(self) -> dict[str, Any]:
        """What the address of an act's page carries along."""
        query = {"case": self.case.pk, "version": self.version}
        return query | ({"queue": self.queue} if self.queue else {})

    @property
    def address(self) -> str:
        return case_address(self.case.pk, self.queue)


@dataclass(frozen=True, slots=True)
class Act:
    """`do` is given the valid form. `about` is whose words or standing it is, `language` that of the
    words that somebody is judged by, None where it is no judgement of words, as a restoring. `told` is
    who gets the notice. `back` is where the page leads to. `cases` are those of what it is done to, which
    nobody else may be working on; `judged` is that where its words are judged: without a case the form
    names their version. `stays_open`: it is done for now, so the case that it comes from is not decided
    by it, and `do` asks by itself whether it could be."""

    verb: str
    do: Callable[[Any], Decision | None]
    back: str
    about: Any = None
    language: str | None = None
    told: Any = None
    thread: Thread | None = None
    undo: bool = False
    cases: QuerySet[Case] | None = None
    judged: Target | None = None
    stays_open: bool = False


def decide_case(
    request: HttpRequest, act: Act, form: Form, context: dict[str, Any], template: str
) -> HttpResponse:
    """The form with its reason; or the act, and on to the desk's next case, or back to where it began.

    `context` is the page's: with `came`, the case that it comes from, and with `person`, `post` or
    `thread`, which it is done to.
    """
    came: FromCase | None = context["came"]
    if came and not _belongs(came.case, context, act.about):
        raise Http404
    if refusal := _refusal(request, act, came):
        return refused(request, 403, reason=refusal)
    if came:
        form.initial.setdefault("reason", came.case.rule_id)
    context |= {"form": form}
    if not form.is_valid():
        return render(request, template, context, status=422 if form.is_bound else 200)
    try:
        decision = act.do(form) if act.stays_open else _done(request, came, act, form)
    except actions.Overtaken as overtaken:
        return overtaken_page(request, overtaken, context, template)
    tell(request, decision)
    return redirect(next_address(request, came) if came and not act.stays_open else act.back)


def from_case(request: HttpRequest) -> FromCase | None:
    """The case that a form or a link names; None for none. 404 for one that is not this moderator's."""
    sent = form_data(request) or request.GET
    if not sent.get("case"):
        return None
    return FromCase(
        get_case(request, number_of(sent.get("case", ""))),
        number_of(sent.get("version", "")),
        filters_of(sent),
    )


def get_case(request: HttpRequest, case_id: int) -> Case:
    case = queries.case_of(request.user, case_id)
    if case is None:
        raise Http404(_("There is no such case, or it is not open to you."))
    return case


def filters_of(sent: QueryDict) -> queries.Filters:
    """The desk's filters that came along in `queue`, itself a query string."""
    return queries.Filters.of(QueryDict(sent.get("queue", "")[:300]))


def case_address(case_id: int, queue: str = "") -> str:
    return reverse("case", args=[case_id], query={"queue": queue} if queue else None)


def desk_address(queue: str = "") -> str:
    return f"{reverse('desk')}{'?' if queue else ''}{queue}"


def next_address(request: HttpRequest, came: FromCase) -> str:
    """Where a moderator goes on: to the case after this one, or to the desk where it was the last."""
    following = queries.next_case(request.user, came.case, came.filters)
    return case_address(following, came.queue) if following else desk_address(came.queue)


def tell(request: HttpRequest, decision: Decision | None) -> None:
    """What was done; the page adds the button that takes it back."""
    if decision is None:
        messages.info(request, _("This was done already. Nothing changed."))
        return
    tags = f"{UNDO}{decision.pk}" if may_undo(request, decision) else ""
    messages.success(request, _said(decision), extra_tags=tags)


def may_undo(request: HttpRequest, decision: Decision) -> bool:
    """Whether the button that takes it back is shown."""
    return decision.verb in actions.UNDO and rules.can_undo(request.user, decision) is None


def overtaken_page(
    request: HttpRequest, overtaken: actions.Overtaken, context: dict[str, Any], template: str = ""
) -> HttpResponse:
    """What happened meanwhile. Of words that were edited the form is shown again, below the new ones."""
    case = overtaken.case and get_case(request, overtaken.case.pk)
    judged: Target | None = context.get("judged")
    name = case.target if case else judged and judged.name
    target = find(name) if name else None
    came: FromCase | None = context.get("came")
    context = context | {"overtaken": overtaken.why, "case": case, "target": target}
    if overtaken.why == "edited" and target and (came or not case):
        if came and case:
            context["came"] = FromCase(case, target.version, came.filters)
        context["judged"] = target
        if template:
            return render(request, template, context, status=409)
    if case is None:  # gone with its words
        raise Http404
    context |= {
        "decision": queries.decisions_of(case).first() if overtaken.why == "closed" else None,
        "words": typed_words(request),
        "next": next_address(request, came) if came else desk_address(),
    }
    return render(request, "moderation/overtaken.html", context, status=409)


def number_of(text: str) -> int:
    """0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _belongs(case: Case, context: dict[str, Any], about: Any) -> bool:
    """Whether an act has to do with a case: it is done to its post, the thread or the person."""
    if "person" in context:
        return about is not None and about.pk == case.author_id
    if post := context.get("post"):
        return bool(post.pk == case.post_id)
    thread = context.get("thread")
    return thread is not None and thread.pk == case.post.thread_id


def _done(request: HttpRequest, came: FromCase | None, act: Act, form: Form) -> Decision | None:
    """Raises Overtaken."""

    def do() -> Decision | None:
        return act.do(form)

    moderator, cases = request.user, act.cases
    if came:
        return actions.settle(
            moderator=moderator, case=came.case, version=came.version, act=do, along=cases
        )
    if cases is None:
        return do()
    read = _read_version(request, act.judged) if act.judged else None
    return actions.settle_open(moderator=moderator, cases=cases, act=do, read=read)


def _read_version(request: HttpRequest, judged: Target) -> actions.Read | None:
    """The version that a thing's own form was made of; None where it names none."""
    sent = (form_data(request) or request.GET).get("version", "")
    return actions.Read(judged.name, number_of(sent)) if sent else None


def _refusal(request: HttpRequest, act: Act, came: FromCase | None) -> Any:
    # A thread's act may decide the case of somebody else who wrote in it.
    if came and (refusal := rules.can_judge(request.user, came.case.author)):
        return refusal
    if act.language is None:
        return rules.can_judge(request.user, act.about)
    sent = form_data(request)
    attests = sent is None or bool(sent.get("attests"))
    return rules.can_punish(request.user, act.about, act.language, attests=attests)


def must_attest(request: HttpRequest, act: Act) -> bool:
    """Whether it is possible only for who says that they read the language."""
    language = act.language
    return language is not None and bool(rules.can_punish(request.user, act.about, language))


def _said(decision: Decision) -> str:
    label = str(decision.event.label)
    if decision.event.target.startswith("user.") and decision.person:
        label = f"{decision.person.username} {label}"
    return _("Done: %(act)s.") % {"act": label}
