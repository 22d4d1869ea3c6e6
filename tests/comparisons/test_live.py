"""The drawing of a thread's figures follows the figures on open pages."""

import json

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Thread
from exchange.figures import actions as figures
from exchange.figures.models import Item, Question
from exchange.ledger.queries import latest_id
from exchange.live.follower import Follower
from tests.cast import reply

from .conftest import CHENGDU, give, paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def follower(thread: Thread) -> Follower:
    made = Follower()
    made.round({})
    return made


BOTH = frozenset({"en", "zh-hans"})


def drawn(follower: Follower, thread: Thread, languages: frozenset[str] = BOTH) -> list[str]:
    """The charts that a round sends to pages in some languages."""
    ready = follower.round({thread.scope: languages}).ready
    told = [json.loads(text) for _, _, text in ready]
    return [frame["html"] for frame in told if frame["kind"] == "chart"]


def test_a_second_figure_draws_the_chart_and_its_end_takes_it_away(
    follower: Follower, flat: Item, thread: Thread, tom: User, mei: User
) -> None:
    give(tom, thread, paid(flat, 1000))
    assert [html for html in drawn(follower, thread) if html] == []
    post = give(mei, thread, paid(flat, 1500, CHENGDU))
    english, chinese = drawn(follower, thread)
    assert "Columbus" in english and "Chengdu" in english and "成都" in chinese
    boards.delete(author=mei, post=post)
    assert drawn(follower, thread) == ["", ""]


def test_the_same_drawing_is_not_sent_twice(
    follower: Follower, flat: Item, thread: Thread, tom: User, mei: User
) -> None:
    give(tom, thread, paid(flat, 1000))
    give(mei, thread, paid(flat, 1500, CHENGDU))
    assert len(drawn(follower, thread)) == 2
    reply(tom, thread, "Thank you all.")
    assert drawn(follower, thread) == []


def test_who_came_while_another_was_drawn_is_sent_the_earlier_drawing_again(
    follower: Follower, flat: Item, thread: Thread, tom: User, mei: User, sam: User
) -> None:
    give(tom, thread, paid(flat, 1000))
    give(mei, thread, paid(flat, 1500, CHENGDU))
    english, chinese = drawn(follower, thread)
    late = give(sam, thread, paid(flat, 1700))
    # The only Chinese page is closed, and a new one opened once this is drawn.
    assert len(drawn(follower, thread, frozenset({"en"}))) == 1
    boards.delete(author=sam, post=late)
    assert drawn(follower, thread) == [english, chinese]


def test_a_thread_without_figures_is_told_of_none(
    follower: Follower, thread: Thread, mei: User
) -> None:
    reply(mei, thread)
    assert drawn(follower, thread) == []


def test_a_page_that_was_away_is_sent_the_chart_too(
    flat: Item, thread: Thread, tom: User, mei: User
) -> None:
    seen = latest_id(thread.scope)
    give(tom, thread, paid(flat, 1000))
    give(mei, thread, paid(flat, 1500, CHENGDU))
    answer = Client().get(f"/zh-hans/threads/{thread.pk}/changes?since={seen}").json()
    assert answer["frames"][-1]["kind"] == "chart" and "成都" in answer["frames"][-1]["html"]


def test_a_question_about_a_figure_reaches_who_reads_its_post(
    follower: Follower, flat: Item, thread: Thread, tom: User, mei: User, lin: User
) -> None:
    entry = give(mei, thread, paid(flat, 1000)).passage.entries.get()
    scope = thread.scope
    told_posts(follower, thread)

    def ask() -> Question:
        asked = figures.ask(by=tom, entry=entry, reason="period", note="", scope=scope)
        assert asked
        assert ["asked about" in html for html in told_posts(follower, thread)] == [True]
        return asked

    figures.take_back(by=tom, question=ask(), scope=scope)
    assert ["asked about" in html for html in told_posts(follower, thread)] == [False]
    figures.answer(by=mei, question=ask(), scope=scope)
    assert ["asked about" in html for html in told_posts(follower, thread)] == [False]
    figures.remove(moderator=lin, question=ask(), rule="spam", scope=scope)
    assert ["asked about" in html for html in told_posts(follower, thread)] == [False]


def told_posts(follower: Follower, thread: Thread) -> list[str]:
    told = [json.loads(text) for _, _, text in follower.round({thread.scope: {"en"}}).ready]
    return [frame["html"] for frame in told if frame["kind"] == "post"]
