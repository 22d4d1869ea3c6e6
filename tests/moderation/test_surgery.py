"""Splitting and merging threads."""

import pytest
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.boards.actions import Refused
from exchange.boards.models import Moved, Post, SavedDraft, Thread
from exchange.boards.rules import MERGED
from exchange.figures.models import Cell, Entry
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.live import frames
from exchange.moderation import actions
from exchange.moderation.models import Case
from tests.cast import figure_of, open_thread, picture, pictured, reply

from .deciding import expect_public, reported, undone

TITLE = Draft("About dentists", "说说牙医")


@pytest.fixture
def posts(thread, mei, sam):
    """#2 to #5 of the thread."""
    return [reply(who, thread, f"Reply {n}.") for n, who in enumerate([mei, sam, mei, sam], 2)]


@pytest.fixture
def other(mei, rent):
    return open_thread(mei, rent, "Rents again", "The same question.", "又问房租")


def split(lin, thread, rules, *numbers, board=None, **fields):
    act = {"moderator": lin, "thread": thread, "rule": rules["spam"]} | fields
    return actions.split(numbers=numbers, title=TITLE, board=board or thread.board, **act)


def merge(lin, thread, target, rules):
    return actions.merge(moderator=lin, thread=thread, target=target, rule=rules["spam"])


def places(thread: Thread) -> list[tuple[int, str]]:
    found = Post.objects.filter(thread=thread).order_by("number")
    return list(found.values_list("number", "passage__body"))


def lines(thread: Thread) -> list[int]:
    return list(
        Moved.objects.filter(thread=thread).order_by("number").values_list("number", flat=True)
    )


def expect_counts(*threads: Thread) -> None:
    """What is counted on the rows is what is there."""
    for thread in threads:
        thread.refresh_from_db()
        shown = Post.objects.filter(thread=thread, **Post.SHOWN)
        assert thread.reply_count == shown.exclude(number=1).count()
        assert thread.posts_left == len(lines(thread))
        latest = Post.objects.filter(thread=thread).order_by("-created_at").first()
        assert thread.last_post_at == (latest.created_at if latest else thread.created_at)
        highest = Post.objects.filter(thread=thread).order_by("-number").first()
        assert highest is None or thread.last_number >= highest.number


def test_split_posts_open_a_thread_in_their_order(thread, posts, mei, tom, lin, rules) -> None:
    decision = split(lin, thread, rules, 4, 2, note="自成一题")
    event = expect_public(decision, "thread.split", lin, tom)
    fresh = Thread.objects.get(pk=event.data["into"])
    assert (fresh.author, fresh.board, fresh.title.body) == (mei, thread.board, "About dentists")
    assert places(fresh) == [(1, "Reply 2."), (2, "Reply 4.")]
    assert [number for number, _ in places(thread)] == [1, 3, 5]
    assert lines(thread) == [2, 4] and lines(fresh) == []
    expect_counts(thread, fresh)
    assert queries.threads(tom).filter(pk=fresh.pk).exists()


def test_the_splitting_is_taken_back(thread, posts, lin, rules) -> None:
    before = places(thread)
    decision = split(lin, thread, rules, 2, 4)
    fresh = Thread.objects.get(pk=decision.event.data["into"])
    back = undone(lin, decision)
    assert back.verb == "thread.parted"
    assert places(thread) == before and lines(thread) == [] and lines(fresh) == [1, 2]
    fresh.refresh_from_db()
    assert fresh.merged_into == thread
    expect_counts(thread, fresh)
    # And that, too.
    again = undone(lin, back)
    assert again.verb == "thread.split"
    assert places(fresh) == [(1, "Reply 2."), (2, "Reply 4.")]
    assert lines(thread) == [2, 4] and lines(fresh) == []
    expect_counts(thread, fresh)


def test_what_was_said_in_the_split_thread_since_then_comes_along(
    thread, posts, tom, lin, rules
) -> None:
    decision = split(lin, thread, rules, 2)
    fresh = queries.thread(tom, decision.event.data["into"])
    reply(tom, fresh, "A new reply.")
    undone(lin, decision)
    assert places(thread)[1] == (2, "Reply 2.") and places(thread)[-1] == (6, "A new reply.")
    expect_counts(thread, fresh)


def test_of_two_splittings_one_is_taken_back(thread, posts, lin, rules) -> None:
    first = split(lin, thread, rules, 2)
    second = split(lin, thread, rules, 3)
    undone(lin, first)
    assert lines(thread) == [3]
    assert Thread.objects.get(pk=second.event.data["into"]).posts.count() == 1


