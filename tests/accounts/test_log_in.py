"""Log-in by e-mail, who is kept out, where it leads, and what it does not tell."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchange.accounts import rules
from exchange.accounts.models import User
from tests.cast import PASSWORD
from tests.web.test_kept import ELSEWHERE

LOGGED_IN = "_auth_user_id"


@pytest.mark.parametrize("email", ["sam@example.org", "SAM@Example.org", " sam@example.org "])
def test_log_in_by_e_mail(client: Client, sam: User, enter: Callable[..., Any], email: str) -> None:
    response = enter(client, email)
    assert response.headers["Location"] == "/en/"
    assert client.session[LOGGED_IN] == str(sam.pk)


@pytest.mark.parametrize("login", ["sam", "", "sam@", "山姆", "sam@example.org\x00", "x" * 5_000])
def test_anything_but_an_e_mail_address_is_refused(
    client: Client, sam: User, enter: Callable[..., Any], login: str
) -> None:
    response = enter(client, login)
    assert "login" in response.context["form"].errors
    assert LOGGED_IN not in client.session


def test_a_suspended_person_is_told_so_and_stays_outside(
    client: Client, bo: User, enter: Callable[..., Any]
) -> None:
    response = enter(client, bo.email)
    assert response.context["form"].non_field_errors() == [rules.SUSPENDED]
    assert LOGGED_IN not in client.session


def test_only_the_right_password_tells_that_somebody_is_suspended(
    client: Client, bo: User, enter: Callable[..., Any]
) -> None:
    errors = enter(client, bo.email, "wrong").context["form"].non_field_errors()
    assert errors == enter(client, "nobody@example.org", "wrong").context["form"].non_field_errors()
    assert rules.SUSPENDED not in errors


def test_a_session_ends_with_the_suspension(sam: User, log_in: Callable[..., Client]) -> None:
    client = log_in(sam)
    assert client.get("/en/").context["user"] == sam
    User.objects.filter(pk=sam.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    response = client.get("/en/")
    assert not response.context["user"].is_authenticated
    assert response.context["request"].suspension == rules.SUSPENDED
    assert LOGGED_IN not in client.session


def test_when_a_suspension_is_over_log_in_works(
    client: Client, bo: User, enter: Callable[..., Any]
) -> None:
    User.objects.filter(pk=bo.pk).update(suspended_until=timezone.now() - timedelta(minutes=1))
    enter(client, bo.email)
    assert client.session[LOGGED_IN] == str(bo.pk)


def test_a_closed_account_is_sent_to_its_page(
    client: Client, sam: User, enter: Callable[..., Any]
) -> None:
    User.objects.filter(pk=sam.pk).update(is_active=False)
    response = enter(client, sam.email)
    assert response.headers["Location"] == "/en/accounts/inactive/"
    assert client.get("/en/accounts/inactive/").status_code == 200
    assert LOGGED_IN not in client.session


def test_log_in_gives_the_session_a_new_key(
    client: Client, sam: User, enter: Callable[..., Any]
) -> None:
    session = client.session
    session["planted"] = "1"
    session.save()
    enter(client, sam.email, **{"kept_path": "/en/", "kept.body": "x"})
    assert client.session.session_key != session.session_key
    assert client.session["kept"]["fields"] == {"body": "x"}


@pytest.mark.parametrize("where", ["login", "signup", "logout"])
@pytest.mark.parametrize("address", [*ELSEWHERE, "http://localhost:8001/", "http://testserver:81/"])
def test_next_never_leads_away(
    sam: User, log_in: Callable[..., Client], where: str, address: str
) -> None:
    forms = {
        "login": {"login": sam.email, "password": PASSWORD},
        "signup": {"email": "nora@example.org", "username": "nora", "password1": PASSWORD},
        "logout": {},
    }
    client = log_in(sam if where == "logout" else None)
    response = client.post(f"/en/accounts/{where}/", forms[where] | {"next": address})
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/"


def test_next_leads_to_a_page_of_the_site(
    client: Client, sam: User, enter: Callable[..., Any]
) -> None:
    response = enter(client, sam.email, next="/zh-hans/boards/rent/?page=2")
    assert response.headers["Location"] == "/zh-hans/boards/rent/?page=2"


def comparable(response: Any) -> tuple[Any, ...]:
    """All of an answer but what differs at each request anyway."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    page = re.sub(r"(known|unkno)@example\.org", "ADDRESS", page)
    changing = {"Content-Length", "Expires"}
    headers = {name: value for name, value in response.headers.items() if name not in changing}
    return response.status_code, headers, sorted(response.cookies), page


@pytest.mark.parametrize("verification", ["optional", "mandatory"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("where", ["login", "password/reset"])
def test_known_and_unknown_addresses_get_the_same_answer(
    where: str, language: str, verification: str, sam: User, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    User.objects.filter(pk=sam.pk).update(email="known@example.org")
    answers = []
    for email in ("known@example.org", "unkno@example.org"):
        data = {"login": email, "email": email, "password": "wrong-password"}
        answers.append(comparable(Client().post(f"/{language}/accounts/{where}/", data)))
    assert answers[0] == answers[1]


def test_where_mails_are_certain_sign_up_does_not_tell_that_an_address_is_known(
    sam: User, sign_up: Callable[..., Any], settings: Any, mailoutbox: list[Any]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    known = sign_up(Client(), email=sam.email)
    unknown = sign_up(Client(), email="unkno@example.org", username="other")
    assert comparable(known) == comparable(unknown)
    assert [message.to for message in mailoutbox] == [[sam.email], ["unkno@example.org"]]
    assert not User.objects.filter(username="nora").exists()


def test_guesses_are_counted_by_account_whatever_the_host_header_says(
    sam: User, enter: Callable[..., Any]
) -> None:
    for port in range(5):
        enter(Client(headers={"host": f"localhost:{8000 + port}"}), sam.email, "wrong")
    client = Client(headers={"host": "localhost:9000"})
    response = enter(client, sam.email)
    assert response.context["form"].non_field_errors()
    assert LOGGED_IN not in client.session


def test_a_log_in_without_a_token_is_refused(
    sam: User, log_in: Callable[..., Client], enter: Callable[..., Any]
) -> None:
    client = log_in(csrf=True)
    assert enter(client, sam.email).status_code == 403
    assert LOGGED_IN not in client.session
