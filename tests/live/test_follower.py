"""The follower alone: what a round of reading the ledger gives, and that it gives it once."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError

from exchange.boards import actions, queries
from exchange.languages.actions import Draft
from exchange.ledger.models import Event
from exchange.ledger.queries import latest_id
from exchange.live import follower as module
from exchange.live.follower import Follower
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply

ENGLISH = {"en"}
DAY = timedelta(days=1)


def numbers(ready) -> list[int]:
    return [json.loads(text)["number"] for _, _, text in ready]


@pytest.fixture
def follower(thread) -> Follower:
    """One that has had its first look, which may repeat the last seconds."""
    made = Follower()
    made.round({thread.scope: ENGLISH})
    return made


def test_a_reply_an_edit_and_a_hiding_come_once_each(follower, thread, tom, mei, lin, rules):
    wanted = {thread.scope: ENGLISH}
    post = reply(mei, thread)
    assert numbers(follower.round(wanted)) == [2]
    actions.edit(author=mei, post=post, draft=Draft("改好了"), from_version=1)
    assert "改好了" in follower.round(wanted)[0].text
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert "改好了" not in follower.round(wanted)[0].text
    assert follower.round(wanted) == []


def test_a_lower_id_that_commits_later_comes_too(follower, thread, mei):
    wanted = {thread.scope: ENGLISH}
    early, late = reply(mei, thread), reply(mei, thread, "Later.")
    rows = list(Event.objects.order_by("-id")[:2])
    fields = {"verb": "post.created", "scope": thread.scope}
    base = rows[0].pk + 100
    follower.round(wanted)
    Event.objects.create(pk=base + 1, target=late.target, **fields)
    assert numbers(follower.round(wanted)) == [3]
    Event.objects.create(pk=base, target=early.target, **fields)
    assert numbers(follower.round(wanted)) == [2]
    assert follower.round(wanted) == []


def test_a_scope_watched_from_now_on_brings_no_old_events(follower, thread, tom, rent):
    other = open_thread(tom, rent)
    with pytest.MonkeyPatch.context() as patch:
        # As if they had happened long before the overlap.
        patch.setattr("exchange.ledger.cursor.OVERLAP", -DAY)
        reply(tom, other)
        follower.round({thread.scope: ENGLISH})
        assert follower.round({thread.scope: ENGLISH, other.scope: ENGLISH}) == []


def test_nothing_is_lost_when_a_round_fails_half_way(follower, thread, mei, monkeypatch):
    wanted = {thread.scope: ENGLISH}
    reply(mei, thread)
    with monkeypatch.context() as patch:
        patch.setattr(module.frames, "posts_of", refuse)
        for _ in range(2):
            with pytest.raises(OperationalError):
                follower.round(wanted)
    assert numbers(follower.round(wanted)) == [2]
    assert follower.round(wanted) == []


def test_each_scope_is_rendered_in_the_languages_it_is_watched_in(follower, thread, tom, rent, mei):
    other = open_thread(tom, rent)
    wanted = {thread.scope: {"en", "zh-hant"}, other.scope: {"zh-hans"}}
    reply(mei, thread)
    reply(mei, other)
    got = {(scope, language) for scope, language, _ in follower.round(wanted)}
    assert got == {(thread.scope, "en"), (thread.scope, "zh-hant"), (other.scope, "zh-hans")}


def test_the_first_round_starts_at_the_ledgers_end(thread, tom, monkeypatch):
    monkeypatch.setattr("exchange.ledger.cursor.OVERLAP", -DAY)
    reply(tom, thread)
    assert Follower().round({thread.scope: ENGLISH}) == []
    assert latest_id(thread.scope) == queries.thread(tom, thread.pk).since


def refuse(*args, **kwargs):
    raise OperationalError("the database is away")
