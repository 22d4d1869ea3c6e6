"""Reports of what members make of a post: translations, corrections, figures."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.languages.models import Translation
from exchange.moderation import actions
from exchange.moderation.models import Case, Flag
from exchange.moderation.targets import of_post
from tests.cast import open_thread, person, rent_of, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(thread, mei, items):
    return reply(
        mei,
        thread,
        "我每个月付房租。",
        wants_correction=True,
        entries=[rent_of(items, year="2025")],
    )


@pytest.fixture
def made(post, tom):
    """One of each, by their names in the ledger."""
    proposal = languages.propose(
        by=tom, passage=post.passage, language="en", body="I pay rent.", from_version=1
    )
    correction = languages.offer(
        by=tom, passage=post.passage, place=0, corrected="我每月付房租。", from_version=1
    )
    return {
        "proposal": f"proposal.{proposal.pk}",
        "correction": f"correction.{correction.pk}",
        "figure": post.passage.entries.get().target,
    }


@pytest.mark.parametrize("kind", ["proposal", "correction", "figure"])
def test_it_is_reported_by_the_same_form_and_becomes_a_case(kind, made, sam, lin, rules, log_in):
    browser, address = log_in(sam), f"/en/reports/{made[kind]}/"
    assert browser.get(address).status_code == 200
    wrong = browser.post(address, {"reason": "", "note": "我写的"})
    assert wrong.status_code == 422 and "我写的" in wrong.content.decode()
    answer = browser.post(address, {"reason": "spam", "note": "我写的"}, follow=True)
    assert "A moderator will look at it" in answer.content.decode()
    case = Case.objects.get()
    assert case.target == made[kind] and Flag.objects.get().reporter == sam
    html = log_in(lin).get(f"/zh-hans/moderation/cases/{case.pk}/").content.decode()
    assert "我写的" in html
    assert log_in(lin).get("/en/moderation/").status_code == 200


def test_an_accepted_translation_is_reported_and_stands_beside_the_original(
    made, post, mei, sam, lin, rules, log_in
):
    languages.accept(by=mei, proposal=post.passage.proposals.get())
    half = Translation.objects.get(passage=post.passage, kind="member")
    page = log_in(sam).get(f"/en/passages/{post.passage_id}/translation/").content.decode()
    assert f"/en/reports/translation.{half.pk}/" in page
    log_in(sam).post(f"/en/reports/translation.{half.pk}/", {"reason": "mistranslation"})
    page = log_in(lin).get(f"/en/moderation/cases/{Case.objects.get().pk}/")
    assert page.context["two_halves"] == [("我每个月付房租。", "I pay rent.")]


def test_each_place_has_a_link_for_others_and_none_for_its_author(
    made, post, mei, tom, sam, log_in
):
    places = {
        "proposal": f"/en/passages/{post.passage_id}/translation/",
        "correction": f"/en/passages/{post.passage_id}/correction/",
        "figure": f"/en/figures/{post.passage.entries.get().pk}/",
    }
    for kind, place in places.items():
        own = mei if kind == "figure" else tom
        link = f"/en/reports/{made[kind]}/"
        assert link in log_in(sam).get(place).content.decode(), kind
        assert link not in log_in(own).get(place).content.decode(), kind


def test_nobody_reports_what_they_cannot_see(
    made, post, mei, lin, sam, moderators_board, rules, log_in, client
):
    browser = log_in(sam)
    hidden = open_thread(lin, moderators_board).posts.get()
    for name in ["figure.999", "proposal.999", "nothing.1", "post.999", f"post.{hidden.pk}"]:
        assert browser.get(f"/en/reports/{name}/").status_code == 404, name
    for name in ["figure.0", "figure", "figure.1x", "FIGURE.1", "figure.-1"]:
        assert browser.get(f"/en/reports/{name}/").status_code == 404, name
    assert client.get(f"/en/reports/{made['figure']}/").status_code == 403
    actions.hide(moderator=lin, post=Post.objects.get(pk=post.pk), rule=rules["spam"])
    for name in made.values():
        assert browser.get(f"/en/reports/{name}/").status_code == 404, name
        assert browser.post(f"/en/reports/{name}/", {"reason": "spam"}).status_code == 404
    assert not Flag.objects.exists()


def test_posts_and_pictures_have_their_own_form(post, sam, log_in):
    answer = log_in(sam).get(f"/en/reports/post.{post.pk}/")
    assert answer["Location"] == f"/en/posts/{post.pk}/flag/"


def test_the_thirtieth_report_costs_what_the_second_does(thread, mei, rules) -> None:
    target = of_post(reply(mei, thread, "大家都举报的话"))
    costs = []
    for number in range(30):
        reporter = person(f"reporter{number}")
        with CaptureQueriesContext(connection) as asked:
            actions.report(reporter=reporter, target=target, rule=rules["spam"])
        costs.append(len(asked))
    assert costs[1] == costs[-1] == 9
