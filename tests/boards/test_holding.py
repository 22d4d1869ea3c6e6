"""Posts that wait for a moderator's look: whose, why, and what becomes of their place meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.boards import actions, queries
from exchange.boards.models import Post, Thread
from exchange.languages.actions import Draft
from exchange.languages.models import Passage, TranslationJob
from exchange.languages.tasks import handle as translate
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from exchange.moderation.consumer import handle
from exchange.moderation.models import Case
from exchange.safety import actions as safety
from exchange.safety.gates import BURST_POSTS, NEWCOMER_POSTS
from tests.cast import open_thread, person, reply

LINK = "看这个 https://spam.example/a 很好"


def watch(rules, by, text="刷单", kind="hold", sort="word", language=""):
    found = safety.add_watch(
        by=by, sort=sort, kind=kind, text=text, language=language, rule=rules["spam"]
    )
    safety.activate(by=by, watch=found)
    return found


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def last_event(verb: str) -> Event:
    return Event.objects.filter(verb=verb).order_by("-id")[0]


def consume():
    for event in Event.objects.order_by("id"):
        handle(event)
        translate(event)


@pytest.mark.parametrize(
    "body", ["Hello from Ohio! This is my first post.", "大家好，我是新来的。"]
)
def test_a_newcomers_first_plain_post_is_shown_at_once_and_looked_at(thread, sam, body):
    post = reply(sam, thread, body)
    assert post.state == "shown" and fresh(thread).reply_count == 1
    event = last_event("post.created")
    assert event.data["review"] == 1
    consume()
    case = Case.objects.get()
    assert (case.target, case.kind) == (post.target, Case.Kind.REVIEW)


def test_after_the_first_few_nobody_has_to_look(thread, sam):
    for number in range(NEWCOMER_POSTS):
        reply(sam, thread, f"Number {number}.")
    reply(sam, thread, "And one more.")
    assert "review" not in last_event("post.created").data


@pytest.mark.parametrize("body", ["See https://spam.example/a", LINK, "www.spam.example/x 加我"])
def test_a_newcomers_link_waits_in_either_language(thread, sam, body):
    post = reply(sam, thread, body)
    thread = fresh(thread)
    assert (post.state, post.number, thread.last_number) == ("held", 2, 2)
    assert thread.reply_count == 0 and thread.last_post_at < post.created_at
    assert not Event.objects.filter(verb="post.created").exists()
    assert last_event("post.held").data["why"] == "link"
    consume()
    assert Case.objects.get().kind == Case.Kind.HELD


# What leads there, and how: as HTML's names of letters, as what Markdown lets stand for a letter, and
# by a name that is explained further below.
DISGUISED = [
    "look [here](&#104;ttps://spam.example/a)",
    "[看这个](https:\\/\\/spam.example)",
    "[这里][1]\n\n[1]: &#104;ttps://&#115;pam.example/a",
    "![cat](https&colon;//spam.example/cat.png)",
]


@pytest.mark.parametrize("body", DISGUISED)
def test_a_newcomers_link_waits_however_it_is_typed(thread, sam, body):
    assert reply(sam, thread, body).state == "held"


@pytest.mark.parametrize(
    "body",
    [
        *DISGUISED,
        "[x](https://&#115;pam.example/)",
        "[x](https://spam&period;example/)",
        "[x](<https://&#115;pam.example>)",
        "[x](https://sp%61m.example/)",
        "spam[.]example 很好",
        "spam（点）example",
    ],
)
def test_a_domain_that_is_looked_for_is_found_however_it_is_typed(thread, mei, lin, rules, body):
    watch(rules, lin, text="spam.example", sort="domain")
    assert reply(mei, thread, body).state == "held"


def test_a_link_to_this_site_does_not_wait(thread, sam, settings):
    assert (
        reply(sam, thread, f"Look: {settings.SITE_URL}/threads/1/ and /posts/2/").state == "shown"
    )


@pytest.mark.parametrize("words", ["post number", "第几个帖子"])
def test_many_posts_of_a_newcomer_within_minutes_wait_in_either_language(thread, sam, words):
    states = [reply(sam, thread, f"{words} {number}").state for number in range(BURST_POSTS + 1)]
    assert states == ["shown"] * BURST_POSTS + ["held"]
    assert last_event("post.held").data["why"] == "burst"


def test_time_read_and_posts_kept_end_being_new(thread, rent):
    reader = person("nora", newcomer=True, date_joined=timezone.now() - timedelta(hours=30))
    for number in range(NEWCOMER_POSTS):
        reply(reader, thread, f"Number {number}.")
    assert reply(reader, thread, LINK).state == "held"
    reader.minutes_read = 90
    assert reply(reader, thread, LINK).state == "shown"
    Post.objects.filter(author=reader, number=2).update(hidden_at=timezone.now())
    Post.objects.filter(author=reader, number=3).update(hidden_at=timezone.now())
    Post.objects.filter(author=reader, number=6).update(hidden_at=timezone.now())
    assert reply(reader, thread, LINK).state == "held"


def test_the_languages_that_somebody_reads_change_nothing(thread):
    states = {}
    for name, reads in (("a", ["en"]), ("b", ["zh-hans"]), ("c", ["zh-hant"]), ("d", [])):
        somebody = person(f"new{name}", newcomer=True, reads=reads)
        states[name] = [reply(somebody, thread, words).state for words in ("Hi 你好", LINK)]
    assert set(map(tuple, states.values())) == {("shown", "held")}


def test_what_is_looked_for_holds_also_old_members_and_not_moderators(thread, mei, lin, rules):
    found = watch(rules, lin)
    post = reply(mei, thread, "兼职 刷 單，日结")
    assert post.state == "held" and fresh(post.passage).body == "兼职 刷 單，日结"
    event = last_event("post.held")
    assert (event.reason, event.data["watch"], event.data["why"]) == ("spam", found.pk, "filter")
    assert reply(lin, thread, "What 刷单 means").state == "shown"


def test_what_is_refused_is_not_sent_and_names_the_rule(thread, mei, lin, rules):
    watch(rules, lin, kind="refuse")
    before = (Passage.objects.count(), Event.objects.count())
    with pytest.raises(actions.Refused) as raised:
        reply(mei, thread, "刷单", body_other="Nothing here")
    assert raised.value.status == 422 and "Rule spam" in str(raised.value.reason)
    assert (Passage.objects.count(), Event.objects.count()) == before


def test_what_is_only_flagged_is_shown_and_a_case(thread, mei, lin, rules):
    found = watch(rules, lin, kind="flag")
    post = reply(mei, thread, "有人知道刷单是什么吗？")
    event = last_event("post.created")
    assert (post.state, event.data["watch"], event.reason) == ("shown", found.pk, "spam")
    consume()
    assert Case.objects.get().kind == Case.Kind.REVIEW


@pytest.mark.parametrize("where", ["title", "title_other", "body", "body_other"])
def test_every_text_of_a_post_is_looked_at(mei, rent, lin, rules, where):
    watch(rules, lin)
    assert open_thread(mei, rent, **{where: "兼职刷单，来"}).held_at


def test_words_that_only_readers_see_together_are_found(thread, mei, lin, rules):
    watch(rules, lin)
    for body in ("刷&#21333;", "刷[](https://a.example)单", "刷**单**"):
        assert reply(mei, thread, body).state == "held", body


def test_a_switch_holds_everybodys_but_moderators(thread, mei, lin, rules):
    safety.switch(name="hold_all", on=True, by=lin)
    assert reply(mei, thread).state == "held"
    assert last_event("post.held").data["why"] == "all"
    assert reply(lin, thread, "Please wait a little.").state == "shown"
    safety.switch(name="hold_all", on=False, by=lin)
    assert reply(mei, thread, "好了").state == "shown"


def test_a_switch_holds_what_an_edit_brings_too(thread, mei, lin, rules):
    post = reply(mei, thread, "面条很好吃。")
    moderators = reply(lin, thread, "Noodles for me.")
    safety.switch(by=lin, name="hold_all", on=True)
    again = {"author": mei, "post": post, "from_version": 1}
    actions.edit(**again, draft=Draft("面条很好吃。", "Noodles are good."), may_wait=True)
    assert fresh(post).state == "held"
    actions.edit(author=lin, post=moderators, draft=Draft("Rice for me."), from_version=1)
    assert fresh(moderators).state == "shown"


def test_new_words_of_a_newcomer_are_looked_at_once_more(thread, sam, lin):
    post = reply(sam, thread, "Hello from Ohio!")
    consume()
    moderation.dismiss_case(moderator=lin, case=Case.objects.get())
    actions.edit(author=sam, post=post, draft=Draft("Hello from Ohio!"), from_version=1)
    assert "review" not in last_event("post.edited").data
    newer = {"draft": Draft("Cheap flats here."), "from_version": fresh(post.passage).version}
    actions.edit(author=sam, post=fresh(post), **newer)
    assert fresh(post).state == "shown"
    handle(last_event("post.edited"))
    assert Case.objects.get(closed_at=None).kind == Case.Kind.REVIEW


def test_a_thread_that_waits_is_in_no_list_and_takes_no_reply(rent, sam, mei, lin, nobody):
    waiting = open_thread(sam, rent, body=LINK)
    assert waiting.held_at and not Event.objects.filter(verb="thread.opened").exists()
    for reader in (sam, mei, lin, nobody):
        assert waiting not in queries.threads(reader)
    with pytest.raises(actions.Refused) as raised:
        reply(mei, waiting)
    assert "waits" in str(raised.value.reason)
    moderation.release_post(moderator=lin, post=waiting.posts.get())
    assert fresh(waiting).held_at is None and waiting in queries.threads(nobody)
    assert reply(mei, fresh(waiting)).number == 2


def test_a_released_post_counts_from_then_on_and_keeps_its_place(thread, sam, mei, lin, rules):
    waiting = reply(sam, thread, LINK)
    later = reply(mei, thread)
    decision = moderation.release_post(moderator=lin, post=waiting)
    assert (fresh(waiting).number, fresh(waiting).state, later.number) == (2, "shown", 3)
    thread = fresh(thread)
    assert thread.reply_count == 2 and thread.last_post_at > later.created_at
    assert (decision.verb, decision.person, decision.rule) == ("post.released", sam, None)
    assert moderation.release_post(moderator=lin, post=fresh(waiting)) is None
    # A moderator looked at a link of hers.
    assert reply(sam, thread, LINK).state == "shown"


def test_a_release_closes_the_case_and_taking_it_back_opens_it(thread, sam, lin, rules):
    post = reply(sam, thread, LINK)
    consume()
    decision = moderation.release_post(moderator=lin, post=post)
    assert Case.objects.get().closed_at
    back = moderation.undo(moderator=lin, decision=decision)
    assert (back.verb, back.undoes) == ("post.held", decision)
    assert fresh(post).state == "held" and fresh(thread).reply_count == 0
    assert Case.objects.get().closed_at is None
    assert reply(sam, thread, LINK).state == "held"
    assert moderation.undo(moderator=lin, decision=decision) is None


def test_hiding_what_waits_and_restoring_it(thread, sam, lin, rules):
    post = reply(sam, thread, LINK)
    consume()
    hidden = moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert (fresh(post).state, fresh(thread).reply_count) == ("hidden", 0)
    moderation.undo(moderator=lin, decision=hidden)
    assert (fresh(post).state, fresh(thread).reply_count) == ("held", 0)
    assert Case.objects.get().closed_at is None
    again = queries.post(lin, post.pk)
    moderation.hide(moderator=lin, post=again, rule=rules["spam"])
    moderation.restore(moderator=lin, post=again, rule=rules["spam"])
    assert (fresh(post).state, fresh(thread).reply_count) == ("shown", 1)


def test_deleting_what_waits_takes_nothing_off_the_count(thread, sam, mei, lin, rules):
    reply(mei, thread)
    post = reply(sam, thread, LINK)
    consume()
    actions.delete(author=sam, post=post)
    assert fresh(thread).reply_count == 1 and not fresh(post.passage).body
    assert moderation.release_post(moderator=lin, post=post) is None
    consume()
    assert Case.objects.get().closed_at


def test_an_edit_of_what_waits_releases_nothing(thread, sam):
    post = reply(sam, thread, LINK)
    actions.edit(author=sam, post=post, draft=Draft("Only words now."), from_version=1)
    assert fresh(post).state == "held" and last_event("post.edited").data["held"] == 1


def test_an_edit_that_has_to_be_looked_at_asks_first_and_then_the_whole_post_waits(
    thread, mei, lin, rules
):
    watch(rules, lin)
    post = reply(mei, thread, "好的")
    edit = {"author": mei, "post": post, "draft": Draft("刷单"), "from_version": 1}
    with pytest.raises(actions.WouldWait):
        actions.edit(**edit)
    assert fresh(post.passage).body == "好的"
    actions.edit(**edit, may_wait=True)
    assert (fresh(post).state, fresh(thread).reply_count) == ("held", 0)
    assert fresh(post.passage).body == "刷单"
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["post.edited", "post.held"]


def test_an_edit_is_asked_only_about_what_it_adds(thread, mei, lin, sam, rules):
    post = reply(mei, thread, "刷单是什么？")
    watch(rules, lin)
    actions.edit(author=mei, post=post, draft=Draft("刷单是什么呢？"), from_version=1)
    assert fresh(post).state == "shown"
    newcomers = reply(sam, thread, LINK)
    moderation.release_post(moderator=lin, post=newcomers)
    safety.know_no_longer(sam.pk)
    actions.edit(author=sam, post=fresh(newcomers), draft=Draft(LINK + "！"), from_version=1)
    assert fresh(newcomers).state == "shown"


def test_an_edit_of_an_opening_post_that_has_to_be_looked_at_takes_the_thread_along(
    thread, tom, lin, rules
):
    watch(rules, lin, text="casino")
    post = queries.post(tom, thread.posts.get().pk)
    title = {"title": Draft("Casino tips"), "title_from_version": 1}
    actions.edit(author=tom, post=post, draft=Draft("Hm."), from_version=1, may_wait=True, **title)
    assert fresh(thread).held_at and fresh(post).held_at


def test_no_machine_reads_what_waits_and_it_does_once_it_is_released(thread, sam, lin):
    post = reply(sam, thread, LINK)
    waiting = TranslationJob.objects.filter(
        passage=post.passage, state=TranslationJob.State.WAITING
    )
    consume()
    assert not waiting.exists()
    actions.edit(author=sam, post=post, draft=Draft(LINK + "！"), from_version=1)
    consume()
    assert not waiting.exists()
    moderation.release_post(moderator=lin, post=fresh(post))
    consume()
    assert [job.author for job in waiting] == [sam]


def test_how_long_it_takes_is_the_median_of_the_latest(thread, sam, lin, rules):
    assert queries.usual_wait() is None
    queries.cache.clear()
    posts = [reply(sam, thread, f"{LINK} {number}") for number in range(3)]
    for post in posts[:2]:
        moderation.release_post(moderator=lin, post=post)
    moderation.hide(moderator=lin, post=posts[2], rule=rules["spam"])
    assert timedelta() <= queries.usual_wait() < timedelta(minutes=5)


def test_sending_what_waits_twice_is_one_post(thread, sam):
    first, second = (reply(sam, thread, LINK, client_id="a") for _ in range(2))
    assert first.pk == second.pk and Thread.objects.get(pk=thread.pk).last_number == 2