def test_nothing_is_split_twice_and_the_opening_post_stays(thread, posts, lin, rules) -> None:
    assert split(lin, thread, rules, 2)
    assert split(lin, thread, rules, 2) is None
    assert split(lin, thread, rules, 1) is None
    assert split(lin, thread, rules, 99) is None
    assert Thread.objects.count() == 2


def test_a_hidden_post_that_opens_the_new_thread_hides_it(
    thread, posts, lin, nobody, rules
) -> None:
    actions.hide(moderator=lin, post=posts[0], rule=rules["spam"])
    decision = split(lin, thread, rules, 2, 3)
    fresh = Thread.objects.get(pk=decision.event.data["into"])
    assert fresh.hidden_at and not queries.threads(nobody).filter(pk=fresh.pk).exists()
    actions.restore(moderator=lin, post=Post.objects.get(pk=posts[0].pk), rule=rules["other"])
    fresh.refresh_from_db()
    assert fresh.hidden_at is None
    expect_counts(thread, fresh)


def test_merged_posts_stand_at_the_end_with_new_numbers(
    thread, posts, other, tom, lin, rules
) -> None:
    decision = merge(lin, thread, other, rules)
    event = expect_public(decision, "thread.merged", lin, tom)
    assert event.data["into"] == other.pk
    said = ["Reply 2.", "Reply 3.", "Reply 4.", "Reply 5."]
    assert [body for _, body in places(other)][2:] == said
    assert [number for number, _ in places(other)] == [1, 2, 3, 4, 5, 6]
    assert places(thread) == [] and lines(thread) == [1, 2, 3, 4, 5]
    thread.refresh_from_db()
    assert thread.merged_into == other
    expect_counts(thread, other)
    assert not queries.threads(tom).filter(pk=thread.pk).exists()
    assert merge(lin, thread, other, rules) is None


def test_the_merging_is_taken_back(thread, posts, other, sam, lin, rules) -> None:
    before = places(thread)
    decision = merge(lin, thread, other, rules)
    reply(sam, other, "Said after the merging.")
    back = undone(lin, decision)
    assert places(thread) == before
    assert [body for _, body in places(other)] == ["The same question.", "Said after the merging."]
    assert lines(thread) == [] and lines(other) == [2, 3, 4, 5, 6]
    thread.refresh_from_db()
    assert thread.merged_into is None
    expect_counts(thread, other)
    assert undone(lin, back).verb == "thread.merged"
    expect_counts(thread, other)


def test_a_thread_is_not_merged_into_itself_or_what_is_gone(thread, other, tom, mei, lin, rules):
    with pytest.raises(Refused):
        merge(lin, thread, thread, rules)
    merge(lin, other, thread, rules)
    with pytest.raises(Refused):
        merge(lin, thread, other, rules)
    gone = open_thread(mei, thread.board)
    boards.delete(author=mei, post=gone.posts.get())
    with pytest.raises(Refused):
        merge(lin, thread, gone, rules)


def test_what_people_were_about_to_say_goes_along(
    thread, other, mei, tom, sam, lin, rules, log_in
) -> None:
    """But nothing takes the place of what somebody has begun where it goes."""
    cat = picture(sam)
    for author, place, body, more in (
        (sam, thread, "Sam's words", {"picture-0-id": str(cat.pk)}),
        (tom, thread, "Tom's here", {}),
        (tom, other, "Tom's there", {}),
    ):
        fields = {"body": body, **more}
        boards.keep_draft(author=author, place=place.scope, fields=fields, from_version=0)
    merge(lin, thread, other, rules)
    found = {(row.author, row.place, row.fields["body"]) for row in SavedDraft.objects.all()}
    assert found == {
        (sam, other.scope, "Sam's words"),
        (tom, thread.scope, "Tom's here"),
        (tom, other.scope, "Tom's there"),
    }
    cat.refresh_from_db()
    assert cat.kept_for == other.scope
    assert "Sam&#x27;s words" in log_in(sam).get(f"/en/threads/{other.pk}/").content.decode()


def test_nobody_replies_in_a_merged_thread(thread, other, sam, lin, rules) -> None:
    stale = queries.thread(sam, thread.pk)
    merge(lin, thread, other, rules)
    with pytest.raises(Refused) as refusal:
        reply(sam, stale, "Too late.")
    assert refusal.value.reason == MERGED
    assert not Passage.objects.filter(body="Too late.").exists()


