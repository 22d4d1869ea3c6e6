"""The set that posts are checked against: made once, shared, and new as soon as a row is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.ledger.models import Event
from exchange.ledger.queries import public_log
from exchange.safety import actions, queries
from exchange.safety.models import Switch

WORDS = {"sort": "word", "kind": "hold", "language": ""}


@pytest.fixture
def watch(rules, lin):
    return actions.add_watch(by=lin, text="刷单", rule=rules["spam"], **WORDS)


def hits(text: str = "刷单") -> list[str]:
    return [entry.text for entry in queries.filters().hits(text)]


def test_what_was_only_added_is_not_looked_for_yet(watch, lin):
    assert hits() == []
    assert actions.activate(by=lin, watch=watch)
    assert hits() == ["刷单"]
    assert actions.remove_watch(by=lin, watch=watch)
    assert hits() == []


def test_each_is_done_once(watch, lin):
    assert [actions.activate(by=lin, watch=watch) for _ in range(2)] == [True, False]
    assert [actions.remove_watch(by=lin, watch=watch) for _ in range(2)] == [True, False]
    assert not actions.activate(by=lin, watch=watch)


def test_a_set_is_made_once_for_as_long_as_no_row_changes(watch, lin, rules):
    actions.activate(by=lin, watch=watch)
    first = queries.filters()
    with CaptureQueriesContext(connection) as captured:
        assert queries.filters() is first
    assert len(captured) == 1
    other = actions.add_watch(by=lin, text="博彩", rule=rules["spam"], **WORDS)
    assert queries.filters() is first  # it is only tried
    actions.activate(by=lin, watch=other)
    second = queries.filters()
    assert second is not first and set(hits("博彩 刷单")) == {"刷单", "博彩"}
    # One goes and another comes: as many as before, and yet another set.
    actions.remove_watch(by=lin, watch=watch)
    third = actions.add_watch(by=lin, text="裸聊", rule=rules["spam"], **WORDS)
    actions.activate(by=lin, watch=third)
    assert set(hits("博彩 刷单 裸聊")) == {"博彩", "裸聊"}


def test_the_same_is_not_added_twice_and_again_after_it_was_taken_out(watch, lin, rules):
    with pytest.raises(actions.Repeated) as raised:
        actions.add_watch(by=lin, text="刷单", rule=rules["spam"], **WORDS)
    assert raised.value.watch == watch
    actions.remove_watch(by=lin, watch=watch)
    assert actions.add_watch(by=lin, text="刷单", rule=rules["spam"], **WORDS).pk != watch.pk


def test_the_ledger_says_what_was_done_and_never_the_word(watch, lin):
    actions.activate(by=lin, watch=watch)
    actions.remove_watch(by=lin, watch=watch)
    events = Event.objects.filter(target=f"watch.{watch.pk}").order_by("id")
    assert [event.verb for event in events] == ["watch.added", "watch.activated", "watch.removed"]
    assert [event.reason for event in events] == ["spam"] * 3
    assert "刷单" not in repr([event.data for event in events])
    assert set(public_log().values_list("verb", flat=True)) == {"watch.activated", "watch.removed"}


def test_a_switch_is_on_at_once_and_off_at_once(lin):
    assert not queries.is_on(Switch.HOLD_ALL)
    turn = [actions.switch(name=Switch.HOLD_ALL, on=on, by=lin) for on in (True, True)]
    assert turn == [True, False] and queries.is_on(Switch.HOLD_ALL)
    assert not queries.is_on(Switch.SIGN_UP_PROOF)
    assert actions.switch(name=Switch.HOLD_ALL, on=False, by=lin)
    assert not queries.is_on(Switch.HOLD_ALL)
    assert list(public_log().values_list("verb", flat=True)) == ["switch.off", "switch.on"]
