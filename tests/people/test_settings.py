from collections.abc import Callable

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.ledger.models import Event

CHOICES = {
    "reads": ["en", "zh"],
    "learning": ["zh-hans"],
    "view": "mine",
    "theme": "dark",
    "help": "tap",
    "script": "written",
    "saver": "on",
    "presence": "named",
}


def test_settings_are_kept_and_every_page_follows_them(tom: User, log_in: Callable) -> None:
    client = log_in(tom)
    answer = client.post("/en/settings/", CHOICES | {"shortcuts": ""})
    tom.refresh_from_db()
    assert answer.status_code == 302
    assert (tom.reads, tom.learning) == (["en", "zh-hans"], ["zh-hans"])
    assert (tom.view, tom.theme, tom.shortcuts) == ("mine", "dark", False)
    page = client.get("/en/").content.decode()
    assert 'data-reads="en zh" data-view="mine" data-theme="dark"' in page
    assert 'data-machine="off" data-help="tap" data-script="written" data-saver="on"' in page
    assert "data-no-shortcuts" in page


def test_a_choice_that_there_is_not_is_named_and_nothing_changes(
    tom: User, log_in: Callable
) -> None:
    answer = log_in(tom).post("/zh-hans/settings/", CHOICES | {"theme": "pink"})
    tom.refresh_from_db()
    assert answer.status_code == 422
    assert (tom.view, tom.theme) == ("both", "system")


def test_whoever_ticks_no_language_reads_the_page_s(tom: User, log_in: Callable) -> None:
    log_in(tom).post("/zh-hans/settings/", CHOICES | {"reads": []})
    tom.refresh_from_db()
    assert tom.reads == ["zh-hans"]


def test_who_leaves_pictures_to_the_device_has_a_page_that_says_nothing(
    tom: User, log_in: Callable
) -> None:
    client = log_in(tom)
    assert "data-saver" not in client.get("/en/").content.decode()
    assert client.post("/en/settings/reading/", {"saver": "off"}).status_code == 204
    assert 'data-saver="off"' in client.get("/en/").content.decode()
    assert client.post("/en/settings/reading/", {"saver": "some"}).status_code == 400


def test_a_thread_s_switch_is_remembered_for_the_member(tom: User, log_in: Callable) -> None:
    answer = log_in(tom).post("/en/settings/view/", {"view": "original"})
    tom.refresh_from_db()
    assert (answer.status_code, tom.view) == (204, "original")
    assert Event.objects.filter(verb="settings.changed", public=False).count() == 1


@pytest.mark.parametrize("view", ["", "everything", "BOTH"])
def test_a_view_that_there_is_not_is_refused(tom: User, log_in: Callable, view: str) -> None:
    assert log_in(tom).post("/en/settings/view/", {"view": view}).status_code == 400


@pytest.mark.django_db
def test_strangers_pages_say_nothing_of_views_but_what_the_address_asks_for() -> None:
    assert "data-view" not in Client().get("/en/").content.decode()
    assert 'data-view="mine"' in Client().get("/en/?view=mine").content.decode()
    assert "data-view" not in Client().get("/en/?view=<b>").content.decode()
