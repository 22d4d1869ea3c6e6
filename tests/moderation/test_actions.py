import pytest

from exchange.boards.models import Board, Post, Thread
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation.models import Flag
from exchange.moderation.targets import of_post
from tests.cast import open_thread, reply


def event(verb: str) -> Event:
    return Event.objects.get(verb=verb)


def test_hiding_is_one_public_event_with_its_rule_and_note(thread, mei, lin, rules):
    post = reply(mei, thread)
    assert actions.hide(moderator=lin, post=post, rule=rules["spam"], note="广告")
    found = event("post.hidden")
    assert (found.actor_id, found.reason, found.public) == (lin.pk, "spam", True)
    assert found.target == post.target and found.scope == thread.scope
    assert Passage.objects.get(pk=found.data["note"]).body == "广告"
    assert Post.objects.get(pk=post.pk).hidden_at
    assert Thread.objects.get(pk=thread.pk).reply_count == 0


def test_hiding_twice_is_one_event(thread, mei, lin, rules):
    post = reply(mei, thread)
    assert actions.hide(moderator=lin, post=Post.objects.get(pk=post.pk), rule=rules["spam"])
    assert not actions.hide(moderator=lin, post=Post.objects.get(pk=post.pk), rule=rules["hate"])
    assert event("post.hidden").reason == "spam"
    assert Thread.objects.get(pk=thread.pk).reply_count == 0


def test_restoring_brings_everything_back(thread, mei, lin, rules):
    post = reply(mei, thread)
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    assert actions.restore(moderator=lin, post=post, rule=rules["other"])
    assert Post.objects.get(pk=post.pk).hidden_at is None
    assert Thread.objects.get(pk=thread.pk).reply_count == 1
    assert event("post.restored").public


def test_hiding_the_opening_post_takes_the_thread_out_of_the_lists(thread, lin, rules, nobody):
    from exchange.boards.queries import threads

    actions.hide(moderator=lin, post=thread.posts.get(), rule=rules["hate"])
    assert not threads(nobody).filter(pk=thread.pk).exists()
    actions.restore(moderator=lin, post=thread.posts.get(), rule=rules["other"])
    assert threads(nobody).filter(pk=thread.pk).exists()


@pytest.mark.parametrize(
    ("do", "undo", "stamp", "verbs"),
    [
        (actions.lock, actions.unlock, "locked_at", ["thread.locked", "thread.unlocked"]),
        (actions.pin, actions.unpin, "pinned_at", ["thread.pinned", "thread.unpinned"]),
    ],
)
def test_a_threads_acts_are_done_once_and_undone_once(do, undo, stamp, verbs, thread, lin, rules):
    act = {"moderator": lin, "thread": thread, "rule": rules["other"]}
    assert do(**act) and not do(**act)
    assert getattr(Thread.objects.get(pk=thread.pk), stamp)
    assert undo(**act) and not undo(**act)
    assert getattr(Thread.objects.get(pk=thread.pk), stamp) is None
    found = Event.objects.filter(verb__in=verbs).order_by("id")
    assert [event.verb for event in found] == verbs


def test_moving_changes_the_board_and_keeps_the_addresses(thread, welcome, rent, lin, rules):
    act = {"moderator": lin, "board": welcome, "rule": rules["off-topic"]}
    assert actions.move(thread=thread, **act)
    assert Thread.objects.get(pk=thread.pk).board == welcome
    moved = event("thread.moved").data
    assert (moved["from"], moved["to"]) == (rent.pk, welcome.pk)
    assert not actions.move(thread=thread, **act)


def report(reporter, post, rule, **more):
    return actions.report(reporter=reporter, target=of_post(post), rule=rule, **more)


def test_a_report_is_private_and_open_until_the_post_is_hidden(thread, mei, sam, lin, rules):
    post = reply(mei, thread)
    flag = report(sam, post, rules["spam"], note="looks like an ad")
    assert not event("flag.raised").public
    assert list(queries.open_cases(lin)) == [flag.case]
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    assert not queries.open_cases(lin).exists()
    assert Flag.objects.get().closed_at and event("case.closed").actor_id == lin.pk


def test_reporting_twice_is_one_report(thread, sam, rules):
    post = thread.posts.get()
    first = report(sam, post, rules["spam"])
    again = report(sam, post, rules["hate"], note="and more")
    assert first.pk == again.pk
    assert Flag.objects.count() == Event.objects.filter(verb="flag.raised").count() == 1


def test_of_two_moderators_one_closes_a_case(thread, sam, lin, staff, rules):
    case = report(sam, thread.posts.get(), rules["spam"]).case
    assert actions.dismiss_case(moderator=lin, case=case)
    assert not actions.dismiss_case(moderator=staff, case=case)
    assert event("case.dismissed").actor_id == lin.pk


def test_a_board_moderator_sees_cases_of_that_board_only(
    thread, welcome, sam, tom, board_moderator, rules
):
    here = report(sam, thread.posts.get(), rules["spam"])
    elsewhere = open_thread(tom, welcome)
    report(sam, elsewhere.posts.get(), rules["spam"])
    assert list(queries.open_cases(board_moderator)) == [here.case]


@pytest.mark.parametrize("role", ["moderator", "staff"])
def test_appointments_and_their_end_stand_in_the_public_log(role, mei):
    act = {"by": None, "person": mei, "role": role}
    assert actions.appoint(**act) and not actions.appoint(**act)
    assert actions.dismiss(**act) and not actions.dismiss(**act)
    verbs = [f"{role}.appointed", f"{role}.dismissed"]
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == verbs
    assert all(Event.objects.values_list("public", flat=True))


def test_a_moderator_of_one_board_moderates_no_other(rent, welcome, mei):
    from exchange.boards.queries import roles

    actions.appoint(by=None, person=mei, role="moderator", board=rent)
    found = roles(mei)
    assert found.moderates(rent.pk) and not found.moderates(welcome.pk)


def test_the_log_names_what_happened_in_a_fixed_number_of_queries(
    thread, mei, lin, rules, nobody, django_assert_num_queries
):
    post = reply(mei, thread)
    actions.hide(moderator=lin, post=post, rule=rules["spam"], note="广告")
    actions.appoint(by=lin, person=mei, role="moderator", board=thread.board)
    with django_assert_num_queries(13):
        role, hiding = queries.entries(nobody, 0, 10)
    assert (hiding.person, hiding.subject, hiding.rule.code) == (lin, post, "spam")
    assert hiding.note.body == "广告"
    assert (role.subject, role.board) == (mei, thread.board)


def test_the_log_keeps_closed_boards_to_those_who_may_read_them(
    members_board, tom, lin, rules, nobody
):
    thread = open_thread(tom, members_board)
    actions.lock(moderator=lin, thread=thread, rule=rules["other"])
    assert [entry.event.verb for entry in queries.entries(nobody, 0, 10)] == []
    assert [entry.event.verb for entry in queries.entries(tom, 0, 10)] == ["thread.locked"]


def test_changing_who_reads_a_board_is_logged(rent, lin):
    assert actions.open_board(by=lin, board=rent, access=Board.Access.MEMBERS)
    assert event("board.opened").data == {"access": "members"}