def test_everything_about_a_post_goes_along(
    thread, mei, sam, lin, rules, flat, welcome, members_board
) -> None:
    post = reply(
        mei,
        thread,
        "I pay [¥1].",
        entries=[figure_of(flat)],
        pictures=[pictured(picture(mei), "A cat", "Asleep")],
        wants_correction=True,
    )
    case = reported(sam, post.target, rules["spam"])
    correction = languages.offer(
        by=sam, passage=post.passage, place=0, corrected="I pay it.", from_version=1, reason="Why."
    )
    rendition = post.passage.rendition
    cells = dict(Cell.objects.values_list("pk", "version"))
    decision = split(lin, thread, rules, 2, board=members_board)
    fresh = Thread.objects.get(pk=decision.event.data["into"])
    texts = Passage.objects.filter(scope=fresh.scope)
    bodies = set(texts.values_list("body", flat=True))
    assert bodies == {"I pay [¥1].", "A cat", "Asleep", "Why.", "About dentists"}
    correction.reason.refresh_from_db()
    assert correction.reason.scope == fresh.scope
    post.passage.refresh_from_db()
    assert post.passage.rendition > rendition
    assert Case.objects.get(pk=case.pk).board == members_board
    # A board for members: its figures stand in no statistic that everybody sees.
    assert not Entry.objects.get().listed
    assert dict(Cell.objects.values_list("pk", "version")) != cells
    undone(lin, decision)
    assert Entry.objects.get().listed and Case.objects.get(pk=case.pk).board == thread.board


def test_open_pages_hear_of_it(thread, posts, other, lin, rules) -> None:
    seen = Event.objects.order_by("-id").first().pk
    merge(lin, thread, other, rules)
    there = list(Event.objects.filter(scope=other.scope, pk__gt=seen).order_by("id"))
    assert [event.verb for event in there] == ["post.moved"] * 5
    told = frames.build(there, frames.things_of(there, at=0), "en")
    assert [frame["number"] for frame in told] == [2, 3, 4, 5, 6]
    assert "Reply 5." in told[-1]["html"] and 'id="post-6"' in told[-1]["html"]
    here = list(Event.objects.filter(scope=thread.scope).order_by("id"))
    told = frames.build(here, frames.things_of(here, at=0), "en")
    # What was said before it was moved is not drawn at a place that is another thread's number.
    assert [(frame["kind"], frame["verb"]) for frame in told] == [("thread", "thread.merged")]


def test_who_deletes_what_opened_a_merged_thread_deletes_its_title_too(
    thread, other, tom, lin, rules
) -> None:
    opening = thread.posts.get()
    merge(lin, thread, other, rules)
    boards.delete(author=tom, post=opening)  # as it was looked at before
    thread.refresh_from_db()
    assert thread.deleted_at and thread.title.body == ""
    expect_counts(other)


def test_a_post_that_was_moved_meanwhile_is_hidden_where_it_is(
    thread, posts, other, lin, staff, rules
) -> None:
    stale = Post.objects.select_related("thread", "passage", "author").get(pk=posts[0].pk)
    merge(lin, thread, other, rules)
    decision = actions.hide(moderator=staff, post=stale, rule=rules["hate"])
    assert decision.event.scope == other.scope
    expect_counts(thread, other)


def test_links_lead_to_where_a_post_is_now(client, thread, posts, other, lin, rules) -> None:
    merge(lin, thread, other, rules)
    answer = client.get(f"/en/posts/{posts[0].pk}/")
    assert answer["Location"] == f"/en/threads/{other.pk}/#post-3"


def test_the_old_place_keeps_a_line_that_leads_there(client, thread, posts, lin, rules) -> None:
    split(lin, thread, rules, 3)
    html = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert (
        f'<p id="post-3" class="withdrawn"><a href="/en/posts/{posts[1].pk}/">#3 was moved</a>'
        in html
    )
    assert "About dentists" in html
    assert html.index('id="post-2"') < html.index('id="post-3"') < html.index('id="post-4"')
    assert "Reply 3." not in html


