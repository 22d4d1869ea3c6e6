"""The queue: what stands in it, for whom, in which order, and what it costs."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.utils import timezone

from exchange.boards.models import Moderator
from exchange.languages.actions import put_by_machine
from exchange.moderation import actions, queries
from exchange.moderation.models import Case
from tests import cast
from tests.cast import open_thread, picture, pictured, reply

pytestmark = pytest.mark.django_db
DESK = "/en/moderation/"


def listed(browser, address=DESK):
    return [row.case.pk for row, _kind in browser.get(address).context["rows"]]


def test_the_most_urgent_stands_first(thread, mei, case_of, lin, log_in):
    mild = case_of(reply(mei, thread, "又一句"), "off-topic")
    bad = case_of(reply(mei, thread, "一句"), "private-data")
    Case.objects.filter(pk=bad.pk).update(score=90)
    assert listed(log_in(lin)) == [bad.pk, mild.pk]


def test_a_line_has_the_words_in_the_moderators_language_and_the_original(
    thread, mei, case_of, lin, log_in
):
    post = reply(mei, thread, "房东不退押金")
    put_by_machine(
        passage=post.passage, language="en", body="No deposit back", version=1, engine="t"
    )
    case_of(post)
    html = log_in(lin).get(DESK).content.decode()
    assert (
        "No deposit back" in html and "房东不退押金" in html and "translated by a machine" in html
    )
    html = log_in(lin).get("/zh-hans/moderation/").content.decode()
    assert "房东不退押金" in html and "No deposit back" not in html


def test_every_filter_narrows_the_queue(thread, welcome, tom, mei, case_of, lin, log_in):
    chinese = case_of(reply(mei, thread, "一句中文，说房东的"), "spam")
    english = case_of(open_thread(mei, welcome, body="Some English words").posts.get(), "hate")
    Case.objects.filter(pk=english.pk).update(
        kind="review", opened_at=timezone.now() - timedelta(days=2), awaits_reader=True
    )
    actions.claim(moderator=lin, case=english)
    browser = log_in(lin)
    for query in [
        *("language=en", "board=welcome", "rule=hate", "kind=review", "age=day"),
        *("mine=1", "reader=1", "language=en&board=welcome&rule=hate&kind=review"),
    ]:
        assert listed(browser, f"{DESK}?{query}") == [english.pk], query
    assert listed(browser, f"{DESK}?language=zh") == [chinese.pk]
    assert len(listed(browser, f"{DESK}?language=klingon&rule=none&age=never&kind=x")) == 2
    assert listed(browser, f"{DESK}?board=nowhere") == []


def test_who_reads_one_language_is_first_shown_what_they_read_and_told_of_the_rest(
    thread, mei, tom, case_of, lin, log_in
):
    reader = cast.person("nia", reads=["zh-hans"])
    Moderator.objects.create(user=reader, board=None)
    english = case_of(reply(tom, thread, "Some English words"), reporter=mei)
    chinese = case_of(reply(mei, thread, "一句中文，说房东的"))
    browser = log_in(reader)
    assert listed(browser) == [chinese.pk]
    html = browser.get(DESK).content.decode()
    assert "1 case in a language that others read is not shown" in html
    assert set(listed(browser, f"{DESK}?language=all")) == {english.pk, chinese.pk}


def test_what_nobody_on_duty_reads_is_shown_to_all(thread, mei, tom, case_of, log_in):
    reader = cast.person("nia", reads=["zh-hans"])
    Moderator.objects.create(user=reader, board=None)
    english = case_of(reply(tom, thread, "Some English words"), reporter=mei)
    assert listed(log_in(reader)) == [english.pk]
    hour = timezone.now().hour
    away = cast.person("ed", reads=["en"])
    duty = Moderator.objects.create(
        user=away, board=None, duty_from=(hour + 1) % 24, duty_until=(hour + 2) % 24
    )
    cache.clear()
    assert listed(log_in(reader)) == [english.pk]
    Moderator.objects.filter(pk=duty.pk).update(duty_from=hour)
    cache.clear()
    assert listed(log_in(reader)) == []


def test_board_moderators_see_their_boards_only(
    thread, welcome, mei, tom, case_of, board_moderator, log_in
):
    ours = case_of(reply(mei, thread, "一句"))
    case_of(open_thread(mei, welcome).posts.get())
    browser = log_in(board_moderator)
    assert listed(browser) == [ours.pk] == listed(browser, f"{DESK}?board=welcome&board=rent")
    assert b"Welcome" not in browser.get(DESK).content


def test_the_desk_is_not_there_for_others(thread, mei, case_of, tom, sam, log_in, client):
    case = case_of(reply(mei, thread, "一句"))
    for address in ["", "count/", "bulk/", f"cases/{case.pk}/"]:
        assert client.get(f"{DESK}{address}").status_code == 404
        for person in (tom, sam, mei):
            assert log_in(person).get(f"{DESK}{address}").status_code == 404
    for noun in ["claim", "decision", "notes", "readers", "waiting"]:
        assert log_in(tom).post(f"{DESK}cases/{case.pk}/{noun}/").status_code == 404


def test_a_waiting_picture_is_a_case_like_others(thread, sam, lin, log_in, follow):
    post = reply(sam, thread, "A cat", pictures=[pictured(picture(sam, "#abc"))])
    upload = post.passage.uploads.get()
    follow()
    case = Case.objects.get()
    assert (case.kind, case.target) == ("held", f"picture.{upload.pk}")
    assert "waiting to be shown" in log_in(lin).get(DESK).content.decode()


def test_pages_follow_each_other_without_gaps(thread, mei, case_of, lin, log_in, monkeypatch):
    monkeypatch.setattr(queries, "CASES_PER_PAGE", 2)
    posts = [reply(mei, thread, f"第{number}句") for number in range(5)]
    cases = [case_of(post) for post in posts]
    for case, score in zip(cases, (9, 7, 7, 7, 1), strict=True):
        Case.objects.filter(pk=case.pk).update(score=score)
    browser, address, found = log_in(lin), DESK, []
    while address:
        page = browser.get(address)
        found.append([row.case.pk for row, _kind in page.context["rows"]])
        address = page.context["next"] and f"{DESK}?after={page.context['next']}"
    assert [pk for page in found for pk in page] == [case.pk for case in cases]
    assert [len(page) for page in found] == [2, 2, 1]
    for asked in ("x", "1", "1.x", ".1", "-1.2", "1.0"):
        assert browser.get(f"{DESK}?after={asked}").status_code == 404, asked


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_eight_queries(
    count, thread, mei, sam, lin, case_of, log_in, django_assert_num_queries
):
    for number in range(count):
        case_of(reply(mei, thread, f"第{number}句"))
        post = reply(sam, thread, "A cat", pictures=[pictured(picture(sam, f"#ab{number}"))])
        case_of(f"picture.{post.passage.uploads.get().pk}")
    browser = log_in(lin)
    browser.get(DESK)  # then boards, rules and who is on duty are known
    with django_assert_num_queries(8):
        assert browser.get(DESK).status_code == 200


def test_the_count_is_that_of_the_filters_and_bounded(
    thread, mei, case_of, lin, log_in, monkeypatch
):
    for number in range(3):
        case_of(reply(mei, thread, f"第{number}句"))
    browser = log_in(lin)
    assert browser.get(f"{DESK}count/").content.decode().strip() == "3 cases"
    assert browser.get(f"{DESK}count/?language=en").content.decode().strip() == "0 cases"
    monkeypatch.setattr("exchange.moderation.queries.desk.MOST_COUNTED", 2)
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    assert browser.get(f"{DESK}count/").content.decode().strip() == "more than 2 cases"


@pytest.mark.parametrize("board", ["%00", "daily%00life", "a b", "9" * 60])
def test_a_board_that_cannot_be_one_narrows_nothing(board, thread, mei, case_of, lin, log_in):
    """Also where it was encoded twice, as filters are that come along with a case."""
    case = case_of(reply(mei, thread, "一句不该说的话"))
    sent = quote(f"board={board}", errors="surrogatepass")
    answer = log_in(lin).get(f"/en/moderation/cases/{case.pk}/?queue={sent}")
    assert answer.status_code == 200
    assert answer.context["came"].queue == ""


def test_who_is_suspended_is_not_on_duty(thread, mei, case_of, lin, log_in, staff):
    ed = cast.person("ed", reads=["en"])
    Moderator.objects.create(user=ed, board=None)
    case = case_of(reply(mei, thread, "一句不该说的话"))
    assert listed(log_in(ed)) == []  # Lin reads it
    actions.suspend(
        moderator=staff,
        person=lin,
        until=timezone.now() + timedelta(days=1),
        rule=case.rule,
    )
    cache.clear()
    assert listed(log_in(ed)) == [case.pk]
    assert queries.on_duty(case.board_id, case.language) == []
