"""What waits, as its author, moderators and everybody else see it, and how it is let through."""

import re

import pytest

from exchange.boards import queries
from exchange.boards.models import Post
from exchange.ledger.models import Event
from exchange.moderation.actions import open_case
from exchange.moderation.consumer import handle
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import of_post
from exchange.safety import actions as safety
from tests.cast import open_thread, reply

LINK = "Cheapzorp flats: https://spam.example/a"
SAID = {
    "en": ("A post here waits", "This post waits", "first links"),
    "zh-hans": ("这里有一个帖子正在等待", "这个帖子正在等待", "最初发的链接"),
}


@pytest.fixture
def waiting(thread, sam):
    return reply(sam, thread, LINK)


def page(browser, thread, language="en"):
    return browser.get(f"/{language}/threads/{thread.pk}/").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_everybody_sees_a_line_and_its_author_the_words_and_why(
    waiting, thread, sam, mei, lin, log_in, client, language
):
    line, own, why = SAID[language]
    for _ in range(2):
        for browser in (client, log_in(mei)):
            shown = page(browser, thread, language)
            assert line in shown and "Cheapzorp" not in shown and why not in shown
        for browser in (log_in(sam), log_in(lin)):
            shown = page(browser, thread, language)
            assert own in shown and "Cheapzorp" in shown and why in shown


