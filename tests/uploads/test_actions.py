"""How uploads are kept, stand on texts, and go."""

import ast
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.boards.models import Board, Post, SavedDraft, Thread
from exchange.languages.actions import Draft
from exchange.uploads import actions, prints, sandbox
from exchange.uploads.made import Made, Refused
from exchange.uploads.models import Blocked, Rendition, StoredFile, Upload
from tests.cast import made, open_thread, picture, pictured, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(mei: User, rent: Board) -> Post:
    cat, dog = picture(mei, "#c63"), picture(mei, "#36c")
    thread = open_thread(mei, rent)
    drafts = [pictured(cat, "我的猫", "一只橘猫"), pictured(dog)]
    return reply(mei, thread, pictures=drafts)


def standing(post: Post) -> list[Upload]:
    return list(post.passage.uploads.order_by("position"))


def edited(post: Post, *drafts: Any) -> None:
    fresh = queries.post(post.author, post.pk)
    version = fresh.passage.version
    boards.edit(
        author=post.author, post=fresh, draft=Draft("改过了"), from_version=version, pictures=drafts
    )


def is_stored(upload: Upload) -> bool:
    return all(default_storage.exists(one.file_id) for one in upload.renditions.all())


def test_pictures_stand_on_a_post_in_their_order_with_their_captions(post: Post) -> None:
    cat, dog = standing(post)
    assert (cat.caption.body, cat.description.body, dog.caption) == ("我的猫", "一只橘猫", None)
    assert (cat.caption.language, cat.caption.within) == ("zh-hans", post.passage)
    assert (cat.unused_since, cat.state) == (None, "shown")
    assert is_stored(cat)


def test_equal_files_are_kept_once_and_until_the_last_is_gone(mei: User, tom: User) -> None:
    one, other = picture(mei, "#111"), picture(tom, "#111")
    assert one.renditions.get().file == other.renditions.get().file
    actions.discard(owner=mei, upload=one)
    actions.collect()
    assert is_stored(other)
    key = other.renditions.get().file_id
    actions.discard(owner=tom, upload=other)
    actions.collect()
    assert not default_storage.exists(key)
    assert not StoredFile.objects.exists()


def test_nobody_discards_the_uploads_of_others_or_of_a_post(post: Post, tom: User) -> None:
    cat, theirs = standing(post)[0], picture(tom)
    assert not actions.discard(owner=post.author, upload=theirs)
    assert not actions.discard(owner=post.author, upload=cat)
    assert Upload.objects.filter(pk__in=[cat.pk, theirs.pk]).count() == 2


def test_a_post_cannot_show_the_pictures_of_others_or_of_another_post(
    post: Post, tom: User
) -> None:
    for upload in (picture(tom), standing(post)[0]):
        with pytest.raises(boards.Refused):
            reply(post.author, post.thread, "又一张", pictures=[pictured(upload)])
    assert Post.objects.filter(thread=post.thread).count() == 2


def test_an_edit_reorders_adds_and_takes_away(post: Post, mei: User) -> None:
    cat, dog = standing(post)
    bird = picture(mei, "#3c6")
    edited(post, pictured(dog), pictured(bird, "A bird"))
    assert standing(post) == [dog, bird]
    actions.collect()
    assert not Rendition.objects.filter(upload=cat.pk).exists()
    assert StoredFile.objects.count() == 2


def test_a_caption_that_did_not_change_stays_at_its_version(post: Post) -> None:
    cat, dog = standing(post)
    edited(post, pictured(cat, "我的猫", "一只橘猫"), pictured(dog))
    cat.caption.refresh_from_db()
    assert cat.caption.version == 1
    edited(post, pictured(cat, "我家的猫"), pictured(dog))
    cat = standing(post)[0]
    assert (cat.caption.body, cat.caption.version, cat.description) == ("我家的猫", 2, None)


def test_a_deleted_post_leaves_nothing_of_its_pictures(post: Post) -> None:
    keys = [one.file_id for upload in standing(post) for one in upload.renditions.all()]
    caption = standing(post)[0].caption
    boards.delete(author=post.author, post=post)
    actions.collect()
    assert not any(default_storage.exists(key) for key in keys)
    assert not Upload.objects.exists()
    caption.refresh_from_db()
    assert caption.body == ""


def test_unused_uploads_go_after_a_day_but_not_those_of_a_draft(mei: User, rent: Board) -> None:
    loose, drafted = picture(mei, "#111"), picture(mei, "#222")
    fields = {"picture-0-id": str(drafted.pk)}
    boards.keep_draft(author=mei, place="new", fields=fields, from_version=0)
    Upload.objects.update(unused_since=timezone.now() - timedelta(hours=23))
    assert actions.collect() == 0
    Upload.objects.update(unused_since=timezone.now() - timedelta(hours=25))
    assert actions.collect() == 2  # the upload and its file
    assert list(Upload.objects.all()) == [drafted]
    boards.drop_draft(author=mei, place="new")
    assert actions.collect() == 0  # a day from now
    Upload.objects.update(unused_since=timezone.now() - timedelta(hours=25))
    actions.collect()
    assert not Upload.objects.filter(pk=loose.pk).exists()
    assert not Upload.objects.exists()


