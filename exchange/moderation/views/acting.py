"""What the pages of all acts have in common: what it will do, the reason, and what the person is told."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from exchange.boards.actions import Refused
from exchange.boards.forms import ReasonForm
from exchange.boards.models import Post, Thread
from exchange.boards.views import post_address
from exchange.moderation.models import Case, Decision
from exchange.moderation.notices import Notice, is_told, notice, told_in
from exchange.moderation.targets import Target
from exchange.safety.queries import rule
from exchange.web.errors import asks_for_json, refused
from exchange.web.http import form_data

from .deciding import decide_case, from_case, must_attest
from .wording import WORDINGS

type MakeForm = Callable[..., ReasonForm]


@dataclass(frozen=True, slots=True)
class Act:
    """`do` is given the valid form. `about` is whose words or standing it is, `language` that of the
    words that somebody is judged by, None where it is no judgement of words. `told` is who gets the
    notice. `back` is where the page leads to. `cases` are those of what it is done to, `judged` is that
    where its words are judged."""

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


def act_page(
    request: HttpRequest,
    act: Act,
    make: MakeForm = ReasonForm,
    *,
    template: str = "moderation/act_page.html",
    **context: Any,
) -> HttpResponse:
    """GET is the form with all that it says; POST or DELETE does it. A POST of `preview` only shows the
    notice as it would be."""
    data = form_data(request)
    looks = data is not None and "preview" in data
    form = make(initial=dict(data.items())) if looks and data else make(data)
    context |= {
        "act": act,
        "undo": act.undo,
        "wording": WORDINGS[act.verb],
        "thread": act.thread,
    }
    came = from_case(request)
    sent = data if data is not None else request.GET
    # As the form is shown: with the rule that it was reported under, until another one is chosen.
    reason = sent.get("reason", came.case.rule_id if came else "") or ""
    context["previews"] = _notices(act, form, reason)
    # A look at the notice carries along what the form does.
    attests = must_attest(request, act.about, act.language)
    context |= {"came": came, "attests": attests, "judged": act.judged}
    if came and act.thread and came.case.post.thread_id == act.thread.pk:
        context.setdefault("post", came.case.post)  # what a thread's act decides, too
    if looks and asks_for_json(request):
        return JsonResponse({"notices": [asdict(told) for _, told in context["previews"]]})
    if looks:
        return render(request, template, context | {"form": form})
    try:
        return decide_case(
            request,
            context,
            act.do,
            act.back,
            form,
            template,
            about=act.about,
            language=act.language,
            cases=act.cases,
            judged=act.judged,
        )
    except Refused as refusal:
        return refused(request, 409, title=refusal.reason, reason=refusal.reason, back=act.back)


def _notices(act: Act, form: Any, reason: str) -> list[tuple[str, Notice]]:
    """As the person will read it, and in the page's language where that is another one."""
    if act.told is None or not is_told(act.verb):
        return []
    wanted = dict.fromkeys([told_in(act.told), get_language() or "en"])
    until = until_of(form)
    return [
        (
            language,
            notice(
                act.verb,
                rule=rule(reason),
                language=language,
                until=until,
                thread_title=_title(act.thread, language),
            ),
        )
        for language in wanted
    ]


def _title(thread: Thread | None, language: str) -> str:
    """In a language where people wrote it in that, else as it was written; "" where it cannot be read."""
    if thread is None or thread.is_closed:
        return ""
    better = thread.title_reads_better(language)
    return (thread.title_other if better else None) or thread.title.body


def until_of(form: Any) -> datetime | None:
    """When what the form says would end."""
    until: Callable[[], datetime | None] = getattr(form, "until", lambda: None)
    return until()


def thread_address(thread: Thread) -> str:
    return post_address(Post(thread=thread, number=1)).partition("#")[0]
