"""Many uploads at the same moment, and uses of one upload."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Board, Post
from exchange.uploads import actions
from exchange.uploads.models import StoredFile, Upload
from tests.cast import made, open_thread, picture, pictured, reply
from tests.security.parallel import apart, shared_database, together

pytestmark = pytest.mark.django_db(transaction=True)


def attempt(owner: User, color: str) -> str:
    try:
        return actions.put(owner=owner, made=made(color)).name
    except actions.OverQuota:
        return ""


def again_and_again(owner: User, color: str) -> str:
    """As who is told that the storage is away just now: it was taking such a file away."""
    while True:
        with suppress(actions.StorageDown):
            return attempt(owner, color)


def test_of_ten_uploads_at_once_no_more_are_taken_than_the_quota_has(
    mei: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_IN_HALF_AN_HOUR", 6)
    with shared_database(tmp_path):
        colors = [f"#5{number}5" for number in range(10)]
        names = together([lambda c=color: attempt(mei, c) for color in colors])
        assert len(list(filter(None, names))) == 6
        assert apart(Upload.objects.count) == 6


def test_equal_files_uploaded_and_collected_at_once_are_there(mei: User, tmp_path: Path) -> None:
    """Whoever takes files away never takes one that somebody has just begun to use."""
    first = picture(mei, "#616")
    actions.discard(owner=mei, upload=first)
    with shared_database(tmp_path):
        acts = [lambda: again_and_again(mei, "#616"), actions.collect] * 4
        together(acts)
        keys = apart(lambda: list(StoredFile.objects.filter(due_at=None).values_list("key")))
        used = apart(lambda: Upload.objects.exclude(made_at=None).count())
    assert (used, len(keys)) == (4, 1)
    assert default_storage.exists(keys[0][0])


def test_one_upload_in_two_replies_at_once_stands_in_one(
    mei: User, rent: Board, tmp_path: Path
) -> None:
    thread, upload = open_thread(mei, rent), picture(mei, "#717")

    def send(words: str) -> str:
        try:
            reply(mei, thread, words, pictures=[pictured(upload)])
        except boards.Refused as refused:
            return str(refused.reason)
        return ""

    with shared_database(tmp_path):
        reasons = together([lambda: send("One"), lambda: send("Two")])
        posts = apart(lambda: Post.objects.filter(thread=thread).count())
    assert sorted(map(bool, reasons)) == [False, True]
    assert posts == 2  # the opening post and one reply: the other one left nothing
