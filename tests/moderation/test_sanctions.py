"""Warnings and sanctions, and who may give them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from exchange.accounts.models import FOR_GOOD, User
from exchange.boards.models import Moderator
from exchange.ledger.models import Event
from exchange.moderation import actions, rules
from exchange.moderation.consumer import handle
from exchange.moderation.models import Decision
from tests.cast import open_thread, person, reply

from .deciding import expect_closed, expect_public, reported, undone

DAY = timedelta(days=1)
SANCTIONS = [
    (actions.silence, "person.silenced", "silenced_until", "person.silence_lifted"),
    (actions.suspend, "person.suspended", "suspended_until", "person.suspension_lifted"),
]


def fresh(who: User) -> User:
    return User.objects.get(pk=who.pk)


@pytest.mark.parametrize(("act", "verb", "stamp", "lifted"), SANCTIONS)
def test_a_sanction_is_a_decision_that_is_undone(
    act, verb, stamp, lifted, thread, mei, sam, lin, rules
) -> None:
    case = reported(sam, reply(mei, thread).target, rules["spam"])
    until = timezone.now() + DAY
    given = {"moderator": lin, "person": mei, "until": until, "rule": rules["spam"], "case": case}
    decision = act(**given)
    event = expect_public(decision, verb, lin, mei)
    assert (event.data["before"], event.data["after"]) == (0, int(until.timestamp()))
    assert event.target == event.scope == f"user.{mei.pk}"
    assert decision.board == thread.board
    expect_closed(case, decision)
    assert getattr(fresh(mei), stamp) == until
    assert act(**given) is None
    back = undone(lin, decision)
    assert back.verb == lifted and getattr(fresh(mei), stamp) is None
    case.refresh_from_db()
    assert case.closed_at is None
    again = undone(lin, back)
    assert again.verb == verb
    assert int(getattr(fresh(mei), stamp).timestamp()) == int(until.timestamp())


@pytest.mark.parametrize(("act", "verb", "stamp", "lifted"), SANCTIONS)
def test_lifting_the_later_brings_back_what_the_earlier_said(
    act, verb, stamp, lifted, mei, lin, rules
) -> None:
    first, second = timezone.now() + DAY, timezone.now() + 3 * DAY
    given = {"moderator": lin, "person": mei, "rule": rules["spam"]}
    earlier, later = act(**given, until=first), act(**given, until=second)
    assert getattr(fresh(mei), stamp) == second
    undone(lin, later)
    assert getattr(fresh(mei), stamp) == first.replace(microsecond=0)
    undone(lin, earlier)
    assert getattr(fresh(mei), stamp) is None


def test_lifting_the_earlier_leaves_the_later(mei, lin, rules) -> None:
    given = {"moderator": lin, "person": mei, "rule": rules["spam"]}
    earlier = actions.silence(**given, until=timezone.now() + DAY)
    later = timezone.now() + 3 * DAY
    actions.silence(**given, until=later)
    undone(lin, earlier)
    assert fresh(mei).silenced_until == later.replace(microsecond=0)


def test_what_ended_by_itself_does_not_come_back(mei, lin, rules) -> None:
    given = {"moderator": lin, "person": mei, "rule": rules["spam"]}
    actions.silence(**given, until=timezone.now() + timedelta(seconds=1))
    later = actions.silence(**given, until=timezone.now() + DAY)
    old = Event.objects.filter(verb="person.silenced").order_by("id")[0]
    Decision.objects.filter(event=old).update(event=old)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later.made_at + timedelta(hours=1))
        undone(lin, later)
    assert fresh(mei).silenced_until is None


def test_a_shorter_one_changes_nothing(mei, lin, staff, rules) -> None:
    actions.silence(moderator=lin, person=mei, until=timezone.now() + DAY, rule=rules["spam"])
    sooner = timezone.now() + timedelta(hours=1)
    assert not actions.silence(moderator=staff, person=mei, until=sooner, rule=rules["hate"])
    assert Decision.objects.count() == 1


def test_a_suspension_for_good_has_no_end(mei, lin, rules) -> None:
    actions.suspend(moderator=lin, person=mei, until=FOR_GOOD, rule=rules["spam"])
    assert fresh(mei).is_suspended and fresh(mei).suspended_until == FOR_GOOD
    later = FOR_GOOD - DAY
    assert not actions.suspend(moderator=lin, person=mei, until=later, rule=rules["spam"])


def test_an_end_that_no_decision_set_is_ended_too(bo, lin, rules) -> None:
    given = {"moderator": lin, "person": bo, "verb": "person.suspended", "rule": rules["other"]}
    assert actions.end(**given).verb == "person.suspension_lifted"
    assert fresh(bo).suspended_until is None
    assert actions.end(**given) is None


def test_a_suspension_ends_all_sessions_of_that_person_alone(mei, tom, lin, rules, log_in) -> None:
    for who in (mei, mei, tom):
        log_in(who)
    actions.suspend(moderator=lin, person=mei, until=timezone.now() + DAY, rule=rules["spam"])
    handle(Event.objects.get(verb="person.suspended"))
    owners = [one.get_decoded()["_auth_user_id"] for one in Session.objects.all()]
    assert owners == [str(tom.pk)]
    handle(Event.objects.get(verb="person.suspended"))


def test_a_warning_is_given_once_and_taken_back(mei, lin, staff, rules) -> None:
    given = {"person": mei, "rule": rules["spam"]}
    decision = actions.warn(moderator=lin, **given)
    expect_public(decision, "person.warned", lin, mei)
    assert actions.warn(moderator=staff, **given) is None
    back = undone(lin, decision)
    assert back.verb == "person.warning_lifted"
    assert not actions.standing("person.warned", mei).exists()
    assert undone(lin, back).verb == "person.warned"


# Who may


def test_nobody_judges_themselves_or_a_colleague(lin, staff, board_moderator, mei) -> None:
    other = person("ming", reads=["en"])
    Moderator.objects.create(user=other, board=None)
    boss = person("boss", is_staff=True)
    assert rules.can_judge(lin, lin) == rules.OWN
    assert rules.can_judge(lin, other) == rules.can_judge(lin, board_moderator) == rules.COLLEAGUE
    assert rules.can_judge(lin, staff) == rules.STAFF
    assert rules.can_judge(staff, lin) is None and rules.can_judge(staff, boss) is None
    assert rules.can_judge(staff, staff) == rules.OWN
    assert rules.can_judge(lin, mei) is None and rules.can_judge(lin, None) is None


def test_board_moderators_warn_who_wrote_there_and_sanction_nobody(
    thread, tom, mei, welcome, board_moderator
) -> None:
    open_thread(mei, welcome)
    assert rules.can_warn(board_moderator, tom) is None
    assert rules.can_warn(board_moderator, mei) == rules.NOT_HERE
    assert rules.can_sanction(board_moderator, tom) == rules.SITE_ONLY


def test_a_language_that_one_was_appointed_to_read_counts(mei) -> None:
    judge = person("judge", reads=["en"])
    Moderator.objects.create(user=judge, board=None, reads=["zh"])
    assert rules.can_punish(judge, mei, "zh-hant") is None
    plain = person("plain", reads=["en"])
    Moderator.objects.create(user=plain, board=None)
    assert rules.can_punish(plain, mei, "zh-hans") == rules.NOT_READ
    assert rules.can_punish(plain, mei, "mixed") is None
    assert rules.can_punish(plain, mei, "other") == rules.NOT_READ
    assert rules.can_punish(plain, mei, "other", attests=True) is None


# The pages


def address(who: User, noun: str) -> str:
    return f"/en/people/{who.username}/{noun}/"


@pytest.mark.parametrize(
    ("noun", "stamp", "told"),
    [
        ("silence", "silenced_until", "You cannot post for a time"),
        ("suspension", "suspended_until", "You cannot log in for a time"),
    ],
)
def test_the_page_says_what_it_does_and_shows_the_notice(
    noun, stamp, told, thread, tom, lin, rules, log_in
) -> None:
    browser = log_in(lin)
    html = browser.get(address(tom, noun)).content.decode()
    assert "What this does" in html and told in html
    sent = {"reason": "spam", "length": "own", "count": "2", "unit": "d"}
    shown = browser.post(address(tom, noun), sent | {"preview": "1"})
    assert shown.status_code == 200
    assert "house rule 4: Rule spam" in shown.content.decode()
    assert "It ends by itself on" in shown.content.decode()
    assert getattr(fresh(tom), stamp) is None
    assert browser.post(address(tom, noun), sent).status_code == 302
    left = getattr(fresh(tom), stamp) - timezone.now()
    assert timedelta(hours=47) < left < timedelta(hours=49)
    page = browser.get(f"{address(tom, noun)}?undo=1").content.decode()
    assert 'value="DELETE"' in page
    undo = {"reason": "other", "_method": "DELETE"}
    assert browser.post(address(tom, noun), undo).status_code == 302
    assert getattr(fresh(tom), stamp) is None


def test_the_notice_is_shown_in_both_languages(thread, mei, lin, rules, log_in) -> None:
    reply(mei, thread)
    sent = {"reason": "spam", "length": "24h", "preview": "1"}
    html = log_in(lin).post(address(mei, "silence"), sent).content.decode()
    assert "规则 spam" in html and "你被禁言了" in html and "You cannot post for a time" in html


def test_scripts_get_the_notice_as_text(thread, tom, lin, rules, log_in) -> None:
    answer = log_in(lin).post(
        address(tom, "warning"),
        {"reason": "spam", "preview": "1"},
        headers={"accept": "application/json"},
    )
    (told,) = answer.json()["notices"]
    assert told["title"] == "A moderator warns you" and "Rule spam" in told["body"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"reason": "spam"},
        {"length": "24h"},
        {"reason": "spam", "length": "own"},
        {"reason": "spam", "length": "own", "count": "0", "unit": "h"},
        {"reason": "spam", "length": "own", "count": "99999999", "unit": "d"},
        {"reason": "spam", "length": "own", "count": "３", "unit": "x"},
        {"reason": "spam", "length": "good"},
        {"reason": "spam", "length": "-5d"},
    ],
)
def test_a_bad_form_is_shown_again(sent, thread, tom, lin, rules, log_in) -> None:
    answer = log_in(lin).post(address(tom, "silence"), sent | {"note": "kept words"})
    assert answer.status_code == 422 and "kept words" in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_suspension_can_have_no_end(thread, tom, lin, rules, log_in) -> None:
    sent = {"reason": "spam", "length": "good"}
    assert log_in(lin).post(address(tom, "suspension"), sent).status_code == 302
    assert fresh(tom).suspended_until == FOR_GOOD


def test_a_suspended_person_is_outside_at_once(thread, tom, lin, rules, log_in) -> None:
    theirs = log_in(tom)
    assert theirs.get("/en/settings/").status_code == 200
    log_in(lin).post(address(tom, "suspension"), {"reason": "spam", "length": "24h"})
    assert theirs.get("/en/settings/").status_code != 200


@pytest.mark.parametrize("noun", ["warning", "silence", "suspension", "record"])
def test_for_members_there_are_no_such_pages(noun, tom, mei, client, log_in) -> None:
    for browser in (client, log_in(mei), log_in(tom)):
        assert browser.get(address(tom, noun)).status_code == 404
        if noun != "record":
            assert browser.post(address(tom, noun), {"reason": "spam"}).status_code == 404


def test_nobody_of_that_name(lin, log_in) -> None:
    assert log_in(lin).get("/en/people/nobody-here/warning/").status_code == 404


@pytest.mark.parametrize("noun", ["warning", "silence", "suspension"])
def test_moderators_do_not_sanction_each_other_or_themselves(
    noun, lin, board_moderator, staff, rules, log_in
) -> None:
    sent = {"reason": "spam", "length": "24h"}
    for who in (lin, board_moderator, staff):
        assert log_in(lin).post(address(who, noun), sent).status_code == 403
    assert not Decision.objects.exists()
    assert log_in(staff).post(address(lin, noun), sent).status_code == 302


def test_who_does_not_read_it_sanctions_nobody_by_a_machines_words(
    thread, mei, rules, log_in
) -> None:
    reply(mei, thread, "这句话机器会怎么翻译呢？")
    plain = person("plain", reads=["en"])
    Moderator.objects.create(user=plain, board=None)
    sent = {"reason": "spam", "length": "24h"}
    answer = log_in(plain).post(address(mei, "silence"), sent)
    assert answer.status_code == 403 and "nobody is punished" in answer.content.decode()
    # Once they wrote something that the moderator reads, there is something to judge.
    reply(mei, thread, "I say it in English, too.")
    assert log_in(plain).post(address(mei, "silence"), sent).status_code == 302


def test_the_record_tells_moderators_what_was_decided(thread, tom, lin, rules, log_in) -> None:
    actions.warn(moderator=lin, person=tom, rule=rules["spam"])
    html = log_in(lin).get(address(tom, "record")).content.decode()
    assert "was warned" in html and "Rule spam" in html
    for noun in ("warning", "silence", "suspension"):
        assert f'href="{address(tom, noun)}' in html


@pytest.mark.parametrize("verb", ["person.warned", "person.silenced", "person.suspended"])
def test_the_same_is_decided_once_for_each_case(verb, thread, mei, sam, lin, rules) -> None:
    """Two posts, two reports: who decides the second like the first has decided it."""
    cases = [
        reported(sam, reply(mei, thread, f"第{number}条广告").target, rules["spam"])
        for number in range(3)
    ]
    given = {"moderator": lin, "person": mei, "rule": rules["spam"]}
    act, ends = actions.warn, [{}, {}]
    if verb != "person.warned":
        act = actions.silence if verb == "person.silenced" else actions.suspend
        ends = [{"until": timezone.now() + 7 * DAY}, {"until": timezone.now() + DAY}]
    for case, until in zip(cases, ends, strict=False):
        decision = act(**given, **until, case=case)
        assert decision is not None and decision.verb == verb
        expect_closed(case, decision)
        assert act(**given, **until, case=case) is None  # pressed twice
    assert act(**given, **ends[1]) is None  # without a case it is one
    if verb == "person.warned":
        return
    stamp = verb.replace("person.", "") + "_until"
    assert getattr(fresh(mei), stamp) == ends[0]["until"]  # the longer one goes on
    longer = Decision.objects.filter(verb=verb).earliest("pk")
    undone(lin, longer)
    assert int(getattr(fresh(mei), stamp).timestamp()) == int(ends[1]["until"].timestamp())
