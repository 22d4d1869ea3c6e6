"""What becomes of somebody's next pictures when a whole post of theirs is hidden."""

from collections.abc import Mapping

import pytest

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.boards.models import Post, Thread
from exchange.languages import tasks
from exchange.languages.actions import Draft
from exchange.languages.models import TranslationJob
from exchange.ledger.queries import since
from exchange.moderation import actions
from exchange.safety.gates import MOST_WAITING
from exchange.safety.models import Rule
from tests.cast import picture, pictured, reply


def post_by(author: User, thread: Thread, color: str) -> Post:
    return reply(author, thread, f"A {color} cat", pictures=[pictured(picture(author, color))])


def state_of(post: Post) -> str:
    return post.passage.uploads.get().state


@pytest.mark.parametrize("blocks", [True, False])
def test_whose_post_was_hidden_for_its_pictures_waits_again(
    blocks: bool, thread: Thread, sam: User, lin: User, rules: Mapping[str, Rule]
) -> None:
    first = post_by(sam, thread, "#111")
    actions.release_picture(moderator=lin, post=first, upload=first.passage.uploads.get())
    actions.hide(moderator=lin, post=first, rule=rules["sexual"], blocks_pictures=blocks)
    assert state_of(post_by(sam, thread, "#222")) == ("held" if blocks else "shown")


def test_what_waits_on_hidden_posts_keeps_nobody_from_adding_more(
    thread: Thread, sam: User, lin: User, rules: Mapping[str, Rule]
) -> None:
    """No moderator is asked to look at it any more."""
    for number in range(MOST_WAITING):
        hidden = post_by(sam, thread, f"#{number}00")
        actions.hide(moderator=lin, post=hidden, rule=rules["spam"])
    assert queries.sender(sam).waiting == 0
    assert state_of(post_by(sam, thread, "#abc")) == "held"


def test_no_engine_reads_a_caption_before_everybody_can(
    thread: Thread, sam: User, lin: User, rules: Mapping[str, Rule]
) -> None:
    post = reply(sam, thread, "Look", pictures=[pictured(picture(sam), "A cat", "Grey")])
    upload = post.passage.uploads.get()

    def waiting_jobs() -> int:
        for event in since(thread.scope, 0):
            tasks.handle(event)
        texts = [upload.caption_id, upload.description_id]
        return TranslationJob.objects.filter(passage__in=texts, state="waiting").count()

    assert waiting_jobs() == 0
    actions.release_picture(moderator=lin, post=post, upload=upload)
    assert waiting_jobs() == 2


def test_no_engine_reads_it_either_where_the_post_is_edited_or_restored(
    thread: Thread, sam: User, lin: User, rules: Mapping[str, Rule]
) -> None:
    post = reply(sam, thread, "Look", pictures=[pictured(picture(sam), "A cat")])
    upload = post.passage.uploads.get()
    fresh = queries.post(sam, post.pk)
    boards.edit(
        author=sam,
        post=fresh,
        draft=Draft("Look here"),
        from_version=1,
        pictures=[pictured(upload, "A grey cat")],
    )
    actions.hide(moderator=lin, post=fresh, rule=rules["spam"])
    actions.restore(moderator=lin, post=fresh, rule=rules["other"])
    for event in since(thread.scope, 0):
        tasks.handle(event)
    waiting = TranslationJob.objects.filter(state="waiting").values_list("passage", flat=True)
    assert post.passage_id in waiting
    assert upload.caption_id not in waiting
