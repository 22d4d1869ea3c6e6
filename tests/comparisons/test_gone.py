"""A figure whose post is gone is gone at once: from pages, pictures, files, cards, and what is kept."""

from collections.abc import Callable, Iterator
from html import unescape

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Board, Post, Thread
from exchange.figures.models import Entry, Item
from exchange.languages.actions import Draft
from exchange.moderation import actions as moderation
from exchange.moderation.targets import find
from tests.cast import open_thread, reply

from .conftest import COLUMBUS, give, paid

pytestmark = pytest.mark.django_db

ADDRESSES = (
    *("compare/", "compare/rent/", "compare/rent/?measure=hours", "compare/rent/?from=2020"),
    *("compare/rent/cities/", "compare/rent/figures.csv", "compare/rent/figures.json", ""),
)
CARD = "http://localhost:8000/en/compare/rent/"


@pytest.fixture
def other(mei: User, rent: Board) -> Thread:
    """With the address of the comparison in it."""
    thread = open_thread(mei, rent)
    reply(mei, thread, f"Look:\n\n{CARD}")
    return thread


def looks(client: Client, thread: Thread, other: Thread, language: str) -> Iterator[str]:
    """Everything that shows figures, as it is kept now and shown."""
    places = [*ADDRESSES, f"threads/{thread.pk}/", f"threads/{other.pk}/"]
    for place in places:
        response = client.get(f"/{language}/{place}")
        assert response.status_code == 200, place
        yield unescape(response.content.decode())


def hide(post: Post, lin: User, rules: dict) -> None:
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])


def delete(post: Post, lin: User, rules: dict) -> None:
    boards.delete(author=post.author, post=post)


def edit(post: Post, lin: User, rules: dict) -> None:
    boards.edit(author=post.author, post=post, draft=Draft("Sorry."), from_version=1, entries=[])


def exclude(post: Post, lin: User, rules: dict) -> None:
    for entry in Entry.objects.filter(passage=post.passage):
        target = find(entry.target)
        assert target and moderation.exclude(moderator=lin, target=target, rule=rules["off-topic"])


def close(post: Post, lin: User, rules: dict) -> None:
    moderation.open_board(by=lin, board=post.thread.board, access="members")


@pytest.mark.parametrize("take", [hide, delete, edit, exclude])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_is_in_nothing_that_is_shown(
    take: Callable,
    language: str,
    client: Client,
    flat: Item,
    tom: User,
    lin: User,
    rules: dict,
    thread: Thread,
    other: Thread,
) -> None:
    post = give(tom, thread, paid(flat, 7654), paid(flat, 7321, 1815286))
    give(lin, thread, paid(flat, 1000))
    signs = ("7,654", "7654", "1,066", "7321", "7,321", "54,976", "1,019")
    before = " ".join(looks(client, thread, other, language))
    assert [sign for sign in signs if sign in before]
    picture = client.get(f"/{language}/compare/rent/chart.png").content
    take(post, lin, rules)
    for shown in looks(client, thread, other, language):
        said = shown.partition('class="sheet posts"')[0]  # a post still shows an excluded figure
        assert not [sign for sign in signs if sign in said]
    assert client.get(f"/{language}/compare/rent/chart.png").content != picture


def test_a_board_that_closes_takes_its_figures_along(
    client: Client, posts: list[Post], thread: Thread, lin: User
) -> None:
    assert "$1,100" in client.get("/en/compare/rent/").content.decode()
    assert client.get(f"/en/threads/{thread.pk}/").status_code == 200
    close(posts[0], lin, {})
    assert "$1,100" not in client.get("/en/compare/rent/").content.decode()
    assert client.get(f"/en/threads/{thread.pk}/").status_code == 404


def test_what_comes_back_is_there_again(
    client: Client, posts: list[Post], lin: User, rules: dict
) -> None:
    first = client.get("/en/compare/rent/").content
    hide(posts[1], lin, rules)
    assert client.get("/en/compare/rent/").content != first
    moderation.restore(moderator=lin, post=posts[1], rule=rules["spam"])
    assert b"$1,100" in client.get("/en/compare/rent/").content


def test_an_older_figure_of_the_same_person_speaks_again(
    client: Client, flat: Item, thread: Thread, tom: User, lin: User, rules: dict
) -> None:
    give(tom, thread, paid(flat, 1111, year=2024))
    newer = give(tom, thread, paid(flat, 2222))
    address = f"/en/compare/rent/figures.csv?city={COLUMBUS}"
    assert b",2222," in client.get(address).content and b",1111," not in client.get(address).content
    delete(newer, lin, rules)
    assert b",1111," in client.get(address).content
