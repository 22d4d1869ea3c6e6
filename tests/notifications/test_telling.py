"""Who hears of what, when, and in which language."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import TestCase
from django.utils import timezone
from django.utils.translation import override

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Post
from exchange.languages.actions import Draft
from exchange.ledger.models import Bookmark, Event
from exchange.moderation import actions as moderation
from exchange.moderation.targets import of_post
from exchange.notifications import actions, queries, tasks
from exchange.notifications.consumer import consumer
from exchange.notifications.models import Due, Notification
from exchange.notifications.presenting import Line, lines
from tests.cast import person, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(mei, thread) -> Post:
    return reply(mei, thread, "三分之一？加我微信。")


@pytest.fixture
def hide(lin, rules, post) -> Callable[..., Any]:
    return lambda **said: moderation.hide(moderator=lin, post=post, rule=rules["spam"], **said)


def unread(user: Any) -> int:
    """At the next request."""
    return queries.unread(User.objects.get(pk=user.pk))


def report(reporter: Any, post: Post, rules: dict[str, Any]) -> Any:
    return moderation.report(reporter=reporter, target=of_post(post), rule=rules["spam"])


def hear(seconds: int = 11) -> None:
    """What the background does, so many seconds after now."""
    consumer().round()
    actions.deliver(timezone.now() + timedelta(seconds=seconds))


def told(user: Any, language: str = "en") -> list[Line]:
    with override(language):
        return lines(user, queries.latest(user))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Your post was hidden"),
        ("zh-hans", "你的帖子被隐藏了"),
        ("zh-hant", "你的貼文被隱藏了"),
    ],
)
def test_the_author_is_told_in_the_language_of_the_page(language, said, mei, hide):
    decision = hide()
    hear()
    (line,) = told(mei, language)
    assert line.title == said and line.is_new
    assert line.link == f"/{language}/moderation/decisions/{decision.pk}/"
    rule = {"en": "Rule spam", "zh-hans": "规则 spam", "zh-hant": "規則 spam"}[language]
    assert rule in line.body


def test_nobody_is_told_within_ten_seconds(mei, hide):
    hide()
    hear(9)
    assert told(mei) == [] and Due.objects.count() == 1
    hear(11)
    assert len(told(mei)) == 1 and not Due.objects.exists()


def test_of_what_was_taken_back_nobody_ever_hears(mei, lin, tom, post, rules, hide):
    report(tom, post, rules)
    decision = hide()
    consumer().round()
    moderation.undo(moderator=lin, decision=decision)
    hear()
    assert not Notification.objects.exists() and not Due.objects.exists()


def test_who_was_told_is_told_that_it_was_taken_back(mei, lin, hide):
    decision = hide()
    hear()
    moderation.undo(moderator=lin, decision=decision)
    hear()
    assert [line.title for line in told(mei)] == [
        "Your post is shown again",
        "Your post was hidden",
    ]


def test_the_same_events_twice_tell_once(mei, hide):
    hide()
    hear()
    Bookmark.objects.update(position=0)
    hear()
    assert len(told(mei)) == 1


@pytest.mark.parametrize("died", ["before the consumer", "before the telling", "while telling"])
def test_a_process_that_dies_loses_nothing(died, mei, hide, monkeypatch):
    hide()
    if died != "before the consumer":
        consumer().round()
    if died == "while telling":

        def die(*_: Any) -> None:
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(Due, "delete", die)
            with pytest.raises(SystemExit):
                actions.deliver(timezone.now() + timedelta(seconds=11))
        assert not Notification.objects.exists()
    hear()
    assert len(told(mei)) == 1 and not Due.objects.exists()


def test_what_cannot_be_told_is_put_off_and_does_not_stop_the_others(
    mei, tom, thread, lin, rules, monkeypatch, caplog
):
    posts = [reply(mei, thread, "一"), reply(tom, thread, "Two.")]
    for one in posts:
        moderation.hide(moderator=lin, post=one, rule=rules["spam"])
    tell = actions.tell
    bad = Event.objects.get(verb="post.hidden", target=posts[0].target)

    def fails(event: Event) -> None:
        if event == bad:
            raise ValueError("no such thing")
        tell(event)

    monkeypatch.setattr(actions, "tell", fails)
    hear()
    assert len(told(tom)) == 1 and told(mei) == []
    assert f"event {bad.pk} cannot be told of" in caplog.text
    monkeypatch.setattr(actions, "tell", tell)
    hear(3700)
    assert len(told(mei)) == 1


def test_reporters_hear_what_became_of_it_and_nothing_else(mei, tom, sam, post, rules, hide):
    report(tom, post, rules)
    report(sam, post, rules)
    hide(note="Only for the author")
    hear()
    for reporter, other in ((tom, sam), (sam, tom)):
        (line,) = told(reporter)
        assert line.title == "The post that you reported was hidden"
        assert line.link == f"/en/posts/{post.pk}/"
        for private in (other.username, mei.username, mei.email, "Only for the author", "appeal"):
            assert private not in line.title + line.body
    with override("en"):
        said = " ".join(line.title + line.body for line in told(mei))
    assert tom.username not in said and "report" not in said.lower()


def test_a_report_that_led_to_nothing_is_answered_and_the_author_hears_nothing(
    mei, tom, lin, post, rules
):
    flag = report(tom, post, rules)
    moderation.dismiss_case(moderator=lin, case=flag.case)
    hear()
    assert [line.title for line in told(tom)] == ["We looked at what you reported"]
    assert told(tom, "zh-hans")[0].title == "你举报的内容我们看过了"
    assert told(mei) == []


def test_the_same_again_after_that_is_answered_at_once(tom, sam, lin, post, rules):
    moderation.dismiss_case(moderator=lin, case=report(tom, post, rules).case)
    report(sam, post, rules)
    hear(0)
    assert [line.title for line in told(sam)] == ["We looked at what you reported"]


def test_who_does_not_want_to_hear_of_reports_does_not(tom, post, rules, hide):
    type(tom).objects.filter(pk=tom.pk).update(hears_outcomes=False)
    report(tom, post, rules)
    hide()
    hear()
    assert told(tom) == []


def test_a_moderator_is_not_told_of_their_own_act(lin, post, rules, hide):
    report(lin, post, rules)
    hide()
    hear()
    assert told(lin) == []


def test_an_appeal_is_told_to_those_who_may_decide_it(mei, lin, staff, board_moderator, hide):
    decision = hide()
    moderation.appeal(by=mei, decision=decision, words="我没有做广告。")
    consumer().round()
    assert [line.title for line in told(staff)] == ["An appeal waits for an answer"]
    assert told(lin) == told(board_moderator) == []


def test_where_nobody_else_is_there_it_is_told_to_who_decided(mei, lin, hide):
    moderation.appeal(by=mei, decision=hide(), words="我没有做广告。")
    consumer().round()
    assert len(told(lin)) == 1


@pytest.mark.parametrize("upheld", [True, False])
def test_both_sides_hear_of_the_outcome_once(upheld, mei, tom, lin, staff, post, rules, hide):
    report(tom, post, rules)
    decision = hide()
    hear()
    made = moderation.appeal(by=mei, decision=decision, words="我没有做广告。")
    moderation.decide_appeal(moderator=staff, appeal=made, upheld=upheld, answer="I see.")
    hear()
    outcome = "你的申诉得到了支持" if upheld else "你的申诉被驳回了"
    assert [line.title for line in told(mei, "zh-hans")] == [outcome, "你的帖子被隐藏了"]
    assert told(mei)[0].link == f"/en/moderation/decisions/{decision.pk}/"
    said = "A decision of yours was taken back" if upheld else "A decision of yours stands"
    assert [line.title for line in told(lin)] == [said]
    heard = [line.title for line in told(tom)]
    assert heard[-1] == "The post that you reported was hidden"
    assert len(heard) == (2 if upheld else 1)


def test_a_thread_s_title_is_only_for_who_may_read_it(mei, lin, thread, rules, post, hide):
    decision = hide()
    hear()
    assert "你们租一室一厅要多少钱？" in told(mei, "zh-hans")[0].body
    opening = thread.posts.get(number=1)
    moderation.hide(moderator=lin, post=opening, rule=rules["spam"])
    assert decision and "你们租" not in told(mei, "zh-hans")[0].body


# The count


def test_the_count_follows_what_comes_and_what_is_read(mei, lin, thread, rules, log_in):
    assert unread(mei) == 0
    with_commits = TestCase.captureOnCommitCallbacks
    for number in range(2):
        with with_commits(execute=True):
            one = reply(mei, thread, f"第{number}条")
            moderation.hide(moderator=lin, post=one, rule=rules["spam"])
            hear()
    assert unread(mei) == 2
    newest = queries.latest(mei)[0].pk
    with with_commits(execute=True):
        assert actions.mark_read(person=mei, up_to=newest - 1) == 1
    assert unread(mei) == 1
    with with_commits(execute=True):
        actions.mark_read(person=mei, up_to=newest)
    assert unread(mei) == 0


def test_a_count_is_one_query_and_then_none(mei, hide, django_assert_num_queries):
    hide()
    hear()
    with django_assert_num_queries(2):  # the person, the count
        assert unread(mei) == 1
    with django_assert_num_queries(1):
        assert unread(mei) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_notices_costs_the_same_for_1_or_3(
    count, mei, lin, thread, rules, django_assert_num_queries
):
    for number in range(count):
        one = reply(mei, thread, f"第{number}条")
        moderation.hide(moderator=lin, post=one, rule=rules["spam"])
    hear()
    rows = queries.latest(mei)
    with django_assert_num_queries(2):  # decisions, threads
        assert len(lines(mei, rows)) == count


def test_the_background_does_all_of_it(mei, hide, monkeypatch):
    hide()
    monkeypatch.setattr(actions, "DELAY", timedelta())
    tasks.work()
    assert len(told(mei)) == 1


def test_someone_else_s_notices_stay_unread(mei, tom, lin, thread, rules):
    for one in (reply(mei, thread, "一"), reply(tom, thread, "Two.")):
        moderation.hide(moderator=lin, post=one, rule=rules["spam"])
    hear()
    actions.mark_read(person=mei, up_to=10**9)
    assert (unread(mei), unread(tom)) == (0, 1)


def test_a_sanction_is_told_with_its_end(tom, lin, rules):
    wen = person("wen", reads=["en"])
    until = timezone.now() + timedelta(days=3)
    moderation.silence(moderator=lin, person=wen, until=until, rule=rules["spam"])
    hear()
    (line,) = told(wen)
    assert line.title == "You cannot post for a time" and "It ends by itself on" in line.body


# Posts that stand in another thread now


@pytest.fixture
def split(lin, thread, post, rules) -> Callable[..., Any]:
    def act(*numbers: int) -> Any:
        return moderation.split(
            moderator=lin,
            thread=thread,
            numbers=numbers or (post.number,),
            title=Draft("About the deposit"),
            board=thread.board,
            rule=rules["off-topic"],
        )

    return act


def test_whose_posts_were_moved_hears_of_it_once_and_finds_them(
    thread, post, mei, tom, lin, split, client
):
    second, last = reply(mei, thread, "还有押金。"), reply(lin, thread, "I see.")
    split(post.number, second.number, last.number)
    hear()
    (line,) = told(mei, "zh-hans")
    assert line.title == "你的帖子移到了另一个主题"
    assert line.link == f"/zh-hans/posts/{post.pk}/"
    moved = Post.objects.get(pk=post.pk)
    assert client.get(line.link)["Location"].startswith(f"/zh-hans/threads/{moved.thread_id}/")
    assert [one.title for one in told(tom)] == ["Part of your thread has a thread of its own now"]
    assert told(lin) == []


def test_of_a_moving_that_was_taken_back_at_once_nobody_hears(mei, lin, split):
    moderation.undo(moderator=lin, decision=split())
    hear()
    assert told(mei) == [] and not Due.objects.exists()


def test_who_heard_of_a_moving_hears_that_it_was_taken_back(mei, lin, post, split):
    made = split()
    hear()
    moderation.undo(moderator=lin, decision=made)
    hear()
    assert len(told(mei)) == 2
    split()
    hear(100)
    assert len(told(mei)) == 3


def test_of_a_moved_post_that_its_author_deleted_they_hear_nothing(mei, post, split):
    split()
    boards.delete(author=mei, post=Post.objects.get(pk=post.pk))
    hear()
    assert told(mei) == []


def test_who_reported_what_is_shown_again_hears_that_it_stays(mei, tom, post, lin, rules):
    """Hidden for now by somebody who could not read it; whoever can sees nothing wrong."""
    case = report(tom, post, rules).case
    moderation.hide_for_now(moderator=lin, case=case, version=1, post=post, rule=rules["spam"])
    case.refresh_from_db()
    moderation.leave(moderator=lin, case=case)
    hear()
    assert [line.title for line in told(tom)] == ["We looked at what you reported"]
    assert [line.title for line in told(tom, "zh-hans")] == ["你举报的内容我们看过了"]
