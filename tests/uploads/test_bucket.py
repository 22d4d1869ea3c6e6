"""Uploads on an S3-compatible server: a real one, started here on the loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage, storages
from django.test import Client, override_settings

from exchange.accounts.models import User
from exchange.config import env
from exchange.uploads import actions, addresses
from tests.cast import picture

pytestmark = pytest.mark.django_db

KEY, SECRET = "mei-key", "mei/secret+with signs"
START_SECONDS = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Its host and port, and the folder that it keeps the bucket in."""
    folder = tmp_path_factory.mktemp("s3")
    (folder / "pictures").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    rclone = Path(sys.executable).parent / "rclone"
    command = [rclone, "serve", "s3", f"--addr={place}", f"--auth-key={KEY},{SECRET}", folder]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env={"HOME": str(folder), "PATH": os.defpath}, **quiet)
    try:
        _wait_for(place, process)
        yield place, folder / "pictures"
    finally:
        process.kill()
        process.wait()


def _wait_for(place: str, process: Any) -> None:
    host, _, port = place.partition(":")
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection((host, int(port)), 1).close()
            return
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < until


def stored_at(monkeypatch: pytest.MonkeyPatch, place: str) -> Any:
    address = f"s3://{KEY}:mei%2Fsecret%2Bwith%20signs@{place}/pictures?tls=0"
    monkeypatch.setenv("STORAGE_URL", address)
    return override_settings(
        STORAGES={
            **{name: storages.backends[name] for name in storages.backends},
            "default": env.storage(Path("unused")),
        }
    )


@pytest.fixture
def bucket(server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with stored_at(monkeypatch, server[0]):
        yield server[1]


def test_pictures_are_kept_served_and_taken_away_in_a_bucket(
    mei: User, client: Client, bucket: Path
) -> None:
    upload = picture(mei, "#414")
    key = upload.renditions.get().file_id
    assert (bucket / key).read_bytes()[:4] == b"RIFF"
    where = addresses.address(upload, upload.renditions.get())
    assert client.get(where).content == (bucket / key).read_bytes()
    actions.discard(owner=mei, upload=upload)
    actions.collect()
    assert not (bucket / key).exists()
    assert client.get(where).status_code == 404


def test_nobody_without_the_key_reads_the_bucket(
    mei: User, server: tuple[str, Path], bucket: Path
) -> None:
    key = picture(mei, "#415").renditions.get().file_id
    assert default_storage.exists(key)
    with pytest.raises(OSError, match=r"40[03]"):
        urlopen(f"http://{server[0]}/pictures/{key}", timeout=5)


def test_a_bucket_that_does_not_answer_is_a_storage_that_is_down(
    mei: User, client: Client, monkeypatch: pytest.MonkeyPatch, server: tuple[str, Path]
) -> None:
    with stored_at(monkeypatch, server[0]):
        where = addresses.address(upload := picture(mei, "#416"), upload.renditions.get())
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # nobody listens
        with stored_at(monkeypatch, f"127.0.0.1:{closed.getsockname()[1]}"):
            with pytest.raises(actions.StorageDown):
                picture(mei, "#417")
            assert client.get(where).status_code == 503


@pytest.mark.parametrize(
    "value",
    ["s3://host/bucket", "s3://k:s@host", "http://k:s@host/bucket", "s3://k@host/b", "ftp://x"],
)
def test_an_address_of_no_bucket_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORAGE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        env.storage(Path("unused"))


def test_what_a_killed_process_left_beside_a_file_goes_with_it(mei: User) -> None:
    upload = picture(mei, "#418")
    place = Path(default_storage.path(upload.renditions.get().file_id))
    left, others = place.parent / f".{place.name}.x7", place.parent / ".other.webp.x7"
    for half in (left, others):
        half.write_bytes(b"RI")
    actions.discard(owner=mei, upload=upload)
    actions.collect()
    assert not place.exists()
    assert not left.exists()
    assert others.exists()


def test_a_folder_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORAGE_URL", f"file://{tmp_path}/a%20b")
    assert env.storage(Path("unused"))["OPTIONS"] == {"location": f"{tmp_path}/a b"}
    monkeypatch.delenv("STORAGE_URL")
    assert env.storage(tmp_path)["OPTIONS"] == {"location": str(tmp_path)}
