import pytest
from django.db import IntegrityError

from exchange.boards import actions, queries
from exchange.boards.actions import posting
from exchange.boards.models import Post, Thread
from exchange.languages.actions import Conflict, Draft
from exchange.languages.models import Passage, Revision
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply


def test_opening_a_thread_writes_title_post_revisions_and_one_event(tom, rent):
    thread = open_thread(tom, rent, body_other="我付收入的三分之一。")
    post = thread.posts.get()
    assert (post.number, thread.last_number, thread.reply_count) == (1, 1, 0)
    assert thread.title.scope == post.passage.scope == f"thread.{thread.pk}"
    assert Revision.objects.count() == 2
    event = Event.objects.get()
    assert (event.verb, event.scope, event.target) == ("thread.opened", thread.scope, post.target)


def test_a_reply_takes_the_next_number_and_the_thread_counts_it(thread, mei):
    first, second = reply(mei, thread), reply(mei, thread, "还有水电。")
    fresh = Thread.objects.get(pk=thread.pk)
    assert (first.number, second.number) == (2, 3)
    assert (fresh.last_number, fresh.reply_count) == (3, 2)
    assert fresh.last_post_at == second.created_at


def test_a_reply_is_one_event_without_a_word_in_it(thread, mei):
    post = reply(mei, thread, "只有我知道的一句话")
    event = Event.objects.get(verb="post.created")
    assert event.actor_id == mei.pk and event.data == {
        "number": post.number,
        "passage": post.passage_id,
    }


def test_the_same_client_id_gives_the_same_post(thread, mei):
    first = reply(mei, thread, "一次", client_id="abc")
    again = reply(mei, thread, "一次", client_id="abc")
    assert first.pk == again.pk
    assert Post.objects.filter(thread=thread).count() == 2


def test_the_same_client_id_with_other_words_is_told_apart(thread, mei):
    first = reply(mei, thread, "一次", client_id="abc")
    with pytest.raises(actions.SentBefore) as raised:
        reply(mei, thread, "两次", client_id="abc")
    assert raised.value.post.pk == first.pk


def test_two_people_may_use_one_client_id(thread, mei, sam):
    assert reply(mei, thread, client_id="abc").pk != reply(sam, thread, client_id="abc").pk


def test_a_reply_that_loses_the_race_gives_the_winner(thread, mei, monkeypatch):
    """Both looked before either wrote: the unique constraint decides, and the loser looks again."""
    winner = reply(mei, thread, "一次", client_id="abc")
    found = iter([None, None, winner])
    monkeypatch.setattr(queries, "sent", lambda author, client_id: next(found))
    assert reply(mei, thread, "一次", client_id="abc").pk == winner.pk
    assert Thread.objects.get(pk=thread.pk).last_number == 2


def test_another_integrity_error_is_not_swallowed(thread, mei, monkeypatch):
    def broken(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(posting, "_add", broken)
    with pytest.raises(IntegrityError):
        reply(mei, thread, client_id="abc")


def test_a_thread_locked_meanwhile_takes_no_reply_and_keeps_nothing_of_it(thread, mei, lin, rules):
    moderation.lock(moderator=lin, thread=Thread.objects.get(pk=thread.pk), rule=rules["spam"])
    before = Passage.objects.count()
    with pytest.raises(actions.Refused):
        reply(mei, thread)
    assert Passage.objects.count() == before


def test_deleting_an_own_post_erases_it_and_keeps_its_number(thread, mei):
    post = reply(mei, thread, "说错了", body_other="I misspoke")
    actions.delete(author=mei, post=post)
    fresh = Post.objects.select_related("passage").get(pk=post.pk)
    assert fresh.deleted_at and fresh.passage.body == fresh.passage.html == ""
    assert reply(mei, thread).number == 3
    assert Thread.objects.get(pk=thread.pk).reply_count == 1


def test_deleting_twice_counts_once(thread, mei):
    post = reply(mei, thread)
    actions.delete(author=mei, post=Post.objects.get(pk=post.pk))
    actions.delete(author=mei, post=Post.objects.get(pk=post.pk))
    assert Thread.objects.get(pk=thread.pk).reply_count == 0
    assert Event.objects.filter(verb="post.deleted").count() == 1


def test_deleting_the_opening_post_takes_the_title_and_leaves_what_others_wrote(thread, mei, tom):
    answer = reply(mei, thread)
    actions.delete(author=tom, post=queries.post(tom, thread.posts.get(number=1).pk))
    fresh = Thread.objects.select_related("title").get(pk=thread.pk)
    assert fresh.deleted_at and fresh.title.body == ""
    assert Post.objects.select_related("passage").get(pk=answer.pk).passage.body
    assert not queries.threads(mei).filter(pk=thread.pk).exists()


def test_editing_changes_words_and_title_in_one_event(thread, tom):
    post = queries.post(tom, thread.posts.get().pk)
    actions.edit(
        author=tom,
        post=post,
        draft=Draft("New words"),
        from_version=1,
        title=Draft("New title", "新标题"),
        title_from_version=1,
    )
    fresh = queries.thread(tom, thread.pk)
    assert (fresh.title.body, fresh.title_other) == ("New title", "新标题")
    assert Event.objects.filter(verb="post.edited").count() == 1


def test_a_conflict_over_the_title_leaves_the_post_unchanged(thread, tom):
    post = queries.post(tom, thread.posts.get().pk)
    title = Draft("New title")
    with pytest.raises(Conflict):
        actions.edit(
            author=tom,
            post=post,
            draft=Draft("New words"),
            from_version=1,
            title=title,
            title_from_version=7,
        )
    assert Passage.objects.get(pk=post.passage_id).body != "New words"
