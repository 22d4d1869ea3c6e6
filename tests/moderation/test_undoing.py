"""Who may take a decision back: whoever may do by hand what that does; and what waits again then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.boards.models import Moderator, Post
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation import rules as may
from exchange.moderation.models import Appeal, Case, Decision, Flag
from exchange.moderation.targets import find
from tests import cast
from tests.cast import open_thread, person, picture, pictured, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def ed(db):
    """A moderator of the whole site who reads no Chinese."""
    somebody = cast.person("ed", reads=["en"])
    Moderator.objects.create(user=somebody, board=None)
    return somebody


@pytest.fixture
def post(thread, mei):
    return reply(mei, thread, "一句不该说的话")


def undo(browser, decision):
    return browser.post(f"/en/moderation/decisions/{decision.pk}/undoing/")


def tomorrow():
    return timezone.now() + timedelta(days=1)


def test_whatever_can_be_undone_says_who_may():
    assert set(may.UNDOING) == set(actions.UNDO)


@pytest.mark.parametrize("name", ["silence", "suspend"])
def test_a_boards_moderator_neither_lifts_a_sanction_nor_brings_it_back(
    name, post, case_of, mei, lin, board_moderator, rules, log_in
):
    act = getattr(actions, name)
    made = act(moderator=lin, person=mei, until=tomorrow(), rule=rules["spam"], case=case_of(post))
    browser = log_in(board_moderator)
    answer = undo(browser, made)
    assert answer.status_code == 403 and str(may.SITE_ONLY) in answer.content.decode()
    lifted = actions.lift(moderator=lin, decision=made, rule=rules["other"])
    Decision.objects.filter(pk=lifted.pk).update(board=post.thread.board)
    assert undo(browser, lifted).status_code == 403
    assert undo(log_in(lin), lifted).status_code == 302
    assert Decision.objects.filter(verb=made.verb).count() == 2


def test_only_the_staff_takes_back_a_deleting_for_good_or_does_it_again(
    thread, tom, lin, board_moderator, staff, rules, log_in
):
    opening = thread.posts.select_related("thread__title", "passage", "author").get()
    made = actions.erase(moderator=staff, post=opening, rule=rules["spam"])
    for one in (lin, board_moderator):
        answer = undo(log_in(one), made)
        assert answer.status_code == 403 and str(may.STAFF_ONLY) in answer.content.decode()
    assert undo(log_in(staff), made).status_code == 302
    back = Decision.objects.get(verb="post.erasing_dropped")
    for one in (lin, board_moderator):
        assert undo(log_in(one), back).status_code == 403
    assert not Post.objects.get(pk=opening.pk).deleted_at
    assert undo(log_in(staff), back).status_code == 302
    assert Post.objects.get(pk=opening.pk).erased_at


def test_an_appeal_against_a_deleting_for_good_is_the_staffs(post, mei, lin, staff, rules, log_in):
    other = person("eve", reads=["en", "zh-hans"], is_staff=True)
    made = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    appeal = actions.appeal(by=mei, decision=made, words="这不对。")
    assert queries.deciders(made) == [other]
    fields = {"outcome": "upheld", "body": "You are right."}
    address = f"/en/moderation/appeals/{appeal.pk}/"
    assert log_in(lin).post(address, fields).status_code == 403
    assert Appeal.objects.get().decided_at is None and Post.objects.get(pk=post.pk).erased_at
    assert log_in(staff).post(address, fields).status_code == 403
    assert log_in(other).post(address, fields).status_code == 302
    assert not Post.objects.get(pk=post.pk).erased_at


def test_where_the_staff_is_one_person_it_looks_at_its_own_deleting_again(
    post, mei, lin, staff, rules, log_in
):
    made = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    appeal = actions.appeal(by=mei, decision=made, words="这不对。")
    fields = {"outcome": "upheld", "body": "You are right."}
    assert log_in(staff).post(f"/en/moderation/appeals/{appeal.pk}/", fields).status_code == 302


# No sanction on machine text alone


def test_what_is_hidden_for_now_is_not_hidden_for_good_by_who_cannot_read_it(
    post, ed, lin, case_of, rules, log_in
):
    case = case_of(post)
    actions.hide_for_now(moderator=ed, case=case, version=1, post=post, rule=rules["spam"])
    address = f"/en/posts/{post.pk}/hiding/"
    assert log_in(ed).post(address, {"reason": "spam"}).status_code == 403
    assert Case.objects.get().closed_at is None and Decision.objects.count() == 1
    assert log_in(lin).post(address, {"reason": "spam"}).status_code == 302
    assert Case.objects.get().closed_at and Decision.objects.count() == 2


@pytest.mark.parametrize(("path", "do"), [("edit-request", "ask_for_edit"), ("erasing", "erase")])
def test_what_is_sent_says_itself_whether_it_takes_something_back(
    path, do, post, lin, rules, log_in
):
    ed = person("ed", reads=["en"], is_staff=True)
    getattr(actions, do)(moderator=lin, post=post, rule=rules["spam"])
    answer = log_in(ed).post(f"/en/posts/{post.pk}/{path}/", {"reason": "spam"})
    assert answer.status_code == 403 and str(may.NOT_READ) in answer.content.decode()
    form = log_in(ed).get(f"/en/posts/{post.pk}/{path}/").content.decode()
    assert 'name="_method" value="DELETE"' in form


def test_an_unread_form_does_not_bring_back_the_words_of_what_was_deleted_for_good(
    thread, staff, rules, log_in
):
    opening = thread.posts.select_related("thread__title", "passage", "author").get()
    actions.erase(moderator=staff, post=opening, rule=rules["spam"])
    answer = log_in(staff).post(f"/en/posts/{opening.pk}/erasing/", {"reason": ""})
    assert answer.status_code == 422 and "a third of what I earn" not in answer.content.decode()


def test_taking_back_a_restoring_hides_and_so_it_is_for_who_reads_it(
    post, ed, lin, case_of, rules, log_in, fields_of
):
    case = case_of(post)
    actions.hide_for_now(moderator=ed, case=case, version=1, post=post, rule=rules["spam"])
    browser = log_in(ed)
    told = browser.post(
        f"/en/moderation/cases/{case.pk}/decision/", fields_of(case), follow=True
    ).content.decode()
    restored = Decision.objects.get(verb="post.restored")
    page = f"/en/moderation/cases/{case.pk}/"
    for html in (told, browser.get(page).content.decode()):
        assert f"/moderation/decisions/{restored.pk}/undoing/" not in html
    assert f"/moderation/decisions/{restored.pk}/undoing/" in log_in(lin).get(page).content.decode()
    answer = undo(browser, restored)
    assert answer.status_code == 403 and str(may.NOT_READ) in answer.content.decode()
    assert Post.objects.get(pk=post.pk).state == "shown"
    assert undo(log_in(lin), restored).status_code == 302
    assert Post.objects.get(pk=post.pk).state == "hidden"
    case.refresh_from_db()
    assert case.closed_at and case.closed_by.verb == "post.hidden"
    assert Flag.objects.get().heeded is True


def test_the_words_are_those_that_stand_there_now(thread, tom, ed, lin, rules, log_in):
    english = reply(tom, thread, "It is cheap, buy it")
    actions.hide(moderator=lin, post=english, rule=rules["spam"])
    restored = actions.restore(moderator=lin, post=english, rule=rules["other"])
    boards.edit(author=tom, post=english, draft=Draft("这是中文的一句话。"), from_version=1)
    assert undo(log_in(ed), restored).status_code == 403


def test_removing_a_translation_or_a_correction_again_is_for_who_reads_it(
    thread, tom, mei, ed, lin, rules, log_in
):
    english = reply(tom, thread, "It is cheap.", wants_correction=True)
    languages.propose(
        by=mei, passage=english.passage, language="zh-hans", body="很便宜。", from_version=1
    )
    chinese = reply(mei, thread, "很便宜。", wants_correction=True)
    offered = languages.offer(
        by=tom, passage=chinese.passage, place=0, corrected="不贵。", from_version=1
    )
    proposal = english.passage.proposals.get()
    removals = [
        (actions.remove_translation, f"proposal.{proposal.pk}"),
        (actions.remove_correction, f"correction.{offered.pk}"),
    ]
    for remove, name in removals:
        made = remove(moderator=lin, target=find(name), rule=rules["spam"])
        assert undo(log_in(ed), made).status_code == 302  # to restore judges nobody
        again = Decision.objects.latest("pk")
        assert again.verb.endswith(".restored")
        assert undo(log_in(ed), again).status_code == 403
        assert undo(log_in(lin), again).status_code == 302


@pytest.mark.parametrize("verb", ["person.warned", "person.silenced", "person.suspended"])
def test_to_punish_somebody_again_is_for_who_reads_what_they_wrote(
    verb, post, mei, ed, lin, case_of, rules, log_in
):
    act = {"moderator": lin, "person": mei, "rule": rules["spam"], "case": case_of(post)}
    if verb != "person.warned":
        act["until"] = tomorrow()
    name = {"person.warned": "warn", "person.silenced": "silence"}.get(verb, "suspend")
    made = getattr(actions, name)(**act)
    assert undo(log_in(ed), made).status_code == 302
    lifted = Decision.objects.get(verb=actions.LIFTED[verb])
    assert undo(log_in(ed), lifted).status_code == 403
    assert undo(log_in(lin), lifted).status_code == 302
    assert Decision.objects.filter(verb=verb).count() == 2


def test_a_wave_is_let_by_who_may_undo_each_part_of_it(thread, sam, tom, lin, staff, rules, log_in):
    posts = [reply(one, thread, "Cheap flats for all of you") for one in (sam, tom)]
    made = actions.end_burst(
        moderator=staff, posts=posts, rule=rules["spam"], silenced_for=timedelta(days=1)
    )
    Moderator.objects.create(user=tom, board=None)
    answer = undo(log_in(lin), made)
    assert answer.status_code == 403 and str(may.COLLEAGUE) in answer.content.decode()
    assert undo(log_in(staff), made).status_code == 302
    assert not Post.objects.exclude(hidden_at=None).exists()


# One's own thread


@pytest.mark.parametrize("name", ["lock", "pin", "move"])
def test_what_one_did_to_ones_own_thread_is_taken_back(name, lin, rent, welcome, rules, log_in):
    mine = open_thread(lin, rent)
    board = {"board": welcome} if name == "move" else {}
    made = getattr(actions, name)(moderator=lin, thread=mine, rule=rules["other"], **board)
    assert undo(log_in(lin), made).status_code == 302
    again = Decision.objects.get(undoes=made)
    assert undo(log_in(lin), again).status_code == 302


def test_a_splitting_and_a_merging_of_ones_own_thread_are_taken_back(lin, rent, rules, log_in):
    mine, other = open_thread(lin, rent), open_thread(lin, rent)
    reply(lin, mine, "Something else")
    made = actions.split(
        moderator=lin,
        thread=mine,
        numbers=[2],
        title=Draft("Apart"),
        board=rent,
        rule=rules["spam"],
    )
    assert undo(log_in(lin), made).status_code == 302
    made = actions.merge(moderator=lin, thread=mine, target=other, rule=rules["spam"])
    assert undo(log_in(lin), made).status_code == 302


def test_a_colleagues_thread_is_still_the_staffs(board_moderator, lin, staff, rent, rules, log_in):
    theirs = open_thread(board_moderator, rent)
    made = actions.lock(moderator=staff, thread=theirs, rule=rules["other"])
    assert undo(log_in(lin), made).status_code == 403


# What waits again


@pytest.fixture
def cats(thread, sam, follow):
    """A newcomer's post with two pictures, which wait."""
    drawn = [pictured(picture(sam, color)) for color in ("#abc", "#cba")]
    post = reply(sam, thread, "Two cats", pictures=drawn)
    follow()
    assert Case.objects.filter(closed_at=None, kind="held").count() == 2
    return post


