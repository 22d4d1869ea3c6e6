""" "This looks off": who may ask, what the author answers, and what a moderator takes away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.boards.models import Thread
from exchange.figures import actions
from exchange.figures.models import Entry, Question
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from exchange.safety import actions as safety
from tests.cast import figure_of, person, reply

NOTE = "一个月，还是一个季度？"


@pytest.fixture
def post(thread, mei, flat):
    return reply(mei, thread, "I pay [¥1] there, and it is fine.", entries=[figure_of(flat)])


@pytest.fixture
def figure(post):
    return post.passage.entries.get()


@pytest.fixture
def asked(figure, tom, thread):
    found = actions.ask(by=tom, entry=figure, reason="period", note=NOTE, scope=thread.scope)
    assert found
    return found


def send(browser, figure, noun="question/", **fields):
    return browser.post(f"/en/figures/{figure.pk}/{noun}", fields)


def page(browser, figure, language="en") -> str:
    return browser.get(f"/{language}/figures/{figure.pk}/").content.decode()


def test_a_question_stands_beside_the_figure_with_its_name_language_and_reading_help(
    figure, tom, log_in, client
) -> None:
    assert send(log_in(tom), figure, reason="period", note=NOTE).status_code == 302
    html = page(client, figure)
    note = Question.objects.get().note
    assert '<bdi class="name" translate="no">tom</bdi>' in html
    assert f'data-passage="{note.pk}" lang="zh-Hans" dir="auto">{NOTE}' in html
    assert f'href="/en/passages/{note.pk}/reading/"' in html
    assert client.get(f"/en/passages/{note.pk}/reading/").status_code == 200
    assert Event.objects.filter(verb="figure.asked", public=False, actor_id=tom.pk).count() == 1


def test_the_chip_says_that_somebody_asks_until_the_author_answers(
    asked, figure, mei, thread, log_in, client
) -> None:
    address = f"/en/threads/{thread.pk}/"
    assert "asked about" in client.get(address).content.decode()
    assert "It is right" in page(log_in(mei), figure) and "It is right" not in page(client, figure)
    for _twice in range(2):
        assert send(log_in(mei), figure, f"question/{asked.pk}/answer/").status_code == 302
    assert Event.objects.filter(verb="figure.answered").count() == 1
    assert "The author says it is right" in page(client, figure)
    assert "asked about" not in client.get(address).content.decode()


def test_what_moderators_refuse_is_asked_by_nobody_and_stays_in_its_field(
    figure, tom, lin, rules, log_in
) -> None:
    found = safety.add_watch(
        by=lin, sort="word", kind="refuse", text="刷单", language="", rule=rules["spam"]
    )
    safety.activate(by=lin, watch=found)
    answer = send(log_in(tom), figure, reason="other", note="是刷单的价格吧？")
    assert answer.status_code == 422 and "是刷单的价格吧？" in answer.content.decode()
    assert not Question.objects.exists()


def test_a_changed_figure_answers_the_question(asked, figure, post, mei, flat, client) -> None:
    fresh = queries.post(mei, post.pk)
    new = [figure_of(flat, "3600")]
    boards.edit(author=mei, post=fresh, draft=Draft("我付"), from_version=1, entries=new)
    assert "The author changed the figure" in page(client, figure)
    assert not Question.objects.filter(answered_at=None).exists()


def test_a_second_question_takes_the_place_of_the_first_and_its_words(
    asked, figure, tom, log_in
) -> None:
    assert send(log_in(tom), figure, reason="amount").status_code == 302
    assert [q.reason for q in Question.objects.all()] == ["amount"]
    assert not Passage.objects.filter(body=NOTE).exists()


def test_who_asked_takes_it_back_and_nobody_else(asked, figure, tom, sam, log_in, client) -> None:
    assert send(log_in(sam), figure, _method="DELETE").status_code == 403
    assert send(client, figure, _method="DELETE").status_code == 403
    assert send(log_in(tom), figure, _method="DELETE").status_code == 302
    assert not Question.objects.exists() and not Passage.objects.filter(body=NOTE).exists()
    assert send(log_in(tom), figure, _method="DELETE").status_code == 403


def test_nobody_asks_about_their_own_figure(figure, mei, log_in) -> None:
    answer = send(log_in(mei), figure, reason="amount")
    assert answer.status_code == 403 and "your own figure" in answer.content.decode()


def test_a_silenced_member_cannot_ask_but_can_take_back(asked, figure, tom, log_in) -> None:
    type(tom).objects.update(silenced_until=timezone.now() + timedelta(days=1))
    answer = send(log_in(tom), figure, reason="amount", note="kept words")
    assert answer.status_code == 403 and "kept words" in answer.content.decode()
    assert send(log_in(tom), figure, _method="DELETE").status_code == 302


def test_in_a_locked_thread_nobody_asks(figure, thread, tom, log_in) -> None:
    Thread.objects.filter(pk=thread.pk).update(locked_at=timezone.now())
    assert send(log_in(tom), figure, reason="amount").status_code == 403
    assert "This thread is locked" in page(log_in(tom), figure)


def test_about_a_figure_that_was_changed_meanwhile_nobody_asks(
    figure, post, mei, tom, flat, thread, log_in
) -> None:
    fresh = queries.post(mei, post.pk)
    new = [figure_of(flat, "3600")]
    boards.edit(author=mei, post=fresh, draft=Draft("我付"), from_version=1, entries=new)
    assert send(log_in(tom), figure, reason="amount").status_code == 403
    # Two windows at once: the action looks once more.
    assert actions.ask(by=tom, entry=figure, reason="amount", note="", scope=thread.scope) is None
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Please say what looks off."),
        ({"reason": "nonsense"}, "nonsense is not one of the available choices"),
        ({"reason": "amount", "note": "字" * 251}, "This is too long: 502 letters"),
        ({"reason": "amount", "note": "a\x00b"}, "invisible character"),
    ],
)
def test_bad_input_keeps_what_was_typed(fields, message, figure, tom, log_in) -> None:
    answer = send(log_in(tom), figure, **{"note": "my words"} | fields)
    html = answer.content.decode()
    assert answer.status_code == 422 and message in html
    assert fields.get("note", "my words").replace("\x00", "") in html
    assert not Question.objects.exists()


def test_a_stranger_s_question_is_kept_through_the_log_in(figure, client, tom) -> None:
    answer = send(client, figure, reason="period", note=NOTE)
    assert answer.status_code == 403 and NOTE in answer.content.decode()


def test_only_the_author_says_that_it_is_right(asked, figure, tom, lin, log_in, client) -> None:
    for browser in (client, log_in(tom), log_in(lin)):
        assert send(browser, figure, f"question/{asked.pk}/answer/").status_code == 403
    assert not Question.objects.exclude(answered_at=None).exists()


def test_a_moderator_takes_a_question_away_for_a_reason_that_all_can_read(
    asked, figure, tom, lin, rules, log_in, client
) -> None:
    address = f"question/{asked.pk}/hiding/"
    assert send(log_in(tom), figure, address, reason="spam").status_code == 403
    assert send(log_in(lin), figure, address, note="why").status_code == 422
    sent = send(log_in(lin), figure, address, reason="harassment", note="不友善")
    assert sent.status_code == 302
    assert not Question.objects.exists() and not Passage.objects.filter(body=NOTE).exists()
    log = client.get("/en/moderation/log/").content.decode()
    assert "took away a question about a figure" in log and "Rule harassment" in log
    assert "不友善" in log and f'href="/en/figures/{figure.pk}/"' in log and NOTE not in log
    assert send(log_in(lin), figure, address, reason="spam").status_code == 404


def test_a_question_of_another_figure_is_not_found_here(asked, thread, tom, flat, log_in) -> None:
    other = reply(tom, thread, "Mine", entries=[figure_of(flat)]).passage.entries.get()
    assert send(log_in(tom), other, f"question/{asked.pk}/answer/").status_code == 404


def test_questions_go_with_the_post(asked, figure, post, mei, client) -> None:
    boards.delete(author=mei, post=post)
    assert not Question.objects.exists() and not Entry.objects.exists()
    assert not Passage.objects.filter(body=NOTE).exists()
    assert client.get(f"/en/passages/{asked.note_id}/reading/").status_code == 404


def test_a_hidden_post_s_questions_are_for_its_author_and_moderators(
    asked, post, mei, lin, tom, rules, log_in, client
) -> None:
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    address = f"/en/passages/{asked.note_id}/reading/"
    assert [b.get(address).status_code for b in (client, log_in(tom), log_in(mei))] == [
        404,
        404,
        200,
    ]


def test_many_ask_about_one_figure(figure, thread, client) -> None:
    for number in range(3):
        asker = person(f"asker{number}", reads=["en"])
        actions.ask(by=asker, entry=figure, reason="date", note="", scope=thread.scope)
    assert page(client, figure).count("This looks off: the year or month") == 3
