"""Removing translations and corrections, excluding figures, and asking for a change."""

import pytest

from exchange.boards import actions as boards
from exchange.boards.models import Post
from exchange.figures.models import Entry
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Correction, Passage, Proposal, Translation
from exchange.ledger.models import Event
from exchange.moderation import actions
from exchange.moderation.consumer import handle
from exchange.moderation.models import Case
from exchange.moderation.targets import find
from tests.cast import figure_of, reply

from .deciding import expect_closed, expect_public, reported, undone


@pytest.fixture
def post(thread, tom):
    return reply(tom, thread, "I pay it by the month.", wants_correction=True)


def proposed(by, post, words):
    return languages.propose(
        by=by, passage=post.passage, language="zh-hans", body=words, from_version=1
    )


def accepted(by, post, words) -> Translation:
    assert languages.accept(by=post.author, proposal=proposed(by, post, words))
    return post.passage.translations.get(kind="member")


def halves(post) -> list[str]:
    return list(post.passage.translations.values_list("body", flat=True))


def test_an_accepted_translation_is_removed_and_restored(post, mei, sam, lin, rules) -> None:
    half = accepted(mei, post, "我按月付。")
    name = f"translation.{half.pk}"
    case = reported(sam, name, rules["mistranslation"])
    act = {"moderator": lin, "target": find(name), "rule": rules["spam"]}
    decision = actions.remove_translation(**act)
    event = expect_public(decision, "translation.removed", lin, mei)
    assert event.target == name
    expect_closed(case, decision)
    assert halves(post) == [] and Passage.objects.get(pk=post.passage_id).human_in == "en"
    assert actions.remove_translation(**act) is None
    back = undone(lin, decision)
    assert halves(post) == ["我按月付。"] and post.passage.translations.get().pk == half.pk
    assert Proposal.objects.get().state == Proposal.State.ACCEPTED
    case.refresh_from_db()
    assert case.closed_at is None
    assert undone(lin, back).verb == "translation.removed"


def test_the_translation_before_it_stands_again(post, mei, sam, lin, rules) -> None:
    half = accepted(mei, post, "我按月付。")
    accepted(sam, post, "我按年付。")
    decision = actions.remove_translation(
        moderator=lin, target=find(f"translation.{half.pk}"), rule=rules["spam"]
    )
    assert decision.person == sam
    assert [(t.body, t.by) for t in post.passage.translations.all()] == [("我按月付。", mei)]
    undone(lin, decision)
    assert halves(post) == ["我按年付。"]


def test_a_newer_one_is_not_overwritten_by_a_restoring(post, mei, sam, lin, rules) -> None:
    half = accepted(mei, post, "我按月付。")
    decision = actions.remove_translation(
        moderator=lin, target=find(f"translation.{half.pk}"), rule=rules["spam"]
    )
    accepted(sam, post, "每个月付一次。")
    undone(lin, decision)
    assert halves(post) == ["每个月付一次。"]


def test_an_open_proposal_is_removed_and_restored(post, mei, lin, rules) -> None:
    proposal = proposed(mei, post, "我按月付。")
    act = {"moderator": lin, "target": find(f"proposal.{proposal.pk}"), "rule": rules["spam"]}
    decision = actions.remove_translation(**act)
    expect_public(decision, "translation.removed", lin, mei)
    assert actions.remove_translation(**act) is None
    assert not languages.accept(by=post.author, proposal=proposal)
    undone(lin, decision)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.removed_from) == ("open", "")


def test_a_proposal_is_removed_also_after_it_was_accepted(post, mei, lin, rules, log_in) -> None:
    proposal = proposed(mei, post, "我按月付。")
    address = f"/en/proposals/{proposal.pk}/removal/"
    assert languages.accept(by=post.author, proposal=proposal)
    assert log_in(lin).get(address).status_code == 200
    target = find(f"proposal.{proposal.pk}")
    decision = actions.remove_translation(moderator=lin, target=target, rule=rules["spam"])
    assert (halves(post), decision.person) == ([], mei)
    undone(lin, decision)
    assert halves(post) == ["我按月付。"]
    accepted(lin, post, "我每个月付一次。")
    assert log_in(lin).get(address).status_code == 404


