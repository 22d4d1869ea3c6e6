"""What a notice says, made when it is read, in the language of the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.accounts.models import User
from exchange.ledger.models import Event
from exchange.moderation import links, queries
from exchange.moderation.models import Appeal, Decision, ReaderRequest
from exchange.moderation.notices import Notice, notice

from . import wording
from .audience import APPELLANT, CONCERNED, DECIDER, MODERATOR, READER
from .models import Letter, Notification


@dataclass(frozen=True, slots=True)
class Line:
    """`link` is "" where there is nothing to be seen; `label` says what it leads to."""

    id: int
    title: str
    body: str
    link: str
    label: str
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    body: str
    link: str
    label: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the notices of one page are about, in a fixed number of queries."""

    decisions: dict[int, Decision]  # by event
    titles: dict[int, Any]  # threads, by decision
    appeals: dict[int, Appeal]
    readings: dict[tuple[int, int], int]  # by (case, reader)

    def title(self, decision: Decision) -> str:
        return queries.title_in(self.titles.get(decision.pk), get_language() or "en")


def lines(person: Any, rows: Sequence[Notification]) -> list[Line]:
    """Of one person's notices. What is not there any more is left out."""
    known = _known(person, rows)
    said = [(row, _said(row, known)) for row in rows]
    return [
        Line(row.pk, it.title, it.body, link, label, row.created_at, row.read_at is None)
        for row, found in said
        if found
        for it, link, label in [found]
    ]


def _known(person: Any, rows: Sequence[Notification]) -> Known:
    events = [row.event for row in rows]
    decisions = queries.of_events(event.pk for event in events)
    theirs = {row.event_id for row in rows if row.reason == CONCERNED}
    appeals = {event.data["appeal"] for event in events if "appeal" in event.data}
    asked = {row.event.data.get("case", 0) for row in rows if row.reason == READER}
    return Known(
        decisions,
        queries.titles(person, [d for pk, d in decisions.items() if pk in theirs]),
        Appeal.objects.select_related("decision__event").in_bulk(appeals) if appeals else {},
        {
            (case, reader): pk
            for pk, case, reader in ReaderRequest.objects.filter(
                case__in=asked, reader=person
            ).values_list("pk", "case", "reader")
        }
        if asked
        else {},
    )


type Said = tuple[Notice, str, str] | None


def _said(row: Notification, known: Known) -> Said:
    if row.event.verb == "post.moved":
        said = notice("post.moved", rule=None, language=get_language() or "en")
        return said, _address("post", row.event.target_id), str(wording.TO_POST)
    if row.reason == CONCERNED:
        return _about_them(known.decisions.get(row.event_id), known)
    if row.reason in (APPELLANT, DECIDER, MODERATOR):
        return _about_appeal(row, known.appeals.get(row.event.data["appeal"]))
    if row.reason == READER:
        asked = known.readings.get((row.event.data.get("case", 0), row.person_id))
        return wording.asked(), _address("case_reading", asked), _("Read it")
    return _about_report(row, known.decisions.get(row.event_id))


def _about_them(decision: Decision | None, known: Known) -> Said:
    if decision is None:
        return None
    said = notice(
        decision.verb,
        rule=decision.rule,
        language=get_language() or "en",
        until=queries.until(decision),
        thread_title=known.title(decision),
        appealable=not hasattr(decision, "appeal") and not hasattr(decision, "undone_by"),
        for_now=decision.event.for_now,
    )
    return said, links.page(decision.pk), str(wording.SEE)


def _about_appeal(row: Notification, appeal: Appeal | None) -> Said:
    if appeal is None:
        return None
    if row.reason == MODERATOR:
        return wording.waits(), _address("appeal_answer", appeal.pk), _("Read and answer")
    page = links.page(appeal.decision_id)
    past = _nothing_left(row.event)
    if row.reason == DECIDER:
        said = wording.overruled(upheld=bool(appeal.upheld), nothing_left=past)
        return said, page, str(wording.SEE)
    said = notice(row.event.verb, rule=None, language=get_language() or "en", nothing_left=past)
    return said, page, _("Read the answer")


def _nothing_left(event: Event) -> bool:
    """Whether an appeal was agreed with, and nothing could be brought back."""
    return "nothing_left" in event.data


def _about_report(row: Notification, decision: Decision | None) -> Said:
    event = row.event
    if event.verb == "case.closed":
        return wording.gone(event.target), "", ""
    target = decision.case.target if decision and decision.case else event.target
    post = target.partition("post.")[2] if target.startswith("post.") else ""
    said = wording.outcome(event.verb)
    return said, _address("post", int(post)) if post else "", str(wording.TO_POST)


def _address(name: str, number: int | None) -> str:
    if not number:
        return ""
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""


def letter_of(letter: Letter) -> Mail | None:
    """A mail's words, with the link that opens the decision without a log-in. None where there is
    nothing to tell any more."""
    person: User = letter.person
    event = letter.event
    appeal = Appeal.objects.filter(pk=event.data.get("appeal", 0)).first()
    about = {"pk": appeal.decision_id} if appeal else {"event": event}
    decision = (
        Decision.objects.filter(person=person, **about).select_related("event", "rule").first()
    )
    if decision is None or (event.verb == "person.suspended" and hasattr(decision, "undone_by")):
        return None
    said = notice(
        event.verb,
        rule=None if appeal else decision.rule,
        language=get_language() or "en",
        until=None if appeal else queries.until(decision),
        nothing_left=_nothing_left(event),
    )
    key = links.key(person.pk, decision.pk)
    link = settings.SITE_URL + links.page(decision.pk, key)
    label = _("Read the answer") if appeal else _("See the decision and appeal")
    if event.verb == "person.suspension_lifted":
        label = str(wording.SEE)
    return Mail(said.title, said.body, link, label)
