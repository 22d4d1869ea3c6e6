"""Every act of a moderator: one transaction, one event of the ledger, with its reason."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from exchange.boards.actions import enlist, passages_of
from exchange.boards.models import Board, Moderator, Post, Thread
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.ledger.actions import record
from exchange.safety.actions import know, know_no_longer
from exchange.safety.models import Rule
from exchange.uploads import actions as uploads
from exchange.uploads.models import Upload
from exchange.uploads.queries import kept_back
from exchange.uploads.queries import of as pictures_of

from .models import Flag


def hide(
    *, moderator: Any, post: Post, rule: Rule, note: str = "", blocks_pictures: bool = False
) -> bool:
    """Put a line in the place of a post, and close its reports. False where it was hidden before.

    `blocks_pictures`: its pictures, and what looks like them, cannot be posted again until it is
    restored, and the next ones of its author wait as long as they are new.
    """
    with transaction.atomic():
        if not _stamp(Post.objects.filter(deleted_at=None), post, "hidden_at", on=True):
            return False
        if post.is_opening:
            Thread.objects.filter(pk=post.thread_id).update(hidden_at=post.hidden_at)
        else:
            _count_replies(post, -1)
        Flag.objects.filter(post=post, closed_at=None).update(closed_at=post.hidden_at)
        enlist(Post.objects.filter(pk=post.pk))
        if blocks_pictures:
            _block_pictures(post)
        _record_of_post("post.hidden", moderator, post, rule, note)
    return True


def _block_pictures(post: Post) -> None:
    found = list(pictures_of(post.passage))
    for upload in found:
        uploads.block(upload=upload)
    if found:
        know_no_longer(post.author_id)


def restore(*, moderator: Any, post: Post, rule: Rule, note: str = "") -> bool:
    with transaction.atomic():
        if not _stamp(Post.objects.all(), post, "hidden_at", on=False):
            return False
        if post.is_opening:
            Thread.objects.filter(pk=post.thread_id).update(hidden_at=None)
        elif not post.deleted_at:
            _count_replies(post, +1)
        enlist(Post.objects.filter(pk=post.pk))
        uploads.unblock(post.passage)
        _record_of_post("post.restored", moderator, post, rule, note)
    return True


def hide_picture(*, moderator: Any, post: Post, upload: Upload, rule: Rule, note: str = "") -> bool:
    """Take one picture off a post, keep it and what looks like it from being posted again, and close
    the reports about it. False where it was hidden before."""
    with transaction.atomic():
        if not uploads.hide(upload=upload):
            return False
        uploads.release(upload=upload)  # it was looked at
        know_no_longer(post.author_id)
        Flag.objects.filter(upload=upload, closed_at=None).update(closed_at=upload.hidden_at)
        _record_of_picture("picture.hidden", moderator, post, upload, rule, note)
    return True


def restore_picture(
    *, moderator: Any, post: Post, upload: Upload, rule: Rule, note: str = ""
) -> bool:
    with transaction.atomic():
        if not uploads.restore(upload=upload):
            return False
        know(post.author_id)
        _record_of_picture("picture.restored", moderator, post, upload, rule, note)
    return True


def release_picture(*, moderator: Any, post: Post, upload: Upload) -> bool:
    """Let a picture that waited be shown. Its author's next ones do not wait. False where another was
    quicker."""
    with transaction.atomic():
        if not uploads.release(upload=upload):
            return False
        know(post.author_id)
        record(
            "picture.released",
            actor=moderator,
            scope=f"thread.{post.thread_id}",
            target=post.target,
            **upload.told,
        )
    return True


def lock(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> bool:
    return _act("thread.locked", "locked_at", True, moderator, thread, rule, note)


def unlock(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> bool:
    return _act("thread.unlocked", "locked_at", False, moderator, thread, rule, note)


def pin(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> bool:
    return _act("thread.pinned", "pinned_at", True, moderator, thread, rule, note)


def unpin(*, moderator: Any, thread: Thread, rule: Rule, note: str = "") -> bool:
    return _act("thread.unpinned", "pinned_at", False, moderator, thread, rule, note)


def move(*, moderator: Any, thread: Thread, board: Board, rule: Rule, note: str = "") -> bool:
    with transaction.atomic():
        places = Thread.objects.filter(pk=thread.pk).exclude(board=board)
        if not places.update(board=board):
            return False
        enlist(Post.objects.filter(thread=thread))
        data = {"from": thread.board_id, "to": board.pk}
        _record("thread.moved", moderator, thread.pk, f"thread.{thread.pk}", rule, note, **data)
        thread.board = board
    return True


def flag(
    *, reporter: Any, post: Post, rule: Rule, note: str = "", upload: Upload | None = None
) -> Flag:
    """A report of a post, or of one of its pictures.

    A second one of the same by the same person while the first is open gives the first.
    """
    data = {"upload": upload.pk} if upload else {}
    try:
        with transaction.atomic():
            raised = Flag.objects.create(
                post=post,
                upload=upload,
                reporter=reporter,
                rule=rule,
                note=_note(note, reporter, post.thread_id),
            )
            record(
                "flag.raised",
                actor=reporter,
                scope="moderation",
                target=post.target,
                reason=rule.code,
                flag=raised.pk,
                **data,
            )
    except IntegrityError:
        return Flag.objects.get(post=post, upload=upload, reporter=reporter, closed_at=None)
    return raised


def close_flag(*, moderator: Any, flag: Flag) -> bool:
    """The report asks for nothing, or it was dealt with. False where another was quicker."""
    with transaction.atomic():
        if not Flag.objects.filter(pk=flag.pk, closed_at=None).update(closed_at=timezone.now()):
            return False
        record(
            "flag.closed",
            actor=moderator,
            scope="moderation",
            target=f"post.{flag.post_id}",
            reason=flag.rule_id,
            flag=flag.pk,
        )
    return True


def appoint(*, by: Any, person: Any, role: str, board: Board | None = None) -> bool:
    """Make a member `moderator` (of one board, or of the site) or `staff`. False if so before."""
    with transaction.atomic():
        if role == "staff":
            fresh = bool(
                type(person).objects.filter(pk=person.pk, is_staff=False).update(is_staff=True)
            )
        else:
            _, fresh = Moderator.objects.get_or_create(user=person, board=board)
        if fresh:
            _record_role(f"{role}.appointed", by, person, board)
    return fresh


def dismiss(*, by: Any, person: Any, role: str, board: Board | None = None) -> bool:
    with transaction.atomic():
        if role == "staff":
            was = bool(
                type(person).objects.filter(pk=person.pk, is_staff=True).update(is_staff=False)
            )
        else:
            was = bool(Moderator.objects.filter(user=person, board=board).delete()[0])
        if was:
            _record_role(f"{role}.dismissed", by, person, board)
    return was


def open_board(*, by: Any, board: Board, access: str) -> bool:
    """Change who may read a board."""
    with transaction.atomic():
        if not Board.objects.filter(pk=board.pk).exclude(access=access).update(access=access):
            return False
        enlist(Post.objects.filter(thread__board=board))
        record(
            "board.opened",
            actor=by,
            scope=f"board.{board.pk}",
            target=f"board.{board.pk}",
            access=access,
        )
    return True


def _act(
    verb: str, stamp: str, on: bool, moderator: Any, thread: Thread, rule: Rule, note: str
) -> bool:
    with transaction.atomic():
        if not _stamp(Thread.objects.all(), thread, stamp, on=on):
            return False
        _record(verb, moderator, thread.pk, f"thread.{thread.pk}", rule, note)
    return True


def _stamp(rows: models.QuerySet[Any], row: models.Model, field: str, *, on: bool) -> bool:
    """Set or clear a nullable stamp by a conditional update: of two at once, one does it."""
    value = timezone.now() if on else None
    changed = rows.filter(pk=row.pk, **{f"{field}__isnull": on}).update(**{field: value})
    if changed:
        setattr(row, field, value)
    return bool(changed)


def _count_replies(post: Post, change: int) -> None:
    Thread.objects.filter(pk=post.thread_id).update(reply_count=F("reply_count") + change)


def _note(note: str, by: Any, thread_id: int) -> Any:
    if not note:
        return None
    return languages.write(by=by, scope=f"thread.{thread_id}", draft=Draft(note), markdown=False)


def _record_of_post(verb: str, moderator: Any, post: Post, rule: Rule, note: str) -> None:
    about = passages_of(post) | kept_back(post.passage)
    _record(verb, moderator, post.thread_id, post.target, rule, note, **about)


def _record_of_picture(
    verb: str, moderator: Any, post: Post, upload: Upload, rule: Rule, note: str
) -> None:
    _record(verb, moderator, post.thread_id, post.target, rule, note, **upload.told)


def _record(
    verb: str,
    moderator: Any,
    thread_id: int,
    target: str,
    rule: Rule,
    note: str,
    **data: int | str,
) -> None:
    if kept := _note(note, moderator, thread_id):
        data["note"] = kept.pk
    record(
        verb,
        actor=moderator,
        scope=f"thread.{thread_id}",
        target=target,
        reason=rule.code,
        **data,
    )


def _record_role(verb: str, by: Any, person: Any, board: Board | None) -> None:
    data: dict[str, int | str] = {"board": board.pk} if board else {}
    target = f"user.{person.pk}"
    record(verb, actor=by, scope=target, target=target, reason="", **data)
