"""Mails to those who cannot log in: in their language, with a link that opens the decision."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchange.accounts.models import User
from exchange.moderation import actions as moderation
from exchange.notifications import actions, tasks
from exchange.notifications.consumer import consumer
from exchange.notifications.models import Letter
from tests.cast import person, reply

pytestmark = pytest.mark.django_db


def hear() -> None:
    consumer().round()
    actions.deliver(timezone.now() + timedelta(seconds=11))


@pytest.fixture
def suspended(mei, lin, rules) -> Any:
    until = timezone.now() + timedelta(days=7)
    return moderation.suspend(moderator=lin, person=mei, until=until, rule=rules["spam"])


def link(message: Any) -> str:
    found = re.search(r"https?://\S+key=\S+", message.body)
    assert found
    return found[0].partition("://")[2].partition("/")[2]


def test_a_suspension_is_told_by_mail_in_the_person_s_language(suspended, mei, mailoutbox):
    hear()
    assert tasks.send() == 1
    (message,) = mailoutbox
    assert message.to == [mei.email]
    assert message.subject == "[Exchange · 交流] 你的账号被停用了"
    assert "规则 spam" in message.body and "UTC" in message.body
    html = message.alternatives[0][0]
    assert 'lang="zh-Hans"' in html and "查看决定并申诉" in html
    shown = Client().get("/" + link(message))
    assert shown.status_code == 200 and shown.context["decision"] == suspended
    assert tasks.send() == 0


def test_nobody_gets_a_mail_within_ten_seconds(suspended, mailoutbox):
    consumer().round()
    actions.deliver()
    tasks.send()
    assert mailoutbox == []


def test_the_lifting_is_told_as_well(suspended, mei, lin, rules, mailoutbox):
    hear()
    tasks.send()
    moderation.lift(moderator=lin, decision=suspended, rule=rules["spam"])
    hear()
    tasks.send()
    assert mailoutbox[1].subject == "[Exchange · 交流] 你可以重新登录了"


def test_the_answer_to_an_appeal_reaches_who_cannot_log_in(
    suspended, mei, staff, rules, mailoutbox
):
    hear()
    tasks.send()
    made = moderation.appeal(by=mei, decision=suspended, words="我没有做广告。")
    moderation.decide_appeal(moderator=staff, appeal=made, upheld=True, answer="You are right.")
    hear()
    tasks.send()
    assert [message.to for message in mailoutbox] == [[mei.email]] * 2
    assert mailoutbox[1].subject == "[Exchange · 交流] 你的申诉得到了支持"
    assert "You are right." in Client().get("/" + link(mailoutbox[1])).content.decode()


def test_a_hidden_post_sends_no_mail(mei, lin, thread, rules, mailoutbox):
    moderation.hide(moderator=lin, post=reply(mei, thread, "一"), rule=rules["spam"])
    hear()
    assert tasks.send() == 0 and mailoutbox == []


def test_a_mail_that_cannot_be_sent_is_tried_again_later(suspended, settings, mailoutbox, caplog):
    hear()
    working = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": "tests.accounts.test_mail.Broken"}}
    assert tasks.send() == 1 and "could not be sent" in caplog.text
    assert tasks.send() == 0  # not again at once
    settings.MAILERS = working
    letter = Letter.objects.get()
    assert letter.sent_at is None and timedelta() < letter.at - timezone.now() < timedelta(
        minutes=2
    )
    Letter.objects.update(at=timezone.now())
    assert tasks.send() == 1
    assert len(mailoutbox) == 1 and Letter.objects.get().sent_at


def test_a_mail_is_given_up_after_days(suspended, settings):
    hear()
    settings.MAILERS = {"default": {"BACKEND": "tests.accounts.test_mail.Broken"}}
    for _ in range(len(actions.WAITS) + 1):
        Letter.objects.update(at=timezone.now())
        assert tasks.send() == 1
    Letter.objects.update(at=timezone.now())
    assert tasks.send() == 0 and Letter.objects.get().given_up_at


def test_of_two_workers_one_sends_and_a_dead_one_s_mail_is_taken_over(suspended):
    hear()
    first = actions.claim_letter()
    assert first and actions.claim_letter() is None
    Letter.objects.update(at=timezone.now() - timedelta(seconds=1))  # its claim is over
    again = actions.claim_letter()
    assert again and (again.pk, again.tries) == (first.pk, 2)


def test_what_was_lifted_before_the_mail_went_out_is_not_told(suspended, lin, rules, mailoutbox):
    hear()
    moderation.lift(moderator=lin, decision=suspended, rule=rules["spam"])
    tasks.send()
    assert mailoutbox == []


def test_without_a_language_it_is_english(lin, rules, mailoutbox):
    odd = person("odd", reads=[])
    until = timezone.now() + timedelta(days=7)
    moderation.suspend(moderator=lin, person=odd, until=until, rule=rules["spam"])
    hear()
    tasks.send()
    assert mailoutbox[0].subject == "[Exchange · 交流] You cannot log in for a time"
    assert User.objects.get(pk=odd.pk).is_suspended