def waiting_pictures(post):
    names = [f"picture.{upload.pk}" for upload in post.passage.uploads.order_by("pk")]
    return [Case.objects.filter(target=name, closed_at=None).count() for name in names]


def test_all_cases_that_a_hiding_closed_wait_again(cats, lin, tom, case_of, rules):
    case = case_of(cats)
    made = actions.hide(moderator=lin, post=cats, rule=rules["spam"])
    assert not Case.objects.filter(closed_at=None).exists()
    assert actions.undo(moderator=lin, decision=made)
    assert waiting_pictures(cats) == [1, 1]
    case.refresh_from_db()
    assert case.closed_at is None and case.closed_by is None
    assert Flag.objects.get().closed_at is None
    assert Case.objects.count() == 3


def test_a_restoring_by_its_form_lets_held_pictures_wait_again(cats, lin, case_of, rules, log_in):
    case_of(cats)
    actions.hide(moderator=lin, post=cats, rule=rules["spam"])
    address = f"/en/posts/{cats.pk}/hiding/"
    assert log_in(lin).delete(address, "reason=other", "application/x-www-form-urlencoded")
    assert Post.objects.get(pk=cats.pk).state == "shown"
    assert waiting_pictures(cats) == [1, 1]
    assert Case.objects.get(target=cats.target).closed_at  # of its words somebody decided
    assert Case.objects.count() == 3


