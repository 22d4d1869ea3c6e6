"""Check 31: nothing is written without the person's own form, and looking writes nothing."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from tests.access.answers import noting_writes
from tests.access.routes import Route, routes
from tests.access.sendable import form, has_form
from tests.access.world import Browser, World, undone

from .pages import page
from .selection import WHOLE, some

# Leads on, looks back, or only tells what a text is written in.
NOT_WRITES = ("post", "picture", "history", "language_found")
WRITES = [route for route in routes() if has_form(route.name) or "posts/" in route.template]
WRITES += [route for route in routes() if route.name in ("claim", "account_logout", "deletion")]
WRITES = list(dict.fromkeys(route for route in WRITES if route.name not in NOT_WRITES))
# A form for whoever is not logged in.
OWN = (
    "appeal",
    "edit",
    "deletion",
    "edit_draft",
    "edit_term",
    "correction_thanks",
    "correction_taking",
)
# Who removes a text has to read it: the staff here reads no Chinese.
READERS = ("translation_removal", "proposal_removal")
PLACED = ("public", "proposed", "offered", "person", "tried", "concerned", "asked")
ENTRANCES = ("account_login", "account_signup", "account_reset_password")
ORIGINS = [
    *("https://evil.example", "http://testserver.evil.example", "http://eviltestserver", "null"),
    *("http://testserver:8081", "https://testserver", "file://", "http://testserver@evil.example"),
]


def data() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; sessions by their number, as any visit may touch their date."""
    rows = {}
    for model in apps.get_models():
        if model is Session:
            rows["sessions"] = [(Session.objects.count(),)]
        else:
            rows[model._meta.label] = sorted(model._default_manager.values_list(), key=repr)
    return rows


def address_of(route: Route, world: World) -> str:
    """Where a good form is taken; a text whose author wrote both halves takes no translation."""
    if route.name in ("translation", "translation_request"):
        opening = world.threads["public"].posts.get(number=1)
        return route.address(passage_id=opening.passage_id)
    places = [place for place in PLACED if place in route.places]
    return route.at(world, places[0] if places else "site")


def token_for(browser: Browser) -> str:
    """The token of a page that this browser was given; its cookie stays in the browser."""
    return page(browser.get("/en/accounts/password/change/")).value("csrfmiddlewaretoken")


def person_for(route: Route) -> str:
    if route.name in ENTRANCES:
        return "anonymous"
    if route.name in READERS:
        return "site"
    if route.name == "case_reading":
        return "silenced"  # who was asked to read
    return "author" if route.name in OWN else "staff"


def test_the_routes_that_write_are_all_here() -> None:
    names = {"reply", "new_thread", "edit", "deletion", "hiding", "flag", "lock", "pin", "move"}
    assert names | {"claim", "account_login", "account_logout"} <= {r.name for r in WRITES}


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_no_form_without_a_token_writes_anything(method: str, world: World) -> None:
    before = data()
    for route in WRITES:
        browser = world.browser(person_for(route), csrf=True)
        there = address_of(route, world)
        with noting_writes() as written:
            response = (
                browser.post(there, form(route.name))
                if method == "POST"
                else browser.generic(method, there, "reason=spam")
            )
        assert (route.name, response.status_code, written) == (route.name, 403, [])
    assert data() == before


def test_another_persons_token_is_none(world: World) -> None:
    theirs = token_for(world.browser("member"))
    before = data()
    for route in WRITES:
        browser = world.browser(person_for(route), csrf=True)
        if route.name in ENTRANCES:
            browser.get(address_of(route, world))
        else:
            token_for(browser)
        sent = form(route.name) | {"csrfmiddlewaretoken": theirs}
        with noting_writes() as written:
            response = browser.post(address_of(route, world), sent)
        assert (route.name, response.status_code, written) == (route.name, 403, [])
    assert data() == before


