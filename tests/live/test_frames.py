import pytest

from exchange.boards import actions
from exchange.boards.models import Board
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.ledger.models import Event
from exchange.ledger.queries import since
from exchange.live import frames
from exchange.live.follower import Follower
from exchange.moderation import actions as moderation
from exchange.moderation.targets import of_post
from tests.cast import open_thread, reply

MEMBERS = {"slug": "club", "position": 90, "access": "members", "name": {}, "description": {}}


def events(thread) -> list[Event]:
    return list(since(thread.scope, 0))


def built(thread, language: str = "en") -> list[frames.Frame]:
    found = events(thread)
    return frames.build(found, frames.things_of(found, at=0), language)


def test_a_reply_is_a_frame_with_its_public_fragment(thread, mei):
    post = reply(mei, thread)
    assert [frame | {"html": ""} for frame in built(thread)] == [
        {
            "event": events(thread)[-1].pk,
            "at": 0,
            "kind": "post",
            "scope": thread.scope,
            "verb": "post.created",
            "number": 2,
            "post": post.pk,
            "html": "",
        }
    ]
    assert built(thread)[0]["html"].strip().startswith('<article id="post-2"')
    assert "三分之一？我也是。" in built(thread)[0]["html"]


def test_each_language_gets_its_own_fragment(thread, mei):
    reply(mei, thread)
    english, chinese = built(thread)[0]["html"], built(thread, "zh-hans")[0]["html"]
    assert 'href="/en/' in english and "/zh-hans/" not in english
    assert 'href="/zh-hans/' in chinese and "/en/" not in chinese


def test_a_hidden_post_is_sent_without_its_words_even_for_older_events(thread, mei, lin, rules):
    post = reply(mei, thread, "Unkind words here.")
    moderation.hide(moderator=lin, post=post, rule=rules["harassment"])
    sent = built(thread)
    assert [frame["number"] for frame in sent] == [2, 2]
    assert all("Unkind" not in frame["html"] for frame in sent)
    assert "Rule harassment" in sent[-1]["html"]


def test_a_deleted_post_is_sent_without_its_words(thread, mei):
    post = reply(mei, thread, "I take this back.")
    actions.delete(author=mei, post=post)
    assert all("take this back" not in frame["html"] for frame in built(thread))


def test_an_act_on_the_thread_says_in_which_state_it_is_and_nothing_of_the_act(thread, lin, rules):
    moderation.lock(moderator=lin, thread=thread, rule=rules["other"], note="a private note")
    [frame] = built(thread)
    about = {"event": events(thread)[-1].pk, "kind": "thread", "scope": thread.scope}
    assert frame.items() >= (about | {"verb": "thread.locked", "closed": True}).items()
    assert '<span class="badge plain">locked</span>' in frame["states"]
    assert frame["refusal"].startswith("This thread is locked: no new replies.")
    assert "private note" not in str(frame)
    moderation.unlock(moderator=lin, thread=thread, rule=rules["other"])
    opened = built(thread, "zh-hans")[-1]
    assert (opened["closed"], opened["refusal"]) == (False, "")
    assert "badge" not in opened["states"] and "/zh-hans/boards/rent/" in opened["states"]


def test_an_opening_post_that_is_hidden_closes_its_thread(thread, lin, tom, rules):
    moderation.hide(moderator=lin, post=thread.posts.get(number=1), rule=rules["spam"])
    post, state = built(thread)
    assert (post["kind"], state["kind"], state["closed"]) == ("post", "thread", True)


def test_where_posts_went_is_said_only_where_everybody_may_go(thread, tom, lin, rent, rules):
    other = open_thread(tom, Board.objects.create(**MEMBERS))
    moderation.merge(moderator=lin, thread=thread, target=other, rule=rules["other"])
    assert f"/threads/{other.pk}/" not in str(built(thread)[-1])


def test_what_is_not_for_readers_makes_no_frame_of_the_thread(thread, mei, sam, lin, rules):
    post = reply(mei, thread)
    case = moderation.report(reporter=sam, target=of_post(post), rule=rules["spam"]).case
    moderation.claim(moderator=lin, case=case)
    assert {frame["verb"] for frame in built(thread)} == {"post.created"}


def test_the_desk_is_told_that_something_changed_and_not_what(thread, mei, sam, lin, rules):
    post = reply(mei, thread)
    moderation.report(reporter=sam, target=of_post(post), rule=rules["spam"])
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    found = list(Event.objects.filter(scope="moderation").order_by("id"))
    assert [event.verb for event in found] == ["flag.raised", "case.closed"]
    assert frames.build(found, frames.things_of(found, at=0), "en") == [
        {"event": event.pk, "kind": "desk", "scope": "moderation"} for event in found
    ]


def test_no_frame_holds_anything_of_a_reader(thread, mei):
    reply(mei, thread)
    html = built(thread)[0]["html"]
    for word in ("csrf", "hx-", "<form", "nonce", mei.email):
        assert word not in html


@pytest.mark.parametrize("count", [1, 5])
def test_a_round_costs_the_same_for_any_number_of_posts(
    thread, mei, count, django_assert_num_queries
):
    follower = Follower()
    wanted = {thread.scope: {"en", "zh-hans", "zh-hant"}}
    follower.round(wanted)
    for number in range(count):
        reply(mei, thread, f"Reply {number}.")
    # The events, whom something changed of, posts; halves, figures, pictures of those never rendered.
    with django_assert_num_queries(6):
        assert len(follower.round(wanted).ready) == 3 * count


