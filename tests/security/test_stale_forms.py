"""Forms whose token is missing or stale: no password comes back, and nothing else is lost."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import resolve

from exchange.accounts.models import User
from tests.access.routes import routes
from tests.access.world import Browser, World, handler, session_of
from tests.cast import person

from .pages import Page, page

SECRET = "sesame-seed-dumplings"
STALE = {"csrfmiddlewaretoken": "x" * 32}
OTHERS = {"login": "sam@example.org", "email": "nora@example.org", "username": "Nora诺拉"}
# Forms with a password field: log-in, sign-up, a new one, a first one, a forgotten one, "is it you?"
NAMES = {"login", "signup", "change_password", "set_password", "reauthenticate"}
NAMES = {f"account_{name}" for name in NAMES} | {"account_reset_password_from_key"}


def passwords(html: Page) -> list[str]:
    """The names of the page's password fields."""
    return [given["name"] for tag, given in html.elements if given.get("type") == "password"]


def browsers(world: World) -> dict[str, Browser]:
    """A stranger's, a member's, and one of a member who has no password yet."""
    newcomer = person("nopassword")
    newcomer.set_unusable_password()
    newcomer.save()
    world.sessions["newcomer"] = session_of(newcomer)
    return {name: world.browser(name, csrf=True) for name in ("anonymous", "member", "newcomer")}


def forgotten(world: World) -> tuple[Browser, str]:
    """Somebody who followed the link of a mail, and the address of the form there."""
    browser = world.browser("anonymous")
    browser.post("/en/accounts/password/reset/", {"email": "sam@example.org"})
    link = re.findall(r"https?://\S+/key/\S+", str(mail.outbox[-1].body))[0]
    shown = browser.get(urlsplit(link).path)
    browser.handler = handler(csrf=True)
    return browser, shown["Location"]


def forms(world: World) -> list[tuple[Browser, str, list[str]]]:
    """(whose browser, address, names of the password fields) of every such form there is."""
    found = []
    people = browsers(world)
    looks = [(people[name], route.at(world, "site")) for route in routes() for name in people]
    for browser, address in [*looks, forgotten(world)]:
        answer = browser.get(address)
        if answer.status_code == 200 and (names := passwords(page(answer))):
            found.append((browser, address, names))
    return found


def test_no_password_is_ever_put_into_a_page(world: World) -> None:
    found = forms(world)
    assert {resolve(address).url_name for _, address, _ in found} == NAMES
    for browser, address, names in found:
        typed = OTHERS | dict.fromkeys([*names, "password1", "password2"], SECRET) | STALE
        stranger = world.browser("anonymous", csrf=True)  # who was logged out, or refuses cookies
        for sender in (browser, stranger):
            answer = sender.post(address, typed)
            html = answer.content.decode()
            assert (answer.status_code, SECRET in html) == (403, False), address
            assert "Send it again" not in html
        again = page(browser.post(address, typed))
        assert passwords(again) == names, address  # the form itself, not a way round


def test_no_password_reaches_the_session_through_a_log_in(world: World) -> None:
    browser = world.browser("anonymous")
    kept = {"kept.password2": SECRET, "kept.oldpassword": SECRET, "kept_path": "/en/threads/new/"}
    typed = {"login": "sam@example.org", "password": "duck-soup-2025"} | kept
    assert browser.post("/en/accounts/login/", typed).status_code == 302
    assert SECRET not in repr(dict(browser.session))


@pytest.mark.parametrize(
    ("language", "why"), [("en", "Please allow cookies"), ("zh-hans", "请允许本站使用Cookie")]
)
def test_without_cookies_sign_up_keeps_what_was_typed_and_says_why(
    language: str, why: str, world: World
) -> None:
    typed = {"email": "nora@example.org", "username": "Nora诺拉", "password1": SECRET}
    languages = {"reads": ["en", "zh-hans"], "learning": ["zh-hant"]}
    answer = world.browser("anonymous", csrf=True).post(
        f"/{language}/accounts/signup/", typed | languages
    )
    shown = page(answer)
    assert (answer.status_code, shown.lang[:2]) == (403, language[:2])
    assert why in shown.text and "Your text is kept" not in shown.text
    assert (shown.value("email"), shown.value("username")) == (typed["email"], typed["username"])
    ticked = [(given["name"], given["value"]) for _, given in shown.elements if "checked" in given]
    assert ticked == [("reads", "en"), ("reads", "zh-hans"), ("learning", "zh-hant")]
    assert any(given.get("role") == "alert" for _, given in shown.elements)


def test_a_log_in_form_that_was_open_too_long_is_shown_again(world: World) -> None:
    browser = world.browser("anonymous", csrf=True)
    token = page(browser.get("/en/accounts/login/")).value("csrfmiddlewaretoken")
    typed = {"login": "sam@example.org", "password": "duck-soup-2025"}
    shown = page(browser.post("/en/accounts/login/", typed | STALE))
    assert shown.value("login") == typed["login"]
    assert "open for too long" in shown.text and "cookies" not in shown.text
    assert token and shown.value("csrfmiddlewaretoken")
    fresh = {"csrfmiddlewaretoken": shown.value("csrfmiddlewaretoken")}
    assert browser.post("/en/accounts/login/", typed | fresh).status_code == 302


def test_a_members_stale_page_is_not_called_one_without_access(world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    shown = page(world.browser("member", csrf=True).post(address, {"body": "Kept words."}))
    assert "Please try that once more" in shown.text and "access" not in shown.text


def test_every_value_of_a_field_is_sent_again(world: World) -> None:
    browser = world.browser("member", csrf=True)
    sent = {"reads": ["en", "zh-hans"], "learning": ["zh-hant"], "view": "mine", "theme": "dark"}
    sent |= {"help": "all", "script": "hant", "saver": "off", "presence": "counted"}
    again = page(browser.post("/en/settings/", sent | STALE))
    assert "Send it again" in again.text
    assert again.values["reads"] == sent["reads"]
    fields: dict[str, Any] = dict(again.values)
    assert browser.post("/en/settings/", fields).status_code == 302
    assert User.objects.get(username="sam").reads == ["en", "zh-hans"]


def test_what_needs_no_password_can_be_sent_again_at_once(world: World) -> None:
    for address in ("/en/accounts/logout/", "/en/accounts/email/"):
        browser = world.browser("member", csrf=True)
        again = page(browser.post(address, {"email": "new@example.org", "action_add": "1"} | STALE))
        fields: dict[str, Any] = dict(again.values)
        assert browser.post(address, fields).status_code == 302, address
