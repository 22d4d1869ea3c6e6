"""What the pages of all acts have in common: what it will do, the reason, and what the person is told."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exchange.boards.actions import Refused
from exchange.boards.forms import ReasonForm
from exchange.boards.models import Post, Thread
from exchange.boards.views import post_address
from exchange.web.errors import refused
from exchange.web.http import form_data, is_look

from .deciding import Act, FromCase, decide_case, from_case, must_attest
from .previewing import Told, as_data, asks_for_preview, previews, wants_data
from .wording import WORDINGS, Wording

type MakeForm = Callable[..., Form]


def act_page(
    request: HttpRequest,
    act: Act,
    make: MakeForm = ReasonForm,
    *,
    template: str = "moderation/act_page.html",
    came: FromCase | None = None,
    wording: Wording | None = None,
    **context: Any,
) -> HttpResponse:
    """GET is the form with all that it says; POST or DELETE does it. A POST of `preview` only shows the
    notice as it would be. `came` and `wording` are others than what is sent and the verb would give."""
    data = form_data(request)
    looks = asks_for_preview(request)
    form = make(initial=dict(data.items())) if looks and data else make(data)
    context |= {
        "act": act,
        "undo": act.undo,
        "wording": wording or WORDINGS[act.verb],
        "thread": act.thread,
    }
    came = came or from_case(request)
    sent = data if data is not None else request.GET
    # As the form is shown: with the rule that it was reported under, until another one is chosen.
    reason = sent.get("reason", came.case.rule_id if came else "") or ""
    told = Told(act.verb, act.told, until_of(form), for_now=act.stays_open)
    context |= previews([told], reason, act.thread)
    # A look at the notice carries along what the form does.
    context |= {"came": came, "attests": must_attest(request, act), "judged": act.judged}
    if came and act.thread and came.case.post.thread_id == act.thread.pk:
        context.setdefault("post", came.case.post)  # what a thread's act decides, too
    if wants_data(request):
        return as_data(context["previews"])
    if looks:
        return render(request, template, context | {"form": form})
    try:
        return decide_case(request, act, form, context, template)
    except Refused as refusal:
        return refused(request, 409, title=refusal.reason, reason=refusal.reason, back=act.back)


def takes_back(request: HttpRequest, done: bool) -> bool:
    """What is sent says itself what it does, whatever became of the thing since its form was shown."""
    return done if is_look(request) else request.method == "DELETE"


def until_of(form: Any) -> datetime | None:
    """When what the form says would end."""
    until: Callable[[], datetime | None] = getattr(form, "until", lambda: None)
    return until()


def thread_address(thread: Thread) -> str:
    return post_address(Post(thread=thread, number=1)).partition("#")[0]
