"""What a moderator took away is not posted again."""

from typing import Any

import pytest

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries as board_queries
from exchange.boards.models import Post, Thread
from exchange.moderation import actions
from exchange.uploads import actions as uploads
from exchange.uploads.models import Blocked, Upload
from tests.cast import made, pictured, reply


def post_of(upload: Upload) -> Post:
    assert upload.passage
    return board_queries.post(upload.passage.post.author, upload.passage.post.pk)


def fresh(upload: Upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def act(upload: Upload, lin: User, rules: Any) -> dict[str, Any]:
    return {"moderator": lin, "post": post_of(upload), "upload": upload, "rule": rules["sexual"]}


PRINT = "f0" * 32


def of_prints(owner: User, color: str, *prints: str) -> Upload:
    return uploads.put(owner=owner, made=made(color, prints=prints))


def is_repeated(digest: str = "", prints: Any = ()) -> bool:
    try:
        uploads._refuse_repeated(digest, prints)
    except uploads.Repeated:
        return True
    return False


@pytest.fixture
def printed(thread: Thread, mei: User) -> Upload:
    upload = of_prints(mei, "#123", PRINT, "0f" * 32)
    return reply(mei, thread, "图", pictures=[pictured(upload)]).passage.uploads.get()


def test_a_hidden_picture_and_what_looks_like_it_cannot_be_posted_again(printed, lin, rules):
    actions.hide_picture(**act(printed, lin, rules))
    assert is_repeated(printed.source_digest)
    assert is_repeated("other bytes", ["f0" * 31 + "f1"])
    assert not is_repeated("other bytes", ["123456789abcdef0" * 4])
    actions.restore_picture(**act(fresh(printed), lin, rules))
    assert not is_repeated(printed.source_digest, [PRINT])


def test_pictures_too_flat_to_tell_apart_never_match(thread, mei, lin, rules):
    flat = of_prints(mei, "#fff")
    post = reply(mei, thread, "白", pictures=[pictured(flat)])
    actions.hide_picture(**act(post.passage.uploads.get(), lin, rules))
    assert not is_repeated("another flat one", ())
    assert not is_repeated("another one", [PRINT])


def test_it_stays_blocked_when_its_author_deletes_it(printed, mei, lin, rules):
    actions.hide_picture(**act(printed, lin, rules))
    boards.delete(author=mei, post=post_of(printed))
    assert not Upload.objects.exists()
    assert is_repeated(printed.source_digest) and is_repeated("else", [PRINT])


def test_hiding_a_post_blocks_its_pictures_only_where_that_is_ticked(printed, lin, rules, log_in):
    browser, address = log_in(lin), f"/en/posts/{post_of(printed).pk}/hiding/"
    assert 'name="blocks"' in browser.get(address).content.decode()
    browser.post(address, {"reason": "spam"})
    assert not Blocked.objects.exists()
    browser.post(address, {"reason": "other", "_method": "DELETE"})
    browser.post(address, {"reason": "spam", "blocks": "1"})
    assert is_repeated(printed.source_digest)
    browser.post(address, {"reason": "other", "_method": "DELETE"})
    assert not Blocked.objects.exists()


def test_restoring_a_post_leaves_the_picture_blocked_that_is_hidden_itself(printed, lin, rules):
    actions.hide_picture(**act(printed, lin, rules))
    both = {"moderator": lin, "rule": rules["spam"]}
    actions.hide(post=post_of(printed), blocks_pictures=True, **both)
    actions.restore(post=post_of(printed), **both)
    assert fresh(printed).state == "hidden" and is_repeated(printed.source_digest)


def test_a_form_of_a_post_without_pictures_does_not_ask(thread, lin, log_in):
    html = log_in(lin).get(f"/en/posts/{thread.posts.get().pk}/hiding/").content.decode()
    assert 'name="blocks"' not in html
