"""Sign-up: what it takes, what it refuses, and what two people at once get."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from exchange.accounts import forms, rules
from exchange.accounts.adapter import Adapter
from exchange.accounts.models import User
from exchange.safety import actions as safety
from tests.cast import PASSWORD, person


def test_sign_up_with_a_chinese_name_logs_in_and_goes_to_the_front_page(
    client: Client, sign_up: Callable[..., Any]
) -> None:
    fields = {"username": " 林小雨 ", "reads": ["zh-hans", "en"], "learning": "en"}
    response = sign_up(client, "zh-hans", **fields)
    user = User.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == "/zh-hans/"
    assert (user.username, user.email) == ("林小雨", "nora@example.org")
    assert (user.reads, user.learning) == (["zh-hans", "en"], ["en"])
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).email == user.email
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("fields", "reads"),
    [
        ({}, ["zh-hant"]),
        ({"reads": ""}, ["zh-hant"]),
        ({"reads": "zh"}, ["zh-hans"]),
        ({"reads": ["zh", "zh-hans", "en"]}, ["zh-hans", "en"]),
        ({"reads": "zh-TW"}, ["zh-hant"]),
        ({"reads": " EN "}, ["en"]),
    ],
)
def test_reads_is_a_list_or_one_code_or_the_pages_language(
    client: Client, sign_up: Callable[..., Any], fields: dict[str, Any], reads: list[str]
) -> None:
    sign_up(client, "zh-hant", **fields)
    user = User.objects.get()
    assert user.reads == reads
    assert user.learning == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("тom", rules.ODD), ("t0m", rules.TAKEN), ("ＴＯＭ", rules.TAKEN), ("adm1n", rules.STAFF)],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_name_that_looks_like_another_is_refused_with_everything_else_kept(
    client: Client,
    sign_up: Callable[..., Any],
    tom: User,
    name: str,
    reason: Any,
    language: str,
) -> None:
    response = sign_up(client, language, username=name, reads=["en"], learning=["zh"])
    page = response.content.decode()
    assert response.context["form"].errors["username"] == [reason]
    assert f'value="{name}"' in page
    assert 'value="nora@example.org"' in page
    assert PASSWORD not in page
    assert response.context["form"]["learning"].value() == ["zh"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nora"}, "email"),
        ({"email": "TOM@example.org"}, "email"),
        ({"email": "a" * 250 + "@example.org"}, "email"),
        ({"username": ""}, "username"),
        ({"username": "a\x00b"}, "username"),
        ({"username": "a" * 5_000}, "username"),
        ({"password1": ""}, "password1"),
        ({"password1": "short"}, "password1"),
        ({"password1": "password123"}, "password1"),
        ({"password1": "nora-example"}, "password1"),
        ({"reads": ["tlh"]}, "reads"),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    client: Client, sign_up: Callable[..., Any], tom: User, fields: dict[str, Any], field: str
) -> None:
    fields = {"username": "nora.example"} | fields
    response = sign_up(client, **fields)
    assert field in response.context["form"].errors
    assert User.objects.count() == 1


def test_further_fields_change_nothing(client: Client, sign_up: Callable[..., Any]) -> None:
    extra = {"is_staff": "1", "is_active": "0", "is_sample": "1", "skeleton": "x", "id": "77"}
    sign_up(client, **extra, suspended_until="2099-01-01", date_joined="2001-01-01")
    user = User.objects.get()
    assert not user.is_staff
    assert user.is_active
    assert not user.is_sample
    assert (user.skeleton, user.suspended_until) == ("nora", None)
    assert user.pk != 77
    assert user.date_joined.year > 2001


@pytest.mark.parametrize("password", ["正确的马电池订书钉", "p" * 40 + "长" * 40])
def test_long_and_chinese_passwords_work(
    client: Client, sign_up: Callable[..., Any], enter: Callable[..., Any], password: str
) -> None:
    sign_up(client, password1=password)
    client.logout()
    enter(client, "nora@example.org", password)
    assert "_auth_user_id" in client.session


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks that find nothing, as when somebody else signs up just after them."""
    monkeypatch.setattr(Adapter, "clean_username", lambda self, username, shallow=False: username)
    monkeypatch.setattr(forms.SignUpForm, "validate_unique_email", lambda self, value: value)


