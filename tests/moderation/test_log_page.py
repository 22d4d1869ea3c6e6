"""The public log as a page: its choice, its pages, one entry, and remarks."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from exchange.languages.models import Passage
from exchange.ledger.actions import dated
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation.actions.frame import note_of
from exchange.moderation.models import Annotation, Appeal
from tests.cast import open_thread, reply

LOG = "/en/moderation/log/"


def shown(client, query="") -> list[int]:
    html = client.get(f"{LOG}{query}").content.decode()
    return [int(pk) for pk in re.findall(r'id="entry-(\d+)"', html)]


@pytest.fixture
def acts(thread, welcome, mei, tom, lin, staff, board_moderator, rules):
    """Acts that differ in all that can be chosen, oldest first."""
    english = reply(tom, thread, "Buy my watches, they are the best in town.")
    chinese = reply(mei, open_thread(tom, welcome), "大家快来买我的手表，最后三块。")
    long_ago = timezone.now() - timedelta(days=100)
    with dated(long_ago):
        first = actions.hide(moderator=staff, post=english, rule=rules["spam"])
    second = actions.hide(moderator=lin, post=chinese, rule=rules["scam"])
    third = actions.lock(moderator=board_moderator, thread=thread, rule=rules["off-topic"])
    words = note_of("I object.", tom, "moderation")
    Appeal.objects.create(
        decision=first, by=tom, words=words, decided_at=timezone.now(), upheld=True
    )
    role = actions.appoint(by=None, person=mei, role="moderator", board=welcome)
    assert role
    return {
        "english": first.event_id,
        "chinese": second.event_id,
        "lock": third.event_id,
        "role": Event.objects.get(verb="moderator.appointed").pk,
        "month": f"{long_ago:%Y-%m}",
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["role", "lock", "chinese", "english"]),
        ("?board=rent", ["lock", "english"]),
        ("?board=welcome", ["chinese"]),
        ("?rule=scam", ["chinese"]),
        ("?act=posts", ["chinese", "english"]),
        ("?act=threads", ["lock"]),
        ("?act=roles", ["role"]),
        ("?by=staff", ["english"]),
        ("?by=site", ["chinese"]),
        ("?by=board", ["lock"]),
        ("?by=operator", ["role"]),
        ("?language=en", ["english"]),
        ("?language=zh", ["chinese"]),
        ("?language=mixed", []),
        ("?month={month}", ["english"]),
        ("?appeal=any", ["english"]),
        ("?appeal=upheld", ["english"]),
        ("?appeal=open", []),
        ("?appeal=rejected", []),
        ("?act=posts&board=rent&rule=spam&by=staff&language=en&appeal=any", ["english"]),
        ("?act=posts&board=rent&rule=scam", []),
    ],
)
def test_entries_are_chosen(query, names, acts, client):
    assert shown(client, query.format(**acts)) == [acts[name] for name in names]


@pytest.mark.parametrize(
    "query", ["?board=nowhere", "?rule=no", "?by=me", "?month=2020-13", "?month=x", "?appeal=no"]
)
def test_an_odd_choice_is_said_beside_its_field(query, acts, client):
    answer = client.get(f"{LOG}{query}")
    assert answer.status_code == 422
    assert "This is not one of the choices." in answer.content.decode()
    assert 'id="entry-' not in answer.content.decode()


def test_a_closed_board_is_no_choice_for_who_may_not_read_it(members_board, tom, client, log_in):
    assert client.get(f"{LOG}?board=members-only").status_code == 422
    assert log_in(tom).get(f"{LOG}?board=members-only").status_code == 200


@pytest.fixture
def many(thread, lin, rules):
    made = []
    for _time in range(28):
        made.append(actions.lock(moderator=lin, thread=thread, rule=rules["other"]).event_id)
        made.append(actions.unlock(moderator=lin, thread=thread, rule=rules["other"]).event_id)
    return made[::-1]


def test_the_log_goes_on_from_the_last_entry_and_keeps_the_choice(many, client):
    first = client.get(f"{LOG}?act=threads").content.decode()
    assert shown(client, "?act=threads") == many[:50]
    assert f'href="?act=threads&amp;before={many[49]}"' in first
    assert shown(client, f"?act=threads&before={many[49]}") == many[50:]
    last = client.get(f"{LOG}?act=threads&before={many[49]}").content.decode()
    assert f'href="{LOG}?act=threads"' in last and ">Older<" not in last


def test_what_happened_in_one_moment_is_neither_lost_nor_told_twice(thread, lin, rules, nobody):
    with dated(timezone.now()):
        for _time in range(3):
            actions.pin(moderator=lin, thread=thread, rule=rules["other"])
            actions.unpin(moderator=lin, thread=thread, rule=rules["other"])
    told, before = [], None
    while True:
        found, more = queries.page(nobody, queries.Choice(), before=before, size=2)
        told += [entry.event.pk for entry in found]
        if not more:
            break
        before = found[-1].event
    assert told == sorted(told, reverse=True) and len(set(told)) == 6


@pytest.mark.parametrize("before", ["0", "-1", "x", "99999", "9" * 30, "１"])
def test_a_place_that_is_none_is_no_page(before, many, client):
    assert client.get(f"{LOG}?before={before}").status_code == 404


def test_no_page_goes_on_from_what_the_reader_may_not_read(members_board, tom, lin, rules, client):
    closed = actions.lock(
        moderator=lin, thread=open_thread(tom, members_board), rule=rules["other"]
    )
    assert client.get(f"{LOG}?before={closed.event_id}").status_code == 404
    assert client.get(f"{LOG}{closed.event_id}/").status_code == 404


def test_a_private_event_has_no_entry(thread, mei, client):
    assert client.get(f"{LOG}{Event.objects.get(verb='thread.opened').pk}/").status_code == 404


def test_a_remark_stands_beside_its_entry_for_everybody(many, lin, log_in, client):
    entry = many[3]
    address = f"{LOG}{entry}/annotations/"
    answer = log_in(lin).post(address, {"words": "这一条锁错了。 Locked by mistake."})
    assert answer.status_code == 302 and answer["Location"] == f"{LOG}{entry}/"
    for page in (LOG, f"{LOG}{entry}/"):
        html = client.get(page).content.decode()
        assert "Locked by mistake." in html and "Remark" in html
    assert Event.objects.get(pk=entry).verb in ("thread.locked", "thread.unlocked")
    told = Event.objects.get(verb="log.annotated")
    assert (told.target, told.public, told.actor) == (f"event.{entry}", True, lin)
    assert "mistake" not in str(told.data)


def test_the_same_remark_twice_is_one(many, lin, log_in):
    for _time in range(2):
        log_in(lin).post(f"{LOG}{many[0]}/annotations/", {"words": "Wrong thread."})
    assert Annotation.objects.count() == Passage.objects.filter(body="Wrong thread.").count() == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001])
def test_a_bad_remark_is_said_and_kept(words, many, lin, log_in):
    answer = log_in(lin).post(f"{LOG}{many[0]}/annotations/", {"words": words})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Annotation.objects.exists()


def test_only_who_keeps_order_on_the_whole_site_adds_remarks(many, mei, board_moderator, log_in):
    for person in (mei, board_moderator):
        answer = log_in(person).get(f"{LOG}{many[0]}/annotations/")
        assert answer.status_code == 404
    assert "Add a remark" not in log_in(mei).get(LOG).content.decode()


def test_a_remark_on_what_happened_in_a_closed_board_stays_there(
    members_board, tom, lin, rules, client
):
    thread = open_thread(tom, members_board)
    lock = actions.lock(moderator=lin, thread=thread, rule=rules["other"])
    actions.annotate(moderator=lin, event=lock.event, words="Only members read this.")
    assert shown(client) == []


def explained(sql_of):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql_of}")
        return " ".join(str(cell) for row in cursor.fetchall() for cell in row)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the other planner counts rows first")
@pytest.mark.parametrize(
    ("choice", "index"),
    [
        (queries.Choice(), "event_public_at"),
        (queries.Choice(rule="spam"), "event_public_reason"),
        (queries.Choice(act="threads"), "event_public_verb"),
    ],
)
def test_a_choice_is_read_by_its_index(choice, index, thread, nobody):
    from exchange.moderation.queries.log_filters import chosen, readable

    with connection.cursor():
        query = chosen(readable(nobody), choice)[:51]
        sql, values = query.query.sql_with_params()
        for value in values:
            said = f"'{value}'" if isinstance(value, str) else str(int(value))
            sql = sql.replace("%s", said, 1)
    assert index in explained(sql)
