"""What is decided from a thing's own page, while somebody works on its case; and what waits is shown."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.boards.models import Moderator, Post
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.moderation import actions, queries
from exchange.moderation.models import CLAIM_KEPT, Case, Decision
from tests import cast
from tests.cast import figure_of, picture, pictured, reply

pytestmark = pytest.mark.django_db
LINK = "Cheapzorp flats: https://spam.example/a"


@pytest.fixture
def held(thread, sam, follow):
    post = reply(sam, thread, LINK)
    follow()
    return post


@pytest.fixture
def post(thread, mei, flat):
    return reply(
        mei,
        thread,
        "一句不该说的话 {1}",
        entries=[figure_of(flat)],
        pictures=[pictured(picture(mei, "#abc"))],
    )


# Nothing to do


def test_nothing_to_do_lets_a_post_be_shown_that_waited(held, lin, log_in, fields_of):
    case = Case.objects.get()
    page = f"/en/moderation/cases/{case.pk}/"
    answer = log_in(lin).post(f"{page}decision/", fields_of(case), follow=True)
    assert Post.objects.get(pk=held.pk).state == "shown"
    decision = Decision.objects.get()
    assert (decision.verb, decision.case) == ("post.released", case)
    assert f"/moderation/decisions/{decision.pk}/undoing/" in answer.content.decode()
    case.refresh_from_db()
    assert case.closed_at


def test_so_it_does_for_many_at_once(thread, held, mei, lin, case_of, rules, log_in):
    reported = case_of(reply(mei, thread, "没问题的一句"))
    cases = Case.objects.filter(closed_at=None)
    named = [f"{case.pk}.1" for case in cases]
    assert len(named) == 2
    fields = {"case": named, "act": "dismiss", "reason": "other", "note": "fine"}
    log_in(lin).post("/en/moderation/bulk/", fields)
    assert Post.objects.get(pk=held.pk).state == "shown"
    assert not Case.objects.filter(closed_at=None).exists()
    assert Decision.objects.get(case=reported).verb == "case.dismissed"
    released = Decision.objects.get(verb="post.released")
    assert queries.note(released).body == "fine"


def test_a_warning_because_of_what_waits_leaves_its_case_open(
    held, sam, lin, rules, log_in, fields_of
):
    case = Case.objects.get()
    browser = log_in(lin)
    browser.post(f"/en/people/{sam.username}/warning/", fields_of(case, reason="spam"))
    assert Decision.objects.get().verb == "person.warned" and Decision.objects.get().case == case
    assert Case.objects.get().closed_at is None and Post.objects.get(pk=held.pk).state == "held"
    browser.post(f"/en/posts/{held.pk}/hiding/", fields_of(case, reason="spam"))
    assert Case.objects.get().closed_by.verb == "post.hidden"


# Pictures


def test_nobody_lets_their_own_picture_be_shown_or_a_colleagues(
    thread, board_moderator, lin, staff, log_in
):
    for one in (lin, board_moderator):
        post = reply(one, thread, "Look", pictures=[pictured(picture(one, "#abc"))])
        upload = post.passage.uploads.get()
        upload.held_at = timezone.now()
        upload.save()
        address = f"/en/posts/{post.pk}/pictures/{upload.pk}/release/"
        assert log_in(lin).post(address).status_code == 403
        upload.refresh_from_db()
        assert upload.state == "held"
        assert log_in(staff).post(address).status_code == 302
        upload.refresh_from_db()
        assert upload.state == "shown"


def test_a_picture_that_somebody_looks_at_is_theirs(thread, sam, lin, staff, log_in, follow):
    post = reply(sam, thread, "A cat", pictures=[pictured(picture(sam, "#abc"))])
    follow()
    upload, case = post.passage.uploads.get(), Case.objects.get()
    assert actions.claim(moderator=lin, case=case)
    address = f"/en/posts/{post.pk}/pictures/{upload.pk}/release/"
    answer = log_in(staff).post(address)
    assert answer.status_code == 409 and "lin</bdi> is working" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.state == "held"
    assert log_in(lin).post(address).status_code == 302
    case.refresh_from_db()
    assert case.closed_at


# Two people never work on one case


@pytest.fixture
def ada(board_moderator):
    return board_moderator


@pytest.mark.parametrize("path", ["hiding", "edit-request", "pictures", "exclusion"])
def test_a_thing_whose_case_somebody_works_on_is_theirs(
    path, post, lin, ada, case_of, rules, log_in
):
    upload, entry = post.passage.uploads.get(), post.passage.entries.get()
    address, about = {
        "hiding": (f"/en/posts/{post.pk}/hiding/", post),
        "edit-request": (f"/en/posts/{post.pk}/edit-request/", post),
        "pictures": (f"/en/posts/{post.pk}/pictures/{upload.pk}/hiding/", f"picture.{upload.pk}"),
        "exclusion": (f"/en/figures/{entry.pk}/exclusion/", entry.target),
    }[path]
    case = case_of(about)
    assert actions.claim(moderator=ada, case=case)
    answer = log_in(lin).post(address, {"reason": "spam", "note": "我写的理由"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "ada</bdi> is working" in html and "我写的理由" in html
    assert not Decision.objects.exists() and Case.objects.get(closed_at=None) == case
    assert log_in(ada).post(address, {"reason": "spam"}).status_code == 302
    case.refresh_from_db()
    assert case.closed_at and case.closed_by == Decision.objects.get()


def test_a_post_is_not_hidden_while_somebody_looks_at_its_picture(
    post, lin, ada, case_of, rules, log_in, fields_of
):
    upload = post.passage.uploads.get()
    reported = case_of(post)
    assert actions.claim(moderator=ada, case=case_of(f"picture.{upload.pk}"))
    browser, address = log_in(lin), f"/en/posts/{post.pk}/hiding/"
    assert browser.post(address, {"reason": "spam"}).status_code == 409
    assert browser.post(address, fields_of(reported, reason="spam")).status_code == 409
    fields = {"case": [f"{reported.pk}.1"], "act": "hide", "reason": "spam"}
    page = browser.post("/en/moderation/bulk/", fields, follow=True)
    assert [case.pk for case in page.context["left"]] == [reported.pk]
    assert not Decision.objects.exists()


def test_a_correction_or_translation_whose_case_somebody_works_on_is_theirs(
    thread, tom, mei, lin, ada, case_of, rules, log_in
):
    chinese = reply(mei, thread, "很便宜。", wants_correction=True)
    offered = languages.offer(
        by=tom, passage=chinese.passage, place=0, corrected="不贵。", from_version=1
    )
    proposal = languages.propose(
        by=tom, passage=chinese.passage, language="en", body="Cheap.", from_version=1
    )
    for kind, path, thing in (
        ("correction", "corrections", offered),
        ("proposal", "proposals", proposal),
    ):
        case = case_of(f"{kind}.{thing.pk}", reporter=mei)
        assert actions.claim(moderator=ada, case=case)
        address = f"/en/{path}/{thing.pk}/removal/"
        assert log_in(lin).post(address, {"reason": "spam"}).status_code == 409
        assert log_in(ada).post(address, {"reason": "spam"}).status_code == 302


def test_a_waiting_post_whose_case_somebody_works_on_is_theirs(held, lin, ada, log_in):
    case = Case.objects.get()
    assert actions.claim(moderator=ada, case=case)
    address = f"/en/posts/{held.pk}/release/"
    answer = log_in(lin).post(address)
    assert answer.status_code == 409 and "is working on this case" in answer.content.decode()
    assert Post.objects.get(pk=held.pk).state == "held"
    assert log_in(ada).post(address).status_code == 302


def test_a_claim_that_was_forgotten_keeps_nobody_from_it(post, lin, ada, case_of, rules, log_in):
    assert actions.claim(moderator=ada, case=case_of(post))
    Case.objects.update(claimed_at=timezone.now() - CLAIM_KEPT - timedelta(seconds=1))
    address = f"/en/posts/{post.pk}/hiding/"
    assert log_in(lin).post(address, {"reason": "spam"}).status_code == 302


def test_hiding_for_now_is_for_posts(thread, lin, mei, case_of, rules, fields_of, log_in):
    """Not from the case of what another member made of a moderator's own words."""
    ed = cast.person("ed", reads=["en"])
    Moderator.objects.create(user=ed, board=None)
    own = reply(lin, thread, "My own words are here, as you see.")
    proposal = languages.propose(
        by=mei, passage=own.passage, language="zh-hans", body="我说的话。", from_version=1
    )
    case = case_of(f"proposal.{proposal.pk}")
    address = f"/en/moderation/cases/{case.pk}/waiting/"
    assert log_in(ed).post(address, fields_of(case, reason="spam")).status_code == 404
    assert Post.objects.get(pk=own.pk).state == "shown"


