"""Checks 29 and 30: who may no longer is told nothing more, within a second, and knows why."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from channels.db import database_sync_to_async as in_thread
from django.conf import settings
from django.test import Client
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards.models import Board, Moderator
from exchange.live.people import SESSION_ENDED, SUSPENDED
from exchange.moderation import actions as moderation
from tests.cast import PASSWORD, open_thread, reply

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

WITHIN = 1.0
NEW = "another-long-password-2026"


@pytest.fixture(autouse=True)
def _only_when_it_is_told(monkeypatch):
    """The hub looks when it is rung, and neither every second nor a second time."""
    monkeypatch.setattr("exchange.live.hub.LOOK_SECONDS", 3600)
    monkeypatch.setattr("exchange.live.people.LOOKED_AGAIN", 3600.0)


async def revoked(page: Visitor, scope: str) -> None:
    """Frames of the act itself may come before; nothing does afterwards."""
    async with asyncio.timeout(WITHIN):
        while (told := await page.hears()) != {"revoked": scope}:
            assert told["kind"] in ("thread", "rows"), told


async def hears_nothing_of(page: Visitor, act: Callable[[], Any], other: Visitor) -> None:
    """`other`, who may hear it, shows that it was told."""
    await in_thread(act)()
    await other.hears()
    assert await page.receive_nothing()


# Scopes


async def test_a_thread_that_is_moved_to_the_back_room_is_closed_to_its_readers(
    visit, thread, tom, lin, rules, moderators_board
):
    stranger, author, moderator = await visit(), await visit(tom), await visit(lin)
    for page in (stranger, author, moderator):
        await page.watch(thread.scope)
    await in_thread(moderation.move)(
        moderator=lin, thread=thread, board=moderators_board, rule=rules["other"]
    )
    await revoked(stranger, thread.scope)
    await revoked(author, thread.scope)
    assert (await moderator.hears())["kind"] == "thread"
    await hears_nothing_of(stranger, lambda: reply(lin, thread), moderator)
    assert await author.receive_nothing()


async def test_a_board_that_is_closed_to_strangers_is_closed_with_all_its_threads(
    visit, thread, rent, sam
):
    stranger, member = await visit(), await visit(sam)
    scopes = (thread.scope, f"board.{rent.pk}")
    for scope in scopes:
        await stranger.watch(scope)
    await member.watch(thread.scope)
    await in_thread(moderation.open_board)(by=None, board=rent, access="members")
    told = [await stranger.hears() for _ in scopes]
    assert {frame.get("revoked") for frame in told} == set(scopes)
    await hears_nothing_of(stranger, lambda: reply(sam, thread), member)


async def test_a_thread_whose_opening_post_is_hidden_says_none_of_its_words(
    visit, thread, lin, rules
):
    stranger = await visit()
    await stranger.watch(thread.scope)
    opening = await in_thread(thread.posts.get)(number=1)
    words = await in_thread(lambda: opening.passage.body)()
    await in_thread(moderation.hide)(moderator=lin, post=opening, rule=rules["other"])
    frame = await stranger.hears()
    assert words[:10] not in str(frame)


async def test_who_is_no_longer_a_moderator_hears_nothing_of_the_desk_and_the_back_room(
    visit, tom, lin, staff, moderators_board
):
    thread = await in_thread(open_thread)(lin, moderators_board)
    await in_thread(Moderator.objects.create)(user=tom, board=None)
    page, moderator = await visit(tom), await visit(lin)
    for scope in ("moderation", thread.scope, f"board.{moderators_board.pk}"):
        assert "watching" in await page.watch(scope)
    await moderator.watch(thread.scope)
    await in_thread(moderation.dismiss)(by=staff, person=tom, role="moderator")
    told = [await page.hears() for _ in range(3)]
    assert len({frame["revoked"] for frame in told}) == 3
    await hears_nothing_of(page, lambda: reply(lin, thread), moderator)


# Sessions


def browser_of(page: Visitor) -> Client:
    """The same person's browser, with the session that the socket was opened in."""
    cookies = dict(page.scope["headers"])[b"cookie"].decode()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookies.partition("=")[2]
    return client


def log_out(user: User, page: Visitor, moderator: User, rule: Any) -> None:
    assert browser_of(page).post("/en/accounts/logout/").status_code == 302


def change_password(user: User, page: Visitor, moderator: User, rule: Any) -> None:
    """In another browser, where the same person is logged in: this one ends."""
    browser = Client()
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    passwords = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/en/accounts/password/change/", passwords).status_code == 302


def suspend(user: User, page: Visitor, moderator: User, rule: Any) -> None:
    until = timezone.now() + timedelta(days=1)
    moderation.suspend(moderator=moderator, person=user, until=until, rule=rule)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (log_out, SESSION_ENDED),
        (change_password, SESSION_ENDED),
        (suspend, SUSPENDED),
    ],
)
async def test_a_socket_ends_with_its_session(visit, thread, sam, lin, rules, act, code):
    page, stranger = await visit(sam), await visit()
    for each in (page, stranger):
        await each.watch(thread.scope)
    began = time.monotonic()
    await in_thread(act)(sam, page, lin, rules["other"])
    assert await page.closed() == code
    assert time.monotonic() - began <= WITHIN
    await in_thread(reply)(lin, thread)
    await stranger.hears()


async def test_who_logs_out_here_stays_logged_in_elsewhere(visit, thread, sam):
    here, elsewhere = await visit(sam), await visit(sam)
    for page in (here, elsewhere):
        await page.watch(thread.scope)
    await in_thread(log_out)(sam, here, sam, None)
    assert await here.closed() == SESSION_ENDED
    await in_thread(reply)(sam, thread)
    assert (await elsewhere.hears())["kind"] == "post"


async def test_a_session_that_ended_opens_no_socket_as_its_person(visit, thread, rent, sam):
    page = await visit(sam)
    await in_thread(Board.objects.update)(access="members")
    await in_thread(log_out)(sam, page, sam, None)
    again = Visitor()
    again.scope["headers"] = page.scope["headers"]
    assert await again.connects()
    assert await again.watch(thread.scope) == {"refused": thread.scope}
    await again.leaves()
