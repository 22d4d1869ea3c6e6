"""Check 35: who guesses passwords gets few of them looked at, and the owner gets in all the same."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from exchange.accounts.adapter import Adapter
from exchange.accounts.models import User
from tests.cast import PASSWORD

TRIES = 1_000
MOST_A_MINUTE = 10
NEW = {"password1": "a goose in the soup 2026", "password2": "a goose in the soup 2026"}
LOG_IN = "/en/accounts/login/"
BREACHED = (
    "P@ssw0rd2024! Password123! Qwerty123! woaini1314520 correcthorsebatterystaple Welcome2025!"
    " Admin@123 iloveyou2024 1qaz@WSX Abc123456 Monkey123! nihao12345"
).split()
# Long ones in words of one's own, and one that a program made.
GOOD = (
    "正确的马电池订书钉",
    "我家的猫每天凌晨四点叫我起床",
    "床前明月光-但是今天下雨",
    "p" * 3 + "urple monkey under the dishwasher",
    "长" * 3 + "城以外是故乡" * 12,
    "xk8$2pqz!Lw0",
    "dragon-soup with 17 noodles",
    "the teacher of Li Hua never wrote back",
)


class CountingHasher(MD5PasswordHasher):
    algorithm = "md5"
    looked_at: list[str] = []

    def verify(self, password: str, encoded: str) -> bool:
        self.looked_at.append(password)
        return super().verify(password, encoded)


@pytest.fixture
def looked_at(settings: Any) -> list[str]:
    settings.PASSWORD_HASHERS = [f"{__name__}.{CountingHasher.__name__}"]
    CountingHasher.looked_at.clear()
    return CountingHasher.looked_at


def from_one_address() -> Iterator[dict[str, str]]:
    yield from ({"REMOTE_ADDR": "198.51.100.7"} for _ in range(TRIES))


def from_a_hundred_addresses() -> Iterator[dict[str, str]]:
    yield from ({"REMOTE_ADDR": f"198.51.100.{number % 100}"} for number in range(TRIES))


def from_one_ipv6_prefix() -> Iterator[dict[str, str]]:
    yield from ({"REMOTE_ADDR": f"2001:db8:7:{number:x}::1"} for number in range(TRIES))


def behind_forged_headers() -> Iterator[dict[str, str]]:
    for number in range(TRIES):
        yield {"REMOTE_ADDR": "198.51.100.7", "HTTP_X_FORWARDED_FOR": f"203.0.113.{number % 250}"}


WAYS = [from_one_address, from_a_hundred_addresses, from_one_ipv6_prefix, behind_forged_headers]


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it happens within one minute, however slow the machine is."""
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: 1_700_000_000.0)


@pytest.mark.parametrize("way", WAYS)
def test_of_a_thousand_guesses_a_few_are_looked_at(
    mei: User, looked_at: list[str], still: None, way: Callable[[], Iterator[dict[str, str]]]
) -> None:
    client = Client()
    for number, headers in enumerate(way()):
        typed = {"login": mei.email, "password": f"guess number {number}"}
        answer = client.post(LOG_IN, typed, **headers)
        assert answer.status_code in (200, 429)
    assert 0 < len(looked_at) <= MOST_A_MINUTE
    assert "_auth_user_id" not in client.session


def test_one_address_cannot_be_written_in_many_ways(mei: User, looked_at: list[str]) -> None:
    for number in range(60):
        written = "".join(
            char.upper() if number >> place & 1 else char for place, char in enumerate(mei.email)
        )
        spaced = f" {written}" if number % 2 else written
        typed = {"login": spaced, "password": "guess"}
        Client().post(LOG_IN, typed, REMOTE_ADDR=f"198.51.100.{number}")
    assert len(looked_at) <= MOST_A_MINUTE


@pytest.mark.parametrize("alike", ["ſam@example.org", "SAM@EXAMPLE.ORG", "Sam@example.org"])
def test_letters_that_a_database_takes_for_the_same_are_counted_as_the_same(alike: str) -> None:
    key = Adapter()._get_login_attempts_cache_key
    assert key(None, email=alike) == key(None, email="sam@example.org")  # type: ignore[arg-type]


def test_the_owner_gets_in_by_a_mail_while_somebody_guesses(
    mei: User, looked_at: list[str], still: None
) -> None:
    def guess() -> None:
        for number in range(30):
            typed = {"login": mei.email, "password": "guess"}
            Client().post(LOG_IN, typed, REMOTE_ADDR=f"198.51.100.{number}")

    guess()
    owner = Client(REMOTE_ADDR="203.0.113.9")
    refused = owner.post(LOG_IN, {"login": mei.email, "password": PASSWORD})
    assert "_auth_user_id" not in owner.session
    assert "Too many failed login attempts" in refused.content.decode()
    owner.post("/en/accounts/password/reset/", {"email": mei.email})
    link = re.findall(r"https?://[^/\s]+(/\S+/accounts/\S+)", str(mail.outbox[-1].body))[0]
    form = owner.get(link, follow=True)
    guess()
    owner.post(form.redirect_chain[-1][0], NEW)
    assert owner.session["_auth_user_id"] == str(mei.pk)


def test_a_suspended_person_does_not_get_in_by_that_mail(bo: User) -> None:
    client = Client()
    client.post("/en/accounts/password/reset/", {"email": bo.email})
    link = re.findall(r"https?://[^/\s]+(/\S+/accounts/\S+)", str(mail.outbox[-1].body))[0]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], NEW)
    assert client.get("/en/settings/").status_code == 403
    assert "_auth_user_id" not in client.session


def refused(password: str) -> bool:
    try:
        password_validation.validate_password(password, User(username="mei", email="m@example.org"))
    except ValidationError:
        return True
    return False


def test_three_thousand_common_passwords_are_refused() -> None:
    path = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        common = [line.strip() for _, line in zip(range(3_000), file, strict=False)]
    assert len(common) == 3_000
    assert [word for word in common if not refused(word)] == []


@pytest.mark.parametrize("password", BREACHED)
def test_passwords_of_known_leaks_are_refused(password: str) -> None:
    assert refused(password)


@pytest.mark.parametrize("password", GOOD)
def test_long_and_chinese_ones_are_taken(password: str) -> None:
    assert not refused(password)


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/login/", "/en/admin/", "/zh-hans/admin/login/"]
)
def test_there_is_no_other_log_in_to_go_round_it(client: Client, db: None, address: str) -> None:
    assert client.get(address, follow=True).status_code == 404
    sent = client.post(address, {"username": "mei", "password": PASSWORD}, follow=True)
    assert sent.status_code == 404