def test_it_is_not_restored_beside_another_one_of_its_author(post, mei, lin, rules) -> None:
    proposal = proposed(mei, post, "我按月付。")
    decision = actions.remove_translation(
        moderator=lin, target=find(f"proposal.{proposal.pk}"), rule=rules["spam"]
    )
    proposed(mei, post, "另一种译法。")
    assert actions.undo(moderator=lin, decision=decision) is None


def test_a_correction_is_removed_and_restored(post, mei, sam, lin, rules, client) -> None:
    correction = languages.offer(
        by=mei,
        passage=post.passage,
        place=0,
        corrected="I pay zorp monthly.",
        from_version=1,
        reason="Zorpreason.",
    )
    name = f"correction.{correction.pk}"
    case = reported(sam, name, rules["spam"])
    act = {"moderator": lin, "target": find(name), "rule": rules["spam"]}
    decision = actions.remove_correction(**act)
    expect_public(decision, "correction.removed", lin, mei)
    expect_closed(case, decision)
    page = f"/en/passages/{post.passage_id}/correction/"
    assert "zorp" not in client.get(page).content.decode().lower()
    one = f"{page}{correction.pk}/"
    assert "zorp" not in client.get(one).content.decode().lower()
    reason = f"/en/passages/{correction.reason_id}/reading/"
    assert client.get(reason).status_code == 404
    assert Passage.objects.get(pk=post.passage_id).correction_count == 0
    assert actions.remove_correction(**act) is None
    undone(lin, decision)
    assert "I pay zorp monthly." in Correction.objects.get(withdrawn_at=None).corrected
    assert Passage.objects.get(pk=post.passage_id).correction_count == 1


@pytest.fixture
def paid(thread, mei, flat):
    return reply(mei, thread, "I pay [¥1].", entries=[figure_of(flat)])


def exclude(lin, entry, rules):
    return actions.exclude(moderator=lin, target=find(entry.target), rule=rules["spam"])


def test_a_figure_is_excluded_as_a_decision(paid, mei, sam, lin, rules) -> None:
    entry = Entry.objects.get()
    case = reported(sam, entry.target, rules["spam"])
    decision = exclude(lin, entry, rules)
    expect_public(decision, "figure.excluded", lin, mei)
    expect_closed(case, decision)
    assert exclude(lin, entry, rules) is None
    back = undone(lin, decision)
    assert back.verb == "figure.included" and Entry.objects.get().excluded_at is None


def edit(post, version, *entries):
    boards.edit(
        author=post.author,
        post=post,
        draft=Draft("I pay [¥1]." if entries else "I pay."),
        from_version=version,
        entries=list(entries),
    )


def test_an_exclusion_follows_the_figure_through_edits(paid, flat, lin, rules) -> None:
    decision = exclude(lin, Entry.objects.get(), rules)
    edit(paid, 1, figure_of(flat, "3600"))
    now = Entry.objects.get(until=None)
    assert (now.excluded_for, now.voice) == ("spam", False)
    # Nor by taking it out and putting it in again.
    edit(paid, 2)
    edit(paid, 3, figure_of(flat, "3700", city=0, city_name="Elsewhere"))
    assert Entry.objects.get(until=None).excluded_for == "spam"
    # Nor beside it.
    undone(lin, decision)
    assert not Entry.objects.exclude(excluded_at=None).exists()
    assert Entry.objects.get(until=None).voice


def test_the_same_again_beside_an_excluded_figure_does_not_count(paid, flat, lin, rules) -> None:
    exclude(lin, Entry.objects.get(), rules)
    edit(paid, 1, figure_of(flat), figure_of(flat, "3600"))
    assert Entry.objects.filter(until=None, excluded_for="spam").count() == 2


