"""The page of a case, and what is decided from it."""

import re

import pytest

from exchange.boards import actions as boards
from exchange.boards.models import Moderator, Post
from exchange.languages import actions as languages
from exchange.languages.actions import Draft, put_by_machine
from exchange.ledger.models import Event
from exchange.moderation import actions
from exchange.moderation.models import Case, CaseNote, Decision, Flag
from tests import cast
from tests.cast import picture, pictured, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(thread, mei):
    return reply(mei, thread, "一句不该说的话")


@pytest.fixture
def case(post, case_of):
    return case_of(post, note="看着不舒服")


def page_of(case, language="en"):
    return f"/{language}/moderation/cases/{case.pk}/"


def test_a_case_shows_the_original_and_the_text_in_the_moderators_language(post, case, lin, log_in):
    put_by_machine(
        passage=post.passage, language="en", body="Words one should not say", version=1, engine="t"
    )
    html = log_in(lin).get(page_of(case)).content.decode()
    for words in [
        *("一句不该说的话", "Words one should not say", "translated by a machine"),
        *("看着不舒服", "tom", "Rule spam", "Nothing was ever decided about them."),
        f"/en/passages/{post.passage_id}/reading/",
    ]:
        assert words in html, words


def test_two_posts_before_and_two_after_stand_around_it(thread, mei, tom, case_of, lin, log_in):
    posts = [reply(tom, thread, f"Reply {word}") for word in "one two three four five six".split()]
    case = case_of(posts[2], reporter=mei)
    html = log_in(lin).get(page_of(case)).content.decode()
    around = html[html.index('id="around"') : html.index("</ol>", html.index('id="around"'))]
    assert [w for w in "one two three four five six".split() if f"Reply {w}" in around] == [
        *("one", "two", "four", "five")
    ]


def test_the_record_and_similar_posts_of_the_author_are_there(
    thread, mei, lin, case_of, rules, log_in
):
    before = reply(mei, thread, "加我微信，低价换汇，随时都可以找我")
    actions.hide(moderator=lin, post=before, rule=rules["scam"])
    case = case_of(reply(mei, thread, "加我微信，低价换汇，随时都可以来找我"))
    case_of(reply(mei, thread, "完全不同的另一句话"))
    page = log_in(lin).get(page_of(case))
    record = page.context["record"]
    assert [one.pk for one in record.similar] == [before.pk]
    assert [made.verb for made in record.decisions] == ["post.hidden"]
    assert len(record.open_cases) == 1 and len(record.recent) == 2


def test_a_board_moderator_sees_of_the_author_what_is_theirs_to_see(
    thread, mei, lin, board_moderator, moderators_board, welcome, case_of, rules, log_in
):
    case = case_of(reply(mei, thread, "一句不该说的话"))
    closed = {"title": Draft("Closed"), "draft": Draft("Behind closed doors")}
    secret = boards.open_thread(author=mei, board=moderators_board, **closed).posts.get()
    hidden = cast.open_thread(mei, welcome, body="Hidden elsewhere").posts.get()
    actions.hide(moderator=lin, post=hidden, rule=rules["spam"])
    open_one = cast.open_thread(mei, welcome, body="Open elsewhere").posts.get()
    case_of(open_one)
    for person, posts, cases in [
        (board_moderator, {open_one.pk}, 0),
        (lin, {secret.pk, hidden.pk, open_one.pk}, 1),
    ]:
        record = log_in(person).get(page_of(case)).context["record"]
        assert {post.pk for post in record.recent} == posts, person
        assert len(record.open_cases) == cases


def test_looking_claims_nothing_and_a_claim_keeps_others_off(
    post, case, lin, board_moderator, rules, log_in, fields_of
):
    ours, theirs = log_in(lin), log_in(board_moderator)
    ours.get(page_of(case))
    assert Case.objects.get().claimed_by is None
    ours.post(f"{page_of(case)}claim/")
    assert Case.objects.get().claimed_by == lin
    assert "lin</bdi> is working on this case now" in theirs.get(page_of(case)).content.decode()
    answer = theirs.post(
        f"/en/posts/{post.pk}/hiding/", fields_of(case, reason="spam", note="kept")
    )
    assert answer.status_code == 409
    assert "lin</bdi> is working" in answer.content.decode() and "kept" in answer.content.decode()
    assert theirs.post(f"{page_of(case)}claim/").status_code == 409
    assert Post.objects.get(pk=post.pk).hidden_at is None
    ours.post(f"{page_of(case)}claim/", {"_method": "DELETE"})
    assert Case.objects.get().claimed_by is None


