import pytest
from django.db import DatabaseError, connection, transaction

from exchange.accounts.models import User
from exchange.ledger import queries
from exchange.ledger.actions import record
from exchange.ledger.cursor import Cursor
from exchange.ledger.models import Event
from exchange.ledger.signals import event_recorded


def happen(actor: User | None = None, scope: str = "thread.1", **fields) -> Event:
    return record("post.created", actor=actor, scope=scope, target="post.1", **fields)


def test_an_event_cannot_be_changed(tom):
    event = happen(tom)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(reason="spam")
    assert Event.objects.get(pk=event.pk).reason == ""


def test_an_event_cannot_be_deleted(tom):
    event = happen(tom)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()
    assert Event.objects.filter(pk=event.pk).exists()


def test_a_verb_outside_the_table_is_refused(db):
    with pytest.raises(KeyError):
        record("post.vanished", actor=None, scope="thread.1", target="post.1")
    assert Event.objects.count() == 0


def test_an_event_outlives_its_actor(sam):
    event = happen(sam)
    User.objects.filter(pk=sam.pk).delete()
    assert Event.objects.get(pk=event.pk).actor_id == sam.pk


def test_followers_are_woken_after_the_commit_and_not_before(
    tom, django_capture_on_commit_callbacks
):
    heard = []

    def listen(sender, event_id, **kwargs):
        heard.append(event_id)

    event_recorded.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            event = happen(tom)
            assert heard == []
        assert heard == [event.pk]
    finally:
        event_recorded.disconnect(listen)


def test_since_gives_one_scope_in_order(tom):
    first, _, third = happen(tom), happen(tom, scope="thread.2"), happen(tom)
    assert [event.pk for event in queries.since("thread.1", 0)] == [first.pk, third.pk]
    assert [event.pk for event in queries.since("thread.1", first.pk)] == [third.pk]
    assert queries.latest_id("thread.1") == third.pk
    assert queries.latest_id("thread.9") == 0


def test_a_cursor_gives_each_event_once(tom):
    cursor = Cursor(queries.latest_id())
    first = happen(tom)
    assert [event.pk for event in cursor.advance(["thread.1"])] == [first.pk]
    assert cursor.advance(["thread.1"]) == []


def test_a_cursor_finds_a_lower_id_that_commits_later(tom):
    high = Event.objects.create(pk=900, verb="post.created", scope="thread.1", target="post.9")
    cursor = Cursor(0)
    assert [event.pk for event in cursor.advance(["thread.1"])] == [high.pk]
    late = Event.objects.create(pk=899, verb="post.created", scope="thread.1", target="post.8")
    assert [event.pk for event in cursor.advance(["thread.1"])] == [late.pk]


def test_a_cursor_looks_at_its_scopes_only(tom):
    cursor = Cursor(0)
    happen(tom, scope="thread.2")
    assert cursor.advance(["thread.1"]) == []


def test_the_seal_stands_on_this_database(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            assert cursor.fetchone()[0] == 2
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'ledger_event_sealed'")
            assert cursor.fetchone()[0] == 1