def test_so_does_what_was_to_be_deleted_for_good(cats, staff, rules):
    actions.erase(moderator=staff, post=cats, rule=rules["spam"])
    cats.refresh_from_db()
    assert actions.drop_erasing(moderator=staff, post=cats, rule=rules["other"])
    assert waiting_pictures(cats) == [1, 1]


def test_an_upheld_appeal_leaves_what_waits_on_the_desk(cats, sam, lin, staff, case_of, rules):
    case = case_of(cats)
    made = actions.hide(moderator=lin, post=cats, rule=rules["spam"])
    appeal = actions.appeal(by=sam, decision=made, words="Why?")
    actions.decide_appeal(moderator=staff, appeal=appeal, upheld=True, answer="You are right.")
    assert waiting_pictures(cats) == [1, 1]
    case.refresh_from_db()
    assert case.closed_at and case.closed_by.verb == "appeal.upheld"


def test_what_is_hidden_for_good_after_all_waits_again_as_a_whole(cats, lin, ed, case_of, rules):
    case = case_of(cats)
    first = actions.hide_for_now(moderator=ed, case=case, version=1, post=cats, rule=rules["spam"])
    assert actions.hide(moderator=lin, post=cats, rule=rules["spam"])
    assert actions.undo(moderator=lin, decision=first)
    case.refresh_from_db()
    assert case.closed_at is None and waiting_pictures(cats) == [1, 1]


