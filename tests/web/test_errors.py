import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client

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


def test_the_500_page_speaks_both_languages(monkeypatch, db):
    def broken():
        raise ValueError

    monkeypatch.setattr("exchange.safety.views.rules", broken)
    html = Client(raise_request_exception=False).get("/en/rules/").content.decode()
    assert "Something broke on our side" in html and "我们这边出了点问题" in html


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
