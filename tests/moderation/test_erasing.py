"""Deleting a post for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.boards.models import Post, SavedDraft, Thread
from exchange.figures.models import Entry
from exchange.languages.models import Passage, Revision
from exchange.moderation import actions
from exchange.moderation.models import Case
from exchange.moderation.targets import find, of_post
from exchange.uploads.models import Upload
from tests.cast import figure_of, picture, pictured, reply

from .deciding import expect_closed, expect_public, reported, undone


@pytest.fixture
def post(thread, mei, flat):
    return reply(
        mei,
        thread,
        "These are my Zorpwords: I pay [¥1] each month.",
        entries=[figure_of(flat)],
        pictures=[pictured(picture(mei), "Zorpcaption")],
    )


def look(browser, thread) -> str:
    return browser.get(f"/en/threads/{thread.pk}/").content.decode()


def wait(post: Post, hours: int) -> None:
    """Make it that long ago."""
    Post.objects.filter(pk=post.pk).update(erased_at=timezone.now() - timedelta(hours=hours))


def test_it_is_gone_for_everybody_at_once(
    thread, post, mei, sam, staff, rules, client, log_in
) -> None:
    case = reported(sam, post.target, rules["private-data"])
    decision = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    expect_public(decision, "post.erased", staff, mei)
    expect_closed(case, decision)
    for browser in (client, log_in(mei), log_in(staff)):
        html = look(browser, thread)
        assert "Zorp" not in html and "A moderator deleted this post for good." in html
        assert browser.get(f"/en/posts/{post.pk}/history/").status_code == 404
        assert browser.get(f"/en/figures/{Entry.objects.get().pk}/").status_code == 404
        assert browser.get(f"/en/passages/{post.passage_id}/translation/").status_code == 404
    case_page = log_in(staff).get(f"/en/moderation/cases/{case.pk}/").content.decode()
    assert "Zorp" not in case_page
    assert Thread.objects.get(pk=thread.pk).reply_count == 0
    assert not Entry.objects.get().listed
    assert actions.erase(moderator=staff, post=post, rule=rules["spam"]) is None


def test_it_can_be_taken_back_for_a_day(thread, post, mei, staff, rules, client) -> None:
    decision = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    wait(post, 23)
    assert actions.sweep() == 0
    back = undone(staff, decision)
    assert back.verb == "post.erasing_dropped"
    post.refresh_from_db()
    assert (post.deleted_at, post.erased_at) == (None, None)
    assert "Zorpwords" in look(client, thread) and Entry.objects.get().listed
    assert Thread.objects.get(pk=thread.pk).reply_count == 1
    assert actions.sweep() == 0
    assert undone(staff, back).verb == "post.erased"


def test_after_a_day_nothing_of_it_is_left(thread, post, mei, staff, rules) -> None:
    decision = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    SavedDraft.objects.create(author=mei, place=post.target, fields={"body": "Zorpdraft"})
    wait(post, 25)
    assert actions.sweep() == 1
    assert actions.sweep() == 0
    assert not Passage.objects.filter(body__contains="Zorp").exists()
    assert not Revision.objects.filter(passage=post.passage_id).exists()
    assert not (Entry.objects.exists() or Upload.objects.exists() or SavedDraft.objects.exists())
    assert actions.undo(moderator=staff, decision=decision) is None


@pytest.fixture
def told_of(thread, post, sam, tom, lin, staff, rules):
    """A report, a note of it, a reader's answer, decisions on it, on what stands under it and on who
    wrote it, with their notes, and remarks in the log: each says again what the post said."""
    flag = actions.report(
        reporter=sam, target=of_post(post), rule=rules["private-data"], note="Zorpreport"
    )
    actions.write_note(moderator=lin, case=flag.case, words="Zorpcasenote")
    asked = actions.ask(moderator=lin, case=flag.case, reader=tom)
    actions.answer(request=asked, opinion="fine", words="Zorpanswer")
    figure = find(Entry.objects.get().target)
    rule = rules["private-data"]
    decisions = [
        actions.hide(moderator=lin, post=post, rule=rule, note="Zorphiding"),
        actions.exclude(moderator=lin, target=figure, rule=rule, note="Zorpfigure"),
    ]
    actions.annotate(moderator=staff, event=decisions[0].event, words="Zorpremark")
    return decisions + sanctions(post, sam, mei=post.author, by=(lin, staff), rules=rules)


def sanctions(post, sam, *, mei, by, rules):
    """What was done about its author because of it: a warning that was taken back, a silence against
    which they appealed, and remarks on them."""
    lin, staff = by
    until, rule = timezone.now() + timedelta(days=3), rules["private-data"]
    about = {"moderator": lin, "person": mei, "rule": rule}
    case = reported(sam, post.target, rules["spam"])
    warned = actions.warn(**about, note="Zorpwarning", case=case)
    case = reported(sam, post.target, rules["hate"])
    silenced = actions.silence(**about, until=until, note="Zorpsilence", case=case)
    assert warned.case.post == silenced.case.post == post
    lifted = actions.lift(moderator=staff, decision=warned, rule=rule, note="Zorplifting")
    appeal = actions.appeal(by=mei, decision=silenced, words="No.")
    stands = actions.decide_appeal(moderator=staff, appeal=appeal, upheld=False, answer="Yes.")
    made = {"warned": warned, "silenced": silenced, "lifted": lifted, "stands": stands}
    for what, decision in made.items():
        actions.annotate(moderator=staff, event=decision.event, words=f"Zorp{what}remark")
    return list(made.values())


def said_anywhere(browsers, decisions, case) -> str:
    pages = [
        *("/en/moderation/log/", "/feeds/moderation/en/", f"/en/moderation/cases/{case.pk}/"),
        *(f"/en/moderation/log/{one.event_id}/" for one in decisions),
        *(f"/en/moderation/decisions/{one.pk}/" for one in decisions),
        *("/en/people/mei/", "/en/people/mei/record/", "/en/notifications/"),
        *("/en/moderation/", "/en/moderation/log/?act=people"),
    ]
    return "".join(browser.get(page).content.decode() for browser in browsers for page in pages)


OF_PEOPLE = (
    *("warning", "silence", "lifting"),
    *("warnedremark", "silencedremark", "liftedremark", "standsremark"),
)


def test_what_was_said_of_it_goes_with_it(
    thread, post, told_of, mei, lin, staff, rules, client, log_in, time_machine
) -> None:
    case = Case.objects.earliest("pk")
    browsers = [client, log_in(mei), log_in(lin), log_in(staff)]
    before = said_anywhere(browsers, told_of, case)
    for word in ("report", "casenote", "answer", "hiding", "figure", "remark", *OF_PEOPLE):
        assert f"Zorp{word}" in before
    erased = actions.erase(moderator=staff, post=post, rule=rules["private-data"])
    assert "Zorp" not in said_anywhere(browsers, told_of, case)
    back = undone(staff, erased)
    for word in ("hiding", *OF_PEOPLE):
        assert f"Zorp{word}" in said_anywhere([client], told_of, case)
    undone(staff, back)
    actions.annotate(moderator=staff, event=told_of[0].event, words="Erased by law since.")
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    assert actions.sweep() == 1
    assert not Passage.objects.filter(body__contains="Zorp").exists()
    assert not Revision.objects.filter(body__contains="Zorp").exists()
    after = said_anywhere(browsers, told_of, case)
    assert "Zorp" not in after and "Erased by law since." in after


def test_the_opening_post_takes_the_title_along(thread, tom, staff, rules, client) -> None:
    opening = thread.posts.select_related("thread__title", "passage", "author").get()
    actions.erase(moderator=staff, post=opening, rule=rules["spam"])
    assert "one-bedroom" not in look(client, thread)
    wait(opening, 25)
    actions.sweep()
    assert Passage.objects.get(pk=thread.title_id).body == ""


def test_a_hidden_post_stays_hidden_when_it_comes_back(thread, post, lin, staff, rules) -> None:
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    decision = actions.erase(moderator=staff, post=post, rule=rules["spam"])
    undone(staff, decision)
    post.refresh_from_db()
    assert post.hidden_at and not post.deleted_at
    assert Thread.objects.get(pk=thread.pk).reply_count == 0


def test_the_log_shows_that_it_happened_and_the_rule_alone(
    thread, post, staff, rules, client, log_in
) -> None:
    address = f"/en/posts/{post.pk}/erasing/"
    sent = {"reason": "spam", "note": "Zorpnote says all"}
    assert log_in(staff).post(address, sent).status_code == 302
    html = client.get("/en/moderation/log/").content.decode()
    assert "erased a post for good" in html and "Rule spam" in html
    assert "Zorp" not in html


def test_only_the_staff_deletes_for_good(thread, post, lin, tom, rules, client, log_in) -> None:
    address = f"/en/posts/{post.pk}/erasing/"
    for browser in (client, log_in(tom), log_in(lin)):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"reason": "spam"}).status_code == 403
    post.refresh_from_db()
    assert post.erased_at is None


def test_the_page_says_what_it_will_do_and_takes_it_back(
    thread, post, staff, rules, log_in
) -> None:
    browser, address = log_in(staff), f"/en/posts/{post.pk}/erasing/"
    html = browser.get(address).content.decode()
    assert "After 24 hours its words" in html and "Zorpwords" in html and 'name="note"' not in html
    browser.post(address, {"reason": "spam"})
    html = browser.get(address).content.decode()
    assert "Do not delete this post" in html and "Zorp" not in html
    browser.post(address, {"reason": "spam", "_method": "DELETE"})
    post.refresh_from_db()
    assert post.erased_at is None


def test_what_its_author_deleted_is_not_erased_again(thread, post, mei, staff, rules, log_in):
    from exchange.boards.actions import delete

    delete(author=mei, post=post)
    assert log_in(staff).get(f"/en/posts/{post.pk}/erasing/").status_code == 403
    assert actions.erase(moderator=staff, post=post, rule=rules["spam"]) is None