def test_hiding_from_a_case_closes_it_and_leads_to_the_next(
    thread, post, case, mei, lin, case_of, rules, log_in, fields_of
):
    following = case_of(reply(mei, thread, "下一句"))
    Case.objects.filter(pk=case.pk).update(score=500)
    browser = log_in(lin)
    queue = {"queue": "language=zh"}
    form = browser.get(f"/en/posts/{post.pk}/hiding/", fields_of(case, **queue))
    assert f'name="case" value="{case.pk}"' in form.content.decode()
    assert re.search(r'<option value="spam" selected', form.content.decode())
    told = dict(form.context["previews"])["zh-hans"]  # what mei reads
    assert "规则 spam" in told.body
    answer = browser.post(
        f"/en/posts/{post.pk}/hiding/", fields_of(case, reason="spam", **queue), follow=True
    )
    assert answer.redirect_chain[0][0] == f"{page_of(following)}?queue=language%3Dzh"
    decision = Decision.objects.get()
    assert (decision.case, decision.by, decision.person) == (case, lin, mei)
    assert Case.objects.get(pk=case.pk).closed_at and Flag.objects.get(case=case).heeded
    html = answer.content.decode()
    assert "Done: hid a post." in html and f"/moderation/decisions/{decision.pk}/undoing/" in html


def test_a_look_at_the_notice_without_scripts_stays_with_the_case(
    post, case, lin, log_in, fields_of
):
    sent = fields_of(case, reason="hate", note="我写的理由", preview="1")
    html = log_in(lin).post(f"/en/posts/{post.pk}/hiding/", sent).content.decode()
    for words in (f'name="case" value="{case.pk}"', 'name="version" value="1"', "规则 hate"):
        assert words in html, words
    assert "我写的理由" in html and Case.objects.get(closed_at=None) == case


def test_what_was_decided_is_taken_back_by_the_button(post, case, lin, log_in, fields_of):
    browser = log_in(lin)
    browser.post(f"/en/posts/{post.pk}/hiding/", fields_of(case, reason="spam"))
    decision = Decision.objects.get()
    answer = browser.post(f"/en/moderation/decisions/{decision.pk}/undoing/")
    assert answer["Location"] == page_of(case)
    assert Post.objects.get(pk=post.pk).hidden_at is None
    assert Case.objects.get().closed_at is None and Flag.objects.get().closed_at is None
    again = browser.post(f"/en/moderation/decisions/{decision.pk}/undoing/", follow=True)
    assert "cannot be taken back any more" in again.content.decode()
    assert browser.post("/en/moderation/decisions/999/undoing/").status_code == 404


def test_only_moderators_of_the_board_take_a_decision_back(post, case, lin, tom, rules, log_in):
    decision = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    elsewhere = cast.person("eve", reads=["en"])
    Moderator.objects.create(user=elsewhere, board=cast.make_board("other-board", position=9))
    for person in (tom, elsewhere):
        answer = log_in(person).post(f"/en/moderation/decisions/{decision.pk}/undoing/")
        assert answer.status_code == 404
    assert log_in(elsewhere).get(page_of(case)).status_code == 404


