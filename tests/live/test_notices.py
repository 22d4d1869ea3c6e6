"""The bell of every open page of a person counts along."""

import pytest
from channels.db import database_sync_to_async as in_thread

from exchange.live import notices
from exchange.moderation import actions as moderation
from exchange.notifications import actions, queries
from exchange.notifications.models import Notification


def told(person, lin, thread, rules):
    """Somebody hears of a decision."""
    decision = moderation.lock(moderator=lin, thread=thread, rule=rules["other"])
    actions.tell(decision.event)
    assert Notification.objects.filter(person=person).exists()


async def notice(page):
    while (frame := await page.hears()).get("kind") != "notices":
        pass
    return frame


@pytest.mark.django_db(transaction=True)
async def test_a_notice_and_its_reading_reach_all_tabs_of_a_person(visit, thread, tom, lin, rules):
    one, two = await visit(tom), await visit(tom)
    for page, language in ((one, "en"), (two, "zh-hans")):
        assert (await page.watch(f"user.{tom.pk}", language))["event"] == 0
        assert (await notice(page))["unread"] == 0
    await in_thread(told)(tom, lin, thread, rules)
    first, second = await notice(one), await notice(two)
    assert (first["unread"], second["unread"]) == (1, 1)
    assert ">new notice<" in first["html"] and "新通知" in second["html"]
    last = await in_thread(lambda: Notification.objects.latest("pk").pk)()
    await in_thread(actions.mark_read)(person=tom, up_to=last)
    for page in (one, two):
        while (await notice(page))["unread"]:
            pass


@pytest.mark.django_db(transaction=True)
async def test_nobody_hears_of_somebody_elses_notices(visit, thread, tom, mei):
    page, stranger = await visit(mei), await visit()
    for visitor in (page, stranger):
        assert await visitor.watch(f"user.{tom.pk}") == {"refused": f"user.{tom.pk}"}


def test_many_are_counted_up_to_a_hundred(tom):
    assert notices.frame(tom.pk, 3, "en")["html"].count('<span class="number">3</span>') == 1
    assert '<span class="number">99+</span>' in notices.frame(tom.pk, 100, "en")["html"]
    assert "number" not in notices.frame(tom.pk, 0, "en")["html"]


def test_the_counts_of_many_people_are_one_query(tom, mei, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.unread_of([tom.pk, mei.pk]) == {tom.pk: 0, mei.pk: 0}
    with django_assert_num_queries(0):
        assert queries.unread_of([]) == {}


def test_a_page_without_a_socket_asks_for_them(tom, log_in):
    answer = log_in(tom).get(f"/en/changes?scope=user.{tom.pk}&since=0")
    assert [frame["kind"] for frame in answer.json()["frames"]] == ["notices"]
