"""What PostgreSQL takes otherwise than SQLite: NUL, lone surrogates, what only looks like a number.

Some twenty strings, as a reply and behind addresses; the whole list meets SQLite in tests/security.
"""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from exchange.boards.models import Post
from exchange.languages import text
from tests.cast import make_board, open_thread, person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not settings.REDIS_URL, reason="REDIS_URL is not set"),
]

STRINGS = {
    "NUL": "a\x00b",
    "NUL alone": "\x00",
    "control": "中\x1b[31m文",
    "next line": "a\x85b",
    "noncharacter": "x\uffffy",
    "last of all": "x\U0010ffffy",
    "private": "\ue000",
    "zero width": "零\u200b宽",
    "byte order": "\ufeffBOM",
    "spaces": "\u3000\u00a0 ",
    "turned round": "\u202eevil.exe",
    "Hebrew": "שלום עולם",
    "marks": "Z" + "\u0351\u0352\u0353" * 30 + "algo",
    "family": "👨‍👩‍👧‍👦",
    "rare Han": "𰻝𰻝面",
    "folding": "İıŉǅ",
    "SQL": "'); DELETE FROM boards_post;--",
    "pattern": "%' LIKE '_\\",
    "template": "{{ 7*7 }} %s %(x)s",
    "too large": "9223372036854775808",
    "huge": "9" * 400,
    "very long": "长" * 10_001,
}
QUERIES = (
    *("/en/?page={}", "/en/threads/{thread}/?quote={}", "/en/threads/{thread}/changes?since={}"),
    *("/en/threads/new/?board={}", "/en/boards/{}/", "/en/glossary/?q={}"),
)


@pytest.fixture
def thread():
    return open_thread(person("tom", reads=["en"]), make_board("rent"))


@pytest.mark.parametrize("name", STRINGS)
def test_a_reply_of_odd_characters_is_stored_as_typed_or_refused(name, thread) -> None:
    assert connection.vendor == "postgresql"
    browser, typed = Client(), text.normalise(STRINGS[name])
    browser.force_login(thread.author)
    answer = browser.post(f"/en/threads/{thread.pk}/posts/", {"body": STRINGS[name]})
    bad = text.unprintable(typed) or text.is_blank(typed) or text.weighted_length(typed) > 20_000
    assert answer.status_code == (422 if bad else 302)
    assert bad or Post.objects.latest("id").passage.body == typed


@pytest.mark.parametrize("name", STRINGS)
def test_an_address_with_odd_characters_is_answered(name, thread) -> None:
    for query in QUERIES:
        there = query.replace("{thread}", str(thread.pk)).replace("{}", quote(STRINGS[name][:900]))
        with transaction.atomic():  # the database refuses everything after what it refused once
            status = Client(raise_request_exception=False).get(there).status_code
        assert status in (200, 302, 400, 404), there
        assert Post.objects.count() == 1