def test_nothing_is_taken_back_under_the_eyes_of_who_works_on_its_case(
    thread, mei, lin, ada, case_of, rules, log_in
):
    ed = cast.person("ed", reads=["en"])
    Moderator.objects.create(user=ed, board=None)
    post = reply(mei, thread, "一句不该说的话")
    case = case_of(post)
    made = actions.hide_for_now(moderator=ed, case=case, version=1, post=post, rule=rules["spam"])
    assert actions.claim(moderator=ada, case=Case.objects.get())
    address = f"/en/moderation/decisions/{made.pk}/undoing/"
    answer = log_in(ed).post(address)
    assert answer.status_code == 409 and "ada</bdi> is working" in answer.content.decode()
    assert Post.objects.get(pk=post.pk).state == "hidden"
    assert log_in(ada).post(address).status_code == 302
    assert Post.objects.get(pk=post.pk).state == "shown"


# The words that were read


@pytest.mark.parametrize("path", ["hiding", "edit-request", "erasing"])
def test_what_was_edited_since_its_form_was_read_is_asked_about_again(
    path, post, mei, staff, rules, log_in
):
    staff.reads = ["zh-hans"]
    staff.save()
    browser, address = log_in(staff), f"/en/posts/{post.pk}/{path}/"
    read = f'name="version" value="{post.passage.version}"'
    assert read in browser.get(address).content.decode()
    boards.edit(author=mei, post=post, draft=Draft("现在是好话了"), from_version=1)
    sent = {"reason": "spam", "note": "我写的理由", "version": "1"}
    answer = browser.post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "现在是好话了" in html and "please decide again" in html
    assert ("我写的理由" in html) is (path != "erasing")  # its log entry has no note
    assert 'name="version" value="2"' in html and "一句不该说的话" not in html
    assert not Decision.objects.exists()
    assert browser.post(address, sent | {"version": "2"}).status_code == 302
    assert Decision.objects.get()


