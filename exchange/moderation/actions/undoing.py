"""Taking a decision back. It stays in the log, and so does that it was taken back."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from exchange.boards.actions import Refused
from exchange.boards.models import Board, Post, Thread
from exchange.moderation.models import Decision
from exchange.moderation.targets import Target, find
from exchange.safety.models import Rule
from exchange.uploads.models import Upload

from . import erasing, holds, people, pictures, posts, removals, surgery, threads
from .cases import SCOPE, reopen
from .frame import decided, lock_cases

type Undo = Callable[[Any, Decision, Rule, str], Decision | None]


def undo(
    *, moderator: Any, decision: Decision, rule: Rule | None = None, note: str = ""
) -> Decision | None:
    """Do the opposite, for the same reason if none is given; its cases wait again.

    Who may is said by `rules.can_undo`. None where it was taken back before, or where there is nothing
    left of what it was about.
    """
    with transaction.atomic():
        lock_cases(post__in=_places(decision))
        locked = (
            Decision.objects.select_for_update(of=("self",))
            .select_related("event", "case")
            .get(pk=decision.pk)
        )
        if locked.verb not in UNDO or Decision.objects.filter(undoes=locked).exists():
            return None
        why = rule or locked.rule or Rule.objects.get(code="other")
        try:
            with transaction.atomic():
                return _done(moderator, locked, why, note)
        except (ObjectDoesNotExist, Refused):
            return None


def _done(moderator: Any, decision: Decision, rule: Rule, note: str) -> Decision:
    """Raises ObjectDoesNotExist and Refused."""
    reopen(decision)  # what is done may itself decide its cases
    back = UNDO[decision.verb](moderator, decision, rule, note)
    if back is None:
        raise Decision.DoesNotExist
    if back.undoes is None:
        back.undoes = decision
        back.save(update_fields=["undoes"])
    # A translation is there again only now; what was hidden for now may have been hidden for good since.
    for one in {decision, back.undoes}:
        reopen(one)
    return back


def _places(decision: Decision) -> set[int]:
    """The posts whose cases it may have closed."""
    found: set[int] = set()
    for one in (decision, *decision.parts):
        if one.event.target.startswith("post."):
            found.add(one.event.target_id)
        if one.case:
            found.add(one.case.post_id)
    return found


def _post(decision: Decision) -> Post:
    found = Post.objects.select_related("passage", "author", "thread__board", "thread__title")
    return found.get(pk=decision.event.target_id)


def _thread(decision: Decision) -> Thread:
    found = Thread.objects.select_related("board", "title", "author")
    return found.get(pk=decision.event.target_id)


def _upload(decision: Decision) -> Upload:
    return Upload.objects.get(pk=decision.event.data["upload"])


def _hide(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    return posts.hide(moderator=by, post=_post(decision), rule=rule, note=note)


def _restore(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    """As it was: what waited waits again."""
    return posts.restore(moderator=by, post=_post(decision), rule=rule, note=note, hiding=decision)


def _hold_again(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    return holds.hold_again(moderator=by, decision=decision, post=_post(decision))


def _hide_picture(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    return pictures.hide_picture(
        moderator=by, post=_post(decision), upload=_upload(decision), rule=rule, note=note
    )


def _restore_picture(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    return pictures.restore_picture(
        moderator=by,
        post=_post(decision),
        upload=_upload(decision),
        rule=rule,
        note=note,
        hiding=decision,
    )


def _hold_picture_again(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    return pictures.hold_picture_again(moderator=by, decision=decision, post=_post(decision))


def _reopen(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    event = decision.event
    about = {"person": decision.person, "language": decision.language, "case": event.data["case"]}
    return decided(
        "case.reopened", by=by, scope=SCOPE, target=event.target, rule=rule, note=note, **about
    )


def _thread_act(act: Callable[..., Decision | None]) -> Undo:
    def undo_it(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
        return act(moderator=by, thread=_thread(decision), rule=rule, note=note)

    return undo_it


def _move_back(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    board = Board.objects.get(pk=decision.event.data["from"])
    return threads.move(moderator=by, thread=_thread(decision), board=board, rule=rule, note=note)


def _on_post(act: Callable[..., Decision | None], *, noted: bool = True) -> Undo:
    def undo_it(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
        said = {"note": note} if noted else {}
        return act(moderator=by, post=_post(decision), rule=rule, **said)

    return undo_it


def _on_target(act: Callable[..., Decision | None]) -> Undo:
    def undo_it(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
        return act(moderator=by, target=_target(decision), rule=rule, note=note)

    return undo_it


def _on_decision(act: Callable[..., Decision | None]) -> Undo:
    def undo_it(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
        return act(moderator=by, decision=decision, rule=rule, note=note)

    return undo_it


def _target(decision: Decision) -> Target:
    found = find(decision.event.target)
    if found is None:
        raise ObjectDoesNotExist
    return found


def _let_burst(by: Any, decision: Decision, rule: Rule, note: str) -> Decision | None:
    """All that was done in one, without what somebody took back before."""
    done = [undo(moderator=by, decision=part, rule=rule) for part in decision.parts]
    if not any(done):
        return None
    event = decision.event
    counted = {"posts": event.data["posts"], "accounts": event.data["accounts"]}
    return decided(
        "burst.let", by=by, scope=SCOPE, target=event.target, rule=rule, note=note, **counted
    )


UNDO: dict[str, Undo] = {
    "case.dismissed": _reopen,
    "post.hidden": _restore,
    "post.released": _hold_again,
    "post.restored": _hide,
    "picture.hidden": _restore_picture,
    "picture.restored": _hide_picture,
    "picture.released": _hold_picture_again,
    "thread.locked": _thread_act(threads.unlock),
    "thread.unlocked": _thread_act(threads.lock),
    "thread.pinned": _thread_act(threads.unpin),
    "thread.unpinned": _thread_act(threads.pin),
    "thread.moved": _move_back,
    "thread.split": _on_decision(surgery.part),
    "thread.merged": _on_decision(surgery.part),
    "thread.parted": _on_decision(surgery.rejoin),
    "post.erased": _on_post(erasing.drop_erasing, noted=False),
    "post.erasing_dropped": _on_post(erasing.erase, noted=False),
    "post.edit_requested": _on_post(removals.drop_edit_request),
    "post.edit_request_dropped": _on_post(removals.ask_for_edit),
    "translation.removed": _on_decision(removals.restore_translation),
    "translation.restored": _on_target(removals.remove_translation),
    "correction.removed": _on_decision(removals.restore_correction),
    "correction.restored": _on_target(removals.remove_correction),
    "figure.excluded": _on_target(removals.include),
    "figure.included": _on_target(removals.exclude),
    **dict.fromkeys(people.LIFTED, _on_decision(people.lift)),
    **dict.fromkeys(people.LIFTED.values(), _on_decision(people.again)),
    "burst.ended": _let_burst,
}
