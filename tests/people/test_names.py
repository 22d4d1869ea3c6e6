"""The names that a composer offers behind an `@`."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.accounts.models import User
from exchange.boards.actions import delete
from exchange.boards.models import Board, Thread
from exchange.moderation import actions as moderation
from exchange.people.queries import LATEST_POSTS, MOST_NAMES
from tests.cast import open_thread, person, reply

ADDRESS = "/en/people/names/"


@pytest.fixture
def browser(tom: User, log_in: Callable[..., Client]) -> Client:
    return log_in(tom)


def offered(browser: Client, **asked: Any) -> list[str]:
    return browser.get(ADDRESS, asked).json()["names"]


def test_names_that_begin_so_are_offered(browser: Client) -> None:
    for name in ("小美", "小明", "美美", "Mary Ann", "Max"):
        person(name)
    assert sorted(offered(browser, q="小")) == ["小明", "小美"]
    assert offered(browser, q="小美") == ["小美"]
    assert offered(browser, q="MA") == ["Mary Ann", "Max"]
    assert offered(browser, q="maryan") == ["Mary Ann"]
    assert offered(browser, q="nobody") == offered(browser, q="") == offered(browser) == []


def test_look_alikes_and_the_other_script_find_the_name(browser: Client) -> None:
    person("陈美"), person("Zoë"), person("corner")
    assert offered(browser, q="陳") == ["陈美"]
    assert offered(browser, q="zo") == offered(browser, q="Ｚ0") == ["Zoë"]
    # `rn` is one letter of a skeleton, and half of it must find the name as well.
    assert offered(browser, q="cor") == offered(browser, q="corn") == ["corner"]


@pytest.mark.parametrize("q", ["%", "_", ".", "''", " ", "小" * 25, "\\", "*"])
def test_what_no_name_begins_with_offers_nobody(q: str, browser: Client, mei: User) -> None:
    person("a_b")
    assert offered(browser, q=q) == []


def test_only_people_who_can_read_it_are_offered_and_not_oneself(
    browser: Client, bo: User, tom: User
) -> None:
    person("bob", is_active=False), person("bonnie"), person("tommy")
    assert offered(browser, q="bo") == ["bonnie"]
    assert offered(browser, q="tom") == ["tommy"]


def test_there_are_at_most_eight(browser: Client) -> None:
    for number in range(MOST_NAMES + 3):
        person(f"walker {number}")
    assert len(offered(browser, q="w")) == MOST_NAMES == 8


def test_who_talks_in_the_thread_comes_first_the_latest_before_all(
    browser: Client, thread: Thread
) -> None:
    early, late = person("mona"), person("mike")
    person("max")
    reply(early, thread), reply(late, thread), reply(person("小美"), thread)
    assert offered(browser, q="m", thread=thread.pk) == ["mike", "mona", "max"]
    assert offered(browser, thread=thread.pk) == ["小美", "mike", "mona"]


def test_withdrawn_words_name_nobody(
    browser: Client, thread: Thread, mei: User, sam: User, lin: User, rules: dict[str, Any]
) -> None:
    delete(author=sam, post=reply(sam, thread, "Sorry"))
    moderation.hide(moderator=lin, post=reply(mei, thread), rule=rules["spam"])
    assert offered(browser, thread=thread.pk) == []


def test_a_thread_that_is_not_open_tells_nothing(
    browser: Client, lin: User, moderators_board: Board
) -> None:
    closed = open_thread(lin, moderators_board)
    for thread in (closed.pk, 987654321, "x", "９", "-1", "9" * 30):
        assert browser.get(ADDRESS, {"q": "l", "thread": thread}).status_code == 404


def test_strangers_and_suspended_people_are_asked_to_log_in(
    client: Client, bo: User, log_in: Callable[..., Client]
) -> None:
    for browser in (client, log_in(bo)):
        answer = browser.get(ADDRESS, {"q": "b"})
        assert answer.status_code == 403 and "bo" not in answer.content.decode().split()


def test_no_cache_keeps_it_and_it_speaks_the_page_s_language(browser: Client, mei: User) -> None:
    answer = browser.get(ADDRESS, {"q": "me"})
    assert answer["Content-Type"] == "application/json"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert answer.json() == {
        "names": ["mei"],
        "label": "People to mention",
        "said": "1 person: use the arrow keys to choose, Enter to insert",
    }


@pytest.mark.parametrize("people", [1, 3])
def test_it_costs_the_same_with_1_or_3_names(people: int, browser: Client, thread: Thread) -> None:
    for number in range(people):
        reply(person(f"walker {number}"), thread)
        person(f"wanda {number}")
    # session, person and whom they blocked; with a thread also one's roles, the thread and who talks in it
    assert cost(browser, q="w") == 4
    assert cost(browser, q="w", thread=thread.pk) == 7
    assert cost(browser, thread=thread.pk) == 6


def cost(browser: Client, **asked: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert offered(browser, **asked)
    return len(captured)


def test_who_left_the_talk_long_ago_is_not_looked_for(
    browser: Client, thread: Thread, mei: User
) -> None:
    reply(mei, thread)
    Thread.objects.filter(pk=thread.pk).update(last_number=LATEST_POSTS + 3)
    assert offered(browser, thread=thread.pk) == []
