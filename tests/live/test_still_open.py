"""Who may still watch what is asked of loaded rows: as the pages ask it, and for many in as many queries as
for one."""

import pytest
from django.contrib.auth.models import AnonymousUser

from exchange.boards import queries
from exchange.boards.models import Board, Moderator
from exchange.live import people, scopes
from exchange.live.follower import Follower
from exchange.moderation import actions as moderation
from tests.cast import open_thread, person


def members(count: int) -> list[int]:
    return [person(f"member {number}").pk for number in range(count)]


@pytest.mark.parametrize("what", ["moved", "merged"])
@pytest.mark.parametrize(("count", "asks"), [(0, 1), (5, 3), (20, 3)])
def test_a_thread_that_moves_costs_the_same_for_any_number_of_members_who_watch(
    thread, lin, rent, moderators_board, rules, count, asks, what, django_assert_num_queries
):
    other = open_thread(lin, rent)
    follower, wanted = Follower(), {thread.scope: {"en"}}
    follower.round(wanted)
    watching = {(pk, thread.scope) for pk in [0, *members(count)]}
    follower.round(wanted)
    reason = {"moderator": lin, "thread": thread, "rule": rules["other"]}
    if what == "moved":
        moderation.move(board=moderators_board, **reason)
    else:
        moderation.merge(target=other, **reason)
    # Events, whom something changed of, the thread; people, roles, the thread as its gate sees it.
    with django_assert_num_queries(3 + asks):
        assert follower.round(wanted).scopes == {thread.scope}
        answers = people.still_open(watching)
    assert len(answers) == count + 1
    assert {bool(answer) for answer in answers.values()} == {what != "moved"}


@pytest.mark.parametrize(("count", "asks"), [(0, 3), (5, 5), (20, 5)])
def test_all_kinds_of_scopes_together_cost_the_same_too(
    thread, rent, count, asks, django_assert_num_queries
):
    kinds = [thread.scope, rent.scope, "front", "moderation"]
    watching = {(pk, scope) for pk in [0, *members(count)] for scope in kinds}
    watching |= {(pk, f"user.{pk}") for pk, _ in watching if pk}
    with django_assert_num_queries(asks):
        answers = people.still_open(watching)
    assert {scope.partition(".")[0] for (_, scope), found in answers.items() if found} == {
        *("thread", "board", "front"),
        *(["user"] if count else []),
    }


@pytest.mark.parametrize("access", Board.Access.values)
def test_a_board_that_was_loaded_is_open_to_whom_the_database_says(
    db, rent, tom, lin, staff, moderators_board, access
):
    Board.objects.filter(pk=rent.pk).update(access=access)
    here = person("keeper")
    Moderator.objects.create(user=here, board=rent)
    for reader in (AnonymousUser(), tom, lin, staff, here):
        for board in Board.objects.all():
            asked = queries.boards(reader).filter(pk=board.pk).exists()
            assert queries.is_open_to(reader, board) == asked


def test_what_is_no_scope_is_nobodys(db, tom):
    assert scopes.ask(tom, "kitchen.1") is None
