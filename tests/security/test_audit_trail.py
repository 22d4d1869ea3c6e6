"""Check 64: whatever moderators and staff do stands in the ledger, in one transaction with the deed.

Who adds an action to `exchange.moderation.actions` adds it to ACTS, or to NOT_ACTS with the reason.
"""

import inspect
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from exchange.ledger.models import Event
from exchange.moderation import actions
from exchange.moderation.actions.frame import INVERSES
from exchange.moderation.models import Annotation, Case, CaseNote, Decision, Flag
from exchange.moderation.targets import of_post
from exchange.safety.actions import publish_rules
from exchange.safety.models import Edition
from exchange.uploads import actions as uploads
from tests.cast import open_thread, picture, pictured, reply

from .audit_acts import MORE, Act
from .audit_acts import case_of as _case
from .audit_acts import person_of as _person
from .audit_acts import post_of as _post
from .audit_acts import thread_of as _thread
from .audit_acts import why as _why

# What writes nothing of its own about which somebody would have to answer.
NOT_ACTS = {
    *("is_claimed_by_another", "left_as"),  # only ask
    *("settle", "settle_open"),  # guard one of the acts below, and do nothing themselves
    "close_gone",  # follows its author's deletion
    "route_anew",  # follows its author's edit: who reads the words of now
    "sweep",  # what was erased a day ago: the erasing is the act
    *("hold", "standing", "until_of"),  # ask, or guard an act
    # Of two acts below with a case's rules around them.
    *("hide_for_now", "leave"),
    "rejoin",  # takes a parting back, by `undo`
    "answer",  # a volunteer's, about whose role `ask` tells
    *("exclude", "include"),  # tests/comparisons/test_exclusion.py walks over both
    "end_burst",  # many of the acts below at once: tests/moderation/test_bursts.py
    "open_case",  # the site's own doing, by the consumer of the ledger: the event is what it follows
}


def _undone(c: Any) -> None:
    c.before = actions.lock(**_why(c), thread=c.thread)


ROLE: dict[str, Any] = {"told": ("board",), "has_reason": False, "has_decision": False}
CASE: dict[str, Any] = {"told": ("case",), "has_reason": False, "has_decision": False}

ACTS = {
    "annotate": Act(
        "log.annotated",
        lambda c: actions.annotate(moderator=c.lin, event=c.event, words="Wrong."),
        lambda c: Annotation,
        lambda c: f"event.{c.event.pk}",
        told=("annotation",),
        has_reason=False,
        has_decision=False,
    ),
    "appoint": Act(
        "moderator.appointed",
        lambda c: actions.appoint(by=c.lin, person=c.mei, role="moderator", board=c.thread.board),
        lambda c: c.mei.moderates.model,
        _person,
        **ROLE,
    ),
    "dismiss": Act(
        "moderator.dismissed",
        lambda c: actions.dismiss(by=c.lin, person=c.mei, role="moderator", board=c.thread.board),
        lambda c: c.mei.moderates.model,
        _person,
        lambda c: actions.appoint(by=None, person=c.mei, role="moderator", board=c.thread.board),
        **ROLE,
    ),
    "report": Act(
        "flag.raised",
        lambda c: actions.report(
            reporter=c.sam, target=of_post(c.post), rule=c.rules["spam"], note="看一下"
        ),
        lambda c: Flag,
        _post,
        told=("flag", "case"),
        actor="sam",
        has_decision=False,
    ),
    "claim": Act(
        "case.claimed",
        lambda c: actions.claim(moderator=c.lin, case=c.case),
        lambda c: c.case,
        _case,
        **CASE,
    ),
    "unclaim": Act(
        "case.unclaimed",
        lambda c: actions.unclaim(moderator=c.lin, case=c.case),
        lambda c: c.case,
        _case,
        lambda c: actions.claim(moderator=c.lin, case=c.case),
        **CASE,
    ),
    "write_note": Act(
        "case.noted",
        lambda c: actions.write_note(moderator=c.lin, case=c.case, words="Seen."),
        lambda c: CaseNote,
        _case,
        **CASE,
    ),
    "dismiss_case": Act(
        "case.dismissed",
        lambda c: actions.dismiss_case(**_why(c), case=c.case),
        lambda c: c.case,
        _case,
        told=("case", "version"),
    ),
    "hide": Act(
        "post.hidden",
        lambda c: actions.hide(**_why(c), post=c.post),
        lambda c: c.post,
        _post,
        told=("version",),
    ),
    "restore": Act(
        "post.restored",
        lambda c: actions.restore(**_why(c), post=c.post),
        lambda c: c.post,
        _post,
        lambda c: actions.hide(**_why(c), post=c.post),
        told=("version",),
    ),
    "hide_picture": Act(
        "picture.hidden",
        lambda c: actions.hide_picture(**_why(c), post=c.post, upload=c.upload),
        lambda c: c.upload,
        _post,
        told=("upload",),
    ),
    "restore_picture": Act(
        "picture.restored",
        lambda c: actions.restore_picture(**_why(c), post=c.post, upload=c.upload),
        lambda c: c.upload,
        _post,
        lambda c: actions.hide_picture(**_why(c), post=c.post, upload=c.upload),
        told=("upload",),
    ),
    "release_picture": Act(
        "picture.released",
        lambda c: actions.release_picture(moderator=c.lin, post=c.post, upload=c.upload),
        lambda c: c.upload,
        _post,
        lambda c: uploads.hold(upload=c.upload),
        told=("upload",),
        has_reason=False,
    ),
    "lock": Act(
        "thread.locked",
        lambda c: actions.lock(**_why(c), thread=c.thread),
        lambda c: c.thread,
        _thread,
    ),
    "unlock": Act(
        "thread.unlocked",
        lambda c: actions.unlock(**_why(c), thread=c.thread),
        lambda c: c.thread,
        _thread,
        lambda c: actions.lock(**_why(c), thread=c.thread),
    ),
    "pin": Act(
        "thread.pinned",
        lambda c: actions.pin(**_why(c), thread=c.thread),
        lambda c: c.thread,
        _thread,
    ),
    "unpin": Act(
        "thread.unpinned",
        lambda c: actions.unpin(**_why(c), thread=c.thread),
        lambda c: c.thread,
        _thread,
        lambda c: actions.pin(**_why(c), thread=c.thread),
    ),
    "move": Act(
        "thread.moved",
        lambda c: actions.move(**_why(c), thread=c.thread, board=c.welcome),
        lambda c: c.thread,
        _thread,
        told=("from", "to"),
    ),
    "undo": Act(
        "thread.unlocked",
        lambda c: actions.undo(moderator=c.lin, decision=c.before),
        lambda c: c.thread,
        _thread,
        _undone,
    ),
    "open_board": Act(
        "board.opened",
        lambda c: actions.open_board(by=c.lin, board=c.thread.board, access="members"),
        lambda c: c.thread.board,
        lambda c: f"board.{c.thread.board_id}",
        told=("access",),
        has_reason=False,
        has_decision=False,
    ),
    "show_presence": Act(
        "board.changed",
        lambda c: actions.show_presence(by=c.lin, board=c.thread.board, on=False),
        lambda c: c.thread.board,
        lambda c: f"board.{c.thread.board_id}",
        told=("presence",),
        has_reason=False,
        has_decision=False,
    ),
    # Below the desk, and staff's as well.
    "publish_rules": Act(
        "rules.published",
        lambda c: publish_rules(rules=c.house_rules, by=c.lin),
        lambda c: Edition,
        lambda c: "rules.1",
        has_reason=False,
        has_decision=False,
    ),
}
ACTS |= MORE
ELSEWHERE = {"publish_rules"}


