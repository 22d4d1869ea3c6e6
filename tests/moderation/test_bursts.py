"""Waves of new accounts: what is taken for one, what is not, and one decision about all of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.ledger.models import Event
from exchange.moderation import actions
from exchange.moderation.models import Case, Decision
from exchange.moderation.queries.bursts import MOST_IN_ONE, burst, bursts
from exchange.moderation.targets import of_post
from tests.cast import person, reply

SPAM = "Cheap watches, free shipping worldwide, this week only: https://www.Watches.example/sale/?ref={}"
JOBS = "日结兼职，在家就能做，一天轻松{}百块，加微信abc{}了解详情，名额有限先到先得"
GREETINGS = (
    "Hello everyone! I am new here and I am learning Chinese. Nice to meet you all!",
    "Hi everybody, I'm new here, I come from Texas and I'm learning Chinese. Nice to meet you!",
    "大家好，我是新来的，请多多关照！",
    "大家好！我是新来的，请多多关照。",
    "大家好，我是新来的，请多多关照！",
    "你好 hello!",
    "hello / 你好",
    "Hello, 你好",
    "谢谢大家！ Thank you all so much, this is the friendliest place on the internet.",
    "I pay about 1200 a month for a one-bedroom in Columbus, utilities not included.",
    "I pay about 1500 a month for a one-bedroom in Austin, utilities included.",
    "I pay about 1350 a month for a one-bedroom in Tulsa, utilities not included.",
    "我在成都租一室一厅，每个月三千五，押一付三，不含水电。",
    "我在重庆租一室一厅，每个月两千八，押一付三，不含水电。",
    "我在武汉租一室一厅，每个月两千三，押一付三，含物业费。",
)


def newcomer(number: int, **fields: Any) -> User:
    return person(f"new{number}", newcomer=True, reads=["en"], **fields)


def wave(thread: Thread, count: int = 4, text: str = SPAM, first: int = 0) -> list[Post]:
    numbers = range(first, first + count)
    return [reply(newcomer(number), thread, text.format(number, number)) for number in numbers]


def ids(posts: list[Post]) -> list[int]:
    return [post.pk for post in posts]


def test_accounts_that_post_one_link_are_a_wave(thread: Thread) -> None:
    posts = wave(thread)
    [found] = bursts(24)
    assert ids(found.posts) == ids(posts)
    assert found.id == posts[0].pk
    assert len(found.accounts) == 4
    assert found.link == "watches.example/sale"
    assert (found.began, found.ended) == (posts[0].created_at, posts[-1].created_at)


def test_nearly_the_same_words_are_a_wave_without_any_link(thread: Thread) -> None:
    wave(thread, text=JOBS)
    [found] = bursts(24)
    assert len(found.posts) == 4
    assert found.link == ""
    assert len(found.samples) == 3


def test_the_script_and_the_width_do_not_make_another_text(thread: Thread) -> None:
    for number, text in enumerate((JOBS, JOBS.replace("详", "詳"), JOBS.replace("abc", "ＡＢＣ"))):
        reply(newcomer(number), thread, text.format(number, number))
    assert len(bursts(24)[0].posts) == 3


def test_newcomers_who_greet_and_answer_alike_are_no_wave(thread: Thread) -> None:
    for number, text in enumerate(GREETINGS):
        reply(newcomer(number), thread, text)
    assert bursts(72) == []


def test_two_accounts_are_no_wave_however_much_they_post(thread: Thread) -> None:
    one, other = newcomer(1), newcomer(2)
    for number in range(6):
        reply(one if number % 2 else other, thread, SPAM.format(number))
    assert bursts(24) == []


def test_who_has_been_here_longer_is_in_no_wave(thread: Thread) -> None:
    for number in range(4):
        old = newcomer(number, date_joined=timezone.now() - timedelta(days=4))
        reply(old, thread, SPAM.format(number))
    assert bursts(72) == []


def test_links_are_taken_from_what_is_read(thread: Thread) -> None:
    """However they were typed: in entities, in Markdown, in plain sight."""
    texts = (
        "Look here, everybody: &#104;ttps://watches.example/sale",
        "这家店不错，[点这里](https://watches.example/sale/)看看",
        "I bought mine at www.watches.example/sale?ref=3 last week",
    )
    for number, text in enumerate(texts):
        reply(newcomer(number), thread, text)
    [found] = bursts(24)
    assert (len(found.posts), found.link) == (3, "watches.example/sale")


def test_a_link_to_this_site_is_none(thread: Thread, settings: Any) -> None:
    settings.SITE_HOST = "exchange.example"
    for number in range(4):
        reply(newcomer(number), thread, f"https://exchange.example/en/threads/1/ {number * 'ha '}")
    assert bursts(24) == []


def test_each_window_sees_its_own_time(thread: Thread) -> None:
    posts = wave(thread)
    long_ago = timezone.now() - timedelta(hours=30)
    User.objects.filter(username__startswith="new").update(date_joined=long_ago)
    Post.objects.filter(pk__in=ids(posts)).update(created_at=long_ago)
    assert bursts(24) == []
    assert len(bursts(48)) == 1


def test_posts_that_wait_for_a_look_are_seen_and_hidden_ones_are_not(thread: Thread) -> None:
    posts = wave(thread, 5)
    Post.objects.filter(pk=posts[1].pk).update(held_at=timezone.now())
    Post.objects.filter(pk=posts[0].pk).update(hidden_at=timezone.now())
    [found] = bursts(24)
    assert ids(found.posts) == ids(posts[1:])


def test_a_large_wave_is_cut(thread: Thread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.moderation.queries.bursts.MOST_IN_ONE", 3)
    posts = wave(thread, 5)
    found = burst(24, posts[0].pk)
    assert found is not None
    assert ids(found.posts) == ids(posts[:3])
    assert MOST_IN_ONE <= 200


@pytest.mark.parametrize("count", [1, 3])
def test_waves_cost_the_same_queries_however_many(
    thread: Thread, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    for number in range(count):
        text = f"https://shop{number}.example/ " + "{}"
        wave(thread, 3, text, first=10 * number)
    with django_assert_num_queries(2):
        found = bursts(72)
        assert [len(one.samples) for one in found] == [3] * count


def test_one_decision_hides_them_all_and_says_so_once(
    thread: Thread, lin: User, rules: Any
) -> None:
    posts = wave(thread)
    actions.report(reporter=lin, target=of_post(posts[0]), rule=rules["spam"])
    decision = actions.end_burst(
        moderator=lin, posts=posts, rule=rules["spam"], note="同一家店。One shop."
    )
    assert decision is not None
    assert [post.hidden_at is None for post in Post.objects.filter(pk__in=ids(posts))] == [
        False
    ] * 4
    event = decision.event
    assert (event.verb, event.public, event.reason) == ("burst.ended", True, "spam")
    assert (event.data["posts"], event.data["accounts"]) == (4, 4)
    assert Event.objects.filter(verb="post.hidden").count() == 4
    concerned = Decision.objects.filter(verb="post.hidden").values_list("person", flat=True)
    assert set(concerned) == {post.author_id for post in posts}
    assert not Case.objects.filter(closed_at=None).exists()
    thread.refresh_from_db()
    assert thread.reply_count == 0


def test_undoing_takes_back_all_of_it(thread: Thread, lin: User, rules: Any) -> None:
    posts = wave(thread)
    decision = actions.end_burst(moderator=lin, posts=posts, rule=rules["spam"])
    assert decision is not None
    before = Decision.objects.filter(verb="post.hidden").order_by("id")[0]
    assert actions.undo(moderator=lin, decision=before)
    back = actions.undo(moderator=lin, decision=decision)
    assert back is not None
    assert (back.verb, back.undoes_id) == ("burst.let", decision.pk)
    assert not Post.objects.filter(pk__in=ids(posts)).exclude(hidden_at=None).exists()
    assert Event.objects.filter(verb="post.restored").count() == 4
    assert actions.undo(moderator=lin, decision=decision) is None


def test_what_others_did_already_is_not_done_again(thread: Thread, lin: User, rules: Any) -> None:
    posts = wave(thread)
    assert actions.end_burst(moderator=lin, posts=posts, rule=rules["spam"])
    assert actions.end_burst(moderator=lin, posts=posts, rule=rules["spam"]) is None
    assert Event.objects.filter(verb="burst.ended").count() == 1


def test_its_accounts_can_be_kept_from_posting_and_undoing_lets_them(
    thread: Thread, lin: User, rules: Any
) -> None:
    posts = wave(thread)
    decision = actions.end_burst(
        moderator=lin, posts=posts, rule=rules["spam"], silenced_for=timedelta(days=3)
    )
    assert decision is not None
    silenced = User.objects.filter(silenced_until__gt=timezone.now() + timedelta(days=2))
    assert set(silenced) == {post.author for post in posts}
    assert Event.objects.filter(verb="person.silenced").count() == 4
    assert actions.undo(moderator=lin, decision=decision)
    assert not User.objects.filter(silenced_until__gt=timezone.now()).exists()


class TestPages:
    def test_the_list_shows_waves_in_their_own_words(
        self, thread: Thread, lin: User, log_in: Callable[..., Client]
    ) -> None:
        posts = wave(thread, text=JOBS)
        words = log_in(lin).get("/en/moderation/bursts/").content.decode()
        assert "4 posts · 4 accounts" in words
        assert "日结兼职" in words
        assert f"/en/moderation/bursts/{posts[0].pk}/?hours=72" in words

    def test_there_is_none_for_others(
        self, thread: Thread, tom: User, board_moderator: User, log_in: Callable[..., Client]
    ) -> None:
        [first, *_] = wave(thread)
        for reader in (None, tom, board_moderator):
            for address in ("", f"{first.pk}/"):
                answer = log_in(reader).get(f"/en/moderation/bursts/{address}")
                assert answer.status_code == 404

    def test_what_is_ticked_is_hidden_in_one_go(
        self, thread: Thread, lin: User, rules: Any, log_in: Callable[..., Client]
    ) -> None:
        posts = wave(thread)
        form = {"posts": ids(posts[:3]), "reason": "spam", "note": "", "hours": "24"}
        answer = log_in(lin).post(f"/en/moderation/bursts/{posts[0].pk}/", form, follow=True)
        assert answer.redirect_chain[-1][0] == "/en/moderation/bursts/?hours=24"
        assert "3 posts were hidden." in answer.content.decode()
        assert Post.objects.exclude(hidden_at=None).count() == 3

    def test_a_bad_form_is_shown_again_with_what_was_chosen(
        self, thread: Thread, lin: User, rules: Any, log_in: Callable[..., Client]
    ) -> None:
        posts = wave(thread)
        form = {"posts": ids(posts[1:3]), "reason": "", "note": "同一家店", "silence": "3"}
        answer = log_in(lin).post(f"/en/moderation/bursts/{posts[0].pk}/", form)
        assert answer.status_code == 422
        assert answer.context["form"].chosen == set(ids(posts[1:3]))
        assert "同一家店" in answer.content.decode()
        for missing in (
            {"posts": []},
            {"posts": [987654321]},
            {"posts": ["x"]},
            {"posts": ["9" * 5000]},
            {"silence": "400"},
        ):
            sent = form | {"reason": "spam"} | missing
            assert (
                log_in(lin).post(f"/en/moderation/bursts/{posts[0].pk}/", sent).status_code == 422
            )
        assert not Post.objects.exclude(hidden_at=None).exists()

    def test_whoever_cannot_read_it_can_hide_but_not_silence(
        self, thread: Thread, rules: Any, staff: User, log_in: Callable[..., Client]
    ) -> None:
        posts = wave(thread, text=JOBS)
        address = f"/en/moderation/bursts/{posts[0].pk}/"
        form = {"posts": ids(posts), "reason": "spam", "silence": "7"}
        refused = log_in(staff).post(address, form)
        assert refused.status_code == 422
        assert "You do not read the language" in refused.content.decode()
        assert not Post.objects.exclude(hidden_at=None).exists()
        assert log_in(staff).post(address, form | {"silence": ""}).status_code == 302
        assert Post.objects.exclude(hidden_at=None).count() == 4

    def test_what_they_cannot_read_is_hidden_until_somebody_has_who_can(
        self,
        thread: Thread,
        rules: Any,
        staff: User,
        lin: User,
        log_in: Callable[..., Client],
    ) -> None:
        posts = wave(thread, text=JOBS)
        before = actions.open_case(target=of_post(posts[0]), kind=Case.Kind.REVIEW)
        actions.dismiss_case(moderator=lin, case=before)
        address = f"/en/moderation/bursts/{posts[0].pk}/"
        said = "it is hidden until somebody who does has looked at it"
        assert log_in(staff).get(address).content.decode().count(said) == 4
        assert said not in log_in(lin).get(address).content.decode()
        log_in(staff).post(address, {"posts": ids(posts), "reason": "spam"})
        cases = Case.objects.filter(closed_at=None, awaits_reader=True)
        assert {case.post_id for case in cases} == set(ids(posts))
        assert {act.case_id for act in Decision.objects.filter(verb="post.hidden")} == {
            case.pk for case in cases
        }
        fine, *_ = cases.order_by("post")
        assert actions.leave(moderator=lin, case=fine)
        assert set(Post.objects.filter(hidden_at=None, number__gt=1)) == {fine.post}
        assert actions.undo(moderator=staff, decision=Decision.objects.get(verb="burst.ended"))
        assert not Post.objects.exclude(hidden_at=None).exists()
        assert not Case.objects.filter(awaits_reader=True).exists()

    def test_what_a_colleague_works_on_is_theirs(
        self, thread: Thread, rules: Any, lin: User, staff: User, log_in: Callable[..., Client]
    ) -> None:
        posts = wave(thread)
        actions.report(reporter=staff, target=of_post(posts[1]), rule=rules["spam"])
        assert actions.claim(moderator=staff, case=Case.objects.get())
        address = f"/en/moderation/bursts/{posts[0].pk}/"
        page = log_in(lin).get(address)
        others = [post.pk for post in posts if post != posts[1]]
        assert page.context["form"].chosen == set(others)
        assert page.content.decode().count("is on it") == 1
        answer = log_in(lin).post(
            address, {"posts": ids(posts), "reason": "spam", "note": "同一家店"}
        )
        assert answer.status_code == 409
        assert "is working on this case" in answer.content.decode()
        assert "同一家店" in answer.content.decode()
        assert not Post.objects.exclude(hidden_at=None).exists()
        assert log_in(lin).post(address, {"posts": others, "reason": "spam"}).status_code == 302
        assert set(Post.objects.exclude(hidden_at=None).values_list("pk", flat=True)) == set(others)

    def test_a_wave_that_somebody_else_dealt_with_is_a_conflict(
        self, thread: Thread, lin: User, rules: Any, log_in: Callable[..., Client]
    ) -> None:
        posts = wave(thread)
        actions.end_burst(moderator=lin, posts=posts, rule=rules["spam"])
        address = f"/en/moderation/bursts/{posts[0].pk}/"
        answer = log_in(lin).post(address, {"posts": ids(posts), "reason": "spam"})
        assert answer.status_code == 409
        assert log_in(lin).get(address).status_code == 404

    def test_a_moderator_among_the_authors_is_not_judged_by_a_colleague(
        self, thread: Thread, lin: User, rules: Any, log_in: Callable[..., Client]
    ) -> None:
        posts = wave(thread)
        posts.append(reply(lin, thread, SPAM.format("me")))
        form = {"posts": ids(posts), "reason": "spam"}
        answer = log_in(lin).post(f"/en/moderation/bursts/{posts[0].pk}/", form)
        assert answer.status_code == 403
        assert not Post.objects.exclude(hidden_at=None).exists()
