"""One's e-mail address: it changes by answering a mail, is never lost, and is nobody else's."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from exchange.accounts.models import User

PAGE = "/en/accounts/email/"


def wish(client: Client, email: str) -> Any:
    return client.post(PAGE, {"email": email, "action_add": "1"})


def addresses(user: User) -> set[str]:
    return set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))


def email_of(user: User) -> str:
    return User.objects.get(pk=user.pk).email


@pytest.fixture
def client(sam: User, log_in: Callable[..., Client]) -> Client:
    return log_in(sam)


@pytest.fixture(params=[True, False], ids=["confirmed", "unconfirmed"])
def own(sam: User, request: pytest.FixtureRequest) -> EmailAddress:
    return EmailAddress.objects.create(
        user=sam, email=sam.email, primary=True, verified=request.param
    )


def test_a_new_address_counts_once_its_mail_was_answered(
    sam: User, client: Client, own: Any, mailoutbox: list[Any], link: Callable[[Any], str]
) -> None:
    assert wish(client, "samuel@example.org").status_code == 302
    assert email_of(sam) == "sam@example.org"
    assert mailoutbox[0].to == ["samuel@example.org"]
    page = client.get(PAGE).context
    assert page["current_emailaddress"] == own
    assert page["new_emailaddress"].email == "samuel@example.org"
    client.post(urlsplit(link(mailoutbox[0])).path)
    assert email_of(sam) == "samuel@example.org"
    assert addresses(sam) == {"samuel@example.org"}
    # The old address is told.
    assert [message.to for message in mailoutbox[1:]] == [["sam@example.org"]]


def test_a_wish_never_takes_the_address_that_logs_in(
    sam: User, client: Client, own: Any, enter: Callable[..., Any]
) -> None:
    for email in ("one@example.org", "two@example.org"):
        wish(client, email)
    assert addresses(sam) == {"sam@example.org", "two@example.org"}
    visitor = Client()
    enter(visitor, "sam@example.org")
    assert visitor.session["_auth_user_id"] == str(sam.pk)


def test_a_wish_can_be_dropped_but_not_the_own_address(sam: User, client: Client, own: Any) -> None:
    wish(client, "samuel@example.org")
    for email in ("sam@example.org", "samuel@example.org", "tom@example.org"):
        client.post(PAGE, {"email": email, "action_remove": "1"})
    assert addresses(sam) == {"sam@example.org"}
    assert email_of(sam) == "sam@example.org"


def test_an_address_does_not_become_ones_own_by_asking(sam: User, client: Client, own: Any) -> None:
    wish(client, "samuel@example.org")
    response = client.post(PAGE, {"email": "samuel@example.org", "action_primary": "1"})
    assert response.status_code == 302
    assert email_of(sam) == "sam@example.org"


def test_the_mail_to_an_unconfirmed_address_can_be_sent_again(
    sam: User, client: Client, mailoutbox: list[Any], link: Callable[[Any], str]
) -> None:
    assert client.get(PAGE).context["new_emailaddress"].email == sam.email
    client.post(PAGE, {"email": sam.email, "action_send": "1"})
    client.post(urlsplit(link(mailoutbox[0])).path)
    assert EmailAddress.objects.get(user=sam).verified
    assert email_of(sam) == "sam@example.org"


@pytest.mark.parametrize(
    "email", ["tom@example.org", "TOM@example.org", "sam@example.org", "x", ""]
)
def test_an_address_that_cannot_be_had_is_refused(
    sam: User, tom: User, client: Client, email: str
) -> None:
    response = wish(client, email)
    assert "email" in response.context["form"].errors
    assert addresses(sam) == {"sam@example.org"}


def test_where_mails_are_certain_nobody_learns_that_an_address_is_known(
    sam: User, tom: User, client: Client, settings: Any, mailoutbox: list[Any], link: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    assert wish(client, tom.email).headers == wish(client, "free@example.org").headers
    assert [message.to for message in mailoutbox] == [[tom.email], ["free@example.org"]]
    assert "confirm-email" not in mailoutbox[0].body
    assert "confirm-email" in mailoutbox[1].body


def test_an_address_that_somebody_took_meanwhile_is_not_confirmed(
    sam: User, client: Client, mailoutbox: list[Any], link: Callable[[Any], str]
) -> None:
    wish(client, "free@example.org")
    User.objects.create(username="rival", email="free@example.org")
    response = client.post(urlsplit(link(mailoutbox[0])).path)
    assert response.status_code in (200, 302)
    assert email_of(sam) == "sam@example.org"
