import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client

from exchange.web.errors import server_error
from tests.security.pages import Page

HTML_LANG = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
CASES = [
    ("en", "There is nothing here", 'lang="en"'),
    ("zh-hans", "这里什么也没有", 'lang="zh-Hans"'),
    ("zh-hant", "這裡什麼也沒有", 'lang="zh-Hant"'),
]


@pytest.mark.parametrize(("language", "title", "tag"), CASES)
def test_a_missing_page_says_so_in_the_readers_language(language, title, tag, client, db):
    answer = client.get(f"/{language}/no/such/page/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert title in html and tag in html


def test_a_missing_page_outside_the_languages_is_a_page_too(client, db):
    answer = client.get("/no-such-thing")
    assert answer.status_code == 404 and "text/html" in answer["Content-Type"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PermissionDenied("no"), 403),
        (SuspiciousOperation("odd"), 400),
        (DatabaseError("gone"), 500),
        (ValueError("a bug"), 500),
    ],
)
def test_whatever_breaks_has_a_page_and_shows_nothing_of_the_inside(error, status, monkeypatch, db):
    def broken(*args):
        raise error

    monkeypatch.setattr("exchange.safety.views.rules", broken)
    answer = Client(raise_request_exception=False).get("/zh-hans/rules/")
    html = answer.content.decode()
    assert answer.status_code == status and "<h1" in html
    assert "Traceback" not in html and type(error).__name__ not in html
    assert "default-src 'none'" in answer["Content-Security-Policy"]


TITLE_500 = {
    "en": "Something broke on our side",
    "zh-hans": "我们这边出了点问题",
    "zh-hant": "我們這邊出了點問題",
}


@pytest.mark.parametrize("language", TITLE_500)
def test_the_500_page_speaks_first_the_language_of_the_address(language, monkeypatch, db):
    def broken():
        raise ValueError

    monkeypatch.setattr("exchange.safety.views.rules", broken)
    address = f"/{language}/rules/?a=1&b=2"
    html = Client(raise_request_exception=False).get(address).content.decode()
    shown = Page(html)
    second = "zh-hans" if language == "en" else "en"
    assert shown.lang == HTML_LANG[language]
    assert 0 < html.index(TITLE_500[language]) < html.index(TITLE_500[second])
    links = [given["href"] for tag, given in shown.elements if tag == "a"]
    assert links == [f"/{language}/", address, f"/{language}/", f"/{second}/"]
    assert "If you sent something" not in html and "如果你提交了" not in html


WORDS = "谁也不能弄丢的话。 <b>Words</b>"


@pytest.mark.parametrize("language", TITLE_500)
def test_words_that_a_database_could_not_take_are_on_the_page(
    language, monkeypatch, thread, tom, log_in
):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    client = log_in(tom)
    client.raise_request_exception = False
    monkeypatch.setattr("exchange.boards.actions.reply", locked)
    address = f"/{language}/threads/{thread.pk}/"
    answer = client.post(f"{address}posts/", {"body": WORDS, "page": "1"})
    shown = Page(answer.content.decode())
    assert (answer.status_code, shown.texts) == (503, [WORDS])
    assert f"{address}#reply" in [given.get("href") for _, given in shown.elements]


def test_words_are_on_the_page_too_where_the_database_is_away_from_the_beginning(
    monkeypatch, db, tom, log_in
):
    """Who is logged in cannot be told then, and no address has been looked up."""
    client = log_in(tom)
    client.raise_request_exception = False

    def away(*args):
        raise OperationalError("no route")

    for typed in ({"body": WORDS}, {"kept.body": WORDS, "password": "sesame"}):
        with monkeypatch.context() as patch:
            patch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
            answer = client.post("/zh-hans/threads/4/posts/", typed)
        shown = Page(answer.content.decode())
        assert (answer.status_code, shown.texts, shown.lang) == (503, [WORDS], "zh-Hans")
        assert "/zh-hans/threads/4/#reply" in [given.get("href") for _, given in shown.elements]


def test_the_page_for_what_broke_is_drawn_where_not_even_the_form_can_be_read(monkeypatch, rf):
    def broken(*args):
        raise ValueError

    request = rf.post("/zh-hant/threads/4/posts/", {"body": WORDS})
    monkeypatch.setattr("exchange.web.errors.sent", broken)
    monkeypatch.setattr("exchange.web.errors.form_page", broken)
    html = server_error(request).content.decode()
    assert TITLE_500["zh-hant"] in html and Page(html).texts == []


@pytest.mark.parametrize("error", [OperationalError("no route"), InterfaceError("closed")])
def test_a_database_that_is_away_is_a_503_that_says_when_to_come_again(error, monkeypatch, db):
    def away(*args):
        raise error

    for address in ("/en/", "/zh-hans/threads/1/"):
        with monkeypatch.context() as patch:
            patch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
            answer = Client(raise_request_exception=False).get(address)
        html = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "The site is away for a moment" in html and "no route" not in html


def test_the_page_for_what_broke_is_drawn_without_its_styles_too(monkeypatch, db):
    def broken(*args):
        raise ValueError

    monkeypatch.setattr("exchange.safety.views.rules", broken)
    monkeypatch.setattr("exchange.web.errors.static", broken)
    answer = Client(raise_request_exception=False).get("/en/rules/")
    assert answer.status_code == 500 and "Something broke" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_a_method_that_an_address_does_not_take_is_a_page(method, client):
    answer = getattr(client, method)("/en/compose/language/")
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "text/html" in answer["Content-Type"]


def test_a_form_that_is_too_large_is_refused_with_a_page(client, thread):
    body = "body=" + "a" * 11_000_000
    answer = client.post(
        f"/zh-hans/threads/{thread.pk}/posts/",
        body,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413 and "一次发送的内容太多了" in answer.content.decode()
    assert (
        "“后退”" in answer.content.decode()
    )  # its words were not read, so the page cannot show them


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "We could not read that"), ("zh-hans", "我们读不懂"), ("zh-hant", "我們讀不懂")],
)
@pytest.mark.parametrize(
    ("odd", "there"), [("?x=%ff", ""), ("%00/", ""), ("rules/?a=1&x=%00", "rules/")]
)
def test_a_broken_address_is_refused_in_its_own_language_and_leads_to_all(
    language, title, odd, there, client, db
):
    answer = client.get(f"/{language}/{odd}")
    shown = Page(answer.content.decode())
    assert (answer.status_code, shown.lang) == (400, HTML_LANG[language])
    assert title in shown.text
    switch = [given["href"] for _, given in shown.elements if "data-language-code" in given]
    assert set(switch) == {f"/{code}/{there}" for code in HTML_LANG}


def test_what_browsers_ask_for_by_themselves_leads_to_the_icon(client, db):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/icons/icon-192.png")
    assert "max-age" in answer["Cache-Control"]
