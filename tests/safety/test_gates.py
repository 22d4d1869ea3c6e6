"""Whose pictures wait for a moderator's look: numbers, edges, and who never waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from exchange.safety.gates import MOST_WAITING, NEWCOMER_AGE, NEWCOMER_POSTS, Sender, pictures

OLD = NEWCOMER_AGE + timedelta(hours=1)
FRESH = timedelta(hours=1)


def answer(count: int = 1, **facts: Any) -> str:
    known: dict[str, Any] = {"age": FRESH, "posts": 0}
    return pictures(Sender(**known | facts), count).answer


@pytest.mark.parametrize(
    ("age", "posts", "expected"),
    [
        (FRESH, 0, "hold"),
        (FRESH, NEWCOMER_POSTS, "hold"),
        (NEWCOMER_AGE - timedelta(seconds=1), NEWCOMER_POSTS, "hold"),
        (NEWCOMER_AGE, NEWCOMER_POSTS, "allow"),
        (OLD, NEWCOMER_POSTS - 1, "hold"),
        (OLD, 0, "hold"),
        (OLD, NEWCOMER_POSTS + 50, "allow"),
    ],
)
def test_a_newcomer_is_who_is_young_here_or_has_few_posts(
    age: timedelta, posts: int, expected: str
) -> None:
    assert answer(age=age, posts=posts) == expected


@pytest.mark.parametrize("fact", ["is_exempt", "is_known"])
def test_nobody_waits_whom_moderators_know(fact: str) -> None:
    assert answer(**{fact: True}) == "allow"
    assert answer(**{fact: True}, count=4, waiting=99) == "allow"


def test_without_a_picture_nothing_waits() -> None:
    assert answer(count=0, waiting=99) == "allow"


def test_more_than_can_wait_is_refused_and_one_less_is_not() -> None:
    assert answer(count=4, waiting=MOST_WAITING - 4) == "hold"
    assert answer(count=4, waiting=MOST_WAITING - 3) == "refuse"


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_every_verdict_that_is_not_yes_says_why_in_the_readers_language(language: str) -> None:
    held = pictures(Sender(FRESH), 1).reason
    refused = pictures(Sender(FRESH, waiting=MOST_WAITING), 1).reason
    with translation.override(language):
        words = [str(held), str(refused), str(pictures(Sender(FRESH), 3).reason)]
    assert all(words) and len(set(words)) >= 2
    if language != "en":
        assert all("图" in word or "圖" in word for word in words)