def test_the_second_of_two_lookalikes_gets_the_form_with_the_reason(
    client: Client, sign_up: Callable[..., Any], unchecked: None
) -> None:
    person("n0ra")
    response = sign_up(client)
    assert response.status_code == 200
    assert response.context["form"].errors == {"username": [rules.TAKEN]}
    assert 'value="nora@example.org"' in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert EmailAddress.objects.count() == 0


def test_the_second_with_an_address_gets_the_form_with_the_reason(
    client: Client, sign_up: Callable[..., Any], unchecked: None, tom: User
) -> None:
    response = sign_up(client, email=tom.email, **{"kept.body": "words", "kept_path": "/en/"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["email"]
    assert response.context["kept"] == {"body": ["words"]}
    assert User.objects.get() == tom


@pytest.mark.parametrize(
    ("rival", "field"),
    [
        ({"username": "N0RA", "email": "other@example.org"}, "username"),
        ({"username": "ada"}, "email"),
    ],
)
def test_of_two_that_sign_up_at_once_one_wins(
    client: Client,
    sign_up: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    rival: dict[str, str],
    field: str,
) -> None:
    """The other one signs up between this one's checks and its saving."""
    clean = forms.SignUpForm.clean

    def clean_while_the_other_is_faster(self: Any) -> Any:
        cleaned = clean(self)
        monkeypatch.setattr(forms.SignUpForm, "clean", clean)
        assert sign_up(Client(), **rival).status_code == 302
        return cleaned

    monkeypatch.setattr(forms.SignUpForm, "clean", clean_while_the_other_is_faster)
    response = sign_up(client)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert User.objects.get().username == rival["username"]


def test_skeletons_are_filled_in_however_rows_are_made(db: None) -> None:
    User.objects.bulk_create(
        [User(username="Lin", email="a@b.c"), User(username="李麗", email="d@b.c")]
    )
    assert set(User.objects.values_list("skeleton", flat=True)) == {"lln", "李丽"}
    assert User.objects.get_by_natural_key("l1n").username == "Lin"


@pytest.mark.django_db
def test_a_refused_form_does_not_say_that_the_password_is_still_there(client: Client) -> None:
    answer = client.post("/en/accounts/signup/", {"email": "neu@", "password1": "duck-soup-2025"})
    words = answer.content.decode()
    assert "a password has to be typed once more" in words
    assert "Nothing you typed is lost" not in words


@pytest.mark.parametrize("kind", ["hold", "refuse"])
@pytest.mark.parametrize("name", ["加微信 刷單", "shua dan.刷单", "spam.example"])
def test_a_name_with_what_moderators_look_for_is_refused_with_the_rule(
    client: Client, sign_up: Callable[..., Any], lin: User, rules: Any, name: str, kind: str
) -> None:
    for sort, text in (("word", "刷单"), ("domain", "spam.example")):
        watch = safety.add_watch(
            by=lin, sort=sort, kind=kind, text=text, language="", rule=rules["spam"]
        )
        safety.activate(by=lin, watch=watch)
    response = sign_up(client, username=name)
    assert "not possible here, by this house rule: Rule spam." in response.content.decode()
    assert name in response.content.decode() and not User.objects.filter(username=name).exists()


def test_a_name_with_what_is_only_flagged_is_taken(
    client: Client, sign_up: Callable[..., Any], lin: User, rules: Any
) -> None:
    watch = safety.add_watch(
        by=lin, sort="word", kind="flag", text="中介", language="", rule=rules["spam"]
    )
    safety.activate(by=lin, watch=watch)
    assert sign_up(client, username="中介小王").status_code == 302
