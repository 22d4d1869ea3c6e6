"""What scripts send to be taken in, and forms with files that are odd."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from redis.exceptions import RedisError

from exchange.accounts.models import User
from exchange.uploads import actions, addresses, queries, receiving
from exchange.uploads.made import CODES
from exchange.uploads.models import Upload
from tests.cast import open_thread, picture, pictured, reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_say_what_they_are")]

JSON = {"accept": "application/json"}
ADDRESS = "/en/uploads/"


@pytest.fixture
def browser(log_in: Callable[..., Client], mei: User) -> Client:
    return log_in(mei)


def send(browser: Client, content: str = "#c63", field: str = "pictures") -> Any:
    file = SimpleUploadedFile("cat.png", content.encode())
    return browser.post(ADDRESS, {field: file}, headers=JSON)


def test_a_file_is_taken_in_and_told_of(browser: Client, mei: User) -> None:
    told = send(browser).json()
    upload = Upload.objects.get()
    assert told == {
        "id": upload.pk,
        "kind": "picture",
        "width": 64,
        "height": 48,
        "thumb": addresses.thumbnail(upload),
    }
    assert upload.owner == mei and upload.passage is None
    assert send(browser).json()["id"] == upload.pk  # a retry after a lost answer


STATUSES = {"too_large": 413, "unknown_type": 415, "vector": 415, "busy": 503}


@pytest.mark.parametrize("code", CODES)
def test_what_is_not_taken_is_said_in_the_page_s_language(code: str, browser: Client) -> None:
    response = send(browser, code)
    assert response.status_code == STATUSES.get(code, 422)
    assert response.headers.get("Retry-After") == ("10" if code == "busy" else None)
    assert "\u2068“cat.png”\u2069" in response.json()["message"]
    assert not Upload.objects.exists()


def test_quotas_storage_and_no_file_are_said(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: Any, **kwargs: Any) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "save", down)
        away = send(browser)
    assert (away.status_code, away["Retry-After"]) == (503, "60")
    with monkeypatch.context() as patched:
        patched.setattr(actions, "MOST_IN_HALF_AN_HOUR", 0)
        many = send(browser)
    assert (many.status_code, many["Retry-After"]) == (429, "1800")
    monkeypatch.setattr(actions, "MOST_STORED", 1)
    assert send(browser).status_code == 413
    assert send(browser, field="other").status_code == 422
    assert browser.post(ADDRESS, {"pictures": "words"}, headers=JSON).status_code == 422
    monkeypatch.setattr(receiving, "MOST_BYTES", 3)
    assert "too large" in send(browser, "#c63").json()["message"]
    assert not Upload.objects.exists()


def test_many_uploads_are_told_when_it_goes_on(
    browser: Client, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (actions, queries):
        monkeypatch.setattr(module, "MOST_IN_HALF_AN_HOUR", 2)
    oldest, _ = picture(mei), picture(mei, "#36c")
    ago = timezone.now() - timedelta(minutes=20)
    Upload.objects.filter(pk=oldest.pk).update(created_at=ago)
    answer = send(browser)
    assert answer.status_code == 429
    assert 590 <= int(answer["Retry-After"]) <= 600
    assert answer.json()["message"].endswith("You can go on in about 10 minutes.")


def test_strangers_and_the_silenced_leave_nothing(
    client: Client, log_in: Callable[..., Client], mei: User
) -> None:
    assert send(client).status_code == 403
    mei.silenced_until = "2999-01-01T00:00Z"
    mei.save()
    assert "paused" in send(log_in(mei)).json()["message"]
    assert not Upload.objects.exists()


def test_a_script_with_a_stale_token_is_given_a_fresh_one(
    log_in: Callable[..., Client], mei: User
) -> None:
    answer = send(log_in(mei, csrf=True))
    assert (answer.status_code, answer.json()["user"]) == (403, str(mei.pk))
    assert not Upload.objects.exists()


def test_its_owner_throws_an_unused_upload_away(
    browser: Client, mei: User, tom: User, rent: Any
) -> None:
    loose, theirs, used = picture(mei, "#111"), picture(tom, "#222"), picture(mei, "#333")
    reply(mei, open_thread(mei, rent), pictures=[pictured(used)])
    token = {"_method": "DELETE"}
    assert browser.post(f"{ADDRESS}{loose.pk}/", token).status_code == 204
    assert browser.delete(f"{ADDRESS}{loose.pk}/").status_code == 404
    assert browser.delete(f"{ADDRESS}{theirs.pk}/").status_code == 404
    assert browser.delete(f"{ADDRESS}{used.pk}/").status_code == 409
    assert set(Upload.objects.all()) == {theirs, used}


# Forms with files


def multipart(*parts: bytes, boundary: bytes = b"xx") -> dict[str, Any]:
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return {
        "data": body + b"--" + boundary + b"--\r\n",
        "content_type": f"multipart/form-data; boundary={boundary.decode()}",
    }


def field(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    return b'Content-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value


ODD = {
    "GBK in a field": (multipart(field(b"body", "你好".encode("gbk"))), 400),
    "GBK that says so": (
        multipart(
            field(b"body", "你好".encode("gbk"), b"\r\nContent-Type: text/plain; charset=gbk")
        ),
        400,
    ),
    "half a character": (multipart(field(b"body", "猫".encode()[:2])), 400),
    "a name that is no text": (multipart(field(b"b\xffdy", b"x")), 422),
    "NUL in a name": (multipart(field(b"body", b"x"), field(b"a\x00b", b"x")), 400),
    "300 fields": (multipart(*[field(b"f%d" % n, b"x") for n in range(300)]), 400),
    "200 files": (multipart(*[field(b"f", b"x", b'; filename="a"') for _ in range(200)]), 400),
    "ten million letters": (multipart(field(b"body", b"x" * 10_000_001)), 413),
    "no boundary": ({"data": b"x", "content_type": "multipart/form-data"}, 400),
    "no end": (
        {
            "data": b"--xx\r\n" + field(b"body", b"  "),
            "content_type": "multipart/form-data; boundary=xx",
        },
        422,
    ),
    "nothing": ({"data": b"", "content_type": "multipart/form-data; boundary=xx"}, 422),
    "a bad base64 file": (
        multipart(
            field(b"pictures", b"%%%", b'; filename="a"\r\nContent-Transfer-Encoding: base64')
        ),
        400,
    ),
    "the sign for what is unreadable, typed": (
        multipart(field(b"body", "�".encode()), field(b"client_id", b"c")),
        302,
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_forms_with_files_are_refused_with_a_page(
    name: str, browser: Client, mei: User, rent: Any
) -> None:
    sent, status = ODD[name]
    thread = open_thread(mei, rent)
    response = browser.post(f"/en/threads/{thread.pk}/posts/", **sent)
    assert response.status_code == status
    assert status == 302 or response["Content-Type"].startswith("text/html")
    assert not Upload.objects.exists()


def test_a_form_that_says_it_is_too_long_is_not_read(browser: Client) -> None:
    response = browser.post(ADDRESS, **multipart(), CONTENT_LENGTH="90000001")
    assert response.status_code == 413
    assert "at most 20 MB each" in response.content.decode()


def test_many_tries_are_told_when_it_goes_on(
    browser: Client, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_TRIES", 1)
    assert send(browser, "broken").status_code == 422
    until = timezone.now() + timedelta(minutes=10)
    cache.set(f"{queries.TRIES}.{mei.pk}.until", until, 600)
    answer = send(browser, "broken")
    assert answer.status_code == 429
    assert 590 <= int(answer["Retry-After"]) <= 600


def test_uploads_go_on_while_the_cache_is_away(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise RedisError

    monkeypatch.setattr(cache, "incr", away)
    assert send(browser).status_code == 200