def test_the_author_is_told_how_long_it_takes(waiting, thread, sam, lin, log_in, monkeypatch):
    from datetime import timedelta

    for wait, said in (
        (None, "at the next visit"),
        (timedelta(minutes=3), "a few minutes"),
        (timedelta(minutes=17), "about 20 minutes"),
        (timedelta(minutes=55), "about 1 hour"),
        (timedelta(hours=7), "about 7 hours"),
        (timedelta(days=2), "a day or more"),
    ):
        monkeypatch.setattr(queries, "usual_wait", lambda wait=wait: wait)
        assert said in page(log_in(sam), thread)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_who_sends_a_first_link_is_told_that_it_waits(thread, sam, log_in, language):
    address = f"/{language}/threads/{thread.pk}/posts/"
    answer = log_in(sam).post(address, {"body": LINK, "client_id": "c"}, follow=True)
    told = {"en": "Your post waits for a moderator", "zh-hans": "你的帖子正在等待管理员查看"}
    assert told[language] in answer.content.decode()
    in_place = {"body": LINK, "client_id": "d", "page": "1"}
    shown = log_in(sam).post(address, in_place, headers={"hx-request": "true"})
    assert SAID[language][1] in shown.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_refused_comes_back_with_the_rule(thread, mei, lin, rules, log_in, language):
    watch = safety.add_watch(
        by=lin, sort="word", kind="refuse", text="casino", language="", rule=rules["spam"]
    )
    safety.activate(by=lin, watch=watch)
    sent = {"body": "C a s i n o!", "client_id": "c"}
    answer = log_in(mei).post(f"/{language}/threads/{thread.pk}/posts/", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "C a s i n o!" in shown
    assert {"en": "Rule spam", "zh-hans": "规则 spam"}[language] in shown
    opened = {"board": "rent", "title": "Casino", "body": "Hm.", "client_id": "d"}
    assert log_in(mei).post(f"/{language}/threads/new/", opened).status_code == 422
    assert Post.objects.count() == 1


def test_an_edit_asks_before_a_post_that_is_read_waits(thread, mei, lin, rules, log_in):
    watch = safety.add_watch(
        by=lin, sort="word", kind="hold", text="casino", language="", rule=rules["spam"]
    )
    safety.activate(by=lin, watch=watch)
    post = reply(mei, thread, "好")
    browser, address = log_in(mei), f"/en/posts/{post.pk}/edit/"
    sent = {"body": "Casino.", "version": "1"}
    asked = browser.post(address, sent)
    shown = asked.content.decode()
    assert asked.status_code == 422 and "until then nobody else sees any of it" in shown
    assert 'name="may_wait"' in shown and "Casino." in shown
    assert Post.objects.get(pk=post.pk).state == "shown"
    assert browser.post(address, sent | {"may_wait": "on"}).status_code == 302
    assert Post.objects.get(pk=post.pk).state == "held"


def test_a_moderator_lets_it_be_shown(waiting, thread, lin, mei, log_in, client):
    address = f"/en/posts/{waiting.pk}/release/"
    assert log_in(mei).post(address).status_code == 403
    browser = log_in(lin)
    assert address in page(browser, thread)
    assert "Cheapzorp" in browser.get(address).content.decode()
    assert Post.objects.get(pk=waiting.pk).state == "held"
    assert browser.post(address).status_code == 302
    assert "Cheapzorp" in page(client, thread)
    assert "done already" in browser.post(address, follow=True).content.decode()


def test_a_decision_from_a_case_is_made_once_and_of_the_words_that_were_read(
    waiting, lin, board_moderator, log_in, sam
):
    from exchange.boards import actions as boards
    from exchange.languages.actions import Draft

    for event in Event.objects.order_by("id"):
        handle(event)
    case = Case.objects.get()
    boards.edit(author=sam, post=waiting, draft=Draft(LINK + "!"), from_version=1)
    address = f"/en/posts/{waiting.pk}/release/"
    old = log_in(lin).post(address, {"case": case.pk, "version": "1"})
    assert old.status_code == 409 and "please decide again" in old.content.decode()
    assert log_in(lin).post(address, {"case": case.pk, "version": "2"}).status_code == 302
    late = log_in(board_moderator).post(address, {"case": case.pk, "version": "2"})
    assert late.status_code == 409
    case.refresh_from_db()
    assert case.closed_at and case.decisions.get().verb == "post.released"
    for odd in ("999999", "x"):
        assert log_in(lin).post(address, {"case": odd}).status_code == 404


def test_a_waiting_thread_has_no_name_for_others(rent, sam, lin, log_in, client):
    thread = open_thread(sam, rent, title="Titlezorp", title_other="", body=LINK)
    shown = page(client, thread)
    assert "Waiting thread" in shown and "zorp" not in shown and "noindex" in shown
    assert "Titlezorp" in page(log_in(sam), thread) and "Titlezorp" in page(log_in(lin), thread)
    assert client.get(f"/en/threads/{thread.pk}/card.png").status_code == 200


def test_from_its_case_it_is_shown_with_one_key_and_leads_to_the_next(
    waiting, thread, mei, sam, lin, rules, log_in
):
    """So a moderator clears the desk while everything waits: by a key and Enter for each."""
    second = reply(mei, thread, "等着的")
    Post.objects.filter(pk=second.pk).update(held_at=second.created_at)
    for post in (waiting, second):
        open_case(target=of_post(Post.objects.get(pk=post.pk)), kind=Case.Kind.HELD)
    first, following = Case.objects.order_by("id")
    Case.objects.filter(pk=first.pk).update(score=900)
    browser = log_in(lin)
    queue = "kind=held"
    case = browser.get(f"/en/moderation/cases/{first.pk}/", {"queue": queue}).content.decode()
    [link] = re.findall(r'href="([^"]+/release/[^"]*)" data-key="n"', case)
    form = browser.get(link.replace("&amp;", "&")).content.decode()
    assert f'name="queue" value="{queue}"' in form and f'name="case" value="{first.pk}"' in form
    assert re.search(r'<button class="btn" autofocus>\s*Let it be shown', form)
    assert f"/posts/{waiting.pk}/hiding/?case={first.pk}" in form
    sent = {"case": first.pk, "version": "1", "queue": queue}
    answer = browser.post(f"/en/posts/{waiting.pk}/release/", sent, follow=True)
    assert answer.redirect_chain == [
        (f"/en/moderation/cases/{following.pk}/?queue=kind%3Dheld", 302)
    ]
    decision = Decision.objects.get()
    assert (decision.verb, decision.case, decision.person) == ("post.released", first, sam)
    undoing = f"/moderation/decisions/{decision.pk}/undoing/"
    assert undoing in answer.content.decode()
    browser.post(f"/en{undoing}")
    assert Post.objects.get(pk=waiting.pk).state == "held"
    last = {"case": following.pk, "version": "1", "queue": queue}
    browser.post(f"/en/posts/{waiting.pk}/release/", sent)
    answer = browser.post(f"/en/posts/{second.pk}/release/", last)
    assert answer["Location"] == "/en/moderation/?kind=held"


def test_another_post_s_case_is_not_closed_by_it(waiting, thread, sam, lin, log_in):
    other = reply(sam, thread, f"{LINK}?2")
    for post in (waiting, other):
        open_case(target=of_post(post), kind=Case.Kind.HELD)
    case = Case.objects.get(post=other)
    address = f"/en/posts/{waiting.pk}/release/"
    assert log_in(lin).post(address, {"case": case.pk, "version": "1"}).status_code == 404
    assert not Case.objects.exclude(closed_at=None).exists()


def test_it_asks_for_no_reason_and_shows_what_its_author_is_told(waiting, lin, log_in):
    html = log_in(lin).get(f"/zh-hans/posts/{waiting.pk}/release/").content.decode()
    assert "Your post is shown now" in html and "你的帖子可以显示了" in html
    assert "Cheapzorp" in html and "autofocus" not in html
    form = html[html.index('<form class="sheet compose"') :]
    assert 'name="reason"' not in form[: form.index("</form>")] and "data-told" not in form[:200]
