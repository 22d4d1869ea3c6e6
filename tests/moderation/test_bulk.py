"""One decision on many cases at once."""

import pytest

from exchange.boards import actions as boards
from exchange.boards.models import Moderator, Post
from exchange.languages.actions import Draft
from exchange.moderation import actions
from exchange.moderation.models import Case, Decision
from tests import cast
from tests.cast import reply

pytestmark = pytest.mark.django_db
BULK = "/en/moderation/bulk/"


@pytest.fixture
def cases(thread, mei, case_of):
    return [case_of(reply(mei, thread, f"第{number}句广告")) for number in range(3)]


def named(cases, version=1):
    return [f"{case.pk}.{version}" for case in cases]


def test_the_page_says_what_it_will_do_before_it_does_it(cases, lin, log_in):
    page = log_in(lin).get(BULK, {"case": [case.pk for case in cases], "act": "hide"})
    html = page.content.decode()
    assert "This will decide 3 cases" in html and html.count("句广告") == 3
    assert not Decision.objects.exists()


def test_each_case_gets_a_decision_of_its_own_and_each_is_taken_back(cases, lin, rules, log_in):
    browser = log_in(lin)
    fields = {"case": named(cases), "act": "hide", "reason": "spam", "note": "广告"}
    html = browser.post(BULK, fields, follow=True).content.decode()
    assert "3 cases decided" in html and Decision.objects.count() == 3
    assert not Case.objects.filter(closed_at=None).exists()
    assert Post.objects.exclude(hidden_at=None).count() == 3
    first = Decision.objects.order_by("id")[0]
    assert f"/moderation/decisions/{first.pk}/undoing/" in html
    browser.post(f"/en/moderation/decisions/{first.pk}/undoing/")
    assert Post.objects.exclude(hidden_at=None).count() == 2


def test_nothing_to_do_for_all(cases, lin, rules, log_in):
    log_in(lin).post(BULK, {"case": named(cases), "act": "dismiss", "reason": "spam"})
    assert set(Decision.objects.values_list("verb", flat=True)) == {"case.dismissed"}
    assert not Case.objects.filter(closed_at=None).exists()


def test_what_others_were_quicker_with_is_left_and_named(
    cases, mei, lin, board_moderator, rules, log_in
):
    taken, edited, free = cases
    actions.claim(moderator=board_moderator, case=taken)
    boards.edit(author=mei, post=edited.post, draft=Draft("改过的"), from_version=1)
    fields = {"case": named(cases), "act": "hide", "reason": "spam"}
    page = log_in(lin).post(BULK, fields, follow=True)
    assert [decision.case_id for decision, _ in page.context["decisions"]] == [free.pk]
    assert [case.pk for case in page.context["left"]] == [taken.pk, edited.pk]
    assert Post.objects.exclude(hidden_at=None).count() == 1


def test_what_is_not_theirs_to_decide_is_left_out_with_the_reason(
    cases, thread, mei, tom, case_of, rules, log_in
):
    ed = cast.person("ed", reads=["en"])
    Moderator.objects.create(user=ed, board=None)
    english = case_of(reply(tom, thread, "Buy this now, it is cheap"), reporter=mei)
    own = case_of(reply(ed, thread, "My own words are here"))
    chosen = [*cases, english, own]
    html = log_in(ed).get(BULK, {"case": [c.pk for c in chosen], "act": "hide"}).content.decode()
    assert "This will decide 1 case" in html
    assert "nobody is punished" in html and "about yourself" in html
    log_in(ed).post(BULK, {"case": named(chosen), "act": "hide", "reason": "spam"})
    assert [decision.case for decision in Decision.objects.all()] == [english]


def test_a_mistake_in_the_form_keeps_the_selection_and_what_was_read(
    cases, mei, lin, rules, log_in
):
    boards.edit(author=mei, post=cases[0].post, draft=Draft("改过的"), from_version=1)
    answer = log_in(lin).post(BULK, {"case": named(cases), "act": "hide", "note": "kept"})
    html = answer.content.decode()
    assert answer.status_code == 422 and "kept" in html
    assert all(f'value="{name}"' in html for name in named(cases))


def test_nothing_selected_leads_back(lin, log_in, cases):
    for fields in ({}, {"case": "999"}, {"case": "x.y"}):
        answer = log_in(lin).get(BULK, fields)
        assert answer.status_code == 302 and answer["Location"] == "/en/moderation/"


@pytest.mark.parametrize("count", [2, 6])
def test_a_selection_costs_the_same_however_many_are_in_it(
    count, thread, lin, rules, case_of, log_in, django_assert_num_queries
):
    cases = [case_of(reply(cast.person(f"p{n}"), thread, f"No {n}")) for n in range(count)]
    browser, fields = log_in(lin), {"case": [case.pk for case in cases], "act": "hide"}
    browser.get(BULK, fields)
    with django_assert_num_queries(8):  # however many
        html = browser.get(BULK, fields).content.decode()
    assert html.count('type="checkbox" name="case"') == count
