"""Newcomers' pictures wait; moderators look, hide, restore and release one; members report one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries as board_queries
from exchange.boards.models import Post, Thread
from exchange.languages.actions import Draft
from exchange.ledger.models import Event
from exchange.ledger.queries import since
from exchange.live import frames
from exchange.moderation import actions, queries
from exchange.moderation.models import Case, Decision, Flag
from exchange.moderation.targets import Target, find, of_picture, of_post
from exchange.notifications import audience
from exchange.safety.actions import know
from exchange.safety.gates import MOST_WAITING, NEWCOMER_AGE, NEWCOMER_POSTS
from exchange.safety.models import Known
from exchange.uploads.models import Upload
from tests.cast import fill, picture, pictured, reply

CAT = "A catzorp on a sofa"


@pytest.fixture
def waiting(thread: Thread, sam: User) -> Upload:
    """Sam is new: the picture of this reply waits."""
    post = reply(sam, thread, "Look at my cat.", pictures=[pictured(picture(sam), CAT)])
    return post.passage.uploads.get()


@pytest.fixture
def shown(thread: Thread, mei: User) -> Upload:
    post = reply(mei, thread, "看我的猫", pictures=[pictured(picture(mei, "#369"), CAT)])
    return post.passage.uploads.get()


def post_of(upload: Upload) -> Post:
    assert upload.passage
    return board_queries.post(upload.passage.post.author, upload.passage.post.pk)


def targets(upload: Upload) -> list[Target]:
    """The post, and the picture on it."""
    post = post_of(upload)
    return [of_post(post), of_picture(upload, post)]


def page_of(upload: Upload, browser: Any, language: str = "en") -> str:
    html: str = browser.get(f"/{language}/threads/{post_of(upload).thread_id}/").content.decode()
    return html


def fresh(upload: Upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def act(upload: Upload, lin: User, rules: Any) -> dict[str, Any]:
    return {"moderator": lin, "post": post_of(upload), "upload": upload, "rule": rules["sexual"]}


# Waiting


def test_a_newcomers_picture_waits_and_its_words_do_not(
    waiting, thread, mei, lin, sam, log_in, follow
):
    assert waiting.state == "held"
    event = Event.objects.get(verb="picture.held")
    assert (event.scope, event.target) == (thread.scope, post_of(waiting).target)
    assert (event.data, event.public) == (waiting.told, False)
    for person, sees in [(None, False), (mei, False), (sam, True), (lin, True)]:
        html = page_of(waiting, log_in(person))
        assert "Look at my cat." in html
        assert (waiting.name in html, CAT in html) == (sees, sees), person
    follow()
    assert [case.target for case in queries.open_cases(lin)] == [waiting.target]


@pytest.mark.parametrize("kept_by", ["author", "moderator", "stranger"])
def test_whoever_looked_first_nothing_of_it_is_kept_for_others(
    kept_by, waiting, lin, sam, log_in, client
):
    who = {"author": sam, "moderator": lin, "stranger": None}[kept_by]
    page_of(waiting, log_in(who))
    assert waiting.name not in page_of(waiting, client)
    assert waiting.name in page_of(waiting, log_in(sam))


def test_no_frame_holds_it(waiting, thread):
    events = list(since(thread.scope, 0))
    told = frames.build(events, frames.things_of(events, at=0), "en")
    assert "Look at my cat." in str(told)
    assert waiting.name not in str(told) and CAT not in str(told)


@pytest.mark.parametrize(
    ("joined", "posts", "state"),
    [
        (NEWCOMER_AGE + timedelta(days=1), NEWCOMER_POSTS, "shown"),
        (NEWCOMER_AGE + timedelta(days=1), NEWCOMER_POSTS - 1, "held"),
        (timedelta(0), NEWCOMER_POSTS, "held"),
    ],
)
def test_who_is_no_newcomer_any_more_does_not_wait(joined, posts, state, thread, sam):
    sam.date_joined = timezone.now() - joined
    sam.save()
    fill(thread, sam, posts)
    found = reply(sam, thread, "猫", pictures=[pictured(picture(sam))]).passage.uploads.get()
    assert found.state == state


@pytest.mark.parametrize("fields", [{"is_staff": True}, {"is_sample": True}])
def test_staff_and_sample_people_do_not_wait(fields, thread, sam):
    User.objects.filter(pk=sam.pk).update(**fields)
    found = reply(
        User.objects.get(pk=sam.pk), thread, "猫", pictures=[pictured(picture(sam))]
    ).passage.uploads.get()
    assert found.state == "shown"


def test_moderators_do_not_wait(thread, lin):
    Known.objects.all().delete()
    found = reply(lin, thread, "猫", pictures=[pictured(picture(lin))]).passage.uploads.get()
    assert found.state == "shown"


def test_an_edit_holds_what_it_adds_and_leaves_what_stands(thread, sam, lin, rules):
    post = reply(sam, thread, "Cat", pictures=[pictured(picture(sam, "#111"))])
    first = post.passage.uploads.get()
    actions.release_picture(moderator=lin, post=post, upload=first)
    Known.objects.all().delete()
    post = board_queries.post(sam, post.pk)
    boards.edit(
        author=sam,
        post=post,
        draft=Draft("Cat and dog"),
        from_version=1,
        pictures=[pictured(first, "My cat"), pictured(picture(sam, "#222"))],
    )
    assert [one.state for one in post.passage.uploads.order_by("position")] == ["shown", "held"]
    assert Event.objects.filter(verb="picture.held").count() == 2


def test_more_than_can_wait_is_refused_with_what_to_do(thread, sam):
    for number in range(MOST_WAITING):
        reply(sam, thread, f"Cat {number}", pictures=[pictured(picture(sam, f"#{number}00"))])
    with pytest.raises(boards.Refused) as refused:
        reply(sam, thread, "One more", pictures=[pictured(picture(sam, "#abc"))])
    assert "send the text" in str(refused.value.reason)
    assert not Post.objects.filter(passage__body="One more").exists()


# Releasing


def test_a_released_picture_is_everybodys_and_its_author_known(waiting, sam, lin, log_in, client):
    address = f"/en/posts/{post_of(waiting).pk}/pictures/{waiting.pk}/release/"
    answer = log_in(lin).post(address)
    assert answer.status_code == 302 and "#post-" in answer["Location"]
    assert waiting.name in page_of(waiting, client)
    event = Event.objects.get(verb="picture.released")
    assert (event.actor_id, event.data) == (
        lin.pk,
        waiting.told | {"person": sam.pk, "knows": 1},
    )
    again = reply(sam, post_of(waiting).thread, "猫", pictures=[pictured(picture(sam, "#777"))])
    assert again.passage.uploads.get().state == "shown"


def test_of_two_moderators_one_releases(waiting, lin, staff, log_in):
    address = f"/en/posts/{post_of(waiting).pk}/pictures/{waiting.pk}/release/"
    for person in (lin, staff):
        html = log_in(person).post(address, follow=True).content.decode()
    assert "This was done already. Nothing changed." in html
    assert Event.objects.filter(verb="picture.released").count() == 1


def test_hiding_what_waits_takes_it_off_the_desk(waiting, sam, lin, rules):
    assert actions.hide_picture(**act(waiting, lin, rules))
    assert not queries.open_cases(lin).exists()
    assert fresh(waiting).state == "hidden"
    actions.restore_picture(**act(fresh(waiting), lin, rules))
    assert fresh(waiting).state == "shown" and Known.objects.filter(user=sam).exists()


@pytest.mark.parametrize("knew", [True, False])
def test_a_hiding_that_is_taken_back_leaves_all_as_it_was(
    knew, waiting, sam, lin, rules, log_in, client, follow
):
    """What waited waits again, with its case, and its author is trusted no more than before."""
    follow()
    if knew:
        know(sam.pk)
    case = queries.open_cases(lin).get()
    made = actions.hide_picture(**act(waiting, lin, rules))
    answer = log_in(lin).post(f"/en/moderation/decisions/{made.pk}/undoing/")
    assert answer.status_code == 302
    assert fresh(waiting).state == "held" and queries.open_cases(lin).get() == case
    assert Known.objects.filter(user=sam).exists() is knew
    assert waiting.name not in page_of(waiting, client)
    back = Event.objects.get(verb="picture.restored")
    assert back.data["held"] and audience.of(back) == {}
    assert actions.undo(moderator=lin, decision=Decision.objects.get(event=back))
    assert fresh(waiting).state == "hidden"


def test_a_posts_hiding_that_is_taken_back_leaves_its_author_known(shown, mei, lin, rules):
    post = post_of(shown)
    made = actions.hide(moderator=lin, post=post, rule=rules["spam"], blocks_pictures=True)
    assert not Known.objects.filter(user=mei).exists()
    assert actions.undo(moderator=lin, decision=made)
    assert Known.objects.filter(user=mei).exists()


@pytest.mark.parametrize("way", ["page", "case", "bulk"])
@pytest.mark.parametrize("knew", [True, False])
def test_showing_it_can_be_taken_back(knew, way, waiting, sam, lin, rules, log_in, client, follow):
    follow()
    if knew:
        know(sam.pk)
    case, post, browser = queries.open_cases(lin).get(), post_of(waiting), log_in(lin)
    version = find(case.target).version
    if way == "page":
        browser.post(f"/en/posts/{post.pk}/pictures/{waiting.pk}/release/")
    elif way == "case":
        address = f"/en/moderation/cases/{case.pk}/decision/"
        browser.post(address, {"case": case.pk, "version": version})
    else:
        fields = {"case": [f"{case.pk}.{version}"], "act": "dismiss", "reason": "other"}
        browser.post("/en/moderation/bulk/", fields)
    assert fresh(waiting).state == "shown" and Known.objects.filter(user=sam).exists()
    address = Upload.objects.get().name
    made = Decision.objects.get()
    assert made.verb == "picture.released"
    browser.post(f"/en/moderation/decisions/{made.pk}/undoing/")
    assert fresh(waiting).state == "held" and queries.open_cases(lin).get() == case
    assert Known.objects.filter(user=sam).exists() is knew
    assert Upload.objects.get().name != address  # those who saw it know that one
    assert actions.undo(moderator=lin, decision=made) is None
    assert actions.release_picture(moderator=lin, post=post, upload=fresh(waiting))


def test_a_moderator_of_another_board_sees_none_of_it(waiting, welcome, lin, log_in, follow):
    eve = User.objects.create(username="eve", email="eve@example.org")
    actions.appoint(by=lin, person=eve, role="moderator", board=welcome)
    browser, post = log_in(eve), post_of(waiting)
    follow()
    assert CAT not in browser.get("/en/moderation/").content.decode()
    assert browser.get(f"/en/moderation/cases/{Case.objects.get().pk}/").status_code == 404
    for noun in ("release", "hiding"):
        address = f"/en/posts/{post.pk}/pictures/{waiting.pk}/{noun}/"
        assert browser.post(address, {"reason": "spam"}).status_code == 404
    assert fresh(waiting).state == "held"


# Hiding


def test_a_hidden_picture_is_a_line_with_its_reason_and_the_words_stay(
    shown, mei, lin, rules, log_in, client
):
    old, post = shown.name, post_of(shown)
    address = f"/en/posts/{post.pk}/pictures/{shown.pk}/hiding/"
    assert log_in(lin).post(address, {"reason": "sexual", "note": "不合适"}).status_code == 302
    new = fresh(shown).name
    for language, rule in [("en", "Rule sexual"), ("zh-hans", "规则 sexual")]:
        html = page_of(shown, client, language)
        assert "看我的猫" in html and rule in html
        assert not {old, new, CAT} & {word for word in (old, new, CAT) if word in html}
        log = client.get(f"/{language}/moderation/log/").content.decode()
        assert rule in log and "不合适" in log and f"/{language}/posts/{post.pk}/" in log
    assert client.get(f"/pictures/{old}/w360.webp").status_code == 404
    assert new in page_of(shown, log_in(mei)) and CAT in page_of(shown, log_in(mei))


def test_hiding_and_restoring_are_done_once_each(shown, lin, rules):
    done = act(shown, lin, rules)
    assert actions.hide_picture(**done) and not actions.hide_picture(**done)
    assert actions.restore_picture(**done) and not actions.restore_picture(**done)
    events = Event.objects.filter(verb__startswith="picture.").order_by("id")
    assert [event.verb for event in events] == ["picture.hidden", "picture.restored"]
    assert all(event.public and event.target == post_of(shown).target for event in events)


def test_a_restoring_by_the_forms_method_brings_it_back(shown, lin, rules, log_in, client):
    actions.hide_picture(**act(shown, lin, rules))
    address = f"/en/posts/{post_of(shown).pk}/pictures/{shown.pk}/hiding/"
    assert 'value="DELETE"' in log_in(lin).get(address).content.decode()
    log_in(lin).post(address, {"reason": "other", "_method": "DELETE"})
    assert fresh(shown).name in page_of(shown, client)


@pytest.mark.parametrize("fields", [{}, {"reason": "nonsense"}])
def test_without_a_reason_nothing_is_hidden(fields, shown, lin, rules, log_in):
    address = f"/en/posts/{post_of(shown).pk}/pictures/{shown.pk}/hiding/"
    answer = log_in(lin).post(address, fields | {"note": "kept note"})
    assert answer.status_code == 422 and "kept note" in answer.content.decode()
    assert fresh(shown).state == "shown"


def test_open_pages_are_told_of_every_change(waiting, thread, lin, rules):
    told = []
    for do in (actions.release_picture, actions.hide_picture, actions.restore_picture):
        arguments = act(fresh(waiting), lin, rules)
        if do is actions.release_picture:
            del arguments["rule"]
        do(**arguments)
        (event,) = list(since(thread.scope, 0))[-1:]
        (frame,) = frames.build([event], frames.things_of([event], at=0), "en")
        told.append((frame["verb"], fresh(waiting).name in frame["html"]))
    assert told == [
        ("picture.released", True),
        ("picture.hidden", False),
        ("picture.restored", True),
    ]


def test_the_log_stays_when_the_author_takes_the_picture_away(shown, mei, lin, rules, client):
    actions.hide_picture(**act(shown, lin, rules))
    post = post_of(shown)
    boards.edit(author=mei, post=post, draft=Draft("没有猫了"), from_version=1, pictures=[])
    assert "hid a picture of a post" in client.get("/en/moderation/log/").content.decode()
    boards.delete(author=mei, post=post)
    assert client.get("/en/moderation/log/").status_code == 200


def test_whose_picture_is_hidden_waits_again_as_long_as_they_are_new(waiting, sam, lin, rules):
    thread = post_of(waiting).thread
    actions.release_picture(moderator=lin, post=post_of(waiting), upload=waiting)
    actions.hide_picture(**act(fresh(waiting), lin, rules))
    post = reply(sam, thread, "猫", pictures=[pictured(picture(sam, "#999"))])
    assert post.passage.uploads.get().state == "held"


# Reports


def test_a_report_is_about_one_picture(shown, sam, lin, rules, log_in):
    address = f"/en/posts/{post_of(shown).pk}/flag/"
    form = log_in(sam).get(f"{address}?picture={shown.pk}").content.decode()
    assert re.search(rf'name="about" value="{shown.pk}" checked', form)
    assert f"/pictures/{shown.name}/" in form
    log_in(sam).post(address, {"reason": "sexual", "about": str(shown.pk), "note": "这张图"})
    case = Case.objects.get()
    assert (case.target, case.flags.get().reporter_id) == (f"picture.{shown.pk}", sam.pk)
    browser = log_in(lin)
    assert CAT in browser.get("/en/moderation/").content.decode()
    page = browser.get(f"/en/moderation/cases/{case.pk}/").content.decode()
    assert CAT in page and "这张图" in page
    assert f"/en/posts/{post_of(shown).pk}/pictures/{shown.pk}/hiding/?case={case.pk}" in page


def test_one_report_is_open_for_each_person_and_thing(shown, sam, tom, rules):
    for target in targets(shown):
        for person in (sam, tom):
            one = {"reporter": person, "target": target, "rule": rules["spam"]}
            assert actions.report(**one) == actions.report(**one)
    assert (Flag.objects.count(), Case.objects.count()) == (4, 2)


def test_hiding_the_picture_closes_the_reports_about_it_alone(shown, sam, lin, rules):
    for target in targets(shown):
        actions.report(reporter=sam, target=target, rule=rules["spam"])
    actions.hide_picture(**act(shown, lin, rules))
    assert [case.target for case in queries.open_cases(lin)] == [post_of(shown).target]


def test_nobody_reports_what_they_cannot_see_or_what_is_elsewhere(
    waiting, shown, tom, rules, log_in
):
    address = f"/en/posts/{post_of(waiting).pk}/flag/"
    assert 'name="about"' not in log_in(tom).get(address).content.decode()
    for about in (waiting.pk, shown.pk, "x", "-1", "9" * 30):
        answer = log_in(tom).post(address, {"reason": "spam", "about": str(about), "note": "kept"})
        assert answer.status_code == 422 and "kept" in answer.content.decode()
    assert not Flag.objects.exists()


def test_a_report_outlives_the_picture_and_says_so(shown, sam, mei, lin, rules, log_in, fields_of):
    case = actions.report(reporter=sam, target=targets(shown)[1], rule=rules["spam"]).case
    boards.edit(author=mei, post=post_of(shown), draft=Draft("没有了"), from_version=1, pictures=[])
    browser, address = log_in(lin), f"/en/moderation/cases/{case.pk}/"
    assert "What this case was about is gone." in browser.get(address).content.decode()
    browser.post(f"{address}decision/", fields_of(case))
    assert Case.objects.get().closed_at


# The desk


def test_in_a_case_pictures_are_blurred_until_tapped(
    waiting, shown, sam, lin, rules, log_in, follow
):
    actions.report(reporter=sam, target=targets(shown)[1], rule=rules["spam"])
    follow()
    for upload in (waiting, shown):
        case = Case.objects.get(target=f"picture.{upload.pk}")
        page = log_in(lin).get(f"/en/moderation/cases/{case.pk}/").content.decode()
        without = re.sub(r"<template>.*?</template>", "", page, flags=re.DOTALL)
        assert f"/pictures/{upload.name}/" in page
        assert f"/pictures/{upload.name}/" not in without
        assert f'href="/en/posts/{post_of(upload).pk}/pictures/{upload.pk}/"' in without
        assert CAT in page


def test_a_moderator_gets_it_blurred_in_the_thread_too_and_its_author_not(
    waiting, sam, lin, log_in
):
    for person, is_veiled in [(lin, True), (sam, False)]:
        html = page_of(waiting, log_in(person))
        without = re.sub(r"<template>.*?</template>", "", html, flags=re.DOTALL)
        assert (f"/pictures/{waiting.name}/" not in without) is is_veiled


def test_a_page_made_of_kept_forms_asks_nothing_about_pictures_that_wait(
    waiting, mei, log_in, client
):
    address = f"/en/threads/{post_of(waiting).thread_id}/"
    for browser, cost in [(client, 2), (log_in(mei), 7)]:
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
        assert len(captured) == cost


@pytest.mark.parametrize(("language", "word"), [("en", "waits for a moderator"), ("zh-hans", "等")])
def test_the_author_is_told_at_once_that_it_waits_and_why(language, word, thread, sam, log_in):
    browser = log_in(sam)
    for number, address in enumerate([f"threads/{thread.pk}/posts/", "threads/new/"]):
        fields = {
            "board": "rent",
            "title": "My cat",
            "body": "Look.",
            "client_id": f"c{number}",
            "picture-0-id": str(picture(sam, f"#{number}bb").pk),
        }
        answer = browser.post(f"/{language}/{address}", fields, follow=True)
        html = answer.content.decode()
        told = re.findall(r'class="notice.*?</p>|<li class="notice.*?</li>', html, re.DOTALL)
        assert answer.status_code == 200 and word in told[0], address
        assert html.count(word) > told[0].count(word)  # and on the post itself
    kept = Upload.objects.filter(held_at__isnull=False)
    assert kept.count() == 2


def test_who_sent_words_only_is_told_nothing_of_pictures(thread, sam, log_in):
    address = f"/en/threads/{thread.pk}/posts/"
    html = log_in(sam).post(address, {"body": "Look."}, follow=True).content.decode()
    assert "waits for a moderator" not in html
