"""What open lists hear: that a thread has news, on the lists that it stands in and no others."""

import json
from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as in_thread
from django.test import Client

from exchange.boards.models import Board, Thread
from exchange.languages.actions import Draft
from exchange.ledger.models import Event
from exchange.ledger.queries import latest_id
from exchange.live import queries
from exchange.live.follower import Follower
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply


@pytest.fixture
def follower(thread) -> Follower:
    made = Follower()
    made.round({})
    return made


@pytest.fixture
def wanted(rent) -> dict[str, set[str]]:
    return {"front": {"en", "zh-hans"}, f"board.{rent.pk}": {"en"}}


def told(follower, wanted):
    return [(scope, language) for scope, language, _ in follower.round(wanted).ready]


def test_a_reply_and_a_new_thread_are_news_of_the_board_and_the_front_page(
    follower, wanted, thread, tom, mei, rent
):
    everywhere = [(f"board.{rent.pk}", "en"), ("front", "en"), ("front", "zh-hans")]
    reply(mei, thread)
    assert sorted(told(follower, wanted)) == everywhere
    open_thread(tom, rent)
    assert sorted(told(follower, wanted)) == everywhere


def test_many_replies_of_a_round_are_one_piece_of_news(
    follower, wanted, thread, mei, rent, django_assert_num_queries
):
    for number in range(5):
        reply(mei, thread, f"Reply {number}.")
    with django_assert_num_queries(3):  # the events, whom something changed of, the threads
        assert len(told(follower, wanted)) == 3


def test_what_is_hidden_or_in_a_closed_board_is_no_news_for_everybody(
    follower, wanted, thread, tom, mei, lin, rules, rent
):
    reply(mei, thread)
    moderation.hide(moderator=lin, post=thread.posts.get(number=1), rule=rules["spam"])
    assert told(follower, wanted) == []
    open_thread(tom, rent)
    Board.objects.filter(pk=rent.pk).update(access="members")
    assert told(follower, wanted) == [(f"board.{rent.pk}", "en")]


def split(lin, thread, board, rules):
    """The thread that the second post of `thread` stands in now."""
    decision = moderation.split(
        moderator=lin,
        thread=thread,
        numbers=[2],
        title=Draft("About deposits"),
        board=board,
        rule=rules["other"],
    )
    return Thread.objects.get(pk=decision.event.data["into"])


def test_a_thread_that_was_split_off_is_news_where_it_stands_and_the_other_is_none(
    follower, thread, mei, lin, rules, rent, welcome
):
    reply(mei, thread)
    wanted = {f"board.{board.pk}": {"en"} for board in (rent, welcome)}
    follower.round(wanted)
    fresh = split(lin, thread, welcome, rules)
    found = [json.loads(ready.text) for ready in follower.round(wanted).ready]
    assert [(frame["scope"], frame["thread"]) for frame in found] == [
        (f"board.{welcome.pk}", fresh.pk)
    ]


def test_a_thread_that_others_are_moved_to_is_news(follower, wanted, thread, tom, lin, rules, rent):
    other = open_thread(tom, rent)
    follower.round(wanted)
    moderation.merge(moderator=lin, thread=thread, target=other, rule=rules["other"])
    found = [json.loads(ready.text) for ready in follower.round(wanted).ready]
    assert {frame["thread"] for frame in found} == {other.pk}


def asked(scope: str, since: int, client: Client | None = None):
    return (client or Client()).get(f"/en/changes?scope={scope}&since={since}")


@pytest.fixture
def _nothing_near(monkeypatch):
    monkeypatch.setattr(queries, "NEAR_IDS", 0)


@pytest.mark.usefixtures("_nothing_near")
def test_a_list_that_was_away_is_told_what_it_missed(
    thread, tom, mei, rent, django_assert_num_queries
):
    other = open_thread(tom, rent)
    seen = latest_id()
    assert asked("front", seen).json() == {"event": seen, "frames": []}
    reply(mei, thread)
    for scope in ("front", f"board.{rent.pk}"):
        # The board; the latest event, the time of the seen one, what brought threads up, which of them
        # stand there.
        with django_assert_num_queries(4 if scope == "front" else 5):
            answer = asked(scope, seen).json()
        assert [frame["thread"] for frame in answer["frames"]] == [thread.pk]
        assert answer["event"] == latest_id() > seen
        assert other.pk not in [frame["thread"] for frame in answer["frames"]]