def test_another_item_counts(paid, flat, lin, rules) -> None:
    from tests.cast import make_item

    exclude(lin, Entry.objects.get(), rules)
    edit(paid, 1, figure_of(flat), figure_of(make_item("rent-room"), "900"))
    assert Entry.objects.get(item__slug="rent-room").excluded_at is None


def test_who_changes_an_excluded_figure_is_looked_at_again(paid, flat, lin, rules) -> None:
    exclude(lin, Entry.objects.get(), rules)
    edit(paid, 1, figure_of(flat, "3600"))
    event = Event.objects.get(verb="post.edited")
    handle(event)
    assert Case.objects.get(target=paid.target).kind == Case.Kind.REVIEW


def test_taking_in_what_it_became_takes_back_the_decision(paid, flat, lin, rules) -> None:
    decision = exclude(lin, Entry.objects.get(), rules)
    edit(paid, 1, figure_of(flat, "3600"))
    now = Entry.objects.get(until=None)
    back = actions.include(moderator=lin, target=find(now.target), rule=rules["other"])
    assert back.undoes == decision


def test_asking_for_a_change_is_seen_by_its_author(
    thread, post, tom, sam, lin, rules, client, log_in
) -> None:
    case = reported(sam, post.target, rules["spam"])
    decision = actions.ask_for_edit(moderator=lin, post=post, rule=rules["spam"])
    expect_public(decision, "post.edit_requested", lin, tom)
    expect_closed(case, decision)
    assert actions.ask_for_edit(moderator=lin, post=post, rule=rules["spam"]) is None
    line = "A moderator asks the author to change this post."
    address = f"/en/threads/{thread.pk}/"
    for browser, sees in ((log_in(tom), True), (log_in(lin), True), (client, False)):
        assert (line in browser.get(address).content.decode()) is sees
        assert "I pay it by the month." in browser.get(address).content.decode()
    undone(lin, decision)
    assert line not in log_in(tom).get(address).content.decode()


def test_the_request_is_dropped_when_the_post_is_changed(post, tom, lin, rules) -> None:
    decision = actions.ask_for_edit(moderator=lin, post=post, rule=rules["spam"])
    boards.edit(author=tom, post=post, draft=Draft("I pay it monthly."), from_version=1)
    assert Post.objects.get(pk=post.pk).edit_asked_at is None
    handle(Event.objects.get(verb="post.edited"))
    assert Case.objects.get(target=post.target).kind == Case.Kind.REVIEW
    assert actions.undo(moderator=lin, decision=decision) is None


# The pages


def test_a_translation_is_removed_and_restored_on_its_page(
    post, mei, lin, rules, log_in, client
) -> None:
    half = accepted(mei, post, "我按月付。")
    address, browser = f"/en/translations/{half.pk}/removal/", log_in(lin)
    html = browser.get(address).content.decode()
    assert "Remove this translation" in html and "我按月付。" in html and "你的译文被移除了" in html
    assert browser.post(address, {"reason": "spam"}).status_code == 302
    assert halves(post) == []
    html = browser.get(address).content.decode()
    assert "Restore this translation" in html and "我按月付。" not in html
    assert client.get(address).status_code == 403
    sent = {"reason": "other", "_method": "DELETE"}
    assert browser.post(address, sent).status_code == 302
    assert halves(post) == ["我按月付。"]


def test_nobody_removes_their_own(post, lin, rules, log_in) -> None:
    proposal = proposed(lin, post, "我按月付。")
    address = f"/en/proposals/{proposal.pk}/removal/"
    assert log_in(lin).post(address, {"reason": "spam"}).status_code == 403
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_a_change_is_asked_for_on_its_page(post, tom, lin, rules, log_in) -> None:
    address = f"/en/posts/{post.pk}/edit-request/"
    html = log_in(lin).get(address).content.decode()
    assert "Please change your post" in html
    assert log_in(lin).post(address, {"reason": "spam"}).status_code == 302
    assert Post.objects.get(pk=post.pk).edit_asked_at
    sent = {"reason": "other", "_method": "DELETE"}
    assert log_in(lin).post(address, sent).status_code == 302
    assert Post.objects.get(pk=post.pk).edit_asked_at is None
