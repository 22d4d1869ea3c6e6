"""Reports become cases, and cases become decisions that can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Translation
from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation.consumer import consumer
from exchange.moderation.models import CLAIM_KEPT, Case, Decision, Flag
from exchange.moderation.rules import COLLEAGUE, NOT_READ, OWN, STAFF, can_judge, can_punish
from exchange.moderation.targets import find, find_many, of_post
from tests.cast import figure_of, make_board, open_thread, person, picture, pictured, reply


@pytest.fixture
def post(thread, mei) -> Post:
    return reply(mei, thread, "加微信就能便宜一半。")


def report(reporter, post, rule, **more) -> Flag:
    return actions.report(reporter=reporter, target=of_post(post), rule=rule, **more)


def settled(moderator, case, act):
    return actions.settle(
        moderator=moderator, case=case, version=find(case.target).version, act=act
    )


def test_reports_of_one_thing_are_one_case(post, tom, sam, rules):
    first = report(tom, post, rules["off-topic"])
    second = report(sam, post, rules["scam"], note="骗子", language="zh-hans")
    case = Case.objects.get()
    assert first.case == second.case == case
    assert (case.target, case.kind, case.reports) == (post.target, "reported", 2)
    assert (case.language, case.version, case.author) == ("zh-hans", 1, post.author)
    assert second.language == "zh-hans" and second.note.body == "骗子"


def test_the_most_severe_rule_names_the_case(post, tom, sam, rules):
    rules["scam"].severity = 3
    rules["scam"].save()
    report(tom, post, rules["scam"])
    report(sam, post, rules["off-topic"])
    assert Case.objects.get().rule == rules["scam"]


def test_a_second_report_of_the_same_person_gives_the_first(post, tom, rules):
    assert report(tom, post, rules["spam"]) == report(tom, post, rules["hate"])
    assert Event.objects.filter(verb="flag.raised").count() == 1


def test_more_reporters_and_a_worse_rule_come_first(thread, mei, tom, sam, lin, rules):
    rules["minors"].severity = 3
    rules["minors"].save()
    mild, crowd, grave = (reply(mei, thread, f"第{n}条回复。") for n in range(3))
    report(tom, mild, rules["off-topic"])
    for somebody in (tom, sam):
        report(somebody, crowd, rules["off-topic"])
    for somebody in (tom, sam):
        report(somebody, grave, rules["minors"])
    order = [case.target for case in queries.open_cases(lin)]
    assert order == [grave.target, crowd.target, mild.target]


def test_who_is_always_wrong_weighs_nothing(thread, mei, tom, lin, rules):
    for n in range(5):
        flag = report(tom, reply(mei, thread, f"没问题的回复{n}"), rules["spam"])
        assert actions.dismiss_case(moderator=lin, case=flag.case)
    last = report(tom, reply(mei, thread, "又一条"), rules["spam"]).case
    assert last.score < 10  # what is left is the reach


def test_what_was_looked_at_and_left_is_not_looked_at_again(post, tom, sam, lin, rules):
    case = report(tom, post, rules["spam"]).case
    assert actions.dismiss_case(moderator=lin, case=case)
    again = report(sam, post, rules["spam"])
    assert again.case == case and again.closed_at and again.heeded is False
    assert not queries.open_cases(lin).exists()


def test_another_rule_or_an_edit_opens_the_case_again(post, tom, sam, mei, lin, rules):
    case = report(tom, post, rules["spam"]).case
    actions.dismiss_case(moderator=lin, case=case)
    assert report(sam, post, rules["scam"]).case == case
    assert Case.objects.get(closed_at=None) == case
    actions.dismiss_case(moderator=lin, case=case)
    boards.edit(author=mei, post=post, draft=Draft("别的话。"), from_version=1)
    post.refresh_from_db()
    assert report(sam, post, rules["spam"]).case == case
    reopened = Case.objects.get(closed_at=None)
    assert reopened == case and reopened.version == 2
    assert Event.objects.filter(verb="case.reopened").count() == 2


def test_only_one_moderator_has_a_case_at_a_time(post, tom, lin, staff, rules):
    case = report(tom, post, rules["spam"]).case
    assert actions.claim(moderator=lin, case=case)
    assert not actions.claim(moderator=staff, case=Case.objects.get())
    with pytest.raises(actions.Overtaken) as overtaken:
        settled(staff, case, lambda: None)
    assert overtaken.value.why == "claimed"
    assert actions.unclaim(moderator=lin, case=case)
    assert actions.claim(moderator=staff, case=Case.objects.get())


def test_a_claim_that_was_forgotten_is_nobodys(post, tom, lin, staff, rules):
    case = report(tom, post, rules["spam"]).case
    actions.claim(moderator=lin, case=case)
    long_ago = timezone.now() - CLAIM_KEPT - timedelta(seconds=1)
    Case.objects.update(claimed_at=long_ago)
    assert actions.claim(moderator=staff, case=Case.objects.get())


def test_of_two_decisions_the_second_is_told_of_the_first(post, tom, lin, staff, rules):
    case = report(tom, post, rules["spam"]).case
    done = settled(lin, case, lambda: actions.hide(moderator=lin, post=post, rule=rules["spam"]))
    assert done.case == case and Case.objects.get().closed_at
    with pytest.raises(actions.Overtaken) as overtaken:
        settled(staff, case, lambda: actions.dismiss_case(moderator=staff, case=case))
    assert (overtaken.value.why, overtaken.value.case) == ("closed", case)


def test_a_decision_names_the_version_that_was_read(post, tom, lin, mei, rules):
    case = report(tom, post, rules["spam"]).case
    boards.edit(author=mei, post=post, draft=Draft("别的话。"), from_version=1)
    with pytest.raises(actions.Overtaken) as overtaken:
        actions.settle(moderator=lin, case=case, version=1, act=lambda: None)
    assert overtaken.value.why == "edited"
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    assert Event.objects.get(verb="post.hidden").data["version"] == 2


def test_a_decision_is_a_row_beside_its_event(post, mei, lin, rules):
    done = actions.hide(moderator=lin, post=post, rule=rules["spam"], note="广告")
    assert (done.verb, done.by, done.person) == ("post.hidden", lin, mei)
    assert (done.rule, done.language, done.board) == (rules["spam"], "zh-hans", post.thread.board)
    assert done.event == Event.objects.get(verb="post.hidden")
    assert done.event.data["person"] == mei.pk


def test_taking_a_decision_back_brings_the_post_and_the_case_back(post, tom, lin, staff, rules):
    flag = report(tom, post, rules["spam"])
    done = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    flag.refresh_from_db()
    assert flag.closed_at and flag.heeded is True
    back = actions.undo(moderator=staff, decision=done)
    assert (back.verb, back.undoes) == ("post.restored", done)
    assert Post.objects.get(pk=post.pk).hidden_at is None
    flag.refresh_from_db()
    assert (flag.closed_at, flag.heeded) == (None, None)
    assert queries.open_cases(lin).get() == flag.case
    assert actions.undo(moderator=staff, decision=done) is None


def test_a_dismissal_can_be_taken_back(post, tom, lin, rules):
    case = report(tom, post, rules["spam"]).case
    done = actions.dismiss_case(moderator=lin, case=case)
    assert done.event.public is False
    back = actions.undo(moderator=lin, decision=done)
    assert back.verb == "case.reopened" and back.undoes == done
    assert queries.open_cases(lin).get() == case


def test_restoring_by_hand_is_linked_to_the_hiding(post, lin, rules):
    hidden = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    restored = actions.restore(moderator=lin, post=post, rule=rules["other"])
    assert restored.undoes == hidden


@pytest.mark.parametrize(
    ("do", "undone"),
    [
        (actions.lock, "locked_at"),
        (actions.pin, "pinned_at"),
    ],
)
def test_an_act_on_a_thread_is_taken_back(do, undone, thread, lin, rules):
    done = do(moderator=lin, thread=thread, rule=rules["other"])
    assert actions.undo(moderator=lin, decision=done).undoes == done
    thread.refresh_from_db()
    assert getattr(thread, undone) is None


def test_a_move_is_taken_back_with_its_cases(thread, post, tom, lin, rent, welcome, rules):
    report(tom, post, rules["spam"])
    done = actions.move(moderator=lin, thread=thread, board=welcome, rule=rules["off-topic"])
    assert Case.objects.get().board == welcome
    actions.undo(moderator=lin, decision=done)
    thread.refresh_from_db()
    assert thread.board == rent and Case.objects.get().board == rent


def test_everything_a_member_wrote_is_a_target(thread, mei, tom, flat, rules):
    upload = picture(mei)
    post = reply(
        mei,
        thread,
        "我的房子 {1}",
        entries=[figure_of(flat)],
        pictures=[pictured(upload, "一只猫")],
        wants_correction=True,
    )
    proposal = languages.propose(
        by=tom, passage=post.passage, language="en", body="My flat.", from_version=1
    )
    offered = languages.offer(
        by=tom, passage=post.passage, place=0, corrected="我的公寓", from_version=1
    )
    entry = post.passage.entries.get()
    names = [
        post.target,
        f"picture.{upload.pk}",
        f"proposal.{proposal.pk}",
        f"correction.{offered.pk}",
        entry.target,
    ]
    found = find_many([*names, "post.987654", "nothing.1", "post.x"])
    assert sorted(found) == sorted(names)
    assert {target.post for target in found.values()} == {post}
    assert found[f"proposal.{proposal.pk}"].author == tom
    assert all(target.is_shown for target in found.values())
    languages.accept(by=mei, proposal=proposal)
    half = Translation.objects.get(kind="member")
    assert find(f"translation.{half.pk}").text == "My flat."


def test_a_translation_of_a_title_stands_under_the_opening_post(thread, tom, mei):
    titled = open_thread(tom, thread.board, title="Deposits", title_other="")
    proposal = languages.propose(
        by=mei, passage=titled.title, language="zh-hans", body="押金", from_version=1
    )
    assert find(f"proposal.{proposal.pk}").post == titled.posts.get()


def test_targets_are_found_in_as_many_queries_as_there_are_kinds(
    thread, mei, django_assert_num_queries
):
    names = [reply(mei, thread, f"第{n}条").target for n in range(3)]
    for some in (names[:1], names):
        with django_assert_num_queries(1):
            assert len(find_many(some)) == len(some)


def test_nobody_judges_themselves_or_their_colleagues(mei, lin, staff, board_moderator, rules):
    other_staff = person("eve", is_staff=True)
    assert can_judge(lin, mei) is None and can_judge(lin, None) is None
    assert can_judge(lin, lin) == OWN
    assert can_judge(lin, board_moderator) == COLLEAGUE
    assert can_judge(lin, staff) == STAFF
    assert can_judge(staff, lin) is None
    assert can_judge(staff, staff) == OWN
    assert can_judge(staff, other_staff) is None


def test_nobody_is_punished_for_what_a_machine_says(mei, staff, lin):
    assert can_punish(staff, mei, "zh-hans") == NOT_READ
    assert can_punish(lin, mei, "zh-hant") is None
    assert can_punish(staff, mei, "other") == NOT_READ
    assert can_punish(staff, mei, "other", attests=True) is None
    assert can_punish(staff, mei, "zh-hans", attests=True) == NOT_READ


def test_the_desk_hears_of_what_waits(thread, mei, lin):
    consumer().round()
    held = reply(mei, thread, "等一等")
    shown = reply(mei, thread, "新人")
    record("post.held", actor=mei, scope=thread.scope, target=held.target)
    record("post.created", actor=mei, scope=thread.scope, target=shown.target, review=1)
    follower = consumer()
    follower.round()
    follower.round()
    kinds = {case.target: case.kind for case in queries.open_cases(lin)}
    assert kinds == {held.target: "held", shown.target: "review"}


def test_what_its_author_deleted_needs_no_look(post, mei, tom, lin, rules):
    report(tom, post, rules["spam"])
    boards.delete(author=mei, post=post)
    consumer().round()
    assert not queries.open_cases(lin).exists()
    assert not Flag.objects.filter(closed_at=None).exists()


def test_board_moderators_see_their_boards_cases(post, board_moderator, lin, tom, rules):
    elsewhere = open_thread(tom, make_board("pets", position=9)).posts.get()
    for about in (post, elsewhere):
        report(board_moderator, about, rules["spam"])
    assert [case.post for case in queries.open_cases(board_moderator)] == [post]
    assert queries.open_cases(lin).count() == 2


def test_decisions_are_kept_with_the_log(post, lin, rules):
    done = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    assert Decision.objects.filter(pk=done.pk).exists()
    assert done.event.decision == done
