"""Posts are moved while others write, and two moderators decide at the same moment."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Moved, Post, Thread
from exchange.languages.actions import Draft
from exchange.moderation import actions
from exchange.moderation.models import Decision
from tests.cast import open_thread, reply
from tests.security.parallel import apart, shared_database, together

pytestmark = pytest.mark.django_db(transaction=True)


def tried(author: User, thread: Thread, words: str) -> str:
    """What was said, where it was taken."""
    try:
        return reply(author, thread, words).passage.body
    except boards.Refused:
        return ""


def whole(thread_ids: list[int]) -> None:
    for thread in Thread.objects.filter(pk__in=thread_ids):
        shown = Post.objects.filter(thread=thread, **Post.SHOWN)
        assert thread.reply_count == shown.exclude(number=1).count()
        assert thread.posts_left == Moved.objects.filter(thread=thread).count()


def test_a_reply_during_a_merging_lands_or_is_refused(
    thread: Thread, mei: User, sam: User, lin: User, rules: dict, tmp_path: Path
) -> None:
    other = open_thread(mei, thread.board, "Rents again")
    for number in range(5):
        reply(mei, thread, f"Before, {number}.")
    act = {"moderator": lin, "thread": thread, "target": other, "rule": rules["spam"]}
    with shared_database(tmp_path):
        acts = [partial(tried, sam, thread, f"Meanwhile, {number}.") for number in range(6)]
        acts[3:3] = [partial(actions.merge, **act)]
        acts += [partial(tried, sam, other, f"Over there, {number}.") for number in range(3)]
        answers = together(acts)
        said = {words for words in answers if isinstance(words, str) and words}

        def look() -> tuple[set[str], int]:
            whole([thread.pk, other.pk])
            there = Post.objects.filter(thread=other)
            return set(there.values_list("passage__body", flat=True)), there.count()

        bodies, count = apart(look)
    assert said <= bodies  # none is lost, and none stands in a thread that takes no more
    assert count == 2 + 5 + len(said)


def test_of_two_mergings_at_once_one_is_done(
    thread: Thread, mei: User, lin: User, staff: User, rules: dict, tmp_path: Path
) -> None:
    other = open_thread(mei, thread.board, "Rents again")
    third = open_thread(mei, thread.board, "And again")
    act = {"thread": thread, "rule": rules["spam"]}
    with shared_database(tmp_path):
        acts = [
            partial(actions.merge, moderator=lin, target=other, **act),
            partial(actions.merge, moderator=staff, target=third, **act),
        ]
        done = [decision for decision in together(acts) if decision]
        assert len(done) == 1 and apart(Decision.objects.count) == 1


def test_a_post_that_is_deleted_while_it_is_moved_is_counted_right(
    thread: Thread, mei: User, lin: User, rules: dict, tmp_path: Path
) -> None:
    posts = [reply(mei, thread, f"Reply {number}.") for number in range(4)]
    act = {"moderator": lin, "thread": thread, "rule": rules["spam"], "board": thread.board}
    with shared_database(tmp_path):
        acts = [partial(boards.delete, author=mei, post=post) for post in posts[:2]]
        acts += [partial(actions.split, numbers=[2, 3, 4], title=Draft("Apart"), **act)]
        acts += [partial(actions.hide, moderator=lin, post=posts[2], rule=rules["spam"])]
        together(acts)
        apart(lambda: whole(list(Thread.objects.values_list("pk", flat=True))))
        assert apart(Post.objects.exclude(deleted_at=None).count) == 2


@pytest.mark.parametrize("name", ["erase", "ask_for_edit", "warn", "silence"])
def test_of_two_moderators_at_once_one_does_it(
    name: str, thread: Thread, mei: User, lin: User, staff: User, rules: dict, tmp_path: Path
) -> None:
    post = reply(mei, thread, "What it is all about.")
    about = {"erase": {"post": post}, "ask_for_edit": {"post": post}}.get(name, {"person": mei})
    if name == "silence":
        about["until"] = timezone.now() + timedelta(days=1)
    act = partial(getattr(actions, name), rule=rules["spam"], **about)
    with shared_database(tmp_path):
        done = together([partial(act, moderator=who) for who in (lin, staff)])
        assert len(list(filter(None, done))) == 1
        assert apart(Decision.objects.count) == 1


def test_of_the_last_two_of_the_staff_who_leave_at_once_one_stays(
    staff: User, mei: User, tmp_path: Path
) -> None:
    User.objects.filter(pk=mei.pk).update(is_staff=True)

    def leave(who: User) -> bool:
        try:
            return actions.dismiss(by=who, person=User.objects.get(pk=who.pk), role="staff")
        except actions.LastOfStaff:
            return False

    with shared_database(tmp_path):
        assert sorted(together([partial(leave, staff), partial(leave, mei)])) == [False, True]
        assert apart(User.objects.filter(is_staff=True).count) == 1
