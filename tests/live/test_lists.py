"""What open lists hear: that a thread has news, on the lists that it stands in and no others."""

from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as in_thread
from django.test import Client

from exchange.boards.models import Board
from exchange.ledger.queries import latest_id
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


def test_many_replies_of_a_round_are_one_piece_of_news(follower, wanted, thread, mei, rent):
    for number in range(5):
        reply(mei, thread, f"Reply {number}.")
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


def asked(scope: str, since: int, client: Client | None = None):
    return (client or Client()).get(f"/en/changes?scope={scope}&since={since}")


def test_a_list_that_was_away_is_told_what_it_missed(
    thread, tom, mei, rent, django_assert_num_queries
):
    other = open_thread(tom, rent)
    seen = latest_id()
    assert asked("front", seen).json() == {"event": seen, "frames": []}
    reply(mei, thread)
    for scope in ("front", f"board.{rent.pk}"):
        with django_assert_num_queries(3 if scope == "front" else 4):
            answer = asked(scope, seen).json()
        assert [frame["thread"] for frame in answer["frames"]] == [thread.pk]
        assert answer["event"] == latest_id() > seen
        assert other.pk not in [frame["thread"] for frame in answer["frames"]]


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
