"""What is in a language that no moderator reads waits for somebody who does, hidden for so long."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.ledger.actions import record
from exchange.moderation.models import Case, Decision, ReaderRequest
from exchange.moderation.targets import find, of_post
from exchange.safety.models import Rule

from . import holds, pictures, posts
from .cases import dismiss_case, hold, open_again
from .frame import SCOPE, close, note_of


def hide_for_now(
    *, moderator: Any, case: Case, version: int, post: Post, rule: Rule, note: str = ""
) -> Decision | None:
    """Hide a post until somebody who reads it has looked at it: its case stays open. None where it
    is hidden already. Raises Overtaken."""
    with transaction.atomic():
        hold(moderator=moderator, case=case, version=version)
        decision = posts.hide(moderator=moderator, post=post, rule=rule, note=note, for_now=True)
        return decision and _until_read(decision, case)


def hide_unread(*, moderator: Any, post: Post, rule: Rule) -> Decision | None:
    """The same with a post that nobody need have reported: there is a case of it from now on."""
    with transaction.atomic():
        decision = posts.hide(moderator=moderator, post=post, rule=rule, for_now=True)
        return decision and _until_read(decision, open_again(target=of_post(post)))


def _until_read(decision: Decision, case: Case) -> Decision:
    decision.case = case
    decision.save(update_fields=["case"])
    Case.objects.filter(pk=case.pk).update(awaits_reader=True, claimed_by=None, claimed_at=None)
    return decision


def left_as(case: Any, target: Any) -> str:
    """The verb by which a case is left: what was hidden for now is shown again, a post or a picture that
    waited is shown, and anything else stays as it is."""
    if target and case.awaits_reader and target.post.hidden_at:
        return "post.restored"
    if target and target.kind == "picture" and target.thing.state == "held":
        return "picture.released"
    return (
        "post.released" if target and target.waits and target.kind == "post" else "case.dismissed"
    )


def leave(
    *, moderator: Any, case: Case, rule: Rule | None = None, note: str = ""
) -> Decision | None:
    """There is nothing to do about it, as `left_as` says. None where the case was decided before."""
    target: Any = find(case.target)
    verb = left_as(case, target)
    if verb == "post.restored":
        why = rule or case.rule or Rule.objects.get(code="other")
        with transaction.atomic():
            decision = posts.restore(moderator=moderator, post=target.post, rule=why, note=note)
            if decision:
                close(Case.objects.filter(pk=case.pk), decision, heeded=False)
        return decision
    if verb == "post.released":
        return holds.release_post(moderator=moderator, post=target.post, note=note)
    if verb == "picture.released":
        return pictures.release_picture(moderator=moderator, post=target.post, upload=target.thing)
    return dismiss_case(moderator=moderator, case=case, rule=rule, note=note)


def ask(*, moderator: Any, case: Case, reader: Any) -> ReaderRequest | None:
    """Ask a member what the text of a case says. None where they were asked before."""
    try:
        with transaction.atomic():
            asked = ReaderRequest.objects.create(case=case, reader=reader, asked_by=moderator)
            _happened("reader.asked", moderator, asked, person=reader.pk)
    except IntegrityError:
        return None
    return asked


def answer(*, request: ReaderRequest, opinion: str, words: str, version: int = 0) -> bool:
    """What a reader says of the words of a `version`. A second answer takes the place of the first.
    False where the case was decided meanwhile."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=request.case_id)
        if case.closed_at:
            return False
        if request.words:
            languages.erase(request.words)
        request.words = note_of(words, request.reader, SCOPE)
        request.opinion, request.version = opinion, version
        request.answered_at = timezone.now()
        request.save(update_fields=["words", "opinion", "version", "answered_at"])
        _happened("reader.answered", request.reader, request, note=request.words_id)
    return True


def _happened(verb: str, by: Any, request: ReaderRequest, **data: Any) -> None:
    record(
        verb,
        actor=by,
        scope=SCOPE,
        target=request.case.target,
        case=request.case_id,
        request=request.pk,
        **data,
    )
