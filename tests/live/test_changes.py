import pytest
from django.test import Client

from exchange.boards import actions
from exchange.boards.models import Board
from exchange.languages.actions import Draft
from exchange.ledger.models import Event
from exchange.ledger.queries import latest_id, since
from exchange.live import queries
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply


def asked(thread, after: object, client: Client | None = None, language: str = "en"):
    address = f"/{language}/threads/{thread.pk}/changes?since={after}"
    return (client or Client()).get(address)


def numbers(answer) -> list[int]:
    return [frame["number"] for frame in answer.json()["frames"]]


@pytest.fixture
def after(thread, monkeypatch) -> int:
    """The last event that the page has seen, long ago: nothing near it is repeated."""
    monkeypatch.setattr(queries, "NEAR_IDS", 0)
    return latest_id(thread.scope)


def test_each_missed_post_comes_once_in_order_as_it_is_now(thread, after, mei, tom):
    first, second = reply(mei, thread, "One."), reply(tom, thread, "Two.")
    actions.edit(author=mei, post=first, draft=Draft("One, better."), from_version=1)
    answer = asked(thread, after)
    assert numbers(answer) == [3, 2]  # by their newest events
    assert answer.json()["event"] == latest_id(thread.scope)
    assert "One, better." in answer.json()["frames"][1]["html"]
    assert answer.json()["frames"][0]["post"] == second.pk


def test_who_missed_nothing_gets_nothing(thread, after):
    assert asked(thread, after).json() == {"event": after, "frames": []}


def test_the_frames_are_those_of_the_socket(thread, after, mei):
    from exchange.live import frames

    reply(mei, thread)
    events = list(since(thread.scope, after))
    for language in ("en", "zh-hans", "zh-hant"):
        built = frames.build(events, frames.things_of(events, latest_id()), language)
        assert asked(thread, after, language=language).json()["frames"] == built


def test_a_hidden_post_comes_as_the_line_that_everybody_sees_to_moderators_too(
    thread, after, mei, lin, rules, log_in
):
    post = reply(mei, thread, "Unkind words.")
    moderation.hide(moderator=lin, post=post, rule=rules["harassment"])
    for client in (Client(), log_in(lin), log_in(mei)):
        answer = asked(thread, after, client)
        assert numbers(answer) == [2] and b"Unkind" not in answer.content


def test_an_act_on_the_thread_comes_too(thread, after, lin, rules):
    moderation.lock(moderator=lin, thread=thread, rule=rules["other"])
    moderation.pin(moderator=lin, thread=thread, rule=rules["other"])
    assert [frame["verb"] for frame in asked(thread, after).json()["frames"]] == ["thread.pinned"]


def test_a_lower_id_that_was_committed_later_comes_too(thread, mei):
    late = reply(mei, thread, "Late.")
    seen = Event.objects.create(
        pk=latest_id() + 50, verb="post.edited", scope=thread.scope, target="post.0"
    )
    assert numbers(asked(thread, seen.pk)) == [2]
    assert asked(thread, seen.pk).json()["frames"][0]["post"] == late.pk
    assert asked(thread, seen.pk).json()["event"] == seen.pk


def test_frames_say_up_to_when_their_posts_are_known_wherever_that_happened(thread, mei, tom, rent):
    """As a socket says it, which reads the whole ledger: else a page would take them for older."""
    reply(mei, thread)
    elsewhere = open_thread(tom, rent)
    frames = asked(thread, 0).json()["frames"]
    assert {frame["at"] for frame in frames} == {latest_id(elsewhere.scope)} == {latest_id()}


def test_what_happens_elsewhere_is_no_new_answer(thread, mei, tom, rent):
    reply(mei, thread)
    first = asked(thread, 0)
    open_thread(tom, rent)
    again = Client().get(
        f"/en/threads/{thread.pk}/changes?since=0", headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(("missed", "reload"), [(queries.MOST, False), (queries.MOST + 1, True)])
def test_who_missed_too_much_is_asked_to_reload(thread, after, missed, reload):
    fields = {"verb": "thread.locked", "scope": thread.scope, "target": thread.scope}
    Event.objects.bulk_create([Event(**fields) for _ in range(missed)])
    answer = asked(thread, after).json()
    assert (answer == {"reload": True}) is reload
    assert reload or len(answer["frames"]) == 1


@pytest.mark.parametrize(
    "after", ["", "x", "-1", "1.5", "１２", "9" * 19, "0x1", "1;DROP", "NaN", "%00"]
)
def test_since_must_be_a_number(thread, after):
    answer = asked(thread, after)
    assert answer.status_code == 400
    if after != "%00":  # refused before any view is asked, with a page
        assert answer.json()["error"]


def test_an_event_that_is_not_there_yet_is_no_error(thread):
    assert asked(thread, 10**17).json() == {"event": 10**17, "frames": []}


@pytest.mark.parametrize(
    ("access", "person", "status"),
    [("members", None, 404), ("members", "sam", 200), ("moderators", "sam", 404)],
)
def test_it_is_as_closed_as_the_page(thread, sam, log_in, access, person, status):
    Board.objects.update(access=access)
    assert asked(thread, 0, log_in(sam if person else None)).status_code == status


def test_a_thread_that_is_not_there_and_another_method(thread, db):
    assert Client().get("/en/threads/999999/changes?since=0").status_code == 404
    assert Client().post(f"/en/threads/{thread.pk}/changes?since=0").status_code in (403, 405)


def test_nothing_keeps_it_and_no_cookie_comes_with_it(thread):
    answer = asked(thread, 0)
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {} and answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("count", [1, 5])
def test_it_costs_the_same_for_any_number_of_posts(
    thread, after, mei, count, django_assert_num_queries
):
    for number in range(count):
        reply(mei, thread, f"Reply {number}.")
    # The thread, the events after it, the time of the seen one, those near it, the latest of all, posts;
    # once halves, figures and pictures.
    with django_assert_num_queries(9):
        assert len(numbers(asked(thread, after))) == count
    with django_assert_num_queries(6):
        asked(thread, after)


def test_what_cannot_be_told_is_a_page_to_be_loaded(thread, after, mei, monkeypatch, caplog):
    reply(mei, thread)
    monkeypatch.setattr(queries.frames, "build", lambda *args: 1 / 0)
    assert asked(thread, after).json() == {"reload": True}
    assert "cannot be told" in caplog.records[0].message


def test_of_what_came_just_before_no_more_is_repeated_than_is_caught_up(thread, mei, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for number in range(4):
        reply(mei, thread, f"Reply {number}.")
    assert numbers(asked(thread, latest_id(thread.scope))) == [3, 4]
