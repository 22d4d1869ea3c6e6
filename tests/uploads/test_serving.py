"""Files of pictures, as they are served."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from exchange.accounts.models import User
from exchange.boards.models import Board
from exchange.moderation import actions as moderation
from exchange.safety.models import Rule
from exchange.uploads import actions, addresses
from exchange.uploads.models import Upload
from tests.cast import open_thread, picture, pictured, reply

pytestmark = pytest.mark.django_db


def address(upload: Upload) -> str:
    return addresses.address(upload, upload.renditions.get())


@pytest.fixture
def shown(mei: User, rent: Board) -> Upload:
    """Everybody may see it."""
    upload = picture(mei)
    reply(mei, open_thread(mei, rent), pictures=[pictured(upload)])
    upload.refresh_from_db()
    return upload


def test_what_not_everybody_may_see_has_a_key_in_its_address_for_a_while(
    mei: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = picture(mei)
    where = address(upload)
    plain, _, key = where.partition("?key=")
    answer = client.get(where)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    other = address(picture(mei, "#282")).partition("?key=")[2]
    for wrong in (plain, f"{plain}?key=", f"{plain}?key={key}x", f"{plain}?key={other}"):
        assert client.get(wrong).status_code == 404
    later = time.time() + addresses.KEY_HOURS * addresses.HOUR
    monkeypatch.setattr(addresses.time, "time", lambda: later)
    assert client.get(where).status_code == 404


@pytest.mark.parametrize("act", [actions.hold, actions.hide])
def test_the_plain_address_of_what_waits_or_was_hidden_is_dead(
    shown: Upload, client: Client, act: Any
) -> None:
    assert "?" not in address(shown)
    act(upload=shown)
    shown.refresh_from_db()
    assert client.get(address(shown).partition("?")[0]).status_code == 404
    assert client.get(address(shown)).status_code == 200


def test_a_picture_is_served_as_what_it_was_made_and_does_nothing(
    mei: User, shown: Upload, client: Client, django_assert_num_queries: object
) -> None:
    where = address(shown)
    client.force_login(mei)
    with django_assert_num_queries(1):  # type: ignore[operator]  # nobody's session is looked up
        response = client.get(where)
    assert response.status_code == 200
    assert response.content[:4] == b"RIFF"
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Content-Security-Policy-Report-Only" not in response
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Disposition"] == "inline"
    assert "Set-Cookie" not in response
    asked = client.get(where, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in asked  # it is small already
    assert client.head(where).status_code == 200
    assert client.post(where).status_code == 405


@pytest.mark.parametrize(
    "part",
    "w720.webp w360.jpg w360.svg p1-w360.webp p-w360.webp x-w360.webp w360 .webp"
    " p99999999999-w360.webp p１-w360.webp ..%2Fw360.webp w%00360.webp w360%00.webp p0-w360.webp"
    " %ff.webp 猫.webp".split(),
)
def test_other_parts_are_not_there(part: str, shown: Upload, client: Client) -> None:
    response = client.get(f"/pictures/{shown.name}/{part}")
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["a%00b", "%00" * 32, "猫", "%ED%A0%80", "x" * 5000])
def test_odd_names_of_pictures_are_not_there(name: str, client: Client) -> None:
    assert client.get(f"/pictures/{name}/w360.webp").status_code == 404


def test_addresses_are_read_as_they_are_written() -> None:
    for page, name, media_type in ((0, "w360", "image/webp"), (12, "w1200", "image/jpeg")):
        part = addresses.part_of(page, name, media_type)
        assert addresses.read(part) == (page, name, media_type)


def test_the_address_of_a_hidden_post_s_picture_is_dead(
    mei: User, lin: User, rent: Board, rules: dict[str, Rule], client: Client
) -> None:
    upload = picture(mei)
    post = reply(mei, open_thread(mei, rent), pictures=[pictured(upload)])
    where = address(upload)
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert client.get(where).status_code == 404
    upload.refresh_from_db()
    assert client.get(address(upload)).status_code == 200  # for whom its page shows it


def test_the_address_of_a_deleted_picture_is_dead_and_so_is_its_file(
    mei: User, client: Client
) -> None:
    upload = picture(mei)
    where, key = address(upload), upload.renditions.get().file_id
    actions.discard(owner=mei, upload=upload)
    actions.collect()
    assert client.get(where).status_code == 404
    assert not default_storage.exists(key)


def test_a_storage_that_is_away_is_said_so(
    mei: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = address(picture(mei))

    def away(*args: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(default_storage, "open", away)
    response = client.get(where)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_file_is_read(
    mei: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of pictures from a slow bucket would take all that the pool has."""
    where, closed = address(picture(mei)), list[bool]()
    monkeypatch.setattr(connection, "close", lambda: closed.append(True))

    def slow(key: str, read: Any = default_storage.open) -> Any:
        assert closed == [True]
        return read(key)

    monkeypatch.setattr(default_storage, "open", slow)
    assert client.get(where).status_code == 200


def test_a_host_of_its_own_has_pictures_and_no_pages(
    mei: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MEDIA_ORIGIN", "https://media.testserver")
    monkeypatch.setattr(settings, "MEDIA_HOST", "media.testserver")
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver", "media.testserver"])
    where = address(picture(mei))
    assert where.startswith("https://media.testserver/pictures/")
    path = where.removeprefix("https://media.testserver")
    response = client.get(path, HTTP_HOST="media.testserver")
    assert (response.status_code, response["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")
    for page in ("/en/", "/", "/healthz", reverse("account_login"), "/no-such-page"):
        assert client.get(page, HTTP_HOST="media.testserver").status_code == 404
    for written in ("MEDIA.testserver", "media.testserver.", "media.testserver:443"):
        assert client.get("/en/", HTTP_HOST=written).status_code == 404
    assert client.get("/en/", HTTP_HOST="testserver").status_code == 200


def test_a_port_of_its_own_leaves_the_pages_at_the_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SITE_URL", "http://testserver:8000")
    monkeypatch.setattr(settings, "MEDIA_HOST", "testserver:9000")
    statuses = [
        client.get("/healthz", HTTP_HOST=f"testserver:{port}").status_code for port in (8000, 9000)
    ]
    assert statuses == [200, 404]
