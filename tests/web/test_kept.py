"""What was typed before a log-in is carried, belongs to one page, and is given back once."""

from typing import Any

import pytest
from django.test import RequestFactory

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


def test_tokens_and_passwords_are_not_among_the_fields_to_keep() -> None:
    typed = {"body": "你好", "csrfmiddlewaretoken": "x", "password": "x", "password1": "x"}
    assert kept.fields(typed | {"next": "/", "_method": "DELETE", "title": ""}) == {
        "body": "你好",
        "_method": "DELETE",
    }


def test_only_marked_fields_are_carried() -> None:
    data = {"login": "a", "kept.body": "你", "kept.title": "t", "kept_path": "/en/"}
    assert kept.carried(data) == ("/en/", {"body": "你", "title": "t"})


def test_a_kept_log_in_form_is_unpacked() -> None:
    data = {"login": "a", "kept.body": "你", "kept_path": "/en/threads/4/"}
    for _ in range(3):
        wrapped = {f"kept.{name}": value for name, value in kept.fields(data).items()}
        data = wrapped | {"kept_path": "/en/accounts/login/", "next": "/en/accounts/login/"}
    assert kept.carried(data) == ("/en/threads/4/", {"body": "你"})


def test_endless_wrapping_is_not_followed() -> None:
    data = {"kept." * depth + "kept_path": "/en/" for depth in range(1_000)}
    path, fields = kept.carried(data)
    assert path == "/en/"
    assert len(fields) < 1_000


def test_a_form_without_kept_fields_carries_nothing() -> None:
    assert kept.carried({"login": "a"}) == ("", {})


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_that_leads_away_is_not_one_of_ours(address: str) -> None:
    assert not kept.is_own_path(address)
    assert kept.carried({"kept_path": address, "kept.body": "x"}) == ("", {"body": "x"})


@pytest.mark.parametrize(
    "address", ["/", "/en/threads/4/?page=2#post-31", "/zh-hans/threads/new/?a=//b"]
)
def test_a_path_is_one_of_ours(address: str) -> None:
    assert kept.is_own_path(address)


def test_text_is_given_back_to_its_page_once(request_with_session: Any) -> None:
    kept.store(request_with_session, "/en/threads/4/", {"body": "你好"})
    assert kept.take(request_with_session, "/en/threads/5/") == {}
    assert kept.take(request_with_session, "/en/threads/4/") == {"body": "你好"}
    assert kept.take(request_with_session, "/en/threads/4/") == {}


def test_nothing_is_stored_for_a_page_elsewhere(request_with_session: Any) -> None:
    kept.store(request_with_session, "//evil.example/", {"body": "你好"})
    assert request_with_session.session == {}


def test_nothing_is_stored_when_nothing_was_typed(request_with_session: Any) -> None:
    kept.store(request_with_session, "/en/", {})
    assert request_with_session.session == {}


def test_more_than_any_post_can_hold_does_not_fill_the_session(request_with_session: Any) -> None:
    kept.store(request_with_session, "/en/", {"body": "x" * (kept.MOST_CHARACTERS + 1)})
    assert request_with_session.session == {}
