"""A decision as whom it concerns sees it, their appeal, and the answer."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards.models import Moderator, Post
from exchange.ledger.models import Event
from exchange.moderation import actions, links, queries
from exchange.moderation import rules as may
from exchange.moderation.models import Appeal, Case, Decision
from exchange.moderation.targets import of_post
from tests.cast import PASSWORD, person, picture, pictured, reply
from tests.security.pages import keeps, page
from tests.security.parallel import shared_database, together

pytestmark = pytest.mark.django_db

WORDS = "我没有做广告，只是说了我的房租。"
ANSWER = "You are right: it was no advertisement."


@pytest.fixture
def post(mei, thread) -> Post:
    return reply(mei, thread, "三分之一？加我微信。", body_other="A third? Add me on WeChat.")


@pytest.fixture
def hidden(lin, rules, post) -> Decision:
    found = actions.hide(moderator=lin, post=post, rule=rules["spam"], note="Please no adverts.")
    assert found
    return found


@pytest.fixture
def suspended(mei, lin, rules) -> Decision:
    until = timezone.now() + timedelta(days=7)
    found = actions.suspend(moderator=lin, person=mei, until=until, rule=rules["spam"])
    assert found
    return found


@pytest.fixture
def appealed(mei, hidden) -> Appeal:
    made = actions.appeal(by=mei, decision=hidden, words=WORDS)
    assert made
    return made


def address(decision: Decision, language: str = "en", what: str = "") -> str:
    return f"/{language}/moderation/decisions/{decision.pk}/{what}"


def send(browser: Client, decision: Decision, words: str = WORDS, **more: Any) -> Any:
    return browser.post(address(decision, what="appeal/"), {"body": words} | more)


def answer(browser: Client, appeal: Appeal, outcome: str = "upheld", words: str = ANSWER) -> Any:
    where = f"/en/moderation/appeals/{appeal.pk}/"
    return browser.post(where, {"outcome": outcome, "body": words})


# The decision's page


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Your post was hidden"), ("zh-hans", "你的帖子被隐藏了")]
)
def test_whom_it_concerns_sees_what_why_by_whom_and_their_words(
    language, title, hidden, mei, log_in
):
    response = log_in(mei).get(address(hidden, language))
    shown = page(response)
    for said in (title, "spam", "lin", "三分之一？", "Add me on WeChat.", "Please no adverts."):
        assert said in shown.text
    assert f"/{language}/moderation/decisions/{hidden.pk}/appeal/" in response.content.decode()


def test_others_find_nothing(hidden, tom, sam, log_in, client):
    for browser in (log_in(tom), log_in(sam), client):
        assert browser.get(address(hidden)).status_code == 404
        assert browser.get(address(hidden, what="appeal/")).status_code == 404
        assert send(browser, hidden).status_code == 404


def test_moderators_of_its_board_see_it_and_cannot_appeal(
    hidden, lin, staff, board_moderator, log_in, welcome
):
    elsewhere = person("eva")
    Moderator.objects.create(user=elsewhere, board=welcome)
    for user in (lin, staff, board_moderator):
        shown = page(log_in(user).get(address(hidden)))
        assert "mei" in shown.text and "What the person is told" in shown.text
        assert send(log_in(user), hidden).status_code == 404
    assert log_in(elsewhere).get(address(hidden)).status_code == 404


def test_that_a_report_led_to_nothing_is_not_there_for_the_author(
    mei, lin, tom, post, rules, log_in
):
    flag = actions.report(reporter=tom, target=of_post(post), rule=rules["spam"])
    left = actions.dismiss_case(moderator=lin, case=flag.case)
    assert left and log_in(mei).get(address(left)).status_code == 404
    assert log_in(lin).get(address(left)).status_code == 200


def test_words_that_their_author_deleted_are_not_shown(hidden, mei, lin, post, log_in):
    from exchange.boards.actions import delete

    delete(author=mei, post=post)
    for user in (mei, lin):
        assert "三分之一" not in log_in(user).get(address(hidden)).content.decode()


def test_a_picture_s_words_are_those_that_are_shown(mei, lin, thread, rules, log_in):
    drafts = [pictured(picture(mei), "我的猫")]
    one = reply(mei, thread, "看图", pictures=drafts)
    upload = one.passage.uploads.get()
    made = actions.hide_picture(moderator=lin, post=one, upload=upload, rule=rules["spam"])
    shown = page(log_in(mei).get(address(made))).text
    assert "我的猫" in shown and "It is about a picture of the post." in shown


# The signed link


def key_of(decision: Decision) -> str:
    return links.key(decision.person_id or 0, decision.pk)


def test_the_link_opens_one_decision_for_who_cannot_log_in(suspended, hidden, tom, client):
    opened = client.get(address(suspended), {"key": key_of(suspended)})
    assert opened.status_code == 200 and "no-store" in opened["Cache-Control"]
    assert opened["Referrer-Policy"] == "same-origin"
    assert not opened.context["user"].is_authenticated
    assert client.get(address(hidden), {"key": key_of(suspended)}).status_code == 404
    stolen = links.key(tom.pk, suspended.pk)  # would be signed, but it is not about him
    assert client.get(address(suspended), {"key": stolen}).status_code == 404


@pytest.mark.parametrize("odd", ["", "x", "x:y:z", "9" * 5000, "WzEsMV0:1:a"])
def test_a_forged_link_opens_nothing(odd, suspended, client):
    assert client.get(address(suspended), {"key": odd}).status_code == 404
    assert send(client, suspended, key=odd).status_code == 404


def test_keys_of_other_purposes_open_nothing(suspended, mei, client):
    for made in (
        signing.dumps([mei.pk, suspended.pk]),
        signing.dumps({"a": 1}, salt=links.SALT),
        signing.dumps([mei.pk], salt=links.SALT),
    ):
        assert client.get(address(suspended), {"key": made}).status_code == 404


def test_the_link_ends_after_45_days(suspended, client, monkeypatch):
    key = key_of(suspended)
    import time

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 44 * 86400)
    assert client.get(address(suspended), {"key": key}).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 46 * 86400)
    assert client.get(address(suspended), {"key": key}).status_code == 404


def test_the_refused_log_in_leads_to_the_decision(suspended, mei, client):
    refused = client.post("/en/accounts/login/", {"login": mei.email, "password": PASSWORD})
    found = re.search(r'href="(/en/moderation/decisions/[^"]+key=[^"]+)"', refused.content.decode())
    assert found and "Rule spam" in page(refused).text
    assert client.get(found[1]).status_code == 200


def test_only_the_right_password_gives_the_link(suspended, mei, client):
    refused = client.post("/en/accounts/login/", {"login": mei.email, "password": "wrong"})
    assert "?key=" not in refused.content.decode() and "spam" not in page(refused).text


def test_a_suspended_person_appeals_by_the_link_in_a_browser_that_checks_tokens(suspended, mei):
    browser = Client(enforce_csrf_checks=True)
    shown = page(browser.get(address(suspended, what="appeal/"), {"key": key_of(suspended)}))
    sent = {"body": WORDS} | {name: shown.value(name) for name in ("csrfmiddlewaretoken", "key")}
    answer = browser.post(address(suspended, what="appeal/"), sent)
    assert answer.status_code == 302
    assert Appeal.objects.get().by == mei
    after = page(browser.get(answer.headers["Location"]))
    assert WORDS in after.text and "Your appeal was sent." in after.text


# Appealing


def test_a_refused_appeal_by_link_goes_to_another_language_with_its_words_and_key(
    suspended, client
):
    long = "太长了。" * 2000
    refused = send(client, suspended, long, key=key_of(suspended))
    assert refused.status_code == 422
    there = address(suspended, "zh-hans", "appeal/")
    assert f'<button form="appeal" formaction="{there}"' in refused.content.decode()
    sent = {"body": long, "key": key_of(suspended), "preview": "1"}
    again = client.post(there, sent)
    assert again.status_code == 200 and long in again.content.decode()
    assert f'name="key" value="{key_of(suspended)}"' in again.content.decode()
    assert not Appeal.objects.exists()


def test_an_appeal_is_kept_in_its_own_language_and_tells_nobody_else(hidden, mei, log_in):
    sent = send(log_in(mei), hidden)
    assert (sent.status_code, sent.headers["Location"]) == (302, address(hidden))
    made = Appeal.objects.get()
    assert (made.by, made.words.body, made.words.language) == (mei, WORDS, "zh-hans")
    event = Event.objects.get(verb="appeal.made")
    assert not event.public and event.data == {"appeal": made.pk, "decision": hidden.pk}
    assert WORDS in page(log_in(mei).get(address(hidden))).text


def test_a_silenced_person_can_appeal(mei, lin, rules, log_in):
    until = timezone.now() + timedelta(days=2)
    made = actions.silence(moderator=lin, person=mei, until=until, rule=rules["spam"])
    assert send(log_in(User.objects.get(pk=mei.pk)), made).status_code == 302


@pytest.mark.parametrize("words", ["", "   ", "字" * 2001])
def test_nothing_and_too_much_are_refused_with_the_words_kept(words, hidden, mei, log_in):
    refused = send(log_in(mei), hidden, words)
    assert refused.status_code == 422 and not Appeal.objects.exists()
    assert not words.strip() or keeps(refused, words)


def test_the_same_words_twice_are_one_appeal_and_others_are_told(hidden, mei, log_in):
    browser = log_in(mei)
    assert [send(browser, hidden).status_code for _ in range(2)] == [302, 302]
    again = send(browser, hidden, "还有一件事。")
    assert again.status_code == 409 and keeps(again, "还有一件事。")
    assert Appeal.objects.get().words.body == WORDS


def test_after_thirty_days_it_is_too_late(hidden, mei, log_in):
    Decision.objects.filter(pk=hidden.pk).update(made_at=timezone.now() - timedelta(days=31))
    refused = send(log_in(mei), hidden)
    assert refused.status_code == 403 and "That time is over" in page(refused).text
    assert "That time is over" in page(log_in(mei).get(address(hidden))).text


def test_what_was_taken_back_needs_no_appeal(hidden, mei, lin, log_in):
    back = actions.undo(moderator=lin, decision=hidden)
    refused = send(log_in(mei), hidden)
    assert refused.status_code == 403 and "taken back already" in page(refused).text
    assert back and send(log_in(mei), back).status_code == 403
    assert keeps(refused, WORDS)


@pytest.mark.django_db(transaction=True)
def test_of_two_appeals_at_once_one_is_kept(hidden, mei, tmp_path: Path):
    with shared_database(tmp_path):
        made = together(
            [lambda: actions.appeal(by=mei, decision=hidden, words=WORDS) for _ in range(2)]
        )
    assert made.count(None) == 1


# Deciding


def test_an_upheld_appeal_takes_the_decision_back(appealed, hidden, mei, post, staff, log_in):
    sent = answer(log_in(staff), appealed)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/en/moderation/appeals/")
    post.refresh_from_db()
    appealed.refresh_from_db()
    assert post.hidden_at is None
    assert (appealed.upheld, appealed.decided_by) == (True, staff)
    assert appealed.answer and (appealed.answer.body, appealed.answer.language) == (ANSWER, "en")
    event = Event.objects.get(verb="appeal.upheld")
    assert (event.public, event.reason, event.scope) == (True, "spam", post.thread.scope)
    assert event.target == post.target and "alone" not in event.data
    assert Decision.objects.get(verb="post.restored").undoes == hidden
    said = page(log_in(mei).get(address(hidden))).text
    assert ANSWER in said and "taken back" in said


def test_a_rejected_appeal_leaves_the_decision(appealed, post, lin, staff, log_in):
    User.objects.filter(pk=staff.pk).update(reads=["en", "zh-hans"])
    assert answer(log_in(staff), appealed, "rejected", "它确实是广告。").status_code == 302
    post.refresh_from_db()
    appealed.refresh_from_db()
    assert post.hidden_at and appealed.upheld is False
    assert Event.objects.filter(verb="appeal.rejected", public=True).exists()


def test_the_log_holds_neither_the_appeal_nor_the_answer(appealed, staff, log_in, client):
    answer(log_in(staff), appealed)
    log = client.get("/en/moderation/log/").content.decode()
    assert "agreed with an appeal" in log
    assert WORDS not in log and ANSWER not in log


def test_reports_that_the_decision_closed_do_not_wait_again(mei, lin, tom, post, rules, staff):
    actions.report(reporter=tom, target=of_post(post), rule=rules["spam"])
    made = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    appeal = actions.appeal(by=mei, decision=made, words=WORDS)
    actions.decide_appeal(moderator=staff, appeal=appeal, upheld=True, answer=ANSWER)
    assert not Case.objects.filter(closed_at=None).exists()


def test_who_made_the_decision_does_not_decide_the_appeal(appealed, lin, staff, log_in):
    browser = log_in(lin)
    shown = browser.get(f"/en/moderation/appeals/{appealed.pk}/")
    assert shown.status_code == 200 and str(may.OWN_DECISION) in page(shown).text
    assert answer(browser, appealed).status_code == 403
    assert Appeal.objects.get().decided_at is None


def test_where_nobody_else_is_there_the_same_may_and_the_event_says_so(appealed, lin, log_in):
    assert answer(log_in(lin), appealed).status_code == 302
    assert Event.objects.get(verb="appeal.upheld").data["alone"] == 1


def test_an_appellant_who_moderates_does_not_decide_their_own(thread, lin, staff, rules, log_in):
    mine = reply(lin, thread, "Mine.")
    made = actions.hide(moderator=staff, post=mine, rule=rules["spam"])
    appeal = actions.appeal(by=lin, decision=made, words="No.")
    assert answer(log_in(lin), appeal).status_code == 403


def test_nobody_is_turned_down_by_who_cannot_read_them(appealed, staff, log_in):
    other = person("yun", reads=["zh-hans"])
    Moderator.objects.create(user=other, board=None)
    refused = answer(log_in(staff), appealed, "rejected", "No.")
    assert refused.status_code == 422 and keeps(refused, "No.")
    assert answer(log_in(other), appealed, "rejected", "No.").status_code == 302


def test_where_nobody_reads_it_it_can_be_turned_down(appealed, staff, log_in):
    assert answer(log_in(staff), appealed, "rejected", "No.").status_code == 302


def test_the_second_answer_is_told_and_its_words_are_shown(appealed, staff, log_in):
    other = person("yun", reads=["zh-hans"])
    Moderator.objects.create(user=other, board=None)
    answer(log_in(other), appealed, "rejected", "不同意。")
    late = answer(log_in(staff), appealed)
    assert late.status_code == 409 and keeps(late, ANSWER) and "不同意。" in page(late).text
    assert Appeal.objects.get().upheld is False


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(appealed, post, staff, lin, tmp_path: Path):
    def decide(by: User, upheld: bool) -> Any:
        return lambda: actions.decide_appeal(
            moderator=by, appeal=Appeal.objects.get(), upheld=upheld, answer=ANSWER
        )

    with shared_database(tmp_path):
        done = together([decide(staff, True), decide(lin, False)])
    assert done.count(None) == 1


@pytest.mark.parametrize(
    "sent", [{}, {"outcome": "perhaps", "body": ANSWER}, {"outcome": "upheld"}]
)
def test_an_answer_that_is_not_whole_is_asked_for_again(sent, appealed, staff, log_in):
    refused = log_in(staff).post(f"/en/moderation/appeals/{appealed.pk}/", sent)
    assert refused.status_code == 422 and Appeal.objects.get().decided_at is None
    assert "body" not in sent or keeps(refused, ANSWER)


def test_agreeing_works_where_nothing_is_left_to_restore(appealed, mei, post, staff, log_in):
    from exchange.boards.actions import delete

    delete(author=mei, post=post)
    assert answer(log_in(staff), appealed).status_code == 302
    assert Appeal.objects.get().upheld is True


# The list


def test_the_list_is_oldest_first_and_narrowed_by_language(
    mei, tom, lin, thread, rules, staff, log_in
):
    made = []
    for author, words in ((mei, WORDS), (tom, "It was no advert.")):
        one = reply(author, thread, "Words.")
        decision = actions.hide(moderator=lin, post=one, rule=rules["spam"])
        made.append(actions.appeal(by=author, decision=decision, words=words))
    browser = log_in(staff)
    assert list(browser.get("/en/moderation/appeals/").context["appeals"]) == made
    zh = browser.get("/en/moderation/appeals/?language=zh")
    assert list(zh.context["appeals"]) == made[:1] and zh.context["counts"]["all"] == 2
    assert browser.get("/en/moderation/appeals/?page=2").status_code == 404


def test_members_and_moderators_of_boards_have_no_list(appealed, mei, board_moderator, log_in):
    for user in (mei, board_moderator):
        assert log_in(user).get("/en/moderation/appeals/").status_code == 404
        assert log_in(user).get(f"/en/moderation/appeals/{appealed.pk}/").status_code == 404


def test_the_desk_says_how_many_wait(appealed, lin, board_moderator, log_in):
    assert "Appeals (1)" in page(log_in(lin).get("/en/moderation/")).text
    assert "Appeals" not in page(log_in(board_moderator).get("/en/moderation/")).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_1_or_3(
    count, mei, lin, thread, rules, staff, log_in, django_assert_num_queries
):
    for _ in range(count):
        decision = actions.hide(moderator=lin, post=reply(mei, thread, "一"), rule=rules["spam"])
        actions.appeal(by=mei, decision=decision, words=WORDS)
    browser = log_in(staff)
    browser.get("/en/moderation/appeals/")
    # session, person, roles, counts, appeals, their halves
    with django_assert_num_queries(6):
        assert len(browser.get("/en/moderation/appeals/").context["appeals"]) == count


def test_titles_are_read_in_one_query(hidden, mei, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert set(queries.titles(mei, [hidden])) == {hidden.pk}
