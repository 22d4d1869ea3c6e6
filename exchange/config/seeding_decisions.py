"""Sample acts of a moderator, so that the public log of a demonstration and its numbers are not empty."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Board, Post, Thread
from exchange.languages.actions import Draft
from exchange.ledger.actions import dated
from exchange.moderation import actions as moderation
from exchange.moderation.models import Case, Decision, Flag
from exchange.moderation.targets import of_post
from exchange.safety.models import Rule

from .seeding import load

MODERATOR = "lin"
OF_THREADS = {
    "lock": moderation.lock,
    "unlock": moderation.unlock,
    "pin": moderation.pin,
    "unpin": moderation.unpin,
}


@transaction.atomic
def seed_decisions(people: dict[str, User]) -> int:
    """The number of acts that were new. Where a sample person decided anything before, none."""
    if Decision.objects.filter(by__is_sample=True).exists():
        return 0
    done = 0
    for row in load("decisions.toml")["decision"]:
        at = timezone.now() - timedelta(days=row["days_ago"])
        found = Thread.objects.select_related("board", "title", "author")
        if thread := found.filter(seed_key=row["thread"]).first():
            with dated(at):
                done += _decide(row, thread, at, people)
    return done


def _decide(row: dict[str, Any], thread: Thread, at: datetime, people: dict[str, User]) -> int:
    why = {
        "moderator": people[MODERATOR],
        "rule": Rule.objects.get(code=row["rule"]),
        "note": row.get("note", ""),
    }
    if row["act"] in OF_THREADS:
        return bool(OF_THREADS[row["act"]](thread=thread, **why))
    if row["act"] == "move":
        board = Board.objects.get(slug=row["board"])
        return bool(moderation.move(thread=thread, board=board, **why))
    post = _reply(row["reply"], thread, at, people) if "reply" in row else _post(row, thread)
    if post is None or post.state == "deleted":
        return 0
    case = _reported(row, post, at, people)
    if row["act"] == "dismiss":
        return bool(case and moderation.dismiss_case(case=case, **why))
    act = moderation.hide if row["act"] == "hide" else moderation.restore
    return bool(act(post=post, **why))


def _post(row: dict[str, Any], thread: Thread) -> Post | None:
    found = Post.objects.select_related("passage", "author", "thread__board", "thread__title")
    return found.filter(thread=thread, number=row["post"]).first()


def _reply(said: dict[str, Any], thread: Thread, at: datetime, people: dict[str, User]) -> Post:
    """What was there for some hours before it was hidden. It is the latest of its thread by then."""
    post = boards.reply(author=people[said["by"]], thread=thread, draft=Draft(said["body"]))
    since = at - timedelta(hours=6)
    Post.objects.filter(pk=post.pk).update(created_at=since)
    Thread.objects.filter(pk=thread.pk).update(last_post_at=since)
    return post


def _reported(
    row: dict[str, Any], post: Post, at: datetime, people: dict[str, User]
) -> Case | None:
    """The case of what members reported, each so many hours before the decision."""
    flag = None
    for told in row.get("reports", ()):
        since = at - timedelta(hours=told["hours"])
        with dated(since):
            flag = moderation.report(
                reporter=people[told["by"]],
                target=of_post(post),
                rule=Rule.objects.get(code=told["rule"]),
            )
        Flag.objects.filter(pk=flag.pk).update(created_at=since)
    if flag is None:
        return None
    first = max(told["hours"] for told in row["reports"])
    Case.objects.filter(pk=flag.case_id).update(opened_at=at - timedelta(hours=first))
    return Case.objects.select_related("post__thread", "rule", "author").get(pk=flag.case_id)
