"""An appeal that is agreed with when there is nothing left to take back: nobody is told that there was."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.languages.models import Proposal
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation.models import Appeal, Decision
from exchange.moderation.targets import find
from exchange.notifications import actions as telling
from exchange.notifications import queries as notices
from exchange.notifications.consumer import consumer
from exchange.notifications.presenting import lines
from tests.cast import person, reply
from tests.security.pages import page

LANGUAGES = ("en", "zh-hans")
# What stands where it is told: that it is past, and that it counts no more.
PAST = {"en": "cannot be undone any more", "zh-hans": "无法恢复原状"}
TAKEN_BACK = re.compile("taken back|(已|已经|被|立即)撤销")


@pytest.fixture
def post(mei, thread) -> Post:
    return reply(mei, thread, "三分之一？加我微信。")


@pytest.fixture
def erased(post, mei, lin, staff, rules) -> Appeal:
    """Against what was deleted for good, a day after that was done."""
    decision = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    assert decision
    hear()
    appeal = actions.appeal(by=mei, decision=decision, words="那不是广告。")
    Post.objects.filter(pk=post.pk).update(erased_at=timezone.now() - timedelta(hours=25))
    assert actions.sweep() == 1 and appeal
    return appeal


@pytest.fixture
def translated(post, tom, lin, rules) -> Appeal:
    """Against the removing of a translation whose author proposed a better one since."""

    def propose(body: str) -> Any:
        return languages.propose(
            by=tom, passage=post.passage, language="en", body=body, from_version=1
        )

    target = find(f"proposal.{propose('A third.').pk}")
    assert target
    decision = actions.remove_translation(moderator=lin, target=target, rule=rules["spam"])
    assert decision
    hear()
    appeal = actions.appeal(by=tom, decision=decision, words="It was none.")
    propose("A third? Add me on WeChat.")
    assert appeal
    return appeal


@pytest.fixture(params=["erased", "translated"])
def appeal(request) -> Appeal:
    found: Appeal = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def judge(staff) -> Any:
    return person("eve", reads=["en", "zh-hans"], is_staff=True)


def hear() -> None:
    """What the background does, some seconds later."""
    consumer().round()
    telling.deliver(timezone.now() + timedelta(seconds=11))


def agree(browser: Any, appeal: Appeal, language: str = "en") -> str:
    """What whoever agrees reads next."""
    where = f"/{language}/moderation/appeals/{appeal.pk}/"
    sent = {"outcome": "upheld", "body": "你说得对。You are right."}
    return str(page(browser.post(where, sent, follow=True)).text)


def newest(somebody: Any, language: str) -> str:
    with override(language):
        line = lines(somebody, notices.latest(somebody))[0]
    return f"{line.title}\n{line.body}"


def test_what_is_past_is_recorded_with_the_outcome(appeal, judge):
    outcome = actions.decide_appeal(moderator=judge, appeal=appeal, upheld=True, answer="Yes.")
    assert outcome and outcome.event.data["nothing_left"] == 1
    decision = Decision.objects.get(pk=appeal.decision_id)
    assert decision.is_past and not hasattr(decision, "undone_by")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_are_told_so(language, appeal, judge, log_in):
    agree(log_in(judge), appeal)
    hear()
    for somebody in (appeal.by, appeal.decision.by):
        told = newest(somebody, language)
        assert PAST[language] in told and not TAKEN_BACK.search(told)


def test_the_notice_of_whom_it_concerns_says_what_it_means_for_them(erased, judge, mei, log_in):
    agree(log_in(judge), erased)
    hear()
    assert "the decision no longer counts against you" in newest(mei, "en")
    assert "这个决定不再算在你头上" in newest(mei, "zh-hans")
    assert "這個決定不再算在你頭上" in newest(mei, "zh-hant")


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_the_decision_s_page_for_everybody_who_sees_it(language, appeal, judge, log_in):
    agree(log_in(judge), appeal)
    for somebody in (appeal.by, judge):
        address = f"/{language}/moderation/decisions/{appeal.decision_id}/"
        shown = page(log_in(somebody).get(address)).text
        assert shown.count(PAST[language]) == 2 and not TAKEN_BACK.search(shown)
    answered = page(log_in(judge).get(f"/{language}/moderation/appeals/{appeal.pk}/")).text
    assert PAST[language] in answered and not TAKEN_BACK.search(answered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_the_log(language, appeal, judge, log_in, client):
    agree(log_in(judge), appeal)
    outcome = Event.objects.get(verb="appeal.upheld")
    for pk in (outcome.pk, appeal.decision.event_id):
        shown = page(client.get(f"/{language}/moderation/log/{pk}/")).text
        assert PAST[language] in shown
    assert PAST[language] in client.get(f"/feeds/moderation/{language}/").content.decode()


@pytest.mark.parametrize(
    ("language", "counts"), [("en", "no longer counts"), ("zh-hans", "不再有效")]
)
def test_it_counts_no_more_in_the_record(language, counts, appeal, judge, log_in):
    name, browser = appeal.by.username, log_in(judge)
    address = f"/{language}/people/{name}/record/"
    assert counts not in page(browser.get(address)).text
    agree(browser, appeal)
    shown = page(browser.get(address)).text
    assert counts in shown and not TAKEN_BACK.search(shown)


def test_it_counts_no_more_beside_their_next_case(erased, mei, thread, judge, case_of, log_in):
    browser = log_in(judge)
    agree(browser, erased)
    case = case_of(reply(mei, thread, "再来一次。"))
    assert "no longer counts" in page(browser.get(f"/en/moderation/cases/{case.pk}/")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_agrees_knows_it_before_and_after(language, appeal, judge, log_in):
    browser = log_in(judge)
    form = page(browser.get(f"/{language}/moderation/appeals/{appeal.pk}/")).text
    assert PAST[language] in form and not TAKEN_BACK.search(form)
    said = agree(browser, appeal, language)
    assert PAST[language] in said and not TAKEN_BACK.search(said)


def test_what_is_there_is_offered_and_told_as_before(post, mei, lin, judge, rules, log_in):
    decision = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    made = actions.appeal(by=mei, decision=decision, words="那不是广告。")
    browser = log_in(judge)
    assert "taken back now" in page(browser.get(f"/en/moderation/appeals/{made.pk}/")).text
    assert PAST["en"] not in agree(browser, made)
    outcome = Event.objects.get(verb="appeal.upheld")
    assert "nothing_left" not in outcome.data
    assert not Decision.objects.get(pk=decision.pk).is_past


def test_what_was_taken_back_meanwhile_was_taken_back(post, mei, lin, judge, rules):
    decision = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    made = actions.appeal(by=mei, decision=decision, words="那不是广告。")
    actions.undo(moderator=lin, decision=decision)
    outcome = actions.decide_appeal(moderator=judge, appeal=made, upheld=True, answer="Yes.")
    assert outcome and "nothing_left" not in outcome.event.data
    assert not Decision.objects.get(pk=decision.pk).is_past


def test_a_deleting_that_is_not_done_yet_is_not_past(post, mei, staff, rules):
    decision = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    assert not queries.nothing_left(queries.decision(decision.pk, person=mei))


def test_a_correction_beside_a_better_one_is_past(post, tom, lin, rules):
    def offer(words: str) -> Any:
        return languages.offer(
            by=tom, passage=post.passage, place=0, corrected=words, reason="", from_version=1
        )

    target = find(f"correction.{offer('三分之一？').pk}")
    decision = actions.remove_correction(moderator=lin, target=target, rule=rules["spam"])
    found = queries.decision(decision.pk, person=tom)
    assert not queries.nothing_left(found)
    offer("三分之一？加我的微信。")
    assert queries.nothing_left(found)
    assert actions.undo(moderator=lin, decision=decision) is None


def test_what_comes_back_later_after_all_is_told(translated, tom, judge, lin, log_in):
    """The better translation is gone again, and the first one is brought back by hand."""
    agree(log_in(judge), translated)
    hear()
    better = Proposal.objects.get(by=tom, state=Proposal.State.OPEN)
    languages.withdraw(by=tom, proposal=better)
    assert actions.undo(moderator=lin, decision=translated.decision)
    hear()
    assert "Your translation is back" in newest(tom, "en")
    assert not Decision.objects.get(pk=translated.decision_id).is_past
