"""An anonymous reply is not lost: log-in or sign-up carries it to the thread's form."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from allauth.account import app_settings
from allauth.core.internal.ratelimit import parse_rates
from django.test import Client

from exchange.accounts.models import User
from exchange.accounts.views import RETRY_AFTER
from exchange.boards.models import Post, Thread
from tests.cast import PASSWORD, fill
from tests.security.pages import keeps, page

TEXT = '我也是！\r\nMe too, <b>"really"</b> & 三分之一。'
HALF = "Moi aussi 😀"


class Forms(HTMLParser):
    """The forms of a page: (action, {name: value of each hidden input})."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("action", ""), {}))
        if tag == "input" and given.get("type") == "hidden" and self.found:
            self.found[-1][1][given["name"]] = given.get("value", "")


def form(response: Any, name: str) -> tuple[str, dict[str, str]]:
    """The form of the page that leads to the log-in or the sign-up."""
    forms = Forms(response.content.decode()).found
    return next((to, hidden) for to, hidden in forms if f"/accounts/{name}/" in to)


@pytest.fixture
def visitor(log_in: Callable[..., Client]) -> Client:
    return log_in(csrf=True)


@pytest.fixture
def stopped(visitor: Client, thread: Thread) -> Any:
    """The answer to a reply of somebody who has not logged in."""
    words = {"body": TEXT, "body_other": HALF, "language": "mixed", "client_id": "c1"}
    return visitor.post(f"/en/threads/{thread.pk}/posts/", words)


def body_in_form(client: Client, thread: Thread) -> str:
    response = client.get(f"/en/threads/{thread.pk}/")
    return str(response.context["form"]["body"].value())


def test_an_anonymous_reply_is_answered_with_a_log_in_that_holds_it(
    stopped: Any, thread: Thread
) -> None:
    _, hidden = form(stopped, "login")
    assert stopped.status_code == 403
    assert hidden["kept.body"] == TEXT
    assert hidden["kept.body_other"] == HALF
    assert hidden["kept_path"] == hidden["next"] == f"/en/threads/{thread.pk}/#reply"
    assert Post.objects.count() == 1


def test_log_in_brings_the_text_to_the_threads_form_once(
    visitor: Client, stopped: Any, thread: Thread, sam: User
) -> None:
    action, hidden = form(stopped, "login")
    response = visitor.post(action, hidden | {"login": sam.email, "password": PASSWORD})
    assert response.headers["Location"] == f"/en/threads/{thread.pk}/#reply"
    page = visitor.get(response.headers["Location"])
    assert page.context["form"]["body"].value() == TEXT
    assert page.context["form"]["body_other"].value() == HALF
    assert page.context["form"]["language"].value() == "mixed"
    assert "Your text is back. It has not been sent yet." in page.content.decode()
    assert body_in_form(visitor, thread) == ""


def test_log_in_leads_back_to_the_page_that_the_reply_was_typed_on(
    visitor: Client, thread: Thread, sam: User, tom: User
) -> None:
    fill(thread, tom, 20)
    address = f"/en/threads/{thread.pk}/"
    for number, back in (("2", f"{address}?page=2#reply"), ("1", f"{address}#reply")):
        there = visitor.get(f"{address}?page={number}").content.decode()
        assert f'name="page" value="{number}"' in there
        stopped = visitor.post(f"{address}posts/", {"body": TEXT, "page": number})
        assert form(stopped, "login")[1]["kept_path"] == back
    action, hidden = form(visitor.post(f"{address}posts/", {"body": TEXT, "page": "2"}), "login")
    answer = visitor.post(action, hidden | {"login": sam.email, "password": PASSWORD})
    assert answer.headers["Location"] == f"{address}?page=2#reply"
    assert visitor.get(f"{address}?page=2").context["form"]["body"].value() == TEXT


@pytest.mark.parametrize("number", ["0", "x", "2&a=b", "２", "9" * 10, "//evil.example", "-1"])
def test_a_page_that_is_no_number_is_no_part_of_the_way_back(
    number: str, visitor: Client, thread: Thread
) -> None:
    stopped = visitor.post(f"/en/threads/{thread.pk}/posts/", {"body": TEXT, "page": number})
    assert form(stopped, "login")[1]["kept_path"] == f"/en/threads/{thread.pk}/#reply"


def test_a_failed_log_in_still_holds_the_text(
    visitor: Client, stopped: Any, thread: Thread, sam: User
) -> None:
    action, hidden = form(stopped, "login")
    failed = visitor.post(action, hidden | {"login": sam.email, "password": "wrong"})
    assert failed.context["form"].errors
    assert failed.context["kept"]["body"] == [TEXT]
    assert failed.context["kept_path"] == f"/en/threads/{thread.pk}/#reply"
    action, hidden = form(failed, "login")
    visitor.post(action, hidden | {"login": sam.email, "password": PASSWORD})
    assert body_in_form(visitor, thread) == TEXT


