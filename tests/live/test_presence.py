"""How many people are here, whose names are said, and that it heals when a process dies."""

import pytest
from channels.db import database_sync_to_async as in_thread

from exchange.accounts.models import User
from exchange.live import presence
from exchange.live.connection import Connection
from exchange.live.people import NOBODY, Person
from exchange.live.presence import Here
from exchange.moderation import actions as moderation

THREAD = "thread.1"
MEI, TOM, LIN = Person(1, "mei", "named"), Person(2, "tom", "counted"), Person(3, "lin", "hidden")


def socket(person: Person = NOBODY) -> Connection:
    async def nothing(said: object) -> None:
        raise AssertionError("nothing is sent here")

    return Connection(nothing, nothing, person=person)


@pytest.fixture
def here() -> Here:
    return Here()


def shown(here: Here) -> tuple[int, list[str]]:
    frame = here.frame(THREAD)
    assert (frame["kind"], frame["scope"]) == ("presence", THREAD)
    return frame["here"], frame["names"]


def test_people_are_counted_once_and_named_only_where_they_allow_it(here):
    for person in (MEI, MEI, TOM, LIN, NOBODY, NOBODY):
        here.come(socket(person), THREAD)
    assert shown(here) == (4, ["mei"])  # Mei in two tabs, Tom, two whom nobody knows; not Lin


def test_who_goes_is_no_longer_counted_and_a_second_tab_stays(here):
    first, second = socket(MEI), socket(MEI)
    here.come(first, THREAD)
    here.come(second, THREAD)
    here.go(first, THREAD)
    assert shown(here) == (1, ["mei"])
    here.go(second, THREAD)
    assert shown(here) == (0, [])


def test_what_another_process_said_counts_until_it_is_not_said_again(here):
    here.come(socket(TOM), THREAD)
    here.hear("other", THREAD, {1: "mei", 2: ""}, 3, now=100.0)
    assert shown(here) == (5, ["mei"])  # Tom has a tab on each process
    here.due([THREAD], now=100.0 + presence.HEARD_SECONDS - 1)
    assert shown(here) == (5, ["mei"])
    (frame,) = here.due([THREAD], now=100.0 + presence.HEARD_SECONDS + 1)  # it was killed
    assert (frame["here"], frame["names"]) == (1, [])


def test_who_comes_just_after_somebody_went_is_told_the_number_that_the_others_know(here):
    for person in (TOM, MEI):
        here.come(leaving := socket(person), THREAD)
    assert [frame["here"] for frame in here.due([THREAD], now=1.0)] == [2]
    here.go(leaving, THREAD)
    assert here.greeting(THREAD)["here"] == 1
    here.come(socket(MEI), THREAD)
    assert [frame["here"] for frame in here.due([THREAD], now=2.5)] == [2]


def test_the_same_number_is_not_told_twice_and_a_crowd_is_told_of_less_often(here):
    mine = socket(MEI)
    here.come(mine, THREAD)
    assert [frame["here"] for frame in here.due([THREAD], now=1.0)] == [1]
    here.go(mine, THREAD)
    here.come(mine, THREAD)
    assert here.due([THREAD], now=2.5) == []
    for _ in range(presence.CROWD + 1):
        here.come(socket(), THREAD)
    assert len(here.due([THREAD], now=5.0)) == 1
    here.come(socket(), THREAD)
    assert here.due([THREAD], now=7.0) == []
    assert len(here.due([THREAD], now=5.0 + presence.CROWD_SECONDS)) == 1


def test_few_names_are_said_and_the_others_only_counted(here):
    for number in range(presence.MOST_NAMES + 5):
        here.come(socket(Person(number + 1, f"name {number}", "named")), THREAD)
    count, names = shown(here)
    assert (count, len(names)) == (presence.MOST_NAMES + 5, presence.MOST_NAMES)


def test_what_is_said_to_other_processes_is_bounded(here):
    for number in range(presence.MOST_HEARD + 7):
        here.come(socket(Person(number + 1, "", "counted")), THREAD)
    said = here.say(THREAD)
    assert (len(said["people"]), said["more"]) == (presence.MOST_HEARD, 7)


# Over sockets


async def of(page, kind):
    while (frame := await page.hears()).get("kind") != kind:
        pass
    return frame


@pytest.mark.django_db(transaction=True)
async def test_two_readers_see_each_other_and_one_who_leaves_is_gone(visit, thread, tom, mei):
    await in_thread(User.objects.filter(pk=mei.pk).update)(presence="named")
    one, two = await visit(tom), await visit(mei)
    for page in (one, two):
        await page.watch(thread.scope)
        await page.tells({"presence": thread.scope, "here": True})
    while (frame := await of(one, "presence"))["here"] < 2:
        pass
    assert frame["names"] == ["mei"]
    await two.tells({"presence": thread.scope, "here": False})
    assert (await of(one, "presence"))["here"] == 1


@pytest.mark.django_db(transaction=True)
async def test_a_name_goes_when_its_owner_no_longer_allows_it(visit, thread, mei):
    from exchange.accounts.actions import prefer

    await in_thread(User.objects.filter(pk=mei.pk).update)(presence="named")
    page = await visit(mei)
    await page.watch(thread.scope)
    await page.tells({"presence": thread.scope, "here": True})
    assert (await of(page, "presence"))["names"] == ["mei"]
    await in_thread(prefer)(person=mei, presence="counted")
    assert (await of(page, "presence"))["names"] == []


@pytest.mark.django_db(transaction=True)
async def test_a_board_that_shows_it_no_longer_counts_nobody(visit, thread, tom, mei):
    one, two = await visit(tom), await visit(mei)
    for page in (one, two):
        await page.watch(thread.scope)
        await page.tells({"presence": thread.scope, "here": True})
    while (await of(one, "presence"))["here"] < 2:
        pass
    await in_thread(moderation.show_presence)(by=None, board=thread.board, on=False)
    assert (await of(one, "presence"))["here"] == 0
    await two.tells({"presence": thread.scope, "here": True})
    await two.tells({"unwatch": thread.scope})
    assert await one.receive_nothing(1.2)
