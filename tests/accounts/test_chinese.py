"""What allauth and Django say on a Chinese page is said in the site's words, not in theirs."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from exchange.accounts.models import User
from tests.cast import PASSWORD

# How allauth's and Django's own Chinese addresses people, and what it calls things here called otherwise.
FOREIGN = re.compile(r"您|[Ee]mail ?地址|电子邮件地址|電子郵件地址|跟 (?:username|email)|成功")
NEW = {"password1": "seven-green-bicycles", "password2": "seven-green-bicycles"}


@pytest.fixture(params=["zh-hans", "zh-hant"])
def page(request: pytest.FixtureRequest) -> Callable[..., str]:
    """The words of the page that a form leads to."""

    def page(client: Client, path: str, **fields: Any) -> str:
        response = client.post(f"/{request.param}/accounts/{path}/", fields, follow=True)
        html = response.content.decode()
        assert not FOREIGN.findall(html)
        return html

    page.simplified = request.param == "zh-hans"  # type: ignore[attr-defined]  # for the test
    return page


def says(html: str, page: Any, simplified: str, traditional: str) -> bool:
    return (simplified if page.simplified else traditional) in html


def test_logging_in_and_out(client: Client, sam: User, page: Any) -> None:
    wrong = page(client, "login", login=sam.email, password="x")
    assert says(wrong, page, "邮箱或密码不对，请再试一次。", "電子信箱或密碼不對，請再試一次。")
    assert says(page(client, "login", login="sam@", password="x"), page, "不像", "不像")
    inside = page(client, "login", login=sam.email, password=PASSWORD)
    assert says(inside, page, "<span>已登录。", "<span>已登入。")
    assert says(page(client, "logout"), page, "<span>已退出登录。", "<span>已登出。")


def test_signing_up_with_what_cannot_be_had(client: Client, sam: User, page: Any) -> None:
    fields = {"username": "novelist", "email": sam.email, "password1": PASSWORD}
    taken = page(client, "signup", **fields)
    assert says(taken, page, "这个邮箱已有人使用，请换一个。", "這個電子信箱已有人使用，請換一個。")
    fields = {"username": "novelist", "email": "a@example.org", "password1": "novelist1"}
    assert says(page(client, "signup", **fields), page, "密码跟 名字 太相似", "名字")
    fields = {"username": "山姆", "email": "novelist@example.org", "password1": "novelist@example"}
    assert says(page(client, "signup", **fields), page, "密码跟 邮箱 太相似", "電子信箱")


def test_changing_the_password(sam: User, log_in: Callable[..., Client], page: Any) -> None:
    client = log_in(sam)
    for old in ("", "wrong"):
        page(client, "password/change", oldpassword=old, **NEW)
    wrong = page(client, "password/change", oldpassword="wrong", **NEW)
    assert says(wrong, page, "请输入当前密码。", "請輸入當前密碼。")
    done = page(client, "password/change", oldpassword=PASSWORD, **NEW)
    assert says(done, page, "你的密码已更改。", "你的密碼已更改。")
    page(client, "reauthenticate", password="wrong")


def test_changing_the_address(
    sam: User, log_in: Callable[..., Client], page: Any, mailoutbox: list[Any], link: Any
) -> None:
    client = log_in(sam)
    EmailAddress.objects.create(user=sam, email=sam.email, primary=True, verified=True)
    own = page(client, "email", email=sam.email, action_add="1")
    assert says(own, page, "这已经是你账号的邮箱。", "這已經是你帳號的電子信箱。")
    page(client, "email", email="sam@", action_add="1")
    kept = page(client, "email", email=sam.email, action_remove="1")
    assert says(kept, page, "这是你登录用的邮箱，不能移除。", "這是你登入用的電子信箱，不能移除。")
    page(client, "email", email="other@example.org", action_add="1")
    gone = page(client, "email", email="other@example.org", action_remove="1")
    assert says(gone, page, "邮箱other@example.org已移除", "電子信箱other@example.org已移除")
    sent = page(client, "email", email="samuel@example.org", action_add="1")
    assert says(sent, page, "确认邮件已发到samuel@", "確認郵件已發到samuel@")
    mail = next(mail for mail in mailoutbox if mail.to == ["samuel@example.org"])
    path = urlsplit(link(mail)).path.split("/accounts/")[1].strip("/")
    assert says(page(client, path), page, "你的邮箱已确认。", "你的電子信箱已確認。")