def test_a_draft_of_pictures_alone_is_kept(mei: User) -> None:
    fields = {"picture-0-id": str(picture(mei).pk)}
    boards.keep_draft(author=mei, place="new", fields=fields, from_version=0)
    assert SavedDraft.objects.get().pictures == [Upload.objects.get().pk]


def test_what_was_broken_off_is_taken_away(mei: User) -> None:
    long_ago = timezone.now() - timedelta(minutes=20)
    Upload.objects.create(
        owner=mei, name="x", source_digest="0", created_at=long_ago, unused_since=long_ago
    )
    StoredFile.objects.create(key="ab/c.webp", size=3, due_at=timezone.now())
    assert actions.collect() == 2
    assert not Upload.objects.exists()
    assert not StoredFile.objects.exists()


def test_hiding_a_picture_changes_its_address_and_blocks_it(post: Post) -> None:
    cat = standing(post)[0]
    name, rendition = cat.name, post.passage.rendition
    assert actions.hide(upload=cat)
    assert not actions.hide(upload=cat)
    cat.refresh_from_db()
    post.passage.refresh_from_db()
    assert (cat.state, cat.name == name) == ("hidden", False)
    assert post.passage.rendition > rendition
    assert Blocked.objects.get().upload == cat
    actions.restore(upload=cat)
    assert not Blocked.objects.exists()