def test_a_translation_is_sent_with_the_post_that_it_is_of(thread, mei, tom):
    post = reply(mei, thread, "押一付三，太贵了。")
    proposal = languages.propose(
        by=tom, passage=post.passage, language="en", body="Too expensive.", from_version=1
    )
    assert languages.accept(by=mei, proposal=proposal)
    last = built(thread)[-1]
    assert (last["verb"], last["number"]) == ("translation.accepted", 2)
    assert "Too expensive." in last["html"]


@pytest.fixture
def untranslated(tom, rent):
    return open_thread(tom, rent, title_other="")


def translate_title(thread, by, accepts, body: str = "房租多少？") -> None:
    proposal = languages.propose(
        by=by,
        passage=thread.title,
        language="zh-hans",
        body=body,
        from_version=thread.title.version,
    )
    assert languages.accept(by=accepts, proposal=proposal)


def rename(tom, thread, title: str) -> None:
    post = thread.posts.select_related("thread__title", "thread__board", "passage").get(number=1)
    actions.edit(
        author=tom,
        post=post,
        draft=Draft("I pay a third."),
        from_version=post.passage.version,
        title=Draft(title),
        title_from_version=post.thread.title.version,
    )


def test_a_translation_of_a_title_is_sent_as_the_heading_that_a_page_has(
    untranslated, mei, tom, client
):
    thread = untranslated
    translate_title(thread, mei, tom)
    for language, title in (("en", thread.title.body), ("zh-hans", "房租多少？")):
        frame = built(thread, language)[-1]
        about = {"event": events(thread)[-1].pk, "kind": "title", "verb": "translation.accepted"}
        assert frame.items() >= (about | {"scope": thread.scope, "title": title}).items()
        page = client.get(f"/{language}/threads/{thread.pk}/").content.decode()
        assert frame["html"] in page and f'data-title="{title}"' in page
        assert title in frame["html"] and "房租多少？" in frame["html"]


def test_a_title_that_a_machine_translated_is_sent_and_says_so(untranslated):
    languages.put_by_machine(
        passage=untranslated.title, language="zh-hans", body="房租多少？", version=1, engine="test"
    )
    frame = built(untranslated)[-1]
    assert (frame["kind"], frame["verb"]) == ("title", "translation.made")
    assert "machine translation" in frame["html"]


def test_a_title_that_is_edited_is_sent_with_its_opening_post(thread, tom):
    rename(tom, thread, "How much of your pay is rent?")
    post, title = built(thread)
    assert (post["kind"], title["kind"]) == ("post", "title")
    assert title["title"] == "How much of your pay is rent?"
    assert '<h1 class="original"' in title["html"]


def test_a_title_is_sent_with_the_last_of_several_events_of_its_opening_post(thread, tom):
    """`changes` tells of the last alone, and what the desk hears of the same post is none of it."""
    rename(tom, thread, "How much of your pay is rent?")
    target = thread.posts.get(number=1).target
    Event.objects.create(verb="picture.held", scope=thread.scope, target=target)
    Event.objects.create(verb="flag.raised", scope="moderation", target=target)
    found = list(Event.objects.filter(target=target).order_by("id"))
    told = frames.build(frames.newest(found[:-1]), frames.things_of(found, at=0), "en")
    assert [(frame["kind"], frame["verb"]) for frame in told] == [
        ("post", "picture.held"),
        ("title", "picture.held"),
    ]
    kinds = [f["kind"] for f in frames.build(found, frames.things_of(found, at=0), "en")]
    assert kinds[-3:] == ["post", "title", "desk"]


def test_nothing_of_a_title_that_not_everybody_may_read_is_sent(untranslated, mei, tom, lin, rules):
    thread = untranslated
    translate_title(untranslated, mei, tom)
    rename(tom, thread, "A canary title")
    moderation.hide(moderator=lin, post=thread.posts.get(number=1), rule=rules["spam"])
    assert {frame["kind"] for frame in built(thread)} == {"post", "thread"}
    assert "canary" not in str(built(thread)) and "房租" not in str(built(thread))


def test_a_proposal_for_a_title_is_no_frame(thread, mei):
    """Nobody but those who look for it see it."""
    languages.propose(
        by=mei, passage=thread.title, language="zh-hans", body="房租多少？", from_version=1
    )
    assert "translation.proposed" not in [frame["verb"] for frame in built(thread)]


def test_a_title_costs_no_more_than_a_post(thread, mei, tom, django_assert_num_queries):
    follower = Follower()
    wanted = {thread.scope: {"en", "zh-hans", "zh-hant"}}
    follower.round(wanted)
    translate_title(thread, mei, tom)
    # The events, whom something changed of, what the text is within, posts, the thread with its title.
    with django_assert_num_queries(5):
        assert len(follower.round(wanted).ready) == 3


def test_a_hidden_post_s_translation_is_sent_to_nobody(thread, mei, tom, lin, rules):
    post = reply(mei, thread, "押一付三，太贵了。")
    moderation.hide(moderator=lin, post=post, rule=rules["harassment"])
    languages.put_by_machine(
        passage=post.passage, language="en", body="Canary words.", version=1, engine="test"
    )
    assert all("Canary" not in frame["html"] for frame in built(thread))
