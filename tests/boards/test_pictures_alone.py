"""A post that is a picture and no words: an answer all the same."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards import fragments, queries
from exchange.boards.models import Post, Thread
from exchange.uploads.models import Upload
from tests.cast import picture, pictured, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(log_in: Callable[..., Client], mei: User) -> Client:
    return log_in(mei)


def send(browser: Client, thread: Thread, upload: Upload | None, **fields: str) -> int:
    named = {"picture-0-id": str(upload.pk)} if upload else {}
    data = {"body": "", "client_id": "c", "pictures_shown": "1"} | named | fields
    return browser.post(f"/en/threads/{thread.pk}/posts/", data).status_code


def shown(browser: Client, thread: Thread) -> str:
    """The last post of the thread as the page has it."""
    page = browser.get(f"/en/threads/{thread.pk}/").content.decode()
    return re.findall(r"<article.*?</article>", page, re.DOTALL)[-1]


def test_a_picture_answers_without_words(browser: Client, thread: Thread, mei: User) -> None:
    assert send(browser, thread, picture(mei)) == 302
    article = shown(browser, thread)
    assert 'class="photo"' in article and 'class="halves' not in article
    for act in ("Translate", "Words", "Ask for a translation"):
        assert f">{act}<" not in article
    assert ">Reply<" in article


@pytest.mark.parametrize(("caption", "language"), [("我的猫", "zh-hans"), ("My cat", "en")])
def test_it_is_in_the_language_of_its_caption(
    browser: Client, thread: Thread, mei: User, caption: str, language: str
) -> None:
    assert send(browser, thread, picture(mei), **{"picture-0-caption": caption}) == 302
    passage = Post.objects.latest("pk").passage
    assert (passage.body, passage.language, passage.wants_correction) == ("", language, False)
    html_language = {"en": "en", "zh-hans": "zh-Hans"}[language]
    assert re.search(rf'<article[^>]* lang="{html_language}"', shown(browser, thread))


def test_neither_words_nor_a_picture_is_refused(browser: Client, thread: Thread, mei: User) -> None:
    assert send(browser, thread, None) == 422
    assert send(browser, thread, None, body="　 ") == 422


def test_words_in_the_second_box_alone_are_the_words(
    browser: Client, thread: Thread, mei: User
) -> None:
    assert send(browser, thread, picture(mei), body_other="写错了地方") == 302
    passage = Post.objects.latest("pk").passage
    assert (passage.body, passage.translations.count()) == ("写错了地方", 0)


def test_an_edit_may_take_the_words_or_the_picture_but_not_both(
    browser: Client, thread: Thread, mei: User
) -> None:
    upload = picture(mei)
    post = reply(mei, thread, "看", pictures=[pictured(upload)])
    data = {"body": "", "version": "1", "pictures_shown": "1"}
    address = f"/en/posts/{post.pk}/edit/"
    assert browser.post(address, data).status_code == 422
    assert browser.post(address, data | {"picture-0-id": str(upload.pk)}).status_code == 302
    post.passage.refresh_from_db()
    assert post.passage.body == ""
    page = browser.get(address).content.decode()
    assert '<option value="" selected' in page.partition('name="language"')[2][:400]


def test_a_link_shown_elsewhere_quotes_the_first_words_there_are(thread: Thread, mei: User) -> None:
    reply(mei, thread, "", pictures=[pictured(picture(mei))])
    post = reply(mei, thread, "这里有字")
    posts = queries.posts(thread, 2, post.number)
    assert fragments.summary(posts, "zh-hans") == "这里有字"