def test_so_is_what_waits_before_it_is_shown(held, sam, lin, log_in):
    browser, address = log_in(lin), f"/en/posts/{held.pk}/release/"
    assert 'name="version" value="1"' in browser.get(address).content.decode()
    boards.edit(author=sam, post=held, draft=Draft(f"{LINK} and more"), from_version=1)
    answer = browser.post(address, {"version": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409 and "please decide again" in html and "and more" in html
    assert 'name="version" value="2"' in html
    assert Post.objects.get(pk=held.pk).state == "held"
    assert browser.post(address, {"version": "2"}).status_code == 302


def test_and_so_is_what_stands_under_a_post(post, mei, lin, flat, thread, tom, rules, log_in):
    """A picture, a figure, a correction."""
    upload, entry = post.passage.uploads.get(), post.passage.entries.get()
    chinese = reply(mei, thread, "很便宜。", wants_correction=True)
    offered = languages.offer(
        by=tom, passage=chinese.passage, place=0, corrected="不贵。", from_version=1
    )
    browser = log_in(lin)
    addresses = (
        f"/en/posts/{post.pk}/pictures/{upload.pk}/hiding/",
        f"/en/figures/{entry.pk}/exclusion/",
        f"/en/corrections/{offered.pk}/removal/",
    )
    for before, address in enumerate(addresses):
        version = re.search(r'name="version" value="(\d+)"', browser.get(address).content.decode())
        assert version
        assert browser.post(address, {"reason": "spam", "version": "7"}).status_code == 409
        assert Decision.objects.count() == before
        sent = {"reason": "spam", "version": version[1]}
        assert browser.post(address, sent).status_code == 302
        assert Decision.objects.count() == before + 1


def test_no_act_on_a_thread_decides_a_case_about_oneself_or_a_colleague(
    thread, lin, log_in, case_of, fields_of
):
    colleague = cast.person("ed", reads=["en", "zh-hans"])
    Moderator.objects.create(user=colleague, board=None)
    for about in (lin, colleague):
        case = case_of(reply(about, thread, "说了不该说的话"))
        answer = log_in(lin).post(f"/en/threads/{thread.pk}/lock/", fields_of(case, reason="spam"))
        assert answer.status_code == 403
        case.refresh_from_db()
        assert case.closed_at is None
    thread.refresh_from_db()
    assert thread.locked_at is None
