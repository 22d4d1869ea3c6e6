"""The page of one's own notices, and the number in the header."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from exchange.moderation import actions as moderation
from exchange.notifications import actions, queries
from exchange.notifications.consumer import consumer
from exchange.notifications.models import Notification
from tests.cast import reply
from tests.security.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(mei, lin, thread, rules) -> list[Any]:
    """Mei is told of three decisions."""
    made = []
    for number in range(3):
        one = reply(mei, thread, f"第{number}条")
        made.append(moderation.hide(moderator=lin, post=one, rule=rules["spam"]))
    consumer().round()
    actions.deliver(timezone.now() + timedelta(seconds=11))
    cache.clear()
    return made


def bell(response: Any) -> str:
    return response.content.decode().partition('class="bell"')[2].partition("</a>")[0]


def test_the_newest_stands_first_and_unread_ones_are_marked(heard, mei, log_in):
    shown = log_in(mei).get("/zh-hans/notifications/")
    assert [line.link for line in shown.context["lines"]] == [
        f"/zh-hans/moderation/decisions/{one.pk}/" for one in reversed(heard)
    ]
    assert shown.content.decode().count('class="sheet unread"') == 3
    assert '<span class="number">3</span>' in bell(shown)
    assert shown["Cache-Control"] == "private, no-store"


def test_a_look_marks_nothing_and_the_button_what_it_showed(heard, mei, log_in):
    browser = log_in(mei)
    up_to = page(browser.get("/en/notifications/")).value("up_to")
    later = Notification.objects.get(person=mei, event=heard[0].event)
    Notification.objects.filter(pk=later.pk).update(id=later.pk + 1000)  # it came after that look
    assert Notification.objects.filter(read_at=None).count() == 3
    sent = browser.post("/en/notifications/reading/", {"up_to": up_to})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/en/notifications/")
    assert Notification.objects.filter(read_at=None).count() == 1


@pytest.mark.parametrize("odd", ["", "-1", "x", "9" * 40, "١"])
def test_an_odd_number_marks_nothing(odd, heard, mei, log_in):
    assert log_in(mei).post("/en/notifications/reading/", {"up_to": odd}).status_code == 302
    assert Notification.objects.filter(read_at=None).count() == 3


@pytest.mark.parametrize("odd", ["-1", "x", "9" * 40, "١"])
def test_an_odd_page_is_not_there(odd, heard, mei, log_in):
    assert log_in(mei).get("/en/notifications/", {"before": odd}).status_code == 404


def test_pages_go_on_where_the_last_one_ended(heard, mei, log_in, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    browser = log_in(mei)
    first = browser.get("/en/notifications/")
    assert len(first.context["lines"]) == 2
    second = browser.get(f"/en/notifications/?before={first.context['older']}")
    assert [line.link for line in second.context["lines"]] == [
        f"/en/moderation/decisions/{heard[0].pk}/"
    ]
    assert second.context["older"] is None


def test_others_see_nothing_of_it(heard, tom, log_in):
    shown = log_in(tom).get("/en/notifications/")
    assert shown.context["lines"] == [] and "number" not in bell(shown)


def test_strangers_have_no_bell_and_log_in_first(heard, client):
    assert 'class="bell"' not in client.get("/en/").content.decode()
    assert client.get("/en/notifications/").status_code == 403


def test_many_are_counted_as_more_than_99(heard, mei, log_in, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    assert '<span class="number">2+</span>' in bell(log_in(mei).get("/en/"))


def test_settings_say_whether_outcomes_of_reports_are_told(tom, log_in):
    browser = log_in(tom)
    assert 'name="hears_outcomes"' in browser.get("/en/settings/").content.decode()
    form = {"reads": ["en"], "view": "mine", "theme": "dark", "help": "tap", "script": "written"}
    form |= {"saver": "device", "presence": "counted"}
    browser.post("/en/settings/", form)
    tom.refresh_from_db()
    assert tom.hears_outcomes is False
    browser.post("/en/settings/", form | {"hears_outcomes": "on"})
    tom.refresh_from_db()
    assert tom.hears_outcomes is True
