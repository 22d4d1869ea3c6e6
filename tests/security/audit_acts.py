"""Acts of moderators about posts, threads and persons, for the walk over all of them (check 64)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.moderation import actions
from exchange.moderation.models import Appeal, ReaderRequest
from exchange.moderation.targets import find


@dataclass(frozen=True)
class Act:
    """`do` acts on the cast's things, `about` is the row that it changes and `target` the ledger's name
    of what it is done to. `told` are the keys of the event's data that say what was before and after,
    where the verb alone does not."""

    verb: str
    do: Callable[[Any], Any]
    about: Callable[[Any], models.Model | type[models.Model]]
    target: Callable[[Any], str]
    first: Callable[[Any], Any] = lambda c: None  # what has to be so before
    told: tuple[str, ...] = ()
    actor: str = "lin"
    has_reason: bool = True
    has_decision: bool = True


def why(c: Any, **more: Any) -> dict[str, Any]:
    return {"moderator": c.lin, "rule": c.rules["spam"], "note": "说明 note"} | more


def bare(c: Any) -> dict[str, Any]:
    return {"moderator": c.lin, "rule": c.rules["spam"]}


def post_of(c: Any) -> str:
    return str(c.post.target)


def thread_of(c: Any) -> str:
    return str(c.thread.scope)


def case_of(c: Any) -> str:
    return str(c.case.target)


def person_of(c: Any) -> str:
    return f"user.{c.mei.pk}"


def soon() -> Any:
    return timezone.now() + timedelta(days=1)


def _propose(c: Any) -> None:
    proposal = languages.propose(
        by=c.sam, passage=c.post.passage, language="en", body="Words.", from_version=1
    )
    c.proposal = find(f"proposal.{proposal.pk}")


def _offer(c: Any) -> None:
    offered = languages.offer(
        by=c.sam, passage=c.post.passage, place=0, corrected="一样的话", from_version=1
    )
    c.correction = find(f"correction.{offered.pk}")


def _removed(c: Any) -> None:
    _propose(c)
    c.before = actions.remove_translation(**why(c), target=c.proposal)


def _corrected(c: Any) -> None:
    _offer(c)
    c.before = actions.remove_correction(**why(c), target=c.correction)


def _split(c: Any) -> Any:
    title = Draft("Another thread")
    numbers = [c.other.number]
    return actions.split(**why(c), thread=c.thread, numbers=numbers, title=title, board=c.welcome)


def _appeal(c: Any) -> None:
    c.before = actions.hide(**why(c), post=c.post)
    c.appeal = actions.appeal(by=c.mei, decision=c.before, words="不对")


ASKED: dict[str, Any] = {"has_reason": False, "has_decision": False}

MORE = {
    "ask_for_edit": Act(
        "post.edit_requested",
        lambda c: actions.ask_for_edit(**why(c), post=c.post),
        lambda c: c.post,
        post_of,
        told=("version",),
    ),
    "drop_edit_request": Act(
        "post.edit_request_dropped",
        lambda c: actions.drop_edit_request(**why(c), post=c.post),
        lambda c: c.post,
        post_of,
        lambda c: actions.ask_for_edit(**why(c), post=c.post),
    ),
    "erase": Act(
        "post.erased",
        lambda c: actions.erase(**bare(c), post=c.post),
        lambda c: c.post,
        post_of,
    ),
    "drop_erasing": Act(
        "post.erasing_dropped",
        lambda c: actions.drop_erasing(**bare(c), post=c.post),
        lambda c: c.post,
        post_of,
        lambda c: actions.erase(**bare(c), post=c.post),
    ),
    "release_post": Act(
        "post.released",
        lambda c: actions.release_post(moderator=c.lin, post=c.post),
        lambda c: c.post,
        post_of,
        lambda c: boards.hold(post=c.post),
        has_reason=False,
    ),
    "warn": Act(
        "person.warned",
        lambda c: actions.warn(**why(c), person=c.mei),
        lambda c: type(c.before_decision),
        person_of,
    ),
    "silence": Act(
        "person.silenced",
        lambda c: actions.silence(**why(c), person=c.mei, until=soon()),
        lambda c: c.mei,
        person_of,
        told=("until",),
    ),
    "suspend": Act(
        "person.suspended",
        lambda c: actions.suspend(**why(c), person=c.mei, until=soon()),
        lambda c: c.mei,
        person_of,
        told=("until",),
    ),
    "end": Act(
        "person.silence_lifted",
        lambda c: actions.end(**why(c), person=c.mei, verb="person.silenced"),
        lambda c: c.mei,
        person_of,
        lambda c: actions.silence(**why(c), person=c.mei, until=soon()),
    ),
    "lift": Act(
        "person.suspension_lifted",
        lambda c: actions.lift(**why(c), decision=c.before),
        lambda c: c.mei,
        person_of,
        lambda c: setattr(c, "before", actions.suspend(**why(c), person=c.mei, until=soon())),
    ),
    "split": Act("thread.split", _split, lambda c: c.other, lambda c: "", told=("into", "posts")),
    "merge": Act(
        "thread.merged",
        lambda c: actions.merge(**why(c), thread=c.thread, target=c.elsewhere),
        lambda c: c.thread,
        thread_of,
    ),
    "part": Act(
        "thread.parted",
        lambda c: actions.part(**why(c), decision=c.before),
        lambda c: c.thread,
        lambda c: "",
        lambda c: setattr(
            c, "before", actions.merge(**why(c), thread=c.thread, target=c.elsewhere)
        ),
    ),
    "remove_translation": Act(
        "translation.removed",
        lambda c: actions.remove_translation(**why(c), target=c.proposal),
        lambda c: c.proposal.thing,
        lambda c: c.proposal.name,
        _propose,
    ),
    "restore_translation": Act(
        "translation.restored",
        lambda c: actions.restore_translation(**why(c), decision=c.before),
        lambda c: c.proposal.thing,
        lambda c: c.proposal.name,
        _removed,
    ),
    "remove_correction": Act(
        "correction.removed",
        lambda c: actions.remove_correction(**why(c), target=c.correction),
        lambda c: c.correction.thing,
        lambda c: c.correction.name,
        _offer,
    ),
    "restore_correction": Act(
        "correction.restored",
        lambda c: actions.restore_correction(**why(c), decision=c.before),
        lambda c: c.correction.thing,
        lambda c: c.correction.name,
        _corrected,
    ),
    "ask": Act(
        "reader.asked",
        lambda c: actions.ask(moderator=c.lin, case=c.case, reader=c.thread.author),
        lambda c: ReaderRequest,
        case_of,
        told=("case",),
        **ASKED,
    ),
    "appeal": Act(
        "appeal.made",
        lambda c: actions.appeal(by=c.mei, decision=c.before, words="不对"),
        lambda c: Appeal,
        lambda c: f"decision.{c.before.pk}",
        lambda c: setattr(c, "before", actions.hide(**why(c), post=c.post)),
        told=("appeal", "decision"),
        actor="mei",
        **ASKED,
    ),
    "decide_appeal": Act(
        "appeal.rejected",
        lambda c: actions.decide_appeal(
            moderator=c.lin, appeal=c.appeal, upheld=False, answer="没错"
        ),
        lambda c: c.appeal,
        post_of,
        _appeal,
        told=("appeal", "decision"),
    ),
}
