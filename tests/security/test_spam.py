"""Check 49: in a time of attack no program signs up by the hundred, and every person still can."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from html import unescape
from typing import Any

import altcha
import pytest
from django.test import Client
from django.utils import timezone

from exchange.accounts.models import User
from exchange.safety import forms, proof, questions
from exchange.safety.models import Switch
from tests.cast import PASSWORD

SIGN_UP = "/{}/accounts/signup/"
PROGRAMS = 500


@pytest.fixture
def attack(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch is on. Keys are derived a hundred times as fast as for people."""
    monkeypatch.setattr(proof, "COST", 50)
    Switch.objects.create(name=forms.SWITCH)


@pytest.fixture(autouse=True)
def _unlimited(settings: Any) -> None:
    """allauth's own limit, of 20 sign-ups a minute from one address, does not stop programs first."""
    settings.ACCOUNT_RATE_LIMITS = {"signup": "10000/m/ip"}


def solved(challenge: str) -> str:
    found = json.loads(challenge)
    made = altcha.Challenge.from_dict(found)
    solution = altcha.solve_challenge(made)
    assert solution is not None
    sent = {"challenge": made.to_dict(), "solution": solution.to_dict()}
    return b64encode(json.dumps(sent).encode()).decode()


def form(number: int = 0, **fields: str) -> dict[str, str]:
    return {
        "email": f"program{number}@example.org",
        "username": f"program {number}",
        "password1": PASSWORD,
    } | fields


def send(client: Client | None = None, language: str = "en", **fields: Any) -> Any:
    return (client or Client()).post(SIGN_UP.format(language), form(**fields))


def right(token: str) -> str:
    place = questions._read(forms.FORM, token)
    assert place is not None
    return min(questions.questions()[place[0]].answers)


def forged() -> str:
    """A challenge of its own making, with a solution that fits."""
    made = altcha.create_challenge("PBKDF2/SHA-256", 1, counter=0, data={"form": forms.FORM})
    solution = altcha.solve_challenge(made)
    assert solution is not None
    sent = {"challenge": made.to_dict() | {"signature": "00" * 32}, "solution": solution.to_dict()}
    return b64encode(json.dumps(sent).encode()).decode()


def made_easy(challenge: str) -> str:
    """The site's own challenge, with a shorter beginning to look for."""
    found = json.loads(challenge)
    found["parameters"]["keyPrefix"] = ""
    return solved(json.dumps(found))


