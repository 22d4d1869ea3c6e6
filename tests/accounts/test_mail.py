"""Mails: confirming an address, a new password, and doing without when none can be sent."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from exchange.accounts.models import User
from tests.cast import PASSWORD

Link = Callable[[Any], str]
LOGGED_IN = "_auth_user_id"
NEW_PASSWORD = "seven-green-bicycles"
# Another port than the site's own, which Django lets through.
FORGED = {"host": "localhost:6666"}


class Broken(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages: Any) -> int:
        raise OSError("no route to host")


class Unusable(BaseEmailBackend):
    """A mail server whose settings are wrong: not every client library raises an OSError then."""

    def send_messages(self, email_messages: Any) -> int:
        raise RuntimeError("bad API key")


@pytest.fixture(params=["Broken", "Unusable"])
def no_mail(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.{request.param}"}}


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_sign_up_sends_one_mail_that_confirms_the_address(
    client: Client,
    sign_up: Callable[..., Any],
    mailoutbox: list[Any],
    link: Link,
    language: str,
    settings: Any,
) -> None:
    sign_up(client, language)
    (message,) = mailoutbox
    assert message.to == ["nora@example.org"]
    assert message.subject.startswith("[Exchange · 交流] ")
    assert link(message).startswith(f"{settings.SITE_URL}/{language}/accounts/confirm-email/")
    path = urlsplit(link(message)).path
    assert client.get(path).status_code == 200
    assert not EmailAddress.objects.get().verified
    assert client.post(path).status_code == 302
    assert EmailAddress.objects.get().verified


def test_with_mandatory_confirmation_log_in_waits_for_the_links_form(
    client: Client,
    sign_up: Callable[..., Any],
    enter: Callable[..., Any],
    mailoutbox: list[Any],
    link: Link,
    settings: Any,
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = sign_up(client, **{"kept_path": "/en/threads/new/", "kept.body": "words"})
    assert response.headers["Location"] == "/en/accounts/confirm-email/"
    assert client.get(response.headers["Location"]).status_code == 200
    assert LOGGED_IN not in client.session
    assert enter(client, "nora@example.org").headers["Location"] == "/en/accounts/confirm-email/"
    assert LOGGED_IN not in client.session
    client.post(urlsplit(link(mailoutbox[0])).path)
    enter(client, "nora@example.org")
    assert LOGGED_IN in client.session
    assert client.get("/en/threads/new/").context["form"]["body"].value() == "words"


def test_a_made_up_confirmation_link_says_that_it_is_not_valid(client: Client, db: None) -> None:
    assert client.get("/en/accounts/confirm-email/made-up:key/").status_code == 200
    assert client.post("/en/accounts/confirm-email/made-up:key/").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_new_password_by_mail(
    client: Client,
    sam: User,
    mailoutbox: list[Any],
    link: Link,
    language: str,
    log_in: Callable[..., Client],
    enter: Callable[..., Any],
    settings: Any,
) -> None:
    elsewhere = log_in(sam)
    asked = client.post(f"/{language}/accounts/password/reset/", {"email": "SAM@example.org"})
    assert asked.headers["Location"] == f"/{language}/accounts/password/reset/done/"
    assert client.get(asked.headers["Location"]).status_code == 200
    address = link(mailoutbox[0])
    assert mailoutbox[0].to == [sam.email]
    assert address.startswith(f"{settings.SITE_URL}/{language}/accounts/password/reset/key/")
    form = client.get(urlsplit(address).path, follow=True)
    # The key is in the session by now: the page's own address may be seen by others.
    assert "set-password" in form.request["PATH_INFO"]
    words = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    done = client.post(form.request["PATH_INFO"], words)
    # While others guess, log-in is closed for this address: whoever has the mail is in.
    assert done.headers["Location"] == f"/{language}/"
    assert LOGGED_IN in client.session
    assert not elsewhere.get("/en/").context["user"].is_authenticated
    client.logout()
    enter(client, sam.email, NEW_PASSWORD)
    assert LOGGED_IN in client.session
    # The owner hears of it, and the link works once.
    assert mailoutbox[1].to == [sam.email]
    again = Client().get(urlsplit(address).path, follow=True)
    assert again.context["token_fail"]


def test_mails_are_in_the_language_of_the_page_that_asked(
    client: Client, sam: User, mailoutbox: list[Any]
) -> None:
    for language in ("en", "zh-hans"):
        client.post(f"/{language}/accounts/password/reset/", {"email": sam.email})
    english, chinese = mailoutbox
    assert english.subject != chinese.subject
    assert "/en/accounts/" in english.body
    assert "/zh-hans/accounts/" in chinese.body


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("signup/", {"email": "nora@example.org", "username": "nora", "password1": PASSWORD}),
        ("signup/", {"email": "sam@example.org", "username": "nora", "password1": PASSWORD}),
        ("password/reset/", {"email": "sam@example.org"}),
        ("password/reset/", {"email": "nobody@example.org"}),
    ],
)
def test_links_in_mails_never_come_from_the_host_header(
    sam: User, path: str, data: dict[str, str], mailoutbox: list[Any], link: Link, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.SITE_URL = "https://exchange.example"
    Client(headers=FORGED).post(f"/en/accounts/{path}", data)
    (message,) = mailoutbox
    assert link(message).startswith("https://exchange.example/en/accounts/")
    assert "6666" not in message.body
    assert "localhost" not in message.subject + message.body


def test_log_in_works_while_no_mail_can_be_sent(
    client: Client, sam: User, enter: Callable[..., Any], no_mail: None
) -> None:
    assert enter(client, sam.email).status_code == 302
    assert client.session[LOGGED_IN] == str(sam.pk)


def test_sign_up_works_while_no_mail_can_be_sent(
    client: Client, sign_up: Callable[..., Any], no_mail: None, caplog: pytest.LogCaptureFixture
) -> None:
    assert sign_up(client).status_code == 302
    assert client.session[LOGGED_IN] == str(User.objects.get().pk)
    assert "could not be sent" in caplog.text
    assert "nora@example.org" not in caplog.text


@pytest.mark.parametrize("email", ["sam@example.org", "nobody@example.org"])
def test_asking_for_a_new_password_looks_the_same_while_no_mail_can_be_sent(
    client: Client, sam: User, no_mail: None, email: str
) -> None:
    response = client.post("/en/accounts/password/reset/", {"email": email})
    assert response.headers["Location"] == "/en/accounts/password/reset/done/"


def test_mandatory_confirmation_without_mail_is_no_error(
    client: Client, sign_up: Callable[..., Any], no_mail: None, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    assert sign_up(client).headers["Location"] == "/en/accounts/confirm-email/"
    assert LOGGED_IN not in client.session
