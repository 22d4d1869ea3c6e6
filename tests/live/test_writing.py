"""That somebody is writing, and in which language: without a name, and not for long."""

import pytest
from channels.db import database_sync_to_async as in_thread

from exchange.accounts.models import User
from exchange.live import consumer, writing
from exchange.live.scopes import token
from exchange.live.writing import Writing
from exchange.moderation import actions as moderation

THREAD = "thread.1"


def test_who_writes_is_told_with_the_language_and_forgotten_when_it_is_not_said_again():
    made = Writing()
    made.set(THREAD, "a", "zh", now=10.0)
    made.set(THREAD, "b", "en", now=12.0)
    (frame,) = made.due(now=12.0)
    assert frame == {"kind": "typing", "scope": THREAD, "in": [["a", "zh"], ["b", "en"]]}
    (frame,) = made.due(now=10.0 + writing.KEPT_SECONDS)
    assert frame["in"] == [["b", "en"]]
    made.set(THREAD, "b", "", now=18.5)
    (frame,) = made.due(now=18.5)
    assert frame["in"] == []


def test_saying_it_again_tells_nothing_new_and_one_scope_is_told_of_once_a_second():
    made = Writing()
    made.set(THREAD, "a", "zh", now=1.0)
    assert len(made.due(now=1.0)) == 1
    made.set(THREAD, "a", "zh", now=3.0)
    assert made.due(now=3.0) == []
    made.set(THREAD, "b", "zh", now=3.1)
    assert len(made.due(now=3.1)) == 1
    made.set(THREAD, "c", "zh", now=3.2)
    assert made.due(now=3.3) == []
    assert len(made.due(now=4.2)) == 1


def test_a_crowd_is_not_told_one_by_one():
    made = Writing()
    for number in range(writing.MOST + 10):
        made.set(THREAD, str(number), "en", now=1.0)
    assert len(made.frame(THREAD)["in"]) == writing.MOST


@pytest.mark.django_db(transaction=True)
async def test_others_are_told_that_somebody_writes_in_chinese(visit, thread, tom, mei):
    reader, writer = await visit(), await visit(mei)
    assert "me" not in await reader.watch(thread.scope)
    me = (await writer.watch(thread.scope))["me"]
    assert me == token(mei.pk, thread.scope) != token(tom.pk, thread.scope)
    await writer.tells({"typing": thread.scope, "in": "zh"})
    told = {"kind": "typing", "scope": thread.scope}
    assert await reader.hears() == told | {"in": [[me, "zh"]]}
    await writer.tells({"unwatch": thread.scope})
    assert await reader.hears() == told | {"in": []}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who_closes", ["a reader", "the writer"])
async def test_a_tab_that_closes_ends_what_was_said_of_it_and_not_of_another_of_the_same_person(
    visit, thread, mei, who_closes
):
    reader, writer, tab = await visit(), await visit(mei), await visit(mei)
    await reader.watch(thread.scope)
    me = (await writer.watch(thread.scope))["me"]
    await tab.watch(thread.scope)
    await writer.tells({"typing": thread.scope, "in": "zh"})
    told = {"kind": "typing", "scope": thread.scope}
    assert await reader.hears() == told | {"in": [[me, "zh"]]}
    closing = writer if who_closes == "the writer" else tab
    await closing.tells({"unwatch": thread.scope})
    await closing.tells({"watch": "front", "language": "en"})
    while (await closing.hears()).get("watching") != "front":
        pass  # its answer says that the line before was read
    left = [] if who_closes == "the writer" else [[me, "zh"]]
    assert consumer.hub._writing.frame(thread.scope)["in"] == left


def test_what_another_tab_says_since_is_no_longer_of_the_one_that_said_it_first():
    made, first, second = Writing(), object(), object()
    made.set(THREAD, "a", "zh", now=1.0, by=first)
    assert made.is_by(THREAD, "a", first) and not made.is_by(THREAD, "a", second)
    made.set(THREAD, "a", "zh", now=2.0, by=second)
    assert made.is_by(THREAD, "a", second) and not made.is_by(THREAD, "a", first)
    made.set(THREAD, "a", "zh", now=3.0)  # of another process
    assert not made.is_by(THREAD, "a", second)
    made.set(THREAD, "a", "", now=4.0)
    assert not made.is_by(THREAD, "a", second)


@pytest.mark.parametrize("why", ["nobody", "hidden", "silenced", "locked", "switched off"])
@pytest.mark.django_db(transaction=True)
async def test_nobody_is_told_of_who_may_not_write_or_does_not_want_to_be_seen(
    why, visit, thread, mei, lin, rules
):
    if why == "hidden":
        await in_thread(User.objects.filter(pk=mei.pk).update)(presence="hidden")
    if why == "silenced":
        await in_thread(User.objects.filter(pk=mei.pk).update)(silenced_until="2999-01-01T00:00Z")
    if why == "locked":
        await in_thread(moderation.lock)(moderator=lin, thread=thread, rule=rules["other"])
    if why == "switched off":
        await in_thread(moderation.show_presence)(by=None, board=thread.board, on=False)
    reader, writer = await visit(), await visit(None if why == "nobody" else mei)
    await reader.watch(thread.scope)
    assert "me" not in await writer.watch(thread.scope)
    await writer.tells({"typing": thread.scope, "in": "zh"})
    await writer.tells({"watch": "front", "language": "en"})
    assert "watching" in await writer.hears()  # what was said before is done with
    assert await reader.receive_nothing(0.5)