def test_of_five_hundred_programs_none_gets_in(
    attack: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = solved(proof.challenge(forms.FORM))
    assert send(proof=used, number=9999).status_code == 302
    long_ago = timezone.now().timestamp() - proof.VALID - 1
    with monkeypatch.context() as then:
        then.setattr(proof.time, "time", lambda: long_ago)
        expired = solved(proof.challenge(forms.FORM))
    bad = [
        {},
        {"proof": used},
        {"proof": expired},
        {"proof": solved(proof.challenge("log-in"))},
        {"proof": forged()},
        {"proof": made_easy(proof.challenge(forms.FORM))},
        {"proof": "bm90IGpzb24="},
        {"answer": "green"},
        {"answer": "green", "question": "forged:token"},
        {"answer": "5", "question": questions.ask("log-in", "en").token},
    ]
    client = Client()
    for number in range(PROGRAMS):
        answer = send(client, number=number, **bad[number % len(bad)])
        assert answer.status_code == 422
    assert User.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_browser_that_did_the_calculation_gets_in(attack: None, language: str) -> None:
    client = Client()
    page = client.get(SIGN_UP.format(language)).content.decode()
    challenge = unescape(re.findall(r'data-proof="([^"]+)"', page)[0])
    assert send(client, language, proof=solved(challenge)).status_code == 302
    assert User.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_person_without_scripts_gets_in_by_an_answer(attack: None, language: str) -> None:
    client = Client()
    page = client.get(SIGN_UP.format(language))
    words = unescape(page.content.decode())
    token = re.findall(r'name="question" value="([^"]+)"', words)[0]
    assert token == page.context["form"].asked.token
    assert page.context["form"].asked.text in words
    answer = send(client, language, question=token, answer=f" {right(token).upper()}。 ")
    assert answer.status_code == 302
    assert User.objects.count() == 1


def test_an_answer_counts_once(attack: None) -> None:
    token = Client().get(SIGN_UP.format("en")).context["form"].asked.token
    assert send(number=1, question=token, answer=right(token)).status_code == 302
    again = send(number=2, question=token, answer=right(token))
    assert again.status_code == 422
    assert again.context["form"].errors["answer"] == [forms.USED]
    assert again.context["form"].asked.token != token


def test_a_wrong_answer_brings_another_question_and_keeps_what_was_typed(attack: None) -> None:
    token = Client().get(SIGN_UP.format("zh-hans")).context["form"].asked.token
    answer = send(language="zh-hans", question=token, answer="紫色的大象")
    again = answer.context["form"]
    words = answer.content.decode()
    assert answer.status_code == 422
    assert again.errors["answer"] == [forms.WRONG]
    assert again.asked.token != token
    assert f'name="question" value="{again.asked.token}"' in words
    assert 'value="program0@example.org"' in words
    assert 'value="program 0"' in words
    assert PASSWORD not in words
    assert "紫色的大象" not in words
    assert 'data-proof="{' in words


@pytest.mark.parametrize("way", ["proof", "answer"])
def test_what_else_has_to_be_mended_costs_no_answer(attack: None, way: str) -> None:
    client = Client()
    asked = client.get(SIGN_UP.format("en")).context["form"]
    fields = {"question": asked.asked.token}
    if way == "proof":
        fields["proof"] = solved(asked.challenge)
    else:
        fields["answer"] = right(asked.asked.token)
    refused = send(client, **fields, username="!!!")
    again = refused.context["form"]
    assert list(again.errors) == ["username"]
    kept = {name: again[name].value() for name in fields}
    assert kept == fields
    assert send(client, **kept).status_code == 302


def test_two_at_once_with_one_solution_get_one_account(attack: None) -> None:
    name = proof.check(forms.FORM, solved(proof.challenge(forms.FORM)))[1]
    assert [forms.actions.use_once(name, within=60) for _ in range(3)] == [True, False, False]


def test_answers_from_one_address_are_counted(attack: None, settings: Any) -> None:
    settings.LIMITS = True
    for number in range(21):
        token = questions.ask(forms.FORM, "en").token
        answer = send(number=number, question=token, answer=right(token))
    assert answer.status_code == 422
    assert "from your network" in answer.context["form"].errors["answer"][0]
    assert User.objects.count() == 20
    # A browser with scripts gets in from there all the same.
    assert send(number=50, proof=solved(proof.challenge(forms.FORM))).status_code == 302


@pytest.mark.parametrize(
    "sent", ["W10=", "bnVsbA==", "eyJjaGFsbGVuZ2UiOiB7fX0=", "[" * 1_500, "é", "A" * 5_000, "e30="]
)
def test_no_solution_is_odd_enough_to_break_the_page(attack: None, sent: str) -> None:
    assert send(proof=sent).status_code == 422


def test_nothing_is_asked_while_the_switch_is_off(db: None) -> None:
    page = Client().get(SIGN_UP.format("en")).content.decode()
    assert "data-proof" not in page
    assert 'name="answer"' not in page
    assert send().status_code == 302
    assert User.objects.count() == 1


def test_a_program_that_fills_in_everything_is_told_and_a_person_can_go_on(db: None) -> None:
    answer = send(homepage="https://example.org/")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "https://example.org/" not in words
    assert 'value="program0@example.org"' in words
    assert User.objects.count() == 0
    assert send(homepage="").status_code == 302


def test_the_decoy_says_the_same_whoever_has_the_address(mei: User) -> None:
    known, unknown = (
        send(email=email, homepage="x").context["form"].errors
        for email in (mei.email, "nobody@example.org")
    )
    assert known == unknown == {"__all__": [forms.FILLED]}


def test_the_decoy_is_out_of_reach_of_people(db: None) -> None:
    page = Client().get(SIGN_UP.format("en")).content.decode()
    wrapped = re.findall(r'<div class="decoy" aria-hidden="true">(.*?)</div>', page)[0]
    field = re.findall(r"<input[^>]*>", wrapped)[0]
    assert 'tabindex="-1"' in field
    assert 'autocomplete="off"' in field
    assert "style=" not in field


class TestQuestions:
    def test_there_are_enough_of_them_in_every_language(self) -> None:
        asked = questions.questions()
        assert len(asked) >= 40
        for question in asked:
            assert all(question.text[code] for code in ("en", "zh-hans", "zh-hant"))

    def test_each_takes_a_chinese_and_an_english_answer(self) -> None:
        for question in questions.questions():
            assert any(answer.isascii() and not answer.isdigit() for answer in question.answers)
            assert any(not answer.isascii() for answer in question.answers)

    @pytest.mark.parametrize(
        ("typed", "folded"),
        [
            ("  Green! ", "green"),
            ("ＧＲＥＥＮ", "green"),
            ("綠色。", "绿色"),
            ("nǐ hǎo", "nihao"),
            ("the U.S.A.", "theusa"),
            ("７", "7"),
        ],
    )
    def test_how_it_is_written_does_not_count(self, typed: str, folded: str) -> None:
        assert questions.fold(typed) == folded

    def test_the_next_one_is_another(self, db: None) -> None:
        first = questions.ask("sign-up", "en")
        others = {questions.ask("sign-up", "en", other_than=first.token).text for _ in range(200)}
        assert first.text not in others


def test_asking_for_the_page_writes_nothing(
    attack: None, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = Client()
    client.get(SIGN_UP.format("en"))
    with django_assert_max_num_queries(0):
        client.get(SIGN_UP.format("en"))
