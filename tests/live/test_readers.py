"""Whose a socket is: what a page would say of the same cookie. Nothing of the session is changed by it."""

import pytest
from channels.db import database_sync_to_async as in_thread
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client

from exchange.live import people
from exchange.live.people import Login, Person

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def page(tom):
    """Tom's, with the cookie that he has since before whatever happens in the test."""
    made = await in_thread(Visitor)(tom)
    yield made
    await made.leaves()


def sessions() -> list[tuple[str, str]]:
    return list(Session.objects.values_list("session_key", "session_data"))


def shown_to(page: Visitor, path: str) -> int:
    """The status of a page that is asked for with the cookie of a socket."""
    name, _, key = dict(page.scope["headers"])[b"cookie"].decode().partition("=")
    client = Client()
    client.cookies[name] = key
    return int(client.get(path).status_code)


def new_key(settings, *, keeps_the_old_one: bool) -> None:
    settings.SECRET_KEY_FALLBACKS = [django_settings.SECRET_KEY] if keeps_the_old_one else []
    settings.SECRET_KEY = "another key, as long as such a key has to be: 0123456789 abcdefghij"


async def test_after_a_change_of_the_key_a_socket_that_comes_before_any_page_logs_nobody_out(
    page, tom, settings
):
    new_key(settings, keeps_the_old_one=True)
    before = await in_thread(sessions)()
    assert await page.connects()
    assert "watching" in await page.watch(f"user.{tom.pk}")
    assert await in_thread(sessions)() == before
    assert await in_thread(shown_to)(page, "/en/notifications/") == 200


async def test_after_a_change_of_the_key_a_sweep_sends_nobody_away(page, tom, settings):
    new_key(settings, keeps_the_old_one=True)
    ((key, _),) = await in_thread(sessions)()
    login = Login(tom.pk, key)
    assert await in_thread(people.standing)([login]) == {login: Person.of(tom)}


@pytest.mark.parametrize("why", ["the key is lost", "another password", "not active"])
async def test_what_no_longer_proves_who_it_is_is_nobodys_and_stays_for_the_next_page_to_end(
    page, tom, settings, why
):
    before = await in_thread(sessions)()
    if why == "the key is lost":
        new_key(settings, keeps_the_old_one=False)
    elif why == "another password":
        tom.set_password("another one")
        await in_thread(tom.save)()
    else:
        tom.is_active = False
        await in_thread(tom.save)()
    assert await page.connects()
    assert "refused" in await page.watch(f"user.{tom.pk}")
    assert "watching" in await page.watch("front")
    assert await in_thread(sessions)() == before
    login = Login(tom.pk, before[0][0])
    assert await in_thread(people.standing)([login]) == {login: people.SESSION_ENDED}
