"""Check 9: whatever is sent twice is one post, and each answer points to it."""

import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from exchange.boards.models import Post, Thread
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from tests.access.sendable import TITLES

from .pages import keeps, page
from .parallel import apart, shared_database, together

WORDS: list[dict[str, str]] = [
    *({"body": text} for text in ("Yes.", "是。", "😀", "a" * 3000, "租" * 3000, "1", "**bold**")),
    {"body": "I pay a third.", "body_other": "我付三分之一。"},
    {"body": "我付三分之一。", "body_other": "I pay a third."},
    {"body": "line\r\n\r\nline"},
    {"body": "trailing spaces   \r\nhere  "},
    {"body": "I used an app.", "used_translator": "on"},
    {"body": "Set by me.", "language": "en"},
    {"body": "混着 English 说。", "language": "mixed"},
    {"body": "Both English.", "body_other": "And again English.", "same_language": "on"},
    {"body": "> quoted\r\n\r\nand answered"},
    {"body": "é in two parts: e\u0301"},
    {"body": "ﷺ and 𠮷 and \u200d"},
    {"body": "</textarea><b>"},
    {"body": "|a|b|\r\n|-|-|\r\n|1|2|"},
]
# What somebody does between the first sending and the second.
HABITS = ["double click", "back and send again", "two tabs", "another language", "other line ends"]
PLACES = ["reply", "new thread"]
OTHER_WORDS = "And now for something completely different. 换个话题。"


def address(place: str, thread: Thread, language: str = "en") -> str:
    return f"/{language}/threads/" + (f"{thread.pk}/posts/" if place == "reply" else "new/")


def fields(place: str, words: dict[str, str], client_id: str) -> dict[str, str]:
    extra = {} if place == "reply" else {"board": "rent", "same_language": "on", **TITLES}
    return {**extra, **words, "client_id": client_id}


def led_to(response: Any) -> str:
    assert response.status_code == 302, response.content.decode()[:2000]
    return re.sub(r"^/(en|zh-hans|zh-hant)/", "/", response["Location"])


def again(habit: str, browsers: list, place: str, thread: Thread, data: dict[str, str]) -> Any:
    first, second = browsers
    if habit == "back and send again":
        first.get(f"/en/threads/{thread.pk}/")
    if habit == "other line ends":
        data = {name: value.replace("\r\n", "\n") for name, value in data.items()}
    language = "zh-hans" if habit == "another language" else "en"
    browser = second if habit == "two tabs" else first
    return browser.post(address(place, thread, language), data)


@pytest.mark.parametrize(("place", "habit"), list(product(PLACES, HABITS)))
def test_what_is_sent_twice_is_one_post_with_one_address(place, habit, thread, mei, log_in) -> None:
    browsers = [log_in(mei), log_in(mei)]
    for number, words in enumerate(WORDS):
        data = fields(place, words, f"form-{number}")
        posts, events = Post.objects.count(), Event.objects.count()
        first = led_to(browsers[0].post(address(place, thread), data))
        second = led_to(again(habit, browsers, place, thread, data))
        assert (first, Post.objects.count(), Event.objects.count()) == (
            second,
            posts + 1,
            events + 1,
        )


def test_there_are_two_hundred_such_cases() -> None:
    assert len(WORDS) * len(HABITS) * len(PLACES) >= 200


@pytest.mark.parametrize("place", PLACES)
def test_other_words_under_a_used_id_are_refused_and_kept(place, thread, mei, log_in) -> None:
    browser = log_in(mei)
    for number, words in enumerate(WORDS):
        data = fields(place, words, f"form-{number}")
        assert browser.post(address(place, thread), data).status_code == 302
        posts = Post.objects.count()
        answer = browser.post(address(place, thread), data | {"body": OTHER_WORDS})
        assert (answer.status_code, Post.objects.count()) == (409, posts)
        assert keeps(answer, OTHER_WORDS)
        assert page(answer).value("client_id") not in ("", f"form-{number}")


def test_the_refused_words_can_be_sent_again_from_the_page_that_shows_them(
    thread, mei, log_in
) -> None:
    browser, there = log_in(mei), address("reply", thread)
    browser.post(there, {"body": "First.", "client_id": "x"})
    shown = page(browser.post(there, {"body": OTHER_WORDS, "client_id": "x"}))
    form = {name: shown.value(name) for name in ("body", "client_id")}
    assert browser.post(there, form).status_code == 302
    assert [post.passage.body for post in thread.posts.order_by("number")][1:] == [
        "First.",
        OTHER_WORDS,
    ]


@pytest.mark.parametrize("meanwhile", ["lock", "hide the opening", "silence"])
def test_a_retry_gets_its_answer_even_where_nothing_more_may_be_posted(
    meanwhile, thread, mei, lin, rules, log_in
) -> None:
    """The first answer was lost on the way: a refusal now would make the person write it again."""
    browser, data = log_in(mei), {"body": "Sent once.", "client_id": "x"}
    first = led_to(browser.post(address("reply", thread), data))
    if meanwhile == "lock":
        moderation.lock(moderator=lin, thread=thread, rule=rules["spam"])
    elif meanwhile == "silence":
        mei.silenced_until = timezone.now() + timedelta(days=1)
        mei.save(update_fields=["silenced_until"])
    else:
        opening = thread.posts.get(number=1)
        moderation.hide(moderator=lin, post=opening, rule=rules["spam"])
    assert led_to(browser.post(address("reply", thread), data)) == first
    assert thread.posts.count() == 2


# At the same moment


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", PLACES)
def test_ten_at_once_are_one_post(place, thread, mei, log_in, tmp_path) -> None:
    browsers = [log_in(mei) for _ in range(10)]
    with shared_database(tmp_path):
        for round_number in range(5):
            data = fields(place, {"body": f"Round {round_number}."}, f"round-{round_number}")
            sent = [lambda b=b, d=data: b.post(address(place, thread), d) for b in browsers]
            assert len({led_to(answer) for answer in together(sent)}) == 1
        assert apart(Post.objects.count) == 1 + 5
        assert apart(Event.objects.count) == 1 + 5


@pytest.mark.django_db(transaction=True)
def test_of_ten_different_texts_at_once_under_one_id_one_is_posted(
    thread, mei, log_in, tmp_path
) -> None:
    browsers = [log_in(mei) for _ in range(10)]
    with shared_database(tmp_path):
        sent = [
            lambda b=b, n=n: b.post(
                address("reply", thread), {"body": f"Text {n}.", "client_id": "x"}
            )
            for n, b in enumerate(browsers)
        ]
        answers = together(sent)
        assert apart(Post.objects.count) == 2
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 9
    refused = {n: answer for n, answer in enumerate(answers) if answer.status_code == 409}
    assert all(keeps(answer, f"Text {n}.") for n, answer in refused.items())


@pytest.mark.django_db(transaction=True)
def test_ten_replies_at_once_get_ten_numbers_without_a_hole(
    thread, mei, tom, log_in, tmp_path
) -> None:
    browsers = [log_in(person) for person in (mei, tom) * 5]
    with shared_database(tmp_path):
        sent = [
            lambda b=b, n=n: b.post(
                address("reply", thread), {"body": f"Reply {n}.", "client_id": str(n)}
            )
            for n, b in enumerate(browsers)
        ]
        assert {answer.status_code for answer in together(sent)} == {302}
        numbers = apart(lambda: sorted(Post.objects.values_list("number", flat=True)))
    assert numbers == list(range(1, 12))
