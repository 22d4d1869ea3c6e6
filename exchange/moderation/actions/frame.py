"""What every act of a moderator has in common: one event of the ledger, one decision, its cases closed."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from exchange.boards.models import Post, Thread
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.ledger.actions import record
from exchange.moderation.models import Case, Decision, Flag
from exchange.moderation.targets import find_many
from exchange.safety.models import Rule

# The ledger's scope of what only moderators see.
SCOPE = "moderation"

# What takes back what. An act that takes back another is linked to it.
INVERSES = {
    "post.restored": "post.hidden",
    "post.held": "post.released",
    "picture.held": "picture.released",
    "picture.restored": "picture.hidden",
    "thread.unlocked": "thread.locked",
    "thread.unpinned": "thread.pinned",
    "thread.parted": "thread.merged",
    "figure.included": "figure.excluded",
    "translation.restored": "translation.removed",
    "correction.restored": "correction.removed",
    "post.erasing_dropped": "post.erased",
    "post.edit_request_dropped": "post.edit_requested",
    "burst.let": "burst.ended",
    "person.warning_lifted": "person.warned",
    "person.silence_lifted": "person.silenced",
    "person.suspension_lifted": "person.suspended",
}


def decided(
    verb: str,
    *,
    by: Any,
    scope: str,
    target: str,
    rule: Rule | None,
    note: str = "",
    person: Any = None,
    thread: Thread | None = None,
    language: str = "",
    undoes: Decision | None = None,
    **data: Any,
) -> Decision:
    """Record an act with its reason, inside the caller's transaction.

    `person` is whom it concerns, `language` what the words are written in that it is about. `undoes`
    is what it takes back, where that is not the latest of its kind about the target.
    """
    if kept := note_of(note, by, scope):
        data["note"] = kept.pk
    if person:
        data["person"] = person.pk
    event = record(
        verb, actor=by, scope=scope, target=target, reason=rule.code if rule else "", **data
    )
    return Decision.objects.create(
        event=event,
        verb=verb,
        by=by,
        person=person,
        board_id=thread.board_id if thread else None,
        rule=rule,
        language=language,
        made_at=event.created_at,
        undoes=undoes or (_standing(INVERSES[verb], target, data) if verb in INVERSES else None),
    )


def on_post(verb: str, by: Any, post: Post, rule: Rule | None, note: str, **data: Any) -> Decision:
    return decided(
        verb,
        by=by,
        scope=post.thread.scope,
        target=post.target,
        rule=rule,
        note=note,
        person=post.author,
        thread=post.thread,
        language=post.passage.language,
        **data,
    )


def on_thread(verb: str, by: Any, thread: Thread, rule: Rule, note: str, **data: Any) -> Decision:
    return decided(
        verb,
        by=by,
        scope=thread.scope,
        target=thread.scope,
        rule=rule,
        note=note,
        person=thread.author,
        thread=thread,
        **data,
    )


def note_of(note: str, by: Any, scope: str) -> Any:
    """What a moderator adds in words, as a text with a language of its own; None for none."""
    if not note:
        return None
    return languages.write(by=by, scope=scope, draft=Draft(note), markdown=False)


def lock_cases(**of: Any) -> None:
    """Nobody decides a case of these posts from here to the commit. `of` filters cases by their posts.

    Whoever decides on a post, or on what stands under it, takes all its cases in their order, then
    the decision that is taken back, then the post's place: so two of them never wait for each other.
    """
    list(Case.objects.select_for_update(of=("self",)).filter(**of).order_by("pk").only("pk"))


def close(cases: QuerySet[Case], decision: Decision, *, heeded: bool) -> None:
    """These cases are decided by it, and so are their reports. It becomes the first one's decision.

    The case of what still waits stays open, whatever else was done because of it, as a warning: without
    one nobody would ever show it. So does that of a post which is hidden for now: about that nothing is
    decided by what is done to its author.
    """
    open_ones = cases.filter(closed_at=None).order_by("id")
    targets = dict(open_ones.values_list("pk", "target"))
    if not targets:
        return
    if decision.case_id is None:
        decision.case_id = next(iter(targets))
        decision.save(update_fields=["case"])
    waiting = {name for name, target in find_many(targets.values()).items() if target.waits}
    if decision.verb.startswith("person."):
        waiting |= set(open_ones.filter(awaits_reader=True).values_list("target", flat=True))
    decided_ones = {pk: name for pk, name in targets.items() if name not in waiting}
    now = timezone.now()
    Case.objects.filter(pk__in=decided_ones).update(
        closed_at=now, closed_by=decision, claimed_by=None, claimed_at=None, awaits_reader=False
    )
    Flag.objects.filter(case__in=decided_ones, closed_at=None).update(closed_at=now, heeded=heeded)
    for pk, target in decided_ones.items():
        record("case.closed", actor=decision.by, scope=SCOPE, target=target, case=pk)


def _standing(verb: str, target: str, data: dict[str, Any]) -> Decision | None:
    """The latest decision of a kind about a target that nothing took back yet."""
    found = Decision.objects.filter(verb=verb, event__target=target, undone_by=None)
    if "upload" in data:  # an event of a picture is one of its post
        found = found.filter(event__data__upload=data["upload"])
    return found.order_by("-id").first()