def test_taking_back_what_was_hidden_for_now_waits_for_no_reader(post, ed, case_of, rules):
    case = case_of(post)
    made = actions.hide_for_now(moderator=ed, case=case, version=1, post=post, rule=rules["spam"])
    assert Case.objects.get().awaits_reader
    assert actions.undo(moderator=ed, decision=made)
    case.refresh_from_db()
    assert case.closed_at is None and not case.awaits_reader
    assert Post.objects.get(pk=post.pk).state == "shown"


@pytest.mark.parametrize("kind", ["held", "review"])
def test_a_case_that_is_opened_again_is_of_the_kind_it_is_now(kind, post, mei, tom, lin, rules):
    case = actions.open_case(target=find(post.target), kind=kind)
    score = case.score
    actions.dismiss_case(moderator=lin, case=case)
    actions.report(reporter=tom, target=find(post.target), rule=rules["spam"])
    case.refresh_from_db()
    assert (case.kind, case.closed_at, case.reports) == ("reported", None, 1)
    base = {"held": 15, "review": 1}[kind]
    assert case.score == score - base + 20  # the report of one new member
    found = queries.queue(lin, queries.Filters(language="all", kind="reported"))
    assert list(found) == [case]


def test_what_is_held_again_has_a_case_whatever_became_of_the_first(
    thread, sam, tom, lin, rules, follow
):
    held = reply(sam, thread, "Cheapzorp flats: https://spam.example/a")
    follow()
    released = actions.release_post(moderator=lin, post=held)
    case = actions.report(reporter=tom, target=find(held.target), rule=rules["spam"]).case
    assert case.kind == "reported"
    actions.dismiss_case(moderator=lin, case=case)
    assert actions.undo(moderator=lin, decision=released)
    assert Post.objects.get(pk=held.pk).state == "held"
    case.refresh_from_db()
    assert (case.kind, case.closed_at) == ("held", None)


