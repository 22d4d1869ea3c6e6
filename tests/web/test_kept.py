"""What was typed before a log-in is carried, belongs to one page, and is given back once."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from exchange.web import kept

ELSEWHERE = [
    *("https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil"),
    *(
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "javascript:a()",
    ),
    *(
        "data:text/html,x",
        "evil.example",
        "http:evil.example",
        "http:///evil.example",
        "//[::1",
        "",
    ),
    *("/%2e%2e//evil\x00".replace("/%", "//%"), "\x01//evil.example", "/" + "a" * 2_000),
]


@pytest.fixture
def request_with_session(rf: RequestFactory) -> Any:
    request = rf.get("/")
    request.session = {}
    return request


SECRETS = "csrfmiddlewaretoken password password1 password2 oldpassword Password code".split()


def form(**fields: str | list[str]) -> MultiValueDict[str, str]:
    return MultiValueDict({n: v if isinstance(v, list) else [v] for n, v in fields.items()})


def test_tokens_and_passwords_are_not_among_the_fields_to_keep() -> None:
    typed = dict.fromkeys(SECRETS, "x") | {"body": "你好", "next": "/", "title": ""}
    assert kept.fields(form(_method="DELETE", **typed)) == {"body": ["你好"], "_method": ["DELETE"]}


def test_every_value_of_a_field_is_kept() -> None:
    assert kept.fields(form(reads=["en", "", "zh-hans"])) == {"reads": ["en", "zh-hans"]}


def test_a_password_is_missed_and_a_token_is_not() -> None:
    assert kept.has_secrets(form(oldpassword="x"))
    assert not kept.has_secrets(form(csrfmiddlewaretoken="x", body="你好"))


def test_only_marked_fields_are_carried() -> None:
    data = {"login": "a", "kept.body": "你", "kept.reads": ["en", "zh-hans"], "kept_path": "/en/"}
    assert kept.carried(form(**data)) == ("/en/", {"body": ["你"], "reads": ["en", "zh-hans"]})


def test_no_secret_is_carried_whoever_put_it_there() -> None:
    assert kept.carried(form(**{f"kept.{name}": "x" for name in SECRETS})) == ("", {})


def test_a_form_without_kept_fields_carries_nothing() -> None:
    assert kept.carried(form(login="a")) == ("", {})


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_that_leads_away_is_not_one_of_ours(address: str) -> None:
    assert not kept.is_own_path(address)
    carried = kept.carried(form(**{"kept_path": address, "kept.body": "x"}))
    assert carried == ("", {"body": ["x"]})


@pytest.mark.parametrize(
    "address", ["/", "/en/threads/4/?page=2#post-31", "/zh-hans/threads/new/?a=//b"]
)
def test_a_path_is_one_of_ours(address: str) -> None:
    assert kept.is_own_path(address)


def test_text_is_given_back_to_its_page_once(request_with_session: Any) -> None:
    kept.store(request_with_session, "/en/threads/4/?page=2#reply", {"body": ["你好"]})
    assert kept.take(request_with_session, "/en/threads/5/") == {}
    assert kept.take(request_with_session, "/en/threads/4/") == {"body": "你好", "came_back": True}
    assert kept.take(request_with_session, "/en/threads/4/") == {}


def test_nothing_is_stored_for_a_page_elsewhere(request_with_session: Any) -> None:
    kept.store(request_with_session, "//evil.example/", {"body": ["你好"]})
    assert request_with_session.session == {}


def test_nothing_is_stored_when_nothing_was_typed(request_with_session: Any) -> None:
    kept.store(request_with_session, "/en/", {})
    assert request_with_session.session == {}


def test_more_than_any_post_can_hold_does_not_fill_the_session(request_with_session: Any) -> None:
    kept.store(request_with_session, "/en/", {"body": ["x" * (kept.MOST_CHARACTERS + 1)]})
    assert request_with_session.session == {}
