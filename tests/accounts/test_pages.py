"""allauth's other pages: log-out, address, password, and those that nothing leads to."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account import urls
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

from exchange.accounts.models import User
from tests.cast import PASSWORD

LOGGED_IN = "_auth_user_id"
KEYS = {
    "account_confirm_email": [["MQ:made-up:key"], ["x" * 300]],
    "account_reset_password_from_key": [
        ["1", "x-y"],
        ["zzzzzzzzzzzzz", "x-y"],
        ["0", "set-password"],
    ],
}
ADDRESSES = [
    reverse(pattern.name, args=arguments)
    for pattern in urls.urlpatterns
    for arguments in KEYS.get(pattern.name, [[]])
]
# Values that a form of some page may choke on; no page has them all.
NULS = "username code password password1 oldpassword reads next".split()
NONSENSE = dict.fromkeys(NULS, "\x00") | {
    "login": "a\x00@b",
    "email": "a\x00@b",
    "action_send": "1",
    "_method": "PUT",
    "kept_path": "//[",
    "kept.": "x",
}


def test_log_in_and_sign_up_are_ours() -> None:
    with translation.override("en"):
        found = [resolve(f"/en/accounts/{page}/").func for page in ("login", "signup")]
    assert {view.__module__ for view in found} == {"exchange.accounts.views"}


@pytest.mark.parametrize("data", [None, {}, NONSENSE], ids=["get", "empty", "nonsense"])
@pytest.mark.parametrize("name", ["nobody", "sam"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_breaks(
    address: str,
    name: str,
    data: dict[str, str] | None,
    request: pytest.FixtureRequest,
    log_in: Callable[..., Client],
) -> None:
    request.getfixturevalue("db")
    client = log_in(request.getfixturevalue(name))
    response = client.get(address) if data is None else client.post(address, data)
    assert response.status_code in (200, 302, 400, 404, 405, 429)


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
@pytest.mark.parametrize("where", ["login", "signup"])
def test_a_script_that_asks_for_json_breaks_nothing(
    client: Client, db: None, accept: str, where: str
) -> None:
    headers = {"accept": accept, "x-requested-with": "XMLHttpRequest"}
    response = client.post(f"/en/accounts/{where}/", {"kept.body": "x"}, headers=headers)
    assert response.status_code in (200, 400)


def test_log_out_asks_first_and_works_by_post(sam: User, log_in: Callable[..., Client]) -> None:
    client = log_in(sam)
    assert client.get("/en/accounts/logout/").status_code == 200
    assert LOGGED_IN in client.session
    assert client.post("/en/accounts/logout/").headers["Location"] == "/en/"
    assert LOGGED_IN not in client.session


def test_log_out_from_another_site_is_refused(sam: User, log_in: Callable[..., Client]) -> None:
    client = log_in(sam, csrf=True)
    assert client.post("/en/accounts/logout/").status_code == 403
    assert LOGGED_IN in client.session


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(
    sam: User, log_in: Callable[..., Client], mailoutbox: list[Any]
) -> None:
    here, elsewhere = log_in(sam), log_in(sam)
    words = {"password1": "seven-green-bicycles", "password2": "seven-green-bicycles"}
    page = "/zh-hans/accounts/password/change/"
    assert "oldpassword" in here.post(page, words | {"oldpassword": "wrong"}).context["form"].errors
    assert here.post(page, words | {"oldpassword": PASSWORD}).status_code == 302
    sam.refresh_from_db()
    assert sam.check_password("seven-green-bicycles")
    assert here.get("/en/").context["user"] == sam
    assert not elsewhere.get("/en/").context["user"].is_authenticated
    assert [message.to for message in mailoutbox] == [[sam.email]]


@pytest.mark.parametrize("page", ["email/", "password/change/", "password/set/", "reauthenticate/"])
def test_own_pages_ask_for_log_in_and_come_back(client: Client, db: None, page: str) -> None:
    response = client.get(f"/en/accounts/{page}")
    assert response.headers["Location"] == f"/en/accounts/login/?next=/en/accounts/{page}"


def test_nothing_of_ones_own_is_kept_by_caches(sam: User, log_in: Callable[..., Client]) -> None:
    assert "no-store" in log_in(sam).get("/en/accounts/email/").headers["Cache-Control"]
    assert "no-store" in Client().get("/en/accounts/login/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("account_login", ["邮箱", "密码"]),
        ("account_signup", ["邮箱", "名字", "密码"]),
        ("account_change_password", ["当前密码", "新密码", "再次输入新密码"]),
    ],
)
def test_fields_have_the_sites_names_and_no_second_copy_of_them_inside(
    name: str, labels: list[str], client: Client, tom: User
) -> None:
    if name == "account_change_password":
        client.force_login(tom)
    with translation.override("zh-hans"):
        form = client.get(reverse(name)).context["form"]
        assert {str(field.label) for field in form} >= set(labels)
    assert [f.name for f in form if f.field.widget.attrs.get("placeholder")] == []