def test_sign_up_brings_the_text_to_the_threads_form(
    visitor: Client, stopped: Any, thread: Thread
) -> None:
    action, hidden = form(stopped, "signup")
    shown = visitor.post(action, hidden)
    assert shown.status_code == 200
    assert not shown.context["form"].is_bound
    action, hidden = form(shown, "signup")
    assert "kept_only" not in hidden
    filled = {"email": "nora@example.org", "username": "nora", "password1": PASSWORD}
    refused = visitor.post(action, hidden | filled | {"username": "admin"})
    assert "username" in refused.context["form"].errors
    action, hidden = form(refused, "signup")
    response = visitor.post(action, hidden | filled)
    assert response.headers["Location"] == f"/en/threads/{thread.pk}/#reply"
    assert body_in_form(visitor, thread) == TEXT


def test_text_goes_from_the_log_in_page_to_sign_up_without_being_checked(
    visitor: Client, stopped: Any, sam: User
) -> None:
    action, hidden = form(stopped, "login")
    failed = visitor.post(action, hidden | {"login": sam.email, "password": "wrong"})
    action, hidden = form(failed, "signup")
    shown = visitor.post(action, hidden)
    assert not shown.context["form"].errors
    assert shown.context["kept"]["body"] == [TEXT]


def test_the_other_persons_text_is_not_filled_in_elsewhere(
    visitor: Client, stopped: Any, thread: Thread, sam: User, mei: User
) -> None:
    action, hidden = form(stopped, "login")
    visitor.post(action, hidden | {"login": sam.email, "password": PASSWORD})
    assert visitor.get("/en/threads/new/").context["form"]["body"].value() in (None, "")
    visitor.logout()
    visitor.force_login(mei, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert body_in_form(visitor, thread) == ""


def test_without_next_log_in_leads_to_the_page_of_the_text(
    client: Client, thread: Thread, sam: User, enter: Callable[..., Any]
) -> None:
    path = f"/en/threads/{thread.pk}/"
    response = enter(client, sam.email, **{"kept_path": path, "kept.body": TEXT})
    assert response.headers["Location"] == path
    assert body_in_form(client, thread) == TEXT


def test_somebody_who_logged_in_on_another_tab_gets_the_text_too(
    thread: Thread, sam: User, log_in: Callable[..., Client], enter: Callable[..., Any]
) -> None:
    client, path = log_in(sam), f"/en/threads/{thread.pk}/"
    response = enter(client, sam.email, **{"kept_path": path, "next": path, "kept.body": TEXT})
    assert response.headers["Location"] == path
    assert body_in_form(client, thread) == TEXT


def test_a_suspended_person_is_told_so_and_the_text_stays_in_the_page(
    visitor: Client, stopped: Any, bo: User
) -> None:
    action, hidden = form(stopped, "login")
    refused = visitor.post(action, hidden | {"login": bo.email, "password": PASSWORD})
    assert "you cannot log in for now" in str(refused.context["form"].non_field_errors())
    assert refused.context["kept"]["body"] == [TEXT]


def test_the_page_of_too_many_requests_shows_what_was_typed_and_says_how_long(
    client: Client, db: None, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    typed = {"login": "sam@example.org", "password": "wrong-words"}
    for _ in range(2):
        answer = client.post(
            "/en/accounts/login/", typed | {"kept_path": "/en/", "kept.body": TEXT}
        )
    shown = page(answer)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert keeps(answer, "sam@example.org") and keeps(answer, TEXT)
    assert "wrong-words" not in answer.content.decode() and "a minute" in shown.text
    assert "/en/accounts/login/" in [
        given.get("href") for _, given in shown.elements if given.get("class") == "btn"
    ]


def test_the_limits_that_end_there_count_by_the_minute() -> None:
    names = "login signup reset_password reset_password_from_key change_password"
    for name in (*names.split(), "reauthenticate", "manage_email"):
        for rate in parse_rates(app_settings.RATE_LIMITS[name]):
            assert rate.duration == RETRY_AFTER, name


def test_a_log_in_form_with_a_stale_token_does_not_lose_the_text(
    visitor: Client, stopped: Any, thread: Thread, sam: User
) -> None:
    action, hidden = form(stopped, "login")
    stale = hidden | {"csrfmiddlewaretoken": "x" * 32, "login": sam.email, "password": PASSWORD}
    action, hidden = form(visitor.post(action, stale), "login")
    response = visitor.post(action, hidden | {"login": sam.email, "password": PASSWORD})
    assert response.headers["Location"] == f"/en/threads/{thread.pk}/#reply"
    assert body_in_form(visitor, thread) == TEXT


def test_a_stale_log_in_form_of_somebody_who_is_logged_in_by_now_leads_on_with_the_text(
    visitor: Client, stopped: Any, thread: Thread, sam: User
) -> None:
    """Logging in on another tab makes every token of before stale."""
    action, hidden = form(stopped, "login")
    visitor.force_login(sam, backend="allauth.account.auth_backends.AuthenticationBackend")
    stale = hidden | {"login": sam.email, "password": PASSWORD}
    again = visitor.post(action, stale | {"csrfmiddlewaretoken": "x" * 32})
    assert again.status_code == 403 and PASSWORD not in again.content.decode()
    assert "kept" not in visitor.session
    action, hidden = form(again, "login")
    answer = visitor.post(action, hidden)
    assert answer.headers["Location"] == f"/en/threads/{thread.pk}/#reply"
    assert body_in_form(visitor, thread) == TEXT