@pytest.fixture
def c(thread, welcome, mei, sam, lin, rules):
    """The people and things that acts are done by and to."""
    post = reply(mei, thread, pictures=[pictured(picture(mei))])
    other = reply(mei, thread, "另一句话。")
    case = actions.report(reporter=sam, target=of_post(other), rule=rules["spam"]).case
    event = actions.pin(moderator=lin, thread=thread, rule=rules["other"]).event
    actions.unpin(moderator=lin, thread=thread, rule=rules["other"])
    texts = {"en": "Be kind.", "zh-hans": "友善。", "zh-hant": "友善。"}
    house_rules = [
        {"code": code, "number": number, "severity": 2, "name": texts, "text": texts}
        for number, code in enumerate(rules, 1)
    ]
    Edition.objects.create(number=0, rules=[])
    return SimpleNamespace(
        thread=thread,
        welcome=welcome,
        mei=mei,
        sam=sam,
        lin=lin,
        rules=rules,
        post=post,
        other=other,
        before_decision=Decision(),
        elsewhere=open_thread(sam, welcome, title="Elsewhere", title_other=""),
        upload=post.passage.uploads.get(),
        case=Case.objects.select_related("post__thread", "rule", "author").get(pk=case.pk),
        event=event,
        house_rules=house_rules,
    )


def state(about: Any) -> Any:
    """What stands in the database now: all of a row, or the ids of a table."""
    if isinstance(about, models.Model):
        return type(about).objects.filter(pk=about.pk).values().first()
    return list(about.objects.order_by("pk").values_list("pk", flat=True))


def test_every_act_is_in_the_table_or_is_said_to_be_none():
    acts = {name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))}
    assert acts - set(ACTS) - NOT_ACTS == set(), "neither in ACTS nor in NOT_ACTS"
    assert (set(ACTS) | NOT_ACTS) - acts - ELSEWHERE == set(), "no act of moderators"
    assert set(ACTS) & NOT_ACTS == set(), "in both"


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_one_event_with_who_what_and_why(name, c):
    act = ACTS[name]
    act.first(c)
    before, last = state(act.about(c)), Event.objects.latest("id").pk
    assert act.do(c)
    assert state(act.about(c)) != before
    event = Event.objects.get(pk__gt=last, verb=act.verb)
    assert (event.verb, event.actor_id) == (act.verb, getattr(c, act.actor).pk)
    assert event.reason == ("spam" if act.has_reason else "")
    assert event.target == (act.target(c) or event.target)
    assert set(act.told) <= set(event.data)
    assert all(isinstance(value, int | str | list) for value in event.data.values())
    decisions = Decision.objects.filter(event=event)
    assert decisions.count() == act.has_decision
    if act.has_decision and act.verb in INVERSES:
        assert decisions.get().undoes is not None


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_breaks_off_after_its_event_leaves_neither(name, c, monkeypatch):
    act = ACTS[name]
    act.first(c)
    before, events, decisions = state(act.about(c)), state(Event), state(Decision)
    recorded = transaction.on_commit

    def breaks_off(*args: Any, **kwargs: Any) -> None:
        if Event.objects.count() > len(events):
            raise RuntimeError("the lights went out")
        recorded(*args, **kwargs)

    monkeypatch.setattr(transaction, "on_commit", breaks_off)
    with pytest.raises(RuntimeError, match="lights"):
        act.do(c)
    assert (state(Event), state(Decision)) == (events, decisions)
    assert state(act.about(c)) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET actor_id = NULL",
        "UPDATE ledger_event SET reason = 'other'",
        "DELETE FROM ledger_event",
    ],
)
def test_what_stands_in_the_ledger_cannot_be_changed_or_taken_out(statement, c):
    before = list(Event.objects.order_by("id").values())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(Event.objects.order_by("id").values()) == before
