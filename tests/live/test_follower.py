"""The follower alone: what a round of reading the ledger gives, and that it gives it once."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from exchange.accounts.actions import touch
from exchange.boards import actions, queries
from exchange.boards.models import Post
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
    assert numbers(follower.round(wanted).ready) == [2]
    actions.edit(author=mei, post=post, draft=Draft("改好了"), from_version=1)
    assert "改好了" in follower.round(wanted).ready[0].text
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert "改好了" not in follower.round(wanted).ready[0].text
    assert follower.round(wanted).ready == []


def test_a_lower_id_that_commits_later_comes_too(follower, thread, mei):
    wanted = {thread.scope: ENGLISH}
    early, late = reply(mei, thread), reply(mei, thread, "Later.")
    rows = list(Event.objects.order_by("-id")[:2])
    fields = {"verb": "post.created", "scope": thread.scope}
    base = rows[0].pk + 100
    follower.round(wanted)
    Event.objects.create(pk=base + 1, target=late.target, **fields)
    assert numbers(follower.round(wanted).ready) == [3]
    Event.objects.create(pk=base, target=early.target, **fields)
    assert numbers(follower.round(wanted).ready) == [2]
    assert follower.round(wanted).ready == []


def test_what_came_late_is_known_to_be_as_new_as_what_was_told_before_it(
    follower, thread, mei, rules
):
    """A post is hidden in a long transaction; what a machine made of it meanwhile has the next number,
    and is there first."""
    wanted = {thread.scope: ENGLISH}
    post = reply(mei, thread, "Unkind words.")
    follower.round(wanted)
    base = latest_id() + 100
    fields = {"scope": thread.scope, "created_at": timezone.now()}
    Event.objects.create(pk=base + 1, verb="translation.made", target=post.passage.target, **fields)
    [before] = told(follower.round(wanted))
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    Event.objects.create(pk=base, verb="post.hidden", target=post.target, reason="spam", **fields)
    [after] = told(follower.round(wanted))
    assert "Unkind" in before["html"] and "Unkind" not in after["html"]
    assert (before["event"], before["at"]) == (base + 1, base + 1)
    assert (after["event"], after["at"]) == (base, base + 1)


def told(round_) -> list[dict]:
    return [json.loads(text) for _, _, text in round_.ready]


def test_a_scope_watched_from_now_on_brings_no_old_events(follower, thread, tom, rent):
    other = open_thread(tom, rent)
    with pytest.MonkeyPatch.context() as patch:
        # As if they had happened long before the overlap.
        patch.setattr("exchange.ledger.cursor.OVERLAP", -DAY)
        reply(tom, other)
        follower.round({thread.scope: ENGLISH})
        assert follower.round({thread.scope: ENGLISH, other.scope: ENGLISH}).ready == []


def test_nothing_is_lost_when_a_round_fails_half_way(follower, thread, mei, monkeypatch):
    wanted = {thread.scope: ENGLISH}
    reply(mei, thread)
    with monkeypatch.context() as patch:
        patch.setattr(module.frames, "things_of", refuse)
        for _ in range(2):
            with pytest.raises(OperationalError):
                follower.round(wanted)
    assert numbers(follower.round(wanted).ready) == [2]
    assert follower.round(wanted).ready == []


def test_each_scope_is_rendered_in_the_languages_it_is_watched_in(follower, thread, tom, rent, mei):
    other = open_thread(tom, rent)
    wanted = {thread.scope: {"en", "zh-hant"}, other.scope: {"zh-hans"}}
    reply(mei, thread)
    reply(mei, other)
    got = {(scope, language) for scope, language, _ in follower.round(wanted).ready}
    assert got == {(thread.scope, "en"), (thread.scope, "zh-hant"), (other.scope, "zh-hans")}


def test_the_first_round_starts_at_the_ledgers_end(thread, tom, monkeypatch):
    monkeypatch.setattr("exchange.ledger.cursor.OVERLAP", -DAY)
    reply(tom, thread)
    assert Follower().round({thread.scope: ENGLISH}).ready == []
    assert latest_id(thread.scope) == queries.thread(tom, thread.pk).since


# What cannot be told


def broken_for(post):
    """As if one post could not be drawn."""
    build = module.frames.build

    def build_but_for(events, things, language):
        if any(event.target == post.target for event in events):
            raise ValueError("this one cannot be drawn")
        return build(events, things, language)

    return build_but_for


def test_an_event_that_cannot_be_told_is_left_behind_and_its_readers_may_reload(
    follower, thread, tom, rent, mei, monkeypatch, caplog
):
    other = open_thread(tom, rent)
    wanted = {thread.scope: {"en", "zh-hans"}, other.scope: ENGLISH}
    follower.round(wanted)
    bad, good, elsewhere = reply(mei, thread), reply(mei, thread, "Later."), reply(tom, other)
    monkeypatch.setattr(module.frames, "build", broken_for(bad))
    told = [json.loads(text) for _, _, text in follower.round(wanted).ready]
    event = Event.objects.get(target=bad.target)
    asks = {"event": event.pk, "kind": "reload", "scope": thread.scope}
    assert [frame for frame in told if frame["kind"] == "reload"] == [asks, asks]
    posts = [frame["post"] for frame in told if frame["kind"] == "post"]
    assert posts == [good.pk, good.pk, elsewhere.pk]
    assert follower.round(wanted).ready == []
    assert [record.message for record in caplog.records] == [
        f"Event {event.pk} (post.created) cannot be told to open pages"
    ]


def test_who_may_no_longer_is_asked_although_what_happened_cannot_be_told(
    follower, thread, lin, rent, moderators_board, rules, monkeypatch
):
    monkeypatch.setattr(module.frames, "build", lambda *args: 1 / 0)
    moderation.move(moderator=lin, thread=thread, board=moderators_board, rule=rules["other"])
    assert follower.round({thread.scope: ENGLISH}).scopes == {thread.scope}


def test_notices_that_cannot_be_told_keep_nothing_else_back(
    follower, thread, mei, tom, monkeypatch, caplog
):
    wanted = {thread.scope: ENGLISH, f"user.{tom.pk}": ENGLISH}
    monkeypatch.setattr(module.notices, "frame", lambda *args: 1 / 0)
    touch([tom.pk])
    reply(mei, thread)
    assert numbers(follower.round(wanted).ready) == [2]
    assert caplog.records[0].message == "Notices cannot be told to open pages"


def test_a_change_of_somebody_that_a_failed_round_found_is_found_by_the_next(
    follower, thread, sam, monkeypatch
):
    wanted = {thread.scope: ENGLISH}
    while follower.round(wanted).people:  # what the fixtures changed
        monkeypatch.setattr("exchange.live.people.LOOKED_AGAIN", -1.0)
    monkeypatch.setattr("exchange.live.people.LOOKED_AGAIN", 3600.0)
    touch([sam.pk])
    with monkeypatch.context() as patch:
        patch.setattr(module.frames, "things_of", refuse)
        with pytest.raises(OperationalError):
            follower.round(wanted)
    assert follower.round(wanted).people == {sam.pk}
    assert follower.round(wanted).people == set()


def test_a_drawing_that_a_failed_round_made_is_sent_by_the_next(follower, thread, monkeypatch):
    wanted, event = {thread.scope: ENGLISH}, Event.objects.filter(scope=thread.scope).last()
    drawn = {"event": event.pk, "kind": "chart", "scope": thread.scope, "html": "<svg>"}
    monkeypatch.setattr(module.charts, "drawn_anew", lambda *args: {thread: event})
    monkeypatch.setattr(module.charts, "frame", lambda *args: drawn)
    with monkeypatch.context() as patch:
        patch.setattr(module, "_notices", refuse)
        with pytest.raises(OperationalError):
            follower.round(wanted)
    assert [json.loads(text) for _, _, text in follower.round(wanted).ready] == [drawn]


def refuse(*args, **kwargs):
    raise OperationalError("the database is away")
