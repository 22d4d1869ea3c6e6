import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from exchange.accounts.models import User
from exchange.config import env
from exchange.ledger import queries
from exchange.ledger.actions import record
from exchange.ledger.cursor import OVERLAP, Cursor
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
    assert [event.pk for event in cursor.advance()] == [first.pk]
    assert cursor.advance() == []


def test_a_cursor_finds_a_lower_id_that_commits_later(tom):
    high = Event.objects.create(pk=900, verb="post.created", scope="thread.1", target="post.9")
    cursor = Cursor(0)
    assert [event.pk for event in cursor.advance()] == [high.pk]
    late = Event.objects.create(pk=899, verb="post.created", scope="thread.1", target="post.8")
    assert [event.pk for event in cursor.advance()] == [late.pk]


FIELDS = {"verb": "post.created", "scope": "thread.1", "target": "post.9"}


@pytest.fixture
def clock(monkeypatch):
    """The cursor's own, which is never set back, and which a test moves on."""
    made = SimpleNamespace(now=1000.0)
    monkeypatch.setattr("exchange.ledger.cursor.time.monotonic", lambda: made.now)
    return made


def test_what_is_committed_long_after_it_was_recorded_is_given(tom, clock):
    first = happen(tom)
    cursor = Cursor(first.pk)
    cursor.advance()
    base = first.pk + 10
    for number in range(base + 1, base + 5):
        Event.objects.create(pk=number, **FIELDS)
    assert len(cursor.advance()) == 4
    for _ in range(1, 29):
        clock.now += 1
        assert cursor.advance() == []
    recorded = timezone.now() - timedelta(seconds=28)
    late = Event.objects.create(pk=base, created_at=recorded, **FIELDS)
    assert [event.pk for event in cursor.advance()] == [late.pk]
    assert cursor.advance() == []


def test_a_transaction_that_came_to_nothing_is_not_asked_for_for_ever(tom, clock):
    cursor = Cursor(queries.latest_id())
    last = Event.objects.create(pk=900, **FIELDS)
    assert [event.pk for event in cursor.advance()] == [last.pk]
    clock.now += OVERLAP.total_seconds() + 1
    cursor.advance()
    assert cursor._missing == {}


def test_what_is_late_is_waited_for_longer_than_statements_may_take(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/board")
    options = env.database(Path("unused"))["OPTIONS"]["options"]
    limits = [int(number) for number in re.findall(r"_timeout=(\d+)", options)]
    assert len(limits) == 2
    assert timedelta(milliseconds=sum(limits)) <= OVERLAP


def test_of_some_verbs_no_other_event_is_asked_for_again(tom):
    cursor = Cursor(happen(tom).pk)
    cursor.advance_by_verb(["post.created"])
    Event.objects.bulk_create([Event(**FIELDS | {"verb": "post.edited"}) for _ in range(3)])
    wanted = happen(tom)
    assert [event.pk for event in cursor.advance_by_verb(["post.created"])] == [wanted.pk]
    assert cursor._missing == {}


@pytest.mark.parametrize("before", [0, 300])
def test_looking_is_one_query_that_reads_nothing_twice(tom, before, django_assert_num_queries):
    cursor = Cursor(happen(tom).pk)
    cursor.advance()
    Event.objects.bulk_create([Event(**FIELDS) for _ in range(before)])
    assert len(cursor.advance()) == before
    happen(tom)
    with django_assert_num_queries(1) as looked:
        assert len(cursor.advance()) == 1
    assert len(looked.captured_queries[0]["sql"]) < 600


def test_a_clock_that_is_set_back_makes_a_cursor_tell_nothing_twice(tom, monkeypatch):
    cursor, now = Cursor(queries.latest_id()), timezone.now()

    def clock_says(off: timedelta) -> None:
        monkeypatch.setattr("exchange.ledger.cursor.timezone.now", lambda: now + off)

    told = happen(tom)
    assert [event.pk for event in cursor.advance()] == [told.pk]
    clock_says(timedelta(minutes=20))
    later = happen(tom)
    assert [event.pk for event in cursor.advance()] == [later.pk]
    clock_says(timedelta(hours=-1))
    assert cursor.advance() == []


def test_the_seal_stands_on_this_database(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            assert cursor.fetchone()[0] == 2
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'ledger_event_sealed'")
            assert cursor.fetchone()[0] == 1
