"""Lists of threads narrowed to a language or to what nobody answered, with honest counts."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from exchange.boards import queries
from exchange.boards.models import Thread
from tests.cast import open_thread, reply

ENGLISH = ("What does the deposit cover?", "")
CHINESE = ("押一付三是什么意思？", "")
BOTH = ("Is the heating included?", "暖气费包在房租里吗？")
MIXED = ("求问：房东说的 utilities included 到底包哪些？Does it cover the internet as well?", "")


@pytest.fixture
def threads(tom, mei, rent):
    made = {}
    for name, (title, other) in {
        "english": ENGLISH,
        "chinese": CHINESE,
        "both": BOTH,
        "mixed": MIXED,
    }.items():
        made[name] = open_thread(tom, rent, title, title, other)
    reply(mei, made["english"])
    return made


def names(threads, found) -> set[str]:
    by_id = {thread.pk: name for name, thread in threads.items()}
    return {by_id[thread.pk] for thread in found}


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ("all", {"english", "chinese", "both", "mixed"}),
        ("zh", {"chinese", "both", "mixed"}),
        ("en", {"english", "both", "mixed"}),
        ("unanswered", {"chinese", "both", "mixed"}),
    ],
)
def test_a_list_shows_what_it_counts(which, expected, threads, nobody):
    assert threads["mixed"].title.language == "mixed"
    assert names(threads, queries.only(queries.threads(nobody), which)) == expected
    assert queries.counts(nobody)[which] == len(expected)


def test_what_a_reader_may_not_see_is_not_counted(threads, tom, lin, nobody, moderators_board):
    open_thread(lin, moderators_board, *CHINESE)
    for reader, expected in [(nobody, 3), (tom, 3), (lin, 4)]:
        assert queries.counts(reader)["zh"] == expected
    assert queries.counts(lin, moderators_board) == {"all": 1, "zh": 1, "en": 0, "unanswered": 1}


def test_the_page_says_how_many_and_what_is_chosen(threads, client):
    html = client.get("/zh-hans/boards/rent/?only=zh").content.decode()
    chips = re.search(r'<nav class="chips".*?</nav>', html, re.DOTALL)[0]
    assert re.findall(r'class="many">(\d+)<', chips) == ["4", "3", "3", "3"]
    assert re.findall(r'aria-current="true">(.*?) <', chips) == ['<span lang="zh-Hans">中文</span>']
    assert BOTH[1] in html and ENGLISH[0] not in html


def test_an_empty_choice_says_so_and_the_way_back_is_there(threads, client, mei):
    for thread in threads.values():
        reply(mei, thread, "都包。")
    html = client.get("/en/boards/rent/?only=unanswered").content.decode()
    assert "No threads of this kind." in html and 'href="?#latest"' in html


def test_older_threads_stay_narrowed(threads, client, monkeypatch):
    monkeypatch.setattr(queries, "THREADS_PER_PAGE", 2)
    html = client.get("/en/boards/rent/?only=zh").content.decode()
    assert 'rel="next" href="?only=zh&amp;page=2"' in html
    older = client.get("/en/boards/rent/?only=zh&page=2").content.decode()
    assert 'rel="prev" href="?only=zh&amp;page=1"' in older and CHINESE[0] in older


def test_a_pinned_thread_is_a_row_where_the_list_is_narrowed(threads, lin, client, rules):
    from exchange.moderation import actions

    actions.pin(moderator=lin, thread=threads["chinese"], rule=rules["other"])
    assert 'id="opening"' in client.get("/en/").content.decode()
    html = client.get("/en/?only=zh").content.decode()
    assert 'id="opening"' not in html and CHINESE[0] in html
    assert CHINESE[0] not in client.get("/en/?only=en").content.decode()


@pytest.mark.parametrize("asked", ["fr", "zh-hans", "id", "' OR 1=1", "all "])
def test_a_list_is_narrowed_to_nothing_else(asked, rent, client):
    assert client.get("/en/boards/rent/", {"only": asked}).status_code == 404


def test_an_empty_front_page_speaks_of_other_threads_only_beside_a_pinned_one(tom, rent, client):
    def shown() -> str:
        cache.clear()
        return client.get("/en/").content.decode()

    assert "No threads here yet." in shown()
    pinned = open_thread(tom, rent)
    assert "No threads here yet." not in shown() and "No other threads yet." not in shown()
    Thread.objects.filter(pk=pinned.pk).update(pinned_at=timezone.now())
    assert "No other threads yet." in shown()
