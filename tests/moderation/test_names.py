"""Where moderators stand without their names, nobody who does not moderate reads one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from exchange.moderation import actions, links
from exchange.moderation.models import Decision
from exchange.notifications import actions as telling
from exchange.notifications.consumer import consumer
from exchange.notifications.models import Letter, Notification
from exchange.notifications.presenting import letter_of
from tests.cast import picture, pictured, reply
from tests.moderation.test_bursts import wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def mods(lin, staff) -> Any:
    """With names that stand nowhere else on a page."""
    for one, name in ((lin, "Linzorp"), (staff, "Adazorp")):
        one.username = name
        one.save()
    return lin, staff


@pytest.fixture
def post(thread, mei):
    return reply(mei, thread, "加我微信。", pictures=[pictured(picture(mei, "#abc"))])


@pytest.fixture
def answered(mods, mei, post, rules) -> Decision:
    """By one moderator, and appealed, and turned down by another."""
    lin, staff = mods
    made = actions.hide(moderator=lin, post=post, rule=rules["spam"], note="No adverts.")
    assert made
    appeal = actions.appeal(by=mei, decision=made, words="我没有做广告。")
    assert appeal
    actions.decide_appeal(moderator=staff, appeal=appeal, upheld=False, answer="It was one.")
    return made


def page_of(browser: Any, decision: Decision, language: str = "en", key: str = "") -> str:
    found: str = browser.get(
        f"/{language}/moderation/decisions/{decision.pk}/", {"key": key} if key else {}
    ).content.decode()
    return found


def test_whom_it_concerns_reads_who_decided_as_the_log_says_it(
    answered, mei, lin, board_moderator, settings, log_in, client
):
    by_name = page_of(log_in(mei), answered)
    assert "Linzorp" in by_name and "Adazorp" in by_name
    settings.LOG_NAMES = "roles"
    for browser, key in ((log_in(mei), ""), (client, links.key(mei.pk, answered.pk))):
        for language, site, staff in (
            ("en", "a moderator of the site", "one of the staff"),
            ("zh-hans", "一位管理员", "一位站务人员"),
        ):
            html = page_of(browser, answered, language, key)
            assert "zorp" not in html
            assert site in html and staff in html
    for moderator in (lin, board_moderator):
        html = page_of(log_in(moderator), answered)
        assert "Linzorp" in html and "Adazorp" in html


def test_so_does_who_appeals(mods, mei, post, rules, settings, log_in):
    made = actions.hide(moderator=mods[0], post=post, rule=rules["spam"])
    settings.LOG_NAMES = "roles"
    html = log_in(mei).get(f"/en/moderation/decisions/{made.pk}/appeal/").content.decode()
    assert "a moderator of the site" in html and "zorp" not in html


def test_the_same_is_said_of_who_is_a_moderator_no_longer_or_no_member(
    answered, mei, lin, staff, settings, log_in
):
    settings.LOG_NAMES = "roles"
    actions.dismiss(by=None, person=lin, role="moderator")
    assert "a moderator of that time" in page_of(log_in(mei), answered)
    Decision.objects.filter(pk=answered.pk).update(by=None)
    assert "former member" in page_of(log_in(mei), answered)


def test_a_role_costs_one_query_for_each_who_acted(
    answered, mei, settings, log_in, django_assert_num_queries
):
    browser = log_in(mei)
    page_of(browser, answered)
    with django_assert_num_queries(11):
        page_of(browser, answered)
    settings.LOG_NAMES = "roles"
    with django_assert_num_queries(12):  # staff are known as such
        page_of(browser, answered)


def test_no_notice_mail_or_page_of_theirs_names_a_moderator(
    answered, mods, mei, tom, post, rules, settings, log_in
):
    settings.LOG_NAMES = "roles"
    lin, staff = mods
    until = timezone.now() + timedelta(days=1)
    actions.warn(moderator=staff, person=mei, rule=rules["spam"])
    actions.silence(moderator=lin, person=mei, until=until, rule=rules["spam"])
    actions.suspend(moderator=lin, person=tom, until=until, rule=rules["spam"])
    upload = post.passage.uploads.get()
    actions.hide_picture(moderator=lin, post=post, upload=upload, rule=rules["spam"])
    consumer().round()
    telling.deliver(timezone.now() + telling.DELAY)
    assert Notification.objects.filter(person=mei).count() >= 4 and Letter.objects.exists()
    for letter in Letter.objects.select_related("person", "event"):
        said = letter_of(letter)
        assert said and "zorp" not in said.subject + said.body + said.link
    browser = log_in(mei)
    pages = ["notifications/", "moderation/log/", f"threads/{post.thread_id}/", "people/mei/"]
    pages += [f"moderation/decisions/{made.pk}/" for made in Decision.objects.filter(person=mei)]
    for language in ("en", "zh-hans"):
        for name in pages:
            answer = browser.get(f"/{language}/{name}")
            if answer.status_code == 200:
                assert "zorp" not in answer.content.decode(), name
    assert browser.get("/en/notifications/").status_code == 200
    suspended = Decision.objects.get(person=tom)
    assert "zorp" not in page_of(log_in(None), suspended, key=links.key(tom.pk, suspended.pk))


# What forms say of it

NAMED = ("Your name, the reason and the note stand in", "你的名字、理由和备注")
AS_ROLE = ("Your role, the reason and the note stand in", "你的身份、理由和备注")
LANGUAGES = ("en", "zh-hans")


@pytest.mark.parametrize("at", [0, 1])
def test_forms_say_what_the_log_will_tell_of_who_sends_them(
    at, post, thread, mei, tom, lin, staff, rules, flat, case_of, fields_of, settings, log_in
):
    language = LANGUAGES[at]
    case = case_of(post)
    upload = post.passage.uploads.get()
    came = f"?case={case.pk}&version=1"
    pages = [
        f"posts/{post.pk}/hiding/{came}",
        f"posts/{post.pk}/pictures/{upload.pk}/hiding/",
        f"threads/{thread.pk}/lock/",
        f"people/{mei.username}/warning/",
        f"moderation/cases/{case.pk}/waiting/{came}",
        f"moderation/bulk/?case={case.pk}&act=hide",
        f"compare/items/{flat.pk}/retirement/",
        f"threads/{thread.pk}/",  # the dialog
    ]
    browser = log_in(lin)
    for setting, says, not_said in (
        ("names", NAMED[at], AS_ROLE[at]),
        ("roles", AS_ROLE[at], NAMED[at]),
    ):
        settings.LOG_NAMES = setting
        for name in pages:
            html = browser.get(f"/{language}/{name}").content.decode()
            assert says in html and not_said not in html, name


@pytest.mark.parametrize("at", [0, 1])
def test_so_do_those_of_waves_items_and_appeals(
    at, answered, thread, mei, lin, staff, rules, settings, log_in
):
    first = wave(thread)[0]
    warned = actions.warn(moderator=lin, person=mei, rule=rules["spam"])
    appeal = actions.appeal(by=mei, decision=warned, words="我没有。")
    pages = {
        f"moderation/bursts/{first.pk}/": ("with your role", "写明你的身份"),
        "compare/items/new/": ("Your role stands", "你的身份会写进"),
        f"moderation/appeals/{appeal.pk}/": ("and your role, stands", "以及你的身份"),
        f"posts/{first.pk}/erasing/": ("Your role and the reason", "你的身份和理由"),
    }
    browser = log_in(staff)
    for setting, says in (("names", False), ("roles", True)):
        settings.LOG_NAMES = setting
        for name, words in pages.items():
            html = browser.get(f"/{LANGUAGES[at]}/{name}").content.decode()
            assert (words[at] in html) is says, name