def test_a_line_does_not_name_what_its_reader_may_not_see(
    client, thread, posts, moderators_board, lin, rules
) -> None:
    split(lin, thread, rules, 5, board=moderators_board)
    html = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert "#5 was moved" in html and "About dentists" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_lines_cost_two_queries_however_many(
    count, client, thread, posts, lin, rules, django_assert_num_queries
) -> None:
    client.get(f"/en/threads/{thread.pk}/")
    split(lin, thread, rules, *range(2, 2 + count))
    client.get(f"/en/threads/{thread.pk}/")
    with django_assert_num_queries(4):
        client.get(f"/en/threads/{thread.pk}/")


def test_a_merged_thread_says_where_it_went(client, thread, posts, other, lin, rules) -> None:
    merge(lin, thread, other, rules)
    html = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert html.count(" was moved</a>") == 5
    assert f'href="/en/threads/{other.pk}/"' in html
    assert "The posts of this thread were moved into another one." in html
    assert 'name="body"' not in html and 'content="noindex"' in html


def test_too_many_posts_are_refused(thread, posts, other, lin, rules, monkeypatch) -> None:
    from exchange.moderation.actions import surgery

    monkeypatch.setattr(surgery, "MOST_MOVED", 3)
    with pytest.raises(Refused):
        merge(lin, thread, other, rules)
    assert Thread.objects.get(pk=thread.pk).merged_into is None


def test_moved_posts_keep_their_time(thread, posts, lin, rules) -> None:
    decision = split(lin, thread, rules, 2)
    assert Post.objects.get(pk=posts[0].pk).created_at == posts[0].created_at
    assert decision.made_at <= timezone.now()


# The pages


SPLIT = {"reason": "off-topic", "title": "About dentists", "board": "rent"}


def test_a_thread_is_split_on_its_page(thread, posts, lin, rules, log_in) -> None:
    address, browser = f"/en/threads/{thread.pk}/split/", log_in(lin)
    html = browser.get(address).content.decode()
    assert 'name="post" value="3"' in html and 'name="post" value="1"' not in html
    assert "Part of your thread has a thread of its own now" in html
    sent = SPLIT | {"post": ["2"], "numbers": "4-5"}
    assert browser.post(address, sent).status_code == 302
    assert [number for number, _ in places(thread)] == [1, 3]


@pytest.mark.parametrize("numbers", ["", "x", "1", "1-3", "5; 7 - x"])
def test_a_bad_choice_is_said_and_what_was_typed_is_kept(
    numbers, thread, posts, lin, rules, log_in
) -> None:
    sent = SPLIT | {"numbers": numbers, "note": "kept words"}
    answer = log_in(lin).post(f"/en/threads/{thread.pk}/split/", sent)
    assert answer.status_code == 422 and "kept words" in answer.content.decode()
    assert Thread.objects.count() == 1


def test_threads_are_merged_and_parted_on_a_page(thread, posts, other, lin, rules, log_in) -> None:
    address, browser = f"/en/threads/{thread.pk}/merge/", log_in(lin)
    target = f"https://exchange.example/zh-hans/threads/{other.pk}/?page=1#post-1"
    assert browser.post(address, {"reason": "spam", "target": target}).status_code == 302
    assert places(thread) == []
    assert "Take the merging back" in browser.get(address).content.decode()
    sent = {"reason": "other", "_method": "DELETE"}
    assert browser.post(address, sent).status_code == 302
    assert len(places(thread)) == 5


@pytest.mark.parametrize("target", ["", "nonsense", "987654", "https://other.example/x"])
def test_a_thread_that_is_not_there_is_no_target(target, thread, lin, rules, log_in) -> None:
    answer = log_in(lin).post(
        f"/en/threads/{thread.pk}/merge/", {"reason": "spam", "target": target}
    )
    assert answer.status_code == 422


def test_a_board_moderator_merges_into_their_own_board_alone(
    thread, mei, welcome, board_moderator, rules, log_in
) -> None:
    elsewhere = open_thread(mei, welcome)
    sent = {"reason": "spam", "target": str(elsewhere.pk)}
    answer = log_in(board_moderator).post(f"/en/threads/{thread.pk}/merge/", sent)
    assert answer.status_code == 422


def test_ones_own_thread_can_be_locked_but_ones_own_post_not_hidden(
    rent, lin, rules, log_in
) -> None:
    own = open_thread(lin, rent)
    browser = log_in(lin)
    assert browser.post(f"/en/threads/{own.pk}/lock/", {"reason": "spam"}).status_code == 302
    opening = own.posts.get()
    assert browser.post(f"/en/posts/{opening.pk}/hiding/", {"reason": "spam"}).status_code == 403
