"""What a search engine and a link shown elsewhere say of a thread: in the page's own language."""

import html
import re

import pytest

from exchange.boards import actions
from exchange.languages.actions import Draft
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply

ENGLISH = "I pay about a third of what I earn. And you?"
CHINESE = "我付收入的三分之一左右。你们呢？"


def said(client, thread, language: str) -> str:
    page = client.get(f"/{language}/threads/{thread.pk}/").content.decode()
    found = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)"', page)
    assert len(found) == 2 and len(set(found)) == 1
    return html.unescape(found[0])


@pytest.fixture
def thread(tom, rent):
    return open_thread(tom, rent, body=ENGLISH, body_other=CHINESE)


def test_it_is_the_half_in_the_page_s_language(thread, client):
    for _ in ("cold", "warm"):
        assert said(client, thread, "en") == ENGLISH
        assert said(client, thread, "zh-hans") == said(client, thread, "zh-hant") == CHINESE


def test_a_post_in_one_language_is_told_as_it_is(mei, rent, client):
    assert said(client, open_thread(mei, rent, body=CHINESE), "en") == CHINESE


def test_an_edit_of_the_other_half_is_told(thread, tom, client):
    assert said(client, thread, "zh-hans") == CHINESE
    post = thread.posts.get()
    actions.edit(author=tom, post=post, draft=Draft(ENGLISH, "三成。"), from_version=1)
    assert said(client, thread, "zh-hans") == "三成。"


def test_hidden_words_are_told_nobody_nor_is_a_closed_thread(
    thread, lin, mei, rules, log_in, client
):
    reply(mei, thread, "三分之一？我也是。")
    moderation.hide(moderator=lin, post=thread.posts.get(number=1), rule=rules["spam"])
    site = said(client, thread, "en")
    assert site == said(log_in(lin), thread, "en") and site.startswith("A discussion board")
