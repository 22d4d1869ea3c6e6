"""Decisions as those whom they concern see them, and what they object to."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet

from exchange.boards.models import Moderator, Post, Thread
from exchange.boards.queries import WRITTEN_IN, know_roles, open_to, with_title
from exchange.boards.rules import Reader
from exchange.languages.models import Correction, Passage, Proposal, Revision
from exchange.moderation import notices, rules
from exchange.moderation.models import Appeal, Decision
from exchange.moderation.targets import Target, find

from .cases import is_among

APPEALS_PER_PAGE = 20
# Of them there is nothing that anybody may still read.
ERASED = ("post.erased",)


def decision(decision_id: int, *, person: Any = None, moderator: Reader = None) -> Decision:
    """For the person whom it concerns, or for a moderator who may know of it. Raises
    Decision.DoesNotExist for others, and of what the person is not told."""
    found = _whole(Decision.objects).get(pk=decision_id)
    if moderator is not None and is_among(moderator, found):
        return found
    if person is not None and found.person_id == person.pk and notices.is_told(found.verb):
        return found
    raise Decision.DoesNotExist


def _whole(decisions: Any) -> QuerySet[Decision]:
    found: QuerySet[Decision] = decisions.select_related(
        *("event", "rule", "by", "person", "board", "undone_by", "undone_by__by"),
        *("case__post", "undoes__case__post"),
        *("appeal__words", "appeal__answer", "appeal__by", "appeal__decided_by"),
    )
    return found


def of_events(event_ids: Iterable[int]) -> dict[int, Decision]:
    """By their events."""
    found = _whole(Decision.objects.filter(event__in=list(event_ids)))
    return {decision.event_id: decision for decision in found}


def suspension_of(person: Any) -> Decision | None:
    """The decision that keeps somebody outside now."""
    found = Decision.objects.filter(verb="person.suspended", person=person, undone_by=None)
    return found.select_related("event", "rule").order_by("-id").first()


def until(decision: Decision) -> datetime | None:
    """When it ends by itself; None for what has no end, or was no sanction."""
    said = decision.event.data.get("until")  # seconds since 1970
    return datetime.fromtimestamp(said, UTC) if isinstance(said, int) else None


def titles(person: Any, decisions: Iterable[Decision]) -> dict[int, Thread]:
    """By decision, the threads that they are about and of which this person may read the title."""
    wanted = {
        decision.pk: int(scope.partition(".")[2])
        for decision in decisions
        if (scope := decision.event.scope).startswith("thread.")
    }
    if not wanted:
        return {}
    readable = Q(Q(hidden_at=None, held_at=None), open_to(person, "board__")) | Q(author=person)
    found = with_title(Thread.objects).filter(readable, deleted_at=None).in_bulk(wanted.values())
    return {pk: found[thread] for pk, thread in wanted.items() if thread in found}


def title_in(thread: Thread | None, language: str) -> str:
    """A thread's title in a page's language if it has one, else as it was written; "" for none."""
    if thread is None:
        return ""
    if thread.title_reads_better(language):
        return thread.title_other or ""
    return thread.title.body


def note(decision: Decision) -> Passage | None:
    """What the moderator said besides; nothing where what it was about is erased by law."""
    event = decision.event
    target = find(event.target) if "note" in event.data else None
    if target and target.post.erased_at:
        return None
    if decision.erased_at and event.created_at < decision.erased_at:
        return None
    return Passage.objects.filter(pk=event.data.get("note", 0)).first()


def concerned(decision: Decision) -> Target | None:
    """The words that a decision is about, as they are now; of a sanction those of its case.

    Only what the person wrote whom the decision concerns, and what was not deleted.
    """
    if decision.verb in ERASED:
        return None
    name = decision.event.target
    if "upload" in decision.event.data:
        name = f"picture.{decision.event.data['upload']}"
    elif name.startswith("user.") and decision.case:
        name = decision.case.target
    found = find(name)
    if found is None or found.author is None or found.author.pk != decision.person_id:
        return None
    return None if found.post.deleted_at else found


def nothing_left(decision: Decision) -> bool:
    """Whether it is known before that nothing comes back if an appeal is agreed with: the words are
    erased, or their author put others in their place. Of the rest only the attempt can tell."""
    looked = PUTTING_BACK.get(decision.verb)
    return looked is not None and not hasattr(decision, "undone_by") and not looked(decision)


def _post_can_come(decision: Decision) -> bool:
    post = Post.objects.filter(pk=decision.event.target_id, erased_at__isnull=False).first()
    return post is not None and Revision.objects.filter(passage=post.passage_id).exists()


def _proposal_can_come(decision: Decision) -> bool:
    rows = Proposal.objects.filter(state=Proposal.State.REMOVED)
    removed = rows.filter(pk=decision.event.data["proposal"]).first()
    if removed is None or removed.removed_from != Proposal.State.OPEN or removed.by_id is None:
        return removed is not None
    others = Proposal.objects.filter(passage=removed.passage_id, language=removed.language)
    return not others.filter(by=removed.by_id, state=Proposal.State.OPEN).exists()


def _correction_can_come(decision: Decision) -> bool:
    rows = Correction.objects.filter(removed_at__isnull=False)
    removed = rows.filter(pk=decision.event.target_id).first()
    if removed is None:
        return False
    others = Correction.objects.filter(passage=removed.passage_id, by=removed.by_id)
    same = others.filter(source_version=removed.source_version, place=removed.place)
    return not same.filter(withdrawn_at=None).exists()


# What of others has to be out of the way for it, as those ask who do it (actions.undo).
PUTTING_BACK: dict[str, Callable[[Decision], bool]] = {
    "post.erased": _post_can_come,
    "translation.removed": _proposal_can_come,
    "correction.removed": _correction_can_come,
}


def deciders(decision: Decision) -> list[Any]:
    """Who may decide an appeal against it and did not make it: site moderators and staff."""
    site = Moderator.objects.filter(board=None).values("user")
    people = get_user_model().objects.filter(Q(is_staff=True) | Q(pk__in=site), is_active=True)
    others = list(
        people.exclude(pk__in=[decision.by_id or 0, decision.person_id or 0]).order_by("pk")
    )
    know_roles(others)
    return [
        one for one in others if not one.is_suspended and rules.can_answer(one, decision) is None
    ]


def appeals(language: str = "") -> QuerySet[Appeal]:
    """What waits to be decided, oldest first; of one family of languages (`zh`, `en`) or of all."""
    found = Appeal.objects.filter(decided_at=None)
    if language in WRITTEN_IN:
        found = found.filter(words__language__in=WRITTEN_IN[language])
    return (
        found.select_related("words", "by", "decision__event", "decision__rule", "decision__by")
        .prefetch_related("words__translations")
        .order_by("made_at", "id")
    )


def appeals_by_language() -> dict[str, int]:
    return Appeal.objects.filter(decided_at=None).aggregate(
        all=Count("pk"),
        **{
            name: Count("pk", filter=Q(words__language__in=languages))
            for name, languages in WRITTEN_IN.items()
        },
    )


def appeal(appeal_id: int) -> Appeal:
    """Raises Appeal.DoesNotExist."""
    found = Appeal.objects.select_related("words", "answer", "by", "decided_by")
    return found.prefetch_related("words__translations").get(pk=appeal_id)
