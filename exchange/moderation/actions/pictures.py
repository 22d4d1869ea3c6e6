"""What is done with single pictures of posts."""

from typing import Any

from django.db import transaction

from exchange.boards.models import Post
from exchange.moderation.models import Decision
from exchange.moderation.queries import cases_of
from exchange.safety.actions import know, know_no_longer
from exchange.safety.models import Rule
from exchange.uploads import actions as uploads
from exchange.uploads.models import Upload

from .cases import await_look
from .frame import close, lock_cases, on_post


def hide_picture(
    *, moderator: Any, post: Post, upload: Upload, rule: Rule, note: str = ""
) -> Decision | None:
    """Take one picture off a post, keep it and what looks like it from being posted again, and close
    the reports about it. None where it was hidden before."""
    with transaction.atomic():
        lock_cases(post=post)
        if not uploads.hide(upload=upload):
            return None
        # It was looked at. Undoing needs both.
        before = {"waited": 1} if uploads.release(upload=upload) else {}
        before |= {"knew": 1} if know_no_longer(post.author_id) else {}
        decision = _decided("picture.hidden", moderator, post, upload, rule, note, **before)
        close(cases_of(f"picture.{upload.pk}"), decision, heeded=True)
    return decision


def restore_picture(
    *,
    moderator: Any,
    post: Post,
    upload: Upload,
    rule: Rule,
    note: str = "",
    hiding: Decision | None = None,
) -> Decision | None:
    """Show it again, and its author's next ones do not wait. Where that `hiding` is only taken back, all
    is as it was before: what waited waits again. None where it is not hidden."""
    with transaction.atomic():
        lock_cases(post=post)
        if not uploads.restore(upload=upload):
            return None
        before = hiding.event.data if hiding else {"knew": 1}
        if before.get("waited"):
            uploads.hold(upload=upload)
        if before.get("knew"):
            know(post.author_id)
        held = {"held": 1} if upload.held_at else {}
        decision = _decided("picture.restored", moderator, post, upload, rule, note, **held)
        await_look(post)
    return decision


def release_picture(*, moderator: Any, post: Post, upload: Upload) -> Decision | None:
    """Let a picture that waited be shown. Its author's next ones do not wait. None where another was
    quicker."""
    with transaction.atomic():
        lock_cases(post=post)
        if not uploads.release(upload=upload):
            return None
        knows = {"knows": 1} if know(post.author_id) else {}
        decision = _decided("picture.released", moderator, post, upload, None, "", **knows)
        close(cases_of(f"picture.{upload.pk}"), decision, heeded=False)
    return decision


def hold_picture_again(*, moderator: Any, decision: Decision, post: Post) -> Decision | None:
    """Take a release back. None where it was hidden since, or waits again already."""
    upload = Upload.objects.get(pk=decision.event.data["upload"])
    with transaction.atomic():
        lock_cases(post=post)
        if upload.hidden_at or not uploads.hold(upload=upload):
            return None
        uploads.rename([post.passage_id])  # those who saw it know its address
        if decision.event.data.get("knows"):
            know_no_longer(post.author_id)
        back = _decided("picture.held", moderator, post, upload, None, "")
        await_look(post)
    return back


def _decided(
    verb: str,
    moderator: Any,
    post: Post,
    upload: Upload,
    rule: Rule | None,
    note: str,
    **more: int,
) -> Decision:
    return on_post(verb, moderator, post, rule, note, **upload.told, **more)