def test_quotas_count_what_is_still_being_made(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_IN_HALF_AN_HOUR", 2)
    Upload.objects.create(owner=mei, name="x", source_digest="0")
    picture(mei)
    with pytest.raises(actions.OverQuota) as refused:
        picture(mei)
    assert not refused.value.full
    monkeypatch.setattr(actions, "MOST_STORED", 10)
    Upload.objects.update(created_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(actions.OverQuota) as refused:
        picture(mei)
    assert refused.value.full


def test_a_storage_that_is_down_leaves_no_picture(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", no_room)
    with pytest.raises(actions.StorageDown):
        picture(mei)
    assert not Upload.objects.exclude(made_at=None).exists()
    monkeypatch.undo()
    assert is_stored(picture(mei))


def test_nobody_waits_for_the_storage_to_take_a_file_away(
    mei: User, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A storage that is down takes half a minute to say so, and SQLite has one who writes."""
    actions.discard(owner=mei, upload=picture(mei))
    outside, asked = len(connection.savepoint_ids), list[int]()

    def slow(key: str, delete: Any = default_storage.delete) -> None:
        asked.append(len(connection.savepoint_ids))
        with pytest.raises(actions.StorageDown):
            picture(tom)  # an equal file, this moment
        delete(key)

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "delete", slow)
        assert actions.collect() == 1
    assert asked == [outside]
    assert is_stored(picture(tom))


def test_a_storage_that_cannot_delete_is_asked_again_later_and_once_a_round(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for color in ("#111", "#222"):
        actions.discard(owner=mei, upload=picture(mei, color))
    asked: list[str] = []

    def down(key: str) -> None:
        asked.append(key)
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "delete", down)
        assert actions.collect() == 0
        assert len(asked) == 1
        assert actions.collect() == 0
        assert len(set(asked)) == 2  # the other one's turn
        assert actions.collect() == 0
        assert len(asked) == 2
    assert all(row.due_at > timezone.now() for row in StoredFile.objects.all())
    StoredFile.objects.update(due_at=timezone.now())
    assert actions.collect() == 2


def test_a_change_of_a_caption_shows_its_post_anew(post: Post) -> None:
    from exchange.languages.actions import name_language

    post.passage.refresh_from_db()
    before = post.passage.rendition
    caption = standing(post)[0].caption
    name_language(by=post.author, passage=caption, language="zh-hant", counts_as="author")
    post.passage.refresh_from_db()
    assert post.passage.rendition == before + 1


def test_the_server_compares_pictures_without_what_only_the_child_needs() -> None:
    source = ast.parse(Path(prints.__file__).read_text())
    named = [
        ast.unparse(node) for node in source.body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert named and not [name for name in named if "numpy" in name or "imagehash" in name]
    assert prints.distance("00ff", "00fe") == 1


# Files that come again, are blocked meanwhile, or cannot be looked at


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named by the colour that the child process would make of them."""
    monkeypatch.setattr(sandbox, "make_safe", lambda file: made(file.read().decode()))


def receive(owner: User) -> Upload:
    return actions.receive(owner=owner, file=io.BytesIO(b"#123"))


@pytest.mark.usefixtures("quick")
def test_the_same_file_again_is_kept_for_another_day(mei: User) -> None:
    first = receive(mei)
    Upload.objects.update(unused_since=timezone.now() - timedelta(hours=25))
    assert receive(mei) == first
    assert actions.collect() == 0


@pytest.mark.usefixtures("quick")
def test_what_was_uploaded_before_it_was_blocked_is_not_posted_after(
    mei: User, thread: Thread
) -> None:
    post = reply(mei, thread, pictures=[pictured(receive(mei))])
    spare = receive(mei)
    actions.hide(upload=standing(post)[0])
    with pytest.raises(boards.Refused) as refused:
        reply(mei, thread, "Again", pictures=[pictured(spare)])
    assert "was removed" in str(refused.value.reason)
    with pytest.raises(actions.Repeated):
        receive(mei)
    with pytest.raises(boards.Refused):
        edited(post, pictured(standing(post)[0]), pictured(spare))
    actions.restore(upload=standing(post)[0])
    assert reply(mei, thread, "Again", pictures=[pictured(spare)])


def test_who_sends_what_is_refused_again_and_again_is_told_to_wait(
    mei: User, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each took the child's time from everybody else, though nothing of it stays."""

    def make_safe(file: Any) -> Made:
        raise Refused("too_costly")

    monkeypatch.setattr(sandbox, "make_safe", make_safe)
    monkeypatch.setattr(actions, "MOST_TRIES", 3)
    for _ in range(3):
        with pytest.raises(Refused):
            receive(mei)
    with pytest.raises(actions.OverQuota):
        receive(mei)
    with pytest.raises(Refused):
        receive(tom)


def test_a_file_that_is_taken_away_while_it_is_used_is_asked_for_again(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored(part: Any, store: Any = actions._store) -> str:
        key = store(part)
        StoredFile.objects.filter(key=key).update(due_at=timezone.now())
        actions.collect()  # its last use ended this moment
        return str(key)

    monkeypatch.setattr(actions, "_store", stored)
    with pytest.raises(actions.StorageDown):
        picture(mei)
    assert not Rendition.objects.exists()


@pytest.mark.parametrize(
    "what", ["subprocess.Popen", "tempfile.TemporaryFile", "threading.Timer.start"]
)
def test_a_machine_that_can_start_nothing_more_leaves_no_upload(
    what: str, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*args: Any, **kwargs: Any) -> None:
        raise (RuntimeError if "Timer" in what else OSError)("Resource temporarily unavailable")

    monkeypatch.setattr(f"exchange.uploads.sandbox.{what}", none_left)
    with pytest.raises(Refused) as refused:
        actions.receive(owner=mei, file=io.BytesIO(made().parts[0].content))
    assert refused.value.code == "busy"
    assert not Upload.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_file_is_made_safe(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten who wait for their turn would take all that PostgreSQL's pool has for pages."""
    closed: list[bool] = []
    monkeypatch.setattr(connection, "close", lambda: closed.append(True))

    def make_safe(file: Any) -> Made:
        assert closed == [True]
        return made()

    monkeypatch.setattr(sandbox, "make_safe", make_safe)
    assert receive(mei).made_at


@pytest.mark.parametrize("act", ["hide", "restore", "hold", "release", "rename"])
def test_every_act_locks_the_post_s_words_before_its_pictures(act: str, post: Post) -> None:
    """As an edit does: two who held one and waited for the other were ended by PostgreSQL."""
    cat = standing(post)[0]
    if act in ("restore", "release"):
        actions.hide(upload=cat)
        actions.hold(upload=cat)
    with CaptureQueriesContext(connection) as asked:
        if act == "rename":
            actions.rename([post.passage_id])
        else:
            assert getattr(actions, act)(upload=cat)
    writes = [query["sql"].split()[1] for query in asked if query["sql"].startswith("UPDATE")]
    assert writes[:2] == ['"languages_passage"', '"uploads_upload"']


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_its_author_locks_the_captions_before_the_post_s_words(act: str, post: Post) -> None:
    """As whoever translates a caption does."""
    fresh = queries.post(post.author, post.pk)
    with CaptureQueriesContext(connection) as asked:
        if act == "delete":
            boards.delete(author=post.author, post=fresh)
        else:
            edited(post, pictured(standing(post)[0], "新的"))
    said = [query["sql"] for query in asked]
    parts = next(n for n, sql in enumerate(said) if '"within_id" = ' in sql and "SELECT" in sql)
    assert parts < next(n for n, sql in enumerate(said) if 'UPDATE "languages_passage"' in sql)
