"""Who hears of an event, and why.

Nobody is told who else reported something, nor anything of the person whom a decision concerns that
everybody cannot see.
"""

from collections.abc import Callable
from datetime import timedelta

from exchange.boards.models import Post, Thread
from exchange.ledger.models import Event
from exchange.moderation.models import Appeal, Case, Decision, Flag, ReaderRequest
from exchange.moderation.notices import WORDS, is_told
from exchange.moderation.queries import deciders

from .models import Notification

CONCERNED = "concerned"  # the decision is about them, or about what they wrote
REPORTER = "reporter"  # they reported what it is about
APPELLANT = "appellant"  # their appeal was decided
DECIDER = "decider"  # an appeal against their decision was decided
MODERATOR = "moderator"  # an appeal waits for them, among others
READER = "reader"  # they are asked what a text says

# What is told at once: there is nothing that could be taken back.
AT_ONCE = (
    *("appeal.made", "appeal.upheld", "appeal.rejected", "reader.asked", "flag.raised"),
    "case.closed",
)
# Decisions, which can be taken back for some seconds.
DECIDED = tuple(sorted({*WORDS, "case.dismissed", "burst.ended"} - set(AT_ONCE)))
# Whoever cannot log in, or can again, is told by a mail.
BY_MAIL = ("person.suspended", "person.suspension_lifted")

# Ids of people, each with the reason.
type Audience = dict[int, str]


def of(event: Event) -> Audience:
    if event.verb in OF_EVENTS:
        return OF_EVENTS[event.verb](event)
    decision = (
        Decision.objects.filter(event=event)
        .select_related("event", "case", "person", "undone_by", "undoes__event", "undoes__appeal")
        .first()
    )
    if decision is None:
        return {}
    if event.verb.startswith("appeal."):
        return _of_outcome(event, decision)
    return _of_decision(decision)


def letters(event: Event, heard: Audience) -> list[int]:
    """Those who are told by a mail as well."""
    if event.verb in BY_MAIL:
        return [pk for pk, reason in heard.items() if reason == CONCERNED]
    if event.verb in ("appeal.upheld", "appeal.rejected"):
        about = Decision.objects.filter(pk=event.data["decision"], verb="person.suspended")
        if about.exists():
            return [pk for pk, reason in heard.items() if reason == APPELLANT]
    return []


def _of_decision(decision: Decision) -> Audience:
    if hasattr(decision, "undone_by"):
        return {}
    heard = dict.fromkeys(_reporters(decision), REPORTER)
    if _tells_the_person(decision):
        heard[decision.person_id or 0] = CONCERNED
    return heard


def _tells_the_person(decision: Decision) -> bool:
    if decision.person_id in (None, decision.by_id) or not is_told(decision.verb):
        return False
    if decision.event.data.get("held"):  # shown again to nobody yet: they hear of it when it is
        return False
    before = decision.undoes
    if before is None:
        return True
    # Of an appeal's outcome they are told in its own words; and who was not told of a decision is not
    # told that it was taken back.
    appeal = getattr(before, "appeal", None)
    if appeal is not None and appeal.upheld and not _came_late(decision, appeal):
        return False
    told = Notification.objects.filter(event=before.event_id, person=decision.person_id)
    return told.exists()


def _came_late(decision: Decision, appeal: Appeal) -> bool:
    """Whether an appeal was answered before, when there was nothing that could be brought back."""
    outcomes = Decision.objects.filter(
        person=appeal.by_id, verb="appeal.upheld", event__data__appeal=appeal.pk
    )
    return outcomes.filter(pk__lt=decision.pk).exists()


def _reporters(decision: Decision) -> list[int]:
    """Those whose reports it closed: all that are closed with its case, of the post or a part of it."""
    case = decision.case
    if case is None or case.closed_at is None or decision.event.for_now:
        return []
    last = case.decisions.order_by("-id").values_list("pk", flat=True).first()
    if last != decision.pk:  # what followed in the same case tells them, once
        return []
    together = Case.objects.filter(post=case.post_id, closed_at=case.closed_at)
    flags = Flag.objects.filter(
        case__in=together, closed_at=case.closed_at, reporter__hears_outcomes=True
    )
    mine = [decision.by_id or 0, decision.person_id or 0]
    return list(flags.exclude(reporter__in=mine).values_list("reporter", flat=True).distinct())


