"""What the page of a case shows, and which decisions it offers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.boards.models import Thread
from exchange.boards.presenting import words
from exchange.boards.queries import with_title
from exchange.languages import sentences
from exchange.languages.models import Passage, Translation, family
from exchange.languages.queries import best
from exchange.moderation import queries, rules
from exchange.moderation.models import Case
from exchange.moderation.targets import Target

from .deciding import FromCase, may_undo
from .showing import shown

MISTRANSLATION = "mistranslation"
# Revisions shown here, the latest; all of them stand on the post's history.
MOST_REVISIONS = 3
# Letters of a post that stands beside the one that a case is about.
BESIDE = 600


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision, the key that takes it, and the page that asks for its reason: `name` is that of its
    address, which is made of what `of` says. `punishes`: it is for who can read the words."""

    key: str
    label: Any
    name: str
    of: str = "post"
    punishes: bool = True


HIDE = Choice("h", _("Hide the post"), "hiding")
EDIT = Choice("e", _("Ask for an edit"), "edit_request")
PEOPLE = (
    Choice("w", _("Warn"), "warning", "person"),
    Choice("s", _("Pause posting"), "silence", "person"),
    Choice("u", _("Suspend"), "suspension", "person"),
)
# What can be decided about each kind of target, the first one mostly.
CHOICES: dict[str, tuple[Choice, ...]] = {
    "post": (HIDE, EDIT, *PEOPLE),
    "picture": (
        Choice("h", _("Hide the picture"), "picture_hiding", "picture", punishes=False),
        Choice("p", _("Hide the whole post"), "hiding"),
        *PEOPLE,
    ),
    "translation": (
        Choice("h", _("Remove the translation"), "translation_removal", "thing"),
        *PEOPLE,
    ),
    "proposal": (Choice("h", _("Remove the translation"), "proposal_removal", "thing"), *PEOPLE),
    "correction": (Choice("h", _("Remove the correction"), "correction_removal", "thing"), *PEOPLE),
    "figure": (
        Choice("h", _("Take it out of the comparisons"), "exclusion", "thing", punishes=False),
        HIDE,
        *PEOPLE,
    ),
}
# A post that waits is shown by a page of its own; what else waits, by the key for nothing to do.
RELEASE = Choice("n", _("Let it be shown"), "release", punishes=False)
# Of the reports of a crowd the latest are read.
MOST_REPORTS = 50


def state(request: HttpRequest, came: FromCase) -> dict[str, Any]:
    """Who works on it, and what was said and done about it before. Of what is erased by law only that
    something was said, for it may have been told again; of what is about themselves nobody reads who
    said what."""
    case = came.case
    latest = case.flags.select_related("reporter", "rule", "note").order_by("-id")
    flags = list(latest[:MOST_REPORTS])[::-1]
    notes = case.notes.select_related("by", "words").order_by("id")
    readers = case.readers.select_related("reader", "words").order_by("id")
    own = case.author_id == request.user.pk
    if own or case.post.erased_at:
        notes, readers = notes.none(), readers.none()
        for flag in flags:
            flag.note = None
    holder = case.claimed_by if case.is_claimed else None
    history = list(queries.decisions_of(case))
    return {
        "holder": holder,
        "is_mine": holder is not None and holder.pk == request.user.pk,
        "flags": [] if own else flags,
        "flag_count": case.flags.count() if len(flags) == MOST_REPORTS else len(flags),
        "notes": list(notes),
        "readings": list(readers),
        "history": history,
        "may_undo": bool(case.closed_at and history) and may_undo(request, history[0]),
        "own": own,
    }


def about(request: HttpRequest, case: Case, target: Target) -> dict[str, Any]:
    language = get_language() or "en"
    post = target.post
    passage = target.passage
    halves = list(passage.translations.select_related("by").order_by("id"))
    found: dict[str, Any] = {
        "post": post,
        "thread": with_title(Thread.objects).get(pk=post.thread_id),
        "record": queries.record(request.user, case, target.text),
        "around": [(one, _beside(one.passage, language)) for one in queries.around(post)],
        "revisions": list(passage.revisions.order_by("-version")[:MOST_REVISIONS]),
        **_two_halves(case, target, halves),
        "machine_only": _is_machine_only(passage, halves, language),
    }
    if target.kind == "post":
        found |= {"words": words(passage, halves, language)}
    if target.kind == "picture":
        found |= {"p": shown(post, queries.pictures_of(post, [target.thing.pk]))[0]}
    elif target.kind == "post":
        found |= {"pictures": shown(post, queries.pictures_of(post))}
    return found


def decisions(request: HttpRequest, came: FromCase, target: Target) -> dict[str, Any]:
    """The buttons, or why there are none."""
    case = came.case
    person = target.author
    refusal = rules.can_judge(request.user, person)
    may_read = not rules.can_punish(request.user, person, target.language)
    may_punish = may_read or target.language == "other"
    told = {
        "refusal": refusal,
        "not_read": None if may_read or refusal else rules.NOT_READ,
        "waits": target.kind == "picture" and target.thing.state == "held",
    }
    if refusal:
        return told
    offered = CHOICES[target.kind]
    held = target.kind == "post" and target.post.state == "held"
    release = _button(RELEASE, came, target) if held else None
    told["release"] = release
    told["choices"] = [
        button
        for choice in offered
        if may_punish or not choice.punishes
        if (button := _button(choice, came, target))
    ]
    if not may_read:
        told["for_now"] = target.kind == "post" and target.post.hidden_at is None
        told["willing"] = queries.willing_readers(case)
        told["on_duty"] = queries.on_duty(case.board_id, case.language)
    return told


def _button(choice: Choice, came: FromCase, target: Target) -> dict[str, Any] | None:
    """None for what is done to a person where that is a former member."""
    if choice.of == "person" and target.author is None:
        return None
    args: dict[str, list[Any]] = {
        "post": [target.post.pk],
        "picture": [target.post.pk, target.thing.pk],
        "thing": [target.thing.pk],
        "person": [target.author.username if target.author else ""],
    }
    address = reverse(choice.name, args=args[choice.of], query=came.query)
    return {"key": choice.key, "label": choice.label, "address": address}


def _two_halves(case: Case, target: Target, halves: list[Translation]) -> dict[str, Any]:
    """Sentence beside sentence, where it is said that one half does not say what the other says."""
    said = {flag.rule_id for flag in case.flags.all()} | {case.rule_id}
    body, language = "", ""
    if target.kind in ("translation", "proposal"):
        body, language = target.text, target.language
    elif MISTRANSLATION in said and target.kind == "post":
        people = [half for half in halves if half.kind != Translation.Kind.MACHINE]
        body, language = (people[0].body, people[0].language) if people else ("", "")
    pairs = sentences.align(target.passage.body, body) if body else []
    return {"two_halves": pairs, "other_language": language}


def _is_machine_only(passage: Passage, halves: list[Translation], language: str) -> bool:
    if family(passage.language) == family(language):
        return False
    half = best(halves, family(language))
    return half is not None and half.kind == Translation.Kind.MACHINE


def _beside(passage: Passage, language: str) -> dict[str, Any]:
    """A post beside the case in the moderator's language where there is a half, else as it is."""
    half = None
    if family(passage.language) != family(language):
        half = best(passage.translations.all(), family(language))
    found = half or passage
    return {
        "body": queries.beginning(found.body, BESIDE),
        "language": found.language,
        "half": half.kind if half else "",
    }
