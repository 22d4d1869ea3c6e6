import pytest

from exchange.ledger.actions import record
from exchange.ledger.consumer import Consumer
from exchange.ledger.models import Bookmark, Event

pytestmark = pytest.mark.django_db


def happened(verb: str = "post.created", scope: str = "thread.1") -> Event:
    return record(verb, actor=None, scope=scope, target="post.1")


def test_every_event_of_its_verbs_is_handled_once_and_in_order():
    wanted = [happened(), happened("post.edited"), happened(scope="thread.2")]
    happened("thread.locked")
    handled: list[int] = []
    consumer = Consumer("test", ["post.created", "post.edited"], lambda e: handled.append(e.pk))
    assert consumer.round() == 3
    assert consumer.round() == 0
    assert handled == [event.pk for event in wanted]


def test_a_new_process_goes_on_where_the_last_one_ended():
    happened()
    Consumer("test", ["post.created"], lambda e: None).round()
    later = happened()
    handled: set[int] = set()
    Consumer("test", ["post.created"], lambda e: handled.add(e.pk)).round()
    assert later.pk in handled
    assert Bookmark.objects.get(name="test").position == later.pk


def test_an_event_that_cannot_be_handled_does_not_stop_the_others(caplog):
    bad, good = happened(), happened()
    handled = []

    def handle(event: Event) -> None:
        if event.pk == bad.pk:
            raise ValueError("no such thing")
        handled.append(event.pk)

    Consumer("test", ["post.created"], handle).round()
    assert handled == [good.pk]
    assert f"cannot handle event {bad.pk}" in caplog.text


def test_a_database_that_is_away_loses_nothing():
    from django.db import OperationalError

    event = happened()
    away = [True]
    handled = []

    def handle(event: Event) -> None:
        if away:
            raise OperationalError("gone")
        handled.append(event.pk)

    consumer = Consumer("test", ["post.created"], handle)
    with pytest.raises(OperationalError):
        consumer.round()
    away.clear()
    consumer.round()
    assert handled == [event.pk]


def test_consumers_have_a_place_each():
    happened()
    first, second = [], []
    Consumer("first", ["post.created"], first.append).round()
    Consumer("second", ["post.created"], second.append).round()
    assert len(first) == len(second) == 1