@pytest.mark.usefixtures("_nothing_near")
def test_what_was_moved_or_split_off_meanwhile_is_missed_too(thread, mei, lin, rules, welcome):
    """Their posts are old: the times of those say nothing."""
    reply(mei, thread)
    here, seen = f"board.{welcome.pk}", latest_id()
    fresh = split(lin, thread, welcome, rules)
    moderation.move(moderator=lin, thread=thread, board=welcome, rule=rules["other"])
    found = asked(here, seen).json()["frames"]
    assert [frame["thread"] for frame in found] == [fresh.pk, thread.pk]
    last = Event.objects.get(verb="thread.moved")
    assert asked(here, last.pk).json() == {"event": latest_id(), "frames": []}


def test_news_with_a_lower_number_that_was_committed_later_is_missed_too(thread, mei, rent):
    reply(mei, thread)
    told = Event.objects.get(verb="post.created")
    seen = Event.objects.create(
        pk=latest_id() + 50, verb="thread.locked", scope="thread.0", target="thread.0"
    )
    [frame] = asked(f"board.{rent.pk}", seen.pk).json()["frames"]
    assert (frame["thread"], frame["event"]) == (thread.pk, told.pk)


def test_each_thread_comes_once_with_its_own_latest_event_the_newest_last(
    thread, tom, mei, rent, monkeypatch
):
    seen, other = latest_id(), open_thread(tom, rent)
    for where in (thread, other, other, thread):
        reply(mei, where)
    events = [
        Event.objects.filter(scope=where.scope, verb="post.created").latest("id").pk
        for where in (other, thread)
    ]
    found = asked("front", seen).json()["frames"]
    assert [(frame["thread"], frame["event"]) for frame in found] == [
        (other.pk, events[0]),
        (thread.pk, events[1]),
    ]
    monkeypatch.setattr(queries, "MOST_NEWS", 1)
    assert asked("front", seen).json()["frames"] == found[1:]


def test_a_list_that_was_away_for_too_long_is_asked_to_reload(thread, mei, monkeypatch):
    seen = latest_id()
    reply(mei, thread)
    monkeypatch.setattr(queries, "FARTHEST", latest_id() - seen - 1)
    assert asked("front", seen).json() == {"reload": True}
    assert asked("front", 0).json() == {"event": latest_id(), "frames": []}


def test_a_row_says_which_event_brought_its_thread_up(thread, mei, lin, rules, rent, client):
    def shown() -> str:
        return client.get("/en/boards/rent/").content.decode()

    opened = Event.objects.get(verb="thread.opened")
    assert f'<li class="row" data-thread="{thread.pk}" data-event="{opened.pk}">' in shown()
    reply(mei, thread)
    answered = Event.objects.get(verb="post.created")
    moderation.lock(moderator=lin, thread=thread, rule=rules["other"])
    assert f'data-thread="{thread.pk}" data-event="{answered.pk}"' in shown()
    moderation.pin(moderator=lin, thread=thread, rule=rules["other"])
    opening = f'opening" data-thread="{thread.pk}" data-event="{answered.pk}"'
    assert opening in client.get("/en/").content.decode()


def test_a_page_that_asks_again_and_again_is_told_that_nothing_changed(thread, mei):
    seen = latest_id()
    for address in (
        f"/en/changes?scope=front&since={seen}",
        f"/en/threads/{thread.pk}/changes?since={seen}",
    ):
        first = Client().get(address)
        again = Client().get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    reply(mei, thread)
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "scope", ["", "moderation", "thread.1", "user.1", "board.999", "board.0", "front.1", "x", "猫"]
)
def test_what_is_no_list_of_the_reader_is_not_there(scope, thread):
    assert asked(scope, 0).status_code == 404


@pytest.mark.parametrize("since", ["", "x", "-1", "١", "9" * 30])
def test_since_is_the_number_of_an_event(since, thread):
    answer = Client().get(f"/zh-hans/changes?scope=front&since={since}")
    assert answer.status_code == 400 and "since" in answer.json()["error"]


def test_a_board_that_is_closed_is_not_there(thread, rent, mei, log_in):
    Board.objects.filter(pk=rent.pk).update(access="members")
    assert asked(f"board.{rent.pk}", 0).status_code == 404
    assert asked(f"board.{rent.pk}", 0, log_in(mei)).status_code == 200


@pytest.mark.django_db(transaction=True)
async def test_an_open_front_page_hears_of_a_reply(visit, thread, mei, monkeypatch):
    monkeypatch.setattr("exchange.ledger.cursor.OVERLAP", timedelta(0))
    page = await visit()
    first = await page.watch("front")
    await in_thread(reply)(mei, thread)
    frame = await page.hears()
    assert (frame["kind"], frame["thread"], frame["board"]) == ("rows", thread.pk, thread.board_id)
    assert frame["event"] > first["event"] and "html" not in frame