def test_what_concerns_a_former_member_can_be_taken_back(post, lin, rules):
    made = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    Decision.objects.filter(pk=made.pk).update(person=None)
    made.refresh_from_db()
    assert may.can_undo(lin, made) is None


@pytest.mark.parametrize("act", ["hide", "dismiss_case"])
def test_open_desks_hear_of_cases_that_wait_again(act, post, mei, lin, case_of, rules):
    case = case_of(post)
    made = (
        actions.hide(moderator=lin, post=post, rule=rules["spam"])
        if act == "hide"
        else actions.dismiss_case(moderator=lin, case=case)
    )
    last = Event.objects.latest("pk").pk
    assert actions.undo(moderator=lin, decision=made)
    heard = Event.objects.filter(pk__gt=last, verb="case.reopened", scope="moderation")
    assert [event.data["case"] for event in heard] == [case.pk]


# What was moved to another board since


def test_a_boards_moderator_takes_nothing_back_where_it_stands_now(
    thread, mei, lin, board_moderator, moderators_board, rules, log_in
):
    """Neither their own decisions nor others', nor the moving; and they read none of it."""
    post = reply(mei, thread, "一句不该说的话")
    why = {"moderator": board_moderator, "rule": rules["spam"]}
    made = [
        actions.hide(**why, post=post),
        actions.lock(**why, thread=thread),
        actions.move(moderator=lin, thread=thread, board=moderators_board, rule=rules["other"]),
    ]
    browser = log_in(board_moderator)
    for decision in made:
        assert undo(browser, decision).status_code == 404
        assert browser.get(f"/en/moderation/decisions/{decision.pk}/").status_code == 404
    assert not Decision.objects.filter(undoes__in=made).exists()
    for decision in reversed(made):
        assert log_in(lin).get(f"/en/moderation/decisions/{decision.pk}/").status_code == 200
        assert undo(log_in(lin), decision).status_code == 302
    assert Decision.objects.filter(undoes__in=made).count() == 3


def test_who_keeps_order_where_it_stands_now_takes_it_back(
    thread, mei, lin, board_moderator, welcome, rules, log_in
):
    other = person("zed", reads=["en", "zh-hans"])
    Moderator.objects.create(user=other, board=welcome)
    post = reply(mei, thread, "一句不该说的话")
    made = actions.hide(moderator=board_moderator, post=post, rule=rules["spam"])
    assert undo(log_in(other), made).status_code == 404
    actions.move(moderator=lin, thread=thread, board=welcome, rule=rules["other"])
    assert undo(log_in(board_moderator), made).status_code == 404
    assert undo(log_in(other), made).status_code == 302
    assert Post.objects.get(pk=post.pk).state == "shown"


def test_who_moved_it_themselves_takes_that_back(
    thread, lin, board_moderator, welcome, moderators_board, rules, log_in
):
    why = {"moderator": board_moderator, "rule": rules["off-topic"]}
    made = actions.move(**why, thread=thread, board=welcome)
    browser = log_in(board_moderator)
    assert undo(browser, made).status_code == 302
    thread.refresh_from_db()
    again = actions.move(**why, thread=thread, board=welcome)
    thread.refresh_from_db()
    actions.move(moderator=lin, thread=thread, board=moderators_board, rule=rules["other"])
    assert undo(browser, again).status_code == 404