def test_the_own_token_from_another_origin_is_none(world: World) -> None:
    """Each address refuses two of the origins, and each origin is refused at many addresses."""
    before = data()
    for number, route in enumerate(route for route in WRITES if route.name not in ENTRANCES):
        browser = world.browser(person_for(route), csrf=True)
        sent = form(route.name) | {"csrfmiddlewaretoken": token_for(browser)}
        for origin in {ORIGINS[number % len(ORIGINS)], ORIGINS[number // 2 % len(ORIGINS)]}:
            response = browser.post(address_of(route, world), sent, headers={"origin": origin})
            assert (route.name, origin, response.status_code) == (route.name, origin, 403)
    assert number > 2 * len(ORIGINS) and data() == before


def test_the_own_token_from_the_own_page_is_taken(world: World) -> None:
    """Or the tests above would prove nothing."""
    refused = {}
    for route in WRITES:
        with undone():
            browser = world.browser(person_for(route), csrf=True)
            source = address_of(route, world) if route.name in ENTRANCES else None
            token = page(browser.get(source)).value("csrfmiddlewaretoken") if source else ""
            sent = form(route.name) | {"csrfmiddlewaretoken": token or token_for(browser)}
            if route.name == "merge":  # a thread cannot go into itself
                sent["target"] = str(world.threads["members"].pk)
            response = browser.post(
                address_of(route, world), sent, headers={"origin": "http://testserver"}
            )
            done = (200,) if route.name == "uploads" else (204, 302)
            if response.status_code not in done:
                refused[route.name] = response.status_code
    assert refused == {}


def test_the_refused_form_comes_back_whole_to_be_sent_again(world: World) -> None:
    thread = world.threads["public"]
    browser = world.browser("author", csrf=True)
    sent = {"body": "Kept words. 留下的字。", "client_id": "c", "language": "mixed"}
    again = page(browser.post(f"/en/threads/{thread.pk}/posts/", sent))
    assert {name: again.value(name) for name in sent} == sent
    fields = {name: again.value(name) for name in again.values}
    assert browser.post(f"/en/threads/{thread.pk}/posts/", fields).status_code == 302
    assert thread.posts.latest("id").passage.body == sent["body"]


def test_a_refused_undoing_is_sent_again_as_an_undoing(world: World) -> None:
    """Not as the act that it was to undo."""
    browser, post = world.browser("staff", csrf=True), world.posts["hidden"]
    sent = form("hiding") | {"_method": "DELETE"}
    again = page(browser.post(f"/en/posts/{post.pk}/hiding/", sent))
    fields = {name: again.value(name) for name in again.values}
    assert browser.post(f"/en/posts/{post.pk}/hiding/", fields).status_code == 302
    post.refresh_from_db()
    assert post.hidden_at is None


# Looking


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_looking_at_every_address_changes_nothing(method: str, world: World) -> None:
    """As GET does nowhere for anybody: tests/access sees to that, so here people look by turns."""
    before = data()
    for number, route in enumerate(routes()):
        for person in some(("staff", "author", "anonymous"), 3, number):
            for place in {route.places[0], route.places[-1]}:
                world.browser(person).generic(method, route.at(world, place))
    assert data() == before


def test_a_link_with_a_form_in_it_changes_nothing(world: World) -> None:
    """What a form would send, put behind the address of a GET."""
    before = data()
    both = [(route, person) for route in routes() for person in ("staff", "author")]
    for route, person in both if WHOLE else [(route, person_for(route)) for route in routes()]:
        # Doing and undoing where there is a form that does; elsewhere what would be a form.
        for extra in ({}, {"_method": "DELETE"}) if route in WRITES else ({"_method": "POST"},):
            query = form(route.name) | {"reason": "spam"} | extra
            world.browser(person).get(address_of(route, world), query)
    assert data() == before


def test_a_link_in_a_mail_asks_for_a_button(world: World) -> None:
    """A mail program that looks at links must neither confirm an address nor log anybody out."""
    before = data()
    for name in ("account_confirm_email", "account_reset_password_from_key", "account_logout"):
        route = next(route for route in routes() if route.name == name)
        world.browser("author").get(address_of(route, world))
    assert data() == before


# Pages for everybody


PUBLIC = [route for route in routes() if not route.template.startswith("/en/accounts/")]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_a_strangers_page_sets_no_cookie_and_holds_no_token(language: str, world: World) -> None:
    """In English, in every place, tests/access looks at the same."""
    seen = 0
    for route in PUBLIC:
        address = route.at(world, route.places[0]).replace("/en/", f"/{language}/", 1)
        response = world.browser("anonymous").get(address)
        if response.status_code != 200:
            continue
        seen += 1
        assert not response.cookies, address
        assert "csrfmiddlewaretoken" not in response.content.decode(errors="replace"), address
    assert seen >= 12


def test_a_strangers_page_is_the_same_for_every_stranger(world: World) -> None:
    """So it can be kept whole: whatever cookie somebody comes with, the bytes are the same."""
    for address in ("/en/", f"/zh-hans/threads/{world.threads['public'].pk}/", "/en/rules/"):
        plain = world.browser("anonymous").get(address).content
        odd = world.browser("anonymous")
        odd.cookies["csrftoken"] = "a" * 32
        odd.cookies["django_language"] = "zh-hant"
        assert odd.get(address).content == plain
        assert not re.search(rb"nonce=", plain)
