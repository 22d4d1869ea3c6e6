"""What is done with what members made of texts, and with their figures; and asking for a change."""

from typing import Any

from django.db import transaction

from exchange.boards.actions import lock_place, passages_of
from exchange.boards.models import Post
from exchange.figures import actions as figures
from exchange.figures.models import Entry
from exchange.languages import actions as languages
from exchange.languages.models import Correction, Proposal
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import Target
from exchange.safety.models import Rule

from .frame import close, decided, lock_cases, on_post
from .stamps import stamp


def remove_translation(
    *, moderator: Any, target: Target, rule: Rule, note: str = ""
) -> Decision | None:
    """A member's translation: the half that readers see, or one that was proposed. None where it is gone."""
    with transaction.atomic():
        lock_cases(post=target.post)
        if target.kind == "proposal":
            proposal = languages.remove_proposal(target.thing)
        else:
            proposal = languages.remove_translation(target.thing)
        if proposal is None:
            return None
        return _removed("translation.removed", moderator, target, rule, note, proposal=proposal.pk)


def remove_correction(
    *, moderator: Any, target: Target, rule: Rule, note: str = ""
) -> Decision | None:
    with transaction.atomic():
        lock_cases(post=target.post)
        if not languages.remove_correction(target.thing):
            return None
        return _removed("correction.removed", moderator, target, rule, note)


def exclude(*, moderator: Any, target: Target, rule: Rule, note: str = "") -> Decision | None:
    """Take a figure out of the comparisons. None where it was out before."""
    with transaction.atomic():
        lock_cases(post=target.post)
        if not figures.exclude(entry=target.thing, rule=rule.code):
            return None
        return _removed("figure.excluded", moderator, target, rule, note)


def include(*, moderator: Any, target: Target, rule: Rule, note: str = "") -> Decision | None:
    """Also what it was before its author changed it, which is what the moderator had looked at."""
    with transaction.atomic():
        names = figures.excluded_names(target.thing)
        if not figures.include(entry=target.thing):
            return None
        before = Decision.objects.filter(
            verb="figure.excluded", event__target__in=names, undone_by=None
        )
        return _about(
            "figure.included", moderator, target, rule, note, undoes=before.order_by("-id").first()
        )


def restore_translation(
    *, moderator: Any, decision: Decision, rule: Rule, note: str = ""
) -> Decision | None:
    """None where it was restored before, or its author has another one open. Raises DoesNotExist."""
    with transaction.atomic():
        proposal = Proposal.objects.select_related("passage").get(
            pk=decision.event.data["proposal"]
        )
        kind, _, number = decision.event.target.partition(".")
        half = int(number) if kind == "translation" else 0
        if not languages.restore_proposal(proposal, translation_id=half):
            return None
        return _restored("translation.restored", moderator, decision, rule, note)


def restore_correction(
    *, moderator: Any, decision: Decision, rule: Rule, note: str = ""
) -> Decision | None:
    """None where it was restored before, or its author offered another one. Raises DoesNotExist."""
    with transaction.atomic():
        found = Correction.objects.select_related("passage")
        if not languages.restore_correction(found.get(pk=decision.event.target_id)):
            return None
        return _restored("correction.restored", moderator, decision, rule, note)


def ask_for_edit(*, moderator: Any, post: Post, rule: Rule, note: str = "") -> Decision | None:
    """The author is told, and sees it on the post until it is changed. None where it was asked before."""
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if not stamp(Post.objects.filter(**Post.SHOWN), post, "edit_asked_at", on=True):
            return None
        decision = _of_post("post.edit_requested", moderator, post, rule, note)
        close(Case.objects.filter(target=post.target), decision, heeded=True)
    return decision


def drop_edit_request(*, moderator: Any, post: Post, rule: Rule, note: str = "") -> Decision | None:
    """None where it was dropped before, or the post was changed."""
    with transaction.atomic():
        lock_cases(post=post)
        lock_place(post)
        if not stamp(Post.objects.all(), post, "edit_asked_at", on=False):
            return None
        return _of_post("post.edit_request_dropped", moderator, post, rule, note)


def _removed(verb: str, by: Any, target: Target, rule: Rule, note: str, **data: Any) -> Decision:
    decision = _about(verb, by, target, rule, note, **data)
    close(Case.objects.filter(target=target.name), decision, heeded=True)
    return decision


def _about(verb: str, by: Any, target: Target, rule: Rule, note: str, **data: Any) -> Decision:
    return decided(
        verb,
        by=by,
        scope=target.post.thread.scope,
        target=target.name,
        rule=rule,
        note=note,
        person=target.author,
        thread=target.post.thread,
        language=target.language,
        **{"passage": _drawn_with(target)} | data,
    )


def _restored(verb: str, by: Any, removal: Decision, rule: Rule, note: str) -> Decision:
    event = removal.event
    carried = {name: event.data[name] for name in ("passage", "proposal") if name in event.data}
    decision = decided(
        verb,
        by=by,
        scope=event.scope,
        target=event.target,
        rule=rule,
        note=note,
        person=removal.person,
        language=removal.language,
        **carried,
    )
    decision.board_id = removal.board_id
    decision.save(update_fields=["board"])
    return decision


def _drawn_with(target: Target) -> int:
    """The text that is shown anew by it."""
    if isinstance(target.thing, Entry):
        return int(target.thing.passage_id)
    return target.passage.pk


def _of_post(verb: str, by: Any, post: Post, rule: Rule, note: str) -> Decision:
    data: dict[str, Any] = {"version": post.passage.version, **passages_of(post)}
    return on_post(verb, by, post, rule, note, **data)