def test_of_two_moderators_one_decides_and_the_other_is_told_by_whom(
    post, case, lin, board_moderator, log_in, fields_of
):
    fields = fields_of(case)
    log_in(board_moderator).post(f"/en/posts/{post.pk}/hiding/", {**fields, "reason": "hate"})
    answer = log_in(lin).post(
        f"/en/posts/{post.pk}/hiding/", {**fields, "reason": "spam", "note": "我写的理由"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409 and Decision.objects.count() == 1
    for words in ("ada</bdi> hid a post", "Rule hate", "我写的理由", "Nothing was done."):
        assert words in html, words


def test_words_that_were_edited_meanwhile_are_shown_and_asked_about_again(
    post, case, mei, lin, log_in, fields_of
):
    fields = fields_of(case)
    boards.edit(author=mei, post=post, draft=Draft("改过的一句话"), from_version=1)
    browser, address = log_in(lin), f"/en/posts/{post.pk}/hiding/"
    answer = browser.post(address, {**fields, "reason": "spam", "note": "我写的理由"})
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in ("改过的一句话", "我写的理由", 'name="version" value="2"', "decide again"):
        assert words in html, words
    assert Post.objects.get(pk=post.pk).hidden_at is None
    assert browser.post(address, {**fields, "version": 2, "reason": "spam"}).status_code == 302
    assert Post.objects.get(pk=post.pk).hidden_at


def test_nothing_to_do_closes_a_case_with_one_button(post, case, lin, log_in, fields_of):
    answer = log_in(lin).post(f"{page_of(case)}decision/", fields_of(case))
    assert answer["Location"] == "/en/moderation/"
    assert Decision.objects.get().verb == "case.dismissed"
    assert Case.objects.get().closed_at and Flag.objects.get().heeded is False
    again = log_in(lin).post(f"{page_of(case)}decision/", fields_of(case))
    assert again.status_code == 409 and "lin</bdi> looked at a case" in again.content.decode()


def test_the_same_on_a_picture_that_waits_lets_it_be_shown(
    thread, sam, lin, log_in, fields_of, follow
):
    post = reply(sam, thread, "A cat", pictures=[pictured(picture(sam, "#abc"))])
    follow()
    case = Case.objects.get()
    browser = log_in(lin)
    html = browser.get(page_of(case)).content.decode()
    assert "Show it to everybody" in html and "Hide the picture" in html and 'class="veil"' in html
    browser.post(f"{page_of(case)}decision/", fields_of(case))
    assert post.passage.uploads.get().state == "shown"
    assert Case.objects.get().closed_at


def test_nobody_decides_about_themselves_or_a_colleague(
    thread, case_of, lin, staff, board_moderator, log_in, fields_of
):
    for person in (lin, board_moderator):
        post = reply(person, thread, "Some words of a moderator")
        case = case_of(post)
        browser = log_in(lin)
        page = browser.get(page_of(case))
        assert page.context["refusal"] and "Nothing to do" not in page.content.decode()
        assert browser.post(f"{page_of(case)}decision/", fields_of(case)).status_code == 403
        assert browser.post(f"{page_of(case)}claim/").status_code == 403
        hiding = fields_of(case, reason="spam")
        assert browser.post(f"/en/posts/{post.pk}/hiding/", hiding).status_code == 403
        answer = log_in(staff).post(f"{page_of(case)}decision/", fields_of(case))
        assert answer.status_code == 302


def test_a_case_decides_only_what_it_is_about(thread, post, case, tom, lin, log_in, fields_of):
    other = reply(tom, thread, "Nothing to do with it")
    answer = log_in(lin).post(f"/en/posts/{other.pk}/hiding/", fields_of(case, reason="spam"))
    assert answer.status_code == 404 and Case.objects.get().closed_at is None
    for named in ("0", "x", "999"):
        answer = log_in(lin).get(f"/en/posts/{post.pk}/hiding/?case={named}")
        assert answer.status_code == 404, named


def test_notes_are_for_moderators_and_kept_when_something_is_wrong(case, lin, staff, log_in):
    browser = log_in(lin)
    browser.post(f"{page_of(case)}notes/", {"note": "第二次了"})
    assert CaseNote.objects.get().words.body == "第二次了"
    assert "第二次了" in log_in(staff).get(page_of(case)).content.decode()
    long = "word " * 400
    answer = browser.post(f"{page_of(case)}notes/", {"note": long})
    assert answer.status_code == 422 and long.strip() in answer.content.decode()
    assert browser.post(f"{page_of(case)}notes/", {"note": " "}).status_code == 422
    noted = Event.objects.get(verb="case.noted")
    assert not noted.public and "第二次了" not in str(noted.data)


def test_halves_that_do_not_match_stand_sentence_beside_sentence(thread, mei, lin, case_of, log_in):
    post = reply(
        mei,
        thread,
        "房东人很好。押金都退了。",
        body_other="The landlord is a thief. He returned the deposit.",
    )
    case = case_of(post, "mistranslation")
    page = log_in(lin).get(page_of(case))
    assert page.context["two_halves"] == [
        ("房东人很好。", "The landlord is a thief. "),
        ("押金都退了。", "He returned the deposit."),
    ]
    assert "Do the two halves say the same?" in page.content.decode()
    other = case_of(reply(mei, thread, "一句。", body_other="One sentence."), "spam")
    assert log_in(lin).get(page_of(other)).context["two_halves"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_case_costs_the_same_for_1_or_3_of_everything(
    count, thread, post, case, mei, lin, case_of, rules, log_in, django_assert_num_queries
):
    for number in range(count):
        case_of(post, reporter=cast.person(f"reader{number}"), note="请看一下")
        case_of(reply(mei, thread, f"另外的第{number}句话"))
        actions.write_note(moderator=lin, case=case, words="第二次了")
        hidden = reply(mei, thread, f"被隐藏的第{number}句话")
        actions.hide(moderator=lin, post=hidden, rule=rules["spam"])
    browser = log_in(lin)
    browser.get(page_of(case))
    with django_assert_num_queries(23):
        assert browser.get(page_of(case)).status_code == 200


# Who is reported keeps order here too


def test_nobody_reads_who_reported_them_or_what_is_said_of_it(
    thread, board_moderator, lin, tom, mei, case_of, log_in, fields_of
):
    """Also not by what they can do about it: no note, no reader."""
    tom.reads_for_moderators = True
    tom.save()
    case = case_of(reply(board_moderator, thread, "My own words"), reporter=mei, note="Zorpreport")
    actions.write_note(moderator=lin, case=case, words="Zorpnote")
    asked = actions.ask(moderator=lin, case=case, reader=tom)
    actions.answer(request=asked, opinion="breaks", words="Zorpanswer")
    page = f"/en/moderation/cases/{case.pk}/"
    theirs = log_in(lin).get(page).content.decode()
    assert all(said in theirs for said in ("mei</bdi>", "Zorpreport", "Zorpnote", "Zorpanswer"))
    browser = log_in(board_moderator)
    own = browser.get(page).content.decode()
    assert "My own words" in own and "not shown to you" in own
    assert not any(said in own for said in ("mei</bdi>", "lin</bdi>", "Zorp"))
    assert browser.post(f"{page}notes/", {"note": "I did not mean it"}).status_code == 403
    assert browser.post(f"{page}readers/", {"reader": tom.pk}).status_code == 403
    assert (case.notes.count(), case.readers.count()) == (1, 1)


def test_a_case_is_decided_by_an_act_on_what_it_is_about(
    thread, mei, lin, tom, flat, rules, case_of, log_in, fields_of
):
    """Neither by one on another post of the same author, nor by hiding a whole post for what somebody
    else made of it."""
    reported, other = reply(mei, thread, "被举报的一句"), reply(mei, thread, "另一句")
    case = case_of(reported)
    browser, fields = log_in(lin), fields_of(case, reason="spam")
    assert browser.post(f"/en/posts/{other.pk}/hiding/", fields).status_code == 404
    proposal = languages.propose(
        by=tom, passage=other.passage, language="en", body="Nonsense", from_version=1
    )
    about = case_of(f"proposal.{proposal.pk}", reporter=mei)
    address = f"/en/moderation/cases/{about.pk}/waiting/"
    assert browser.get(address).status_code == 404
    assert browser.post(address, fields_of(about, reason="spam")).status_code == 404
    assert not Post.objects.exclude(hidden_at=None).exists()
    assert Case.objects.filter(closed_at=None).count() == 2


def test_of_a_crowd_the_latest_reports_are_shown_and_all_are_counted(
    post, case_of, lin, log_in, monkeypatch
):
    monkeypatch.setattr("exchange.moderation.views.casefile.MOST_REPORTS", 2)
    notes = ["太长了", "太吵了", "太假了"]
    for number, note in enumerate(notes):
        case = case_of(post, reporter=cast.person(f"reporter{number}"), note=note)
    html = log_in(lin).get(page_of(case)).content.decode()
    assert "Reports (3)" in html and "The latest 2 are shown." in html
    assert [note in html for note in notes] == [False, True, True]
    assert "只显示最近的 2 条。" in log_in(lin).get(page_of(case, "zh-hans")).content.decode()
