"""Addresses that are thrown away cannot become an account's; a provider's never are refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from exchange.accounts.mailboxes import is_disposable
from exchange.accounts.models import User
from exchange.accounts.rules import THROWN_AWAY
from tests.cast import person

HONEST = """
    qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net sina.com sina.cn sohu.com
    aliyun.com 139.com 189.cn wo.cn 21cn.com tom.com gmail.com googlemail.com outlook.com
    hotmail.com live.com msn.com icloud.com me.com mac.com privaterelay.appleid.com yahoo.com
    yahoo.com.tw yahoo.com.hk aol.com proton.me protonmail.com pm.me tuta.io fastmail.com gmx.com
    gmx.de web.de mail.com zoho.com yandex.com mail.ru duck.com mozmail.com comcast.net att.net
    verizon.net naver.com kakao.com tsinghua.edu.cn pku.edu.cn scu.edu.cn osu.edu example.org
""".split()
THROWAWAY = [
    "mailinator.com",
    "a.mailinator.com",
    "x.y.MAILINATOR.com",
    "guerrillamail.com",
    "yopmail.com",
]


@pytest.mark.parametrize("domain", HONEST)
def test_providers_that_people_have_are_never_refused(domain: str) -> None:
    assert not is_disposable(f"mei@{domain}")


@pytest.mark.parametrize("domain", THROWAWAY)
def test_throw_away_addresses_are_known_by_their_domain_or_a_part_of_it(domain: str) -> None:
    assert is_disposable(f"mei@{domain}")


def test_the_operator_can_let_a_domain_in(settings: Any) -> None:
    settings.MAILBOXES_ALLOWED = ["mailinator.com"]
    assert not is_disposable("mei@mailinator.com")
    assert not is_disposable("mei@a.mailinator.com")
    assert is_disposable("mei@yopmail.com")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "thrown away soon"), ("zh-hans", "一次性邮箱")]
)
def test_sign_up_refuses_one_with_the_reason_in_the_readers_language(
    client: Client, sign_up: Callable[..., Any], language: str, said: str
) -> None:
    answer = sign_up(client, language, email="nora@mailinator.com")
    words = answer.content.decode()
    assert said in words
    assert 'value="nora@mailinator.com"' in words
    assert User.objects.count() == 0


def test_the_refusal_does_not_say_whether_somebody_has_the_address(
    client: Client, sign_up: Callable[..., Any]
) -> None:
    before = person("old")
    User.objects.filter(pk=before.pk).update(email="nora@mailinator.com")
    known = sign_up(client, email="nora@mailinator.com")
    unknown = sign_up(client, email="sofia@mailinator.com")
    for answer in (known, unknown):
        assert answer.context["form"].errors["email"] == [THROWN_AWAY]
    assert mail.outbox == []


def test_an_account_cannot_change_to_one(mei: User, log_in: Callable[..., Client]) -> None:
    answer = log_in(mei).post(
        "/en/accounts/email/", {"email": "mei@yopmail.com", "action_add": "1"}
    )
    assert "thrown away soon" in answer.content.decode()
    mei.refresh_from_db()
    assert mei.email == "mei@example.org"


def test_whoever_has_one_already_can_still_ask_for_a_new_password(
    client: Client, mei: User
) -> None:
    User.objects.filter(pk=mei.pk).update(email="mei@yopmail.com")
    answer = client.post("/en/accounts/password/reset/", {"email": "mei@yopmail.com"})
    assert answer.status_code == 302
    assert [message.to for message in mail.outbox] == [["mei@yopmail.com"]]