def _of_report(event: Event) -> Audience:
    """Somebody reported what had been looked at and left: that is answered at once."""
    flag = Flag.objects.filter(pk=event.data["flag"], reporter__hears_outcomes=True).first()
    if flag is None or flag.closed_at is None or flag.closed_at > flag.created_at:
        return {}
    return {flag.reporter_id: REPORTER}


def _of_closing(event: Event) -> Audience:
    """What was reported is gone with a post that its author deleted: once, whatever of it somebody
    reported. What a moderator closes is told with the decision."""
    if not event.data.get("gone"):
        return {}
    case = Case.objects.select_related("post").get(pk=event.data["case"])
    if case.closed_at is None:
        return {}
    flags = Flag.objects.filter(
        case__post=case.post_id, closed_at=case.closed_at, reporter__hears_outcomes=True
    )
    others = flags.filter(case__lt=case.pk).values("reporter")
    mine = [case.post.author_id or 0, case.author_id or 0]
    told = flags.filter(case=case).exclude(reporter__in=mine).exclude(reporter__in=others)
    return dict.fromkeys(told.values_list("reporter", flat=True), REPORTER)


def _of_question(event: Event) -> Audience:
    asked = ReaderRequest.objects.filter(
        case=event.data["case"], reader=event.data["person"], answered_at=None
    )
    return dict.fromkeys(asked.values_list("reader", flat=True), READER)


def _of_appeal(event: Event) -> Audience:
    appeal = Appeal.objects.select_related("decision__person").get(pk=event.data["appeal"])
    if appeal.decided_at:
        return {}
    others = [one.pk for one in deciders(appeal.decision)]
    alone = [appeal.decision.by_id] if appeal.decision.by_id else []
    return dict.fromkeys(others or alone, MODERATOR)


# Posts that one act moves are recorded one after the other.
TOGETHER = timedelta(minutes=1)


def _of_moving(event: Event) -> Audience:
    """Whose post stands in another thread now: once for all posts that one act moved. The author of the
    thread that they were moved out of, or back into, hears of that."""
    post = Post.objects.filter(pk=event.target_id).select_related("thread").first()
    left = Thread.objects.filter(pk=event.data["left"]).first()
    if post is None or post.deleted_at or left is None or event.scope != f"thread.{post.thread_id}":
        return {}
    before = Event.objects.filter(verb=event.verb, target=event.target, pk__lt=event.pk)
    last = before.order_by("-pk").first()
    heard = Notification.objects.filter(person=post.author_id, event__verb=event.verb)
    if (
        last and last.data["left"] == post.thread_id
    ):  # it is back: of interest to who knew that it left
        begun_with, knew = post.thread, heard.filter(event__scope=last.scope).exists()
    else:
        begun_with, knew = left, True
    same = heard.filter(event__scope=event.scope, event__data__left=left.pk)
    again = same.filter(event__created_at__gt=event.created_at - TOGETHER).exists()
    mine = (None, event.actor_id, begun_with.author_id)
    return {} if again or not knew or post.author_id in mine else {post.author_id: CONCERNED}


def _of_outcome(event: Event, outcome: Decision) -> Audience:
    appeal = Appeal.objects.select_related("decision").get(pk=event.data["appeal"])
    heard = dict.fromkeys(_reporters(outcome), REPORTER)
    if appeal.decision.by_id not in (None, appeal.decided_by_id):
        heard[appeal.decision.by_id or 0] = DECIDER
    heard[appeal.by_id] = APPELLANT
    return heard


# What is no decision, or is told to others than a decision is.
OF_EVENTS: dict[str, Callable[[Event], Audience]] = {
    "flag.raised": _of_report,
    "case.closed": _of_closing,
    "reader.asked": _of_question,
    "appeal.made": _of_appeal,
    "post.moved": _of_moving,
}
