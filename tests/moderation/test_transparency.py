"""Moderation in numbers."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from exchange.ledger.actions import dated
from exchange.moderation import actions, queries
from exchange.moderation.actions.frame import note_of
from exchange.moderation.models import Appeal, Case, Flag
from exchange.moderation.targets import of_post
from tests.cast import person, reply

PAGE, FILE = "/en/moderation/transparency/", "/en/moderation/transparency.csv"


@pytest.fixture
def decided(thread, mei, tom, lin, rules):
    """Five spam posts reported and hidden after two hours each, one of them restored; three left."""
    now = timezone.now()
    decisions = []
    for number in range(8):
        post = reply(mei, thread, f"买手表，第{number}次说了。")
        flag = actions.report(reporter=tom, target=of_post(post), rule=rules["spam"])
        Case.objects.filter(pk=flag.case_id).update(opened_at=now - timedelta(hours=2))
        if number < 5:
            with dated(now):
                decisions.append(actions.hide(moderator=lin, post=post, rule=rules["spam"]))
        else:
            case = Case.objects.get(pk=flag.case_id)
            with dated(now):
                actions.dismiss_case(moderator=lin, case=case, rule=rules["spam"])
    cache.clear()
    return decisions


def counts(cells):
    return {cell.key: cell.count for cell in cells}


def test_the_numbers_of_a_month(decided):
    found = queries.numbers()
    month = f"{timezone.now():%Y-%m}"
    assert len(found.decisions) == 12 and found.decisions[-1].key == month
    assert counts(found.decisions)[month] == 5
    assert counts(found.reports)[month] == 8
    assert counts(found.rules) == {"spam": 5}
    assert counts(found.languages) == {"zh-hans": 5}
    assert counts(found.acts) == {"post.hidden": 5}
    assert found.hours == pytest.approx(2.0, abs=0.01)
    assert (found.heeded, found.appealed, found.taken_back) == (62, 0, 0)


def test_what_was_taken_back_and_appealed_is_counted(decided, thread, mei, lin, rules):
    for decision in decided[:3]:
        actions.undo(moderator=lin, decision=decision)
        words = note_of(f"I object {decision.pk}", mei, "moderation")
        Appeal.objects.create(
            decision=decision, by=mei, words=words, decided_at=timezone.now(), upheld=True
        )
    cache.clear()
    found = queries.numbers()
    assert found.appealed == round(100 * 3 / 8)  # three restorings are decisions, too
    assert (found.taken_back, found.upheld) == (round(100 * 3 / 8), 100)


def test_what_happened_longer_ago_than_a_year_is_not_counted(thread, lin, rules):
    with dated(timezone.now() - timedelta(days=400)):
        for _time in range(3):
            actions.lock(moderator=lin, thread=thread, rule=rules["other"])
            actions.unlock(moderator=lin, thread=thread, rule=rules["other"])
    assert queries.numbers().acts == []


def test_counts_are_made_once_an_hour_in_a_fixed_number_of_queries(
    decided, thread, lin, rules, django_assert_num_queries
):
    with django_assert_num_queries(4):
        queries.numbers()
    with django_assert_num_queries(0):
        queries.numbers()
    for post in thread.posts.filter(hidden_at=None, number__gt=1):
        actions.hide(moderator=lin, post=post, rule=rules["hate"])
    cache.clear()
    with django_assert_num_queries(4):
        queries.numbers()


def test_the_page_says_them_in_both_languages(decided, client):
    page = client.get(PAGE).content.decode()
    assert "hid a post" in page and "Rule spam" in page and "简体中文" in page
    assert page.count("<svg") >= 4 and "style=" not in page
    chinese = client.get("/zh-hans/moderation/transparency/").content.decode()
    assert "管理数据" in chinese and "规则 spam" in chinese


def test_one_or_two_are_never_told(thread, mei, tom, lin, rules, client):
    post = reply(mei, thread)
    actions.report(reporter=tom, target=of_post(post), rule=rules["minors"])
    actions.hide(moderator=lin, post=post, rule=rules["minors"])
    page = client.get(PAGE).content.decode()
    assert "Rule minors" not in page and "1–2" in page and "too few to say" in page
    assert Flag.objects.count() == 1


def test_an_empty_site_has_its_page(db, client):
    page = client.get(PAGE).content.decode()
    assert "Nothing has happened yet." in page


def test_the_file_has_the_same_numbers_and_no_formula(decided, rules, client):
    rule = rules["spam"]
    rule.name = dict.fromkeys(("en", "zh-hans", "zh-hant"), '=HYPERLINK("http://x")')
    rule.save()
    cache.clear()
    answer = client.get(FILE)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode("utf-8-sig")
    lines = [row for row in csv.reader(io.StringIO(text)) if not row[0].startswith("'#")]
    rows = {(row[0], row[1]): row for row in lines if not row[0].startswith("#")}
    assert rows["rule", "spam"] == ["rule", "spam", '\'=HYPERLINK("http://x")', "5"]
    assert rows["summary", "hours"][3] == "2.0"
    assert rows["act", "post.hidden"][3] == "5"


def test_who_reported_is_in_neither(decided, thread, lin, rules, client):
    reporter = person("quietreporter", reads=["en"])
    for _time in range(3):
        post = reply(lin, thread, "还是那块手表。")
        actions.report(reporter=reporter, target=of_post(post), rule=rules["spam"])
    cache.clear()
    for address in (PAGE, FILE):
        assert "quietreporter" not in client.get(address).content.decode()
