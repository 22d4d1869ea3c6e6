"""Words that were not sent yet: on any device, in no one else's hands, and gone once they are sent."""

import pytest

from exchange.boards import actions
from exchange.boards.actions import NewerDraft, drafts, keep_draft
from exchange.boards.models import SavedDraft
from exchange.languages.actions import Draft
from exchange.ledger.models import Event
from tests.cast import open_thread, reply

JSON = {"accept": "application/json"}


def save(browser, thread, body, version=0, **headers):
    sent = {"body": body, "draft_version": str(version)}
    return browser.post(f"/en/threads/{thread.pk}/draft/", sent, headers=headers)


def test_a_draft_is_found_in_the_box_on_another_device(thread, mei, log_in):
    answer = save(log_in(mei), thread, "我还没写完，", **JSON)
    assert (answer.status_code, answer.json()) == (200, {"version": 1})
    page = log_in(mei).get(f"/zh-hans/threads/{thread.pk}/").content.decode()
    assert "我还没写完，</textarea>" in page
    assert 'name="draft_version" value="1"' in page


def test_a_draft_is_nobody_else_s(thread, mei, tom, log_in):
    save(log_in(mei), thread, "只给自己看")
    browser = log_in(tom)
    for address in (f"/en/threads/{thread.pk}/", "/en/drafts/"):
        assert "只给自己看" not in browser.get(address).content.decode()


def test_of_two_devices_the_later_one_is_shown_both_texts(thread, mei, log_in):
    phone, desk = log_in(mei), log_in(mei)
    save(phone, thread, "From the phone", **JSON)
    answer = save(desk, thread, "From the desk", **JSON)
    assert answer.status_code == 409
    assert answer.json() == {"version": 1, "fields": {"body": "From the phone"}}
    page = save(desk, thread, "From the desk")
    assert page.status_code == 409
    assert "From the phone" in page.content.decode() and "From the desk" in page.content.decode()
    assert save(desk, thread, "From the desk", 1, **JSON).json() == {"version": 2}
    assert SavedDraft.objects.get().fields == {"body": "From the desk"}


def test_saving_the_same_words_twice_is_no_conflict(thread, mei, log_in):
    browser = log_in(mei)
    for _ in range(2):
        assert save(browser, thread, "Same words", **JSON).json() == {"version": 1}


def test_a_sent_reply_takes_its_draft_along_and_a_refused_one_does_not(thread, mei, log_in):
    browser = log_in(mei)
    save(browser, thread, "Almost done")
    browser.post(f"/en/threads/{thread.pk}/posts/", {"body": "  "})
    assert SavedDraft.objects.count() == 1
    browser.post(f"/en/threads/{thread.pk}/posts/", {"body": "Done."})
    assert SavedDraft.objects.count() == 0


def test_a_new_thread_and_an_edit_have_drafts_of_their_own(rent, thread, tom, log_in):
    browser = log_in(tom)
    post = reply(tom, thread, "First words.")
    browser.post(
        "/en/threads/new/draft/", {"title": "押一付三？", "board": "rent", "body": "What is it?"}
    )
    browser.post(f"/en/posts/{post.pk}/draft/", {"body": "Better words.", "version": "1"})
    assert {draft.place for draft in SavedDraft.objects.all()} == {"new", f"post.{post.pk}"}
    new = browser.get("/zh-hans/threads/new/").content.decode()
    assert 'value="押一付三？"' in new and "What is it?</textarea>" in new
    assert "Better words.</textarea>" in browser.get(f"/en/posts/{post.pk}/edit/").content.decode()
    listed = browser.get("/en/drafts/").content.decode()
    assert "押一付三？" in listed and "Better words." in listed


def test_an_edit_s_draft_goes_on_from_the_version_it_was_begun_with(thread, tom, log_in):
    browser = log_in(tom)
    post = reply(tom, thread, "First words.")
    browser.post(f"/en/posts/{post.pk}/draft/", {"body": "From the draft.", "version": "1"})
    actions.edit(author=tom, post=post, draft=Draft("Meanwhile."), from_version=1)
    SavedDraft.objects.create(
        author=tom, place=post.target, fields={"body": "Draft.", "version": "1"}
    )
    page = browser.get(f"/en/posts/{post.pk}/edit/").content.decode()
    assert 'name="version" value="1"' in page
    sent = {"body": "Draft.", "version": "1"}
    assert browser.post(f"/en/posts/{post.pk}/edit/", sent).status_code == 409


def test_a_draft_for_a_thread_that_was_closed_to_its_author_can_be_put_away(
    members_board, tom, mei, log_in
):
    thread = open_thread(tom, members_board)
    browser = log_in(mei)
    save(browser, thread, "My words")
    members_board.access = "moderators"
    members_board.save(update_fields=["access"])
    assert save(browser, thread, "More words").status_code == 404
    assert "My words" in browser.get("/en/drafts/").content.decode()
    answer = browser.post(f"/en/threads/{thread.pk}/draft/", {"_method": "DELETE"})
    assert answer["Location"] == "/en/drafts/"
    assert SavedDraft.objects.count() == 0


def test_unstorable_characters_are_left_out_and_too_much_is_refused(thread, mei, log_in):
    browser = log_in(mei)
    assert save(browser, thread, "before\x00after\ufdd0", **JSON).status_code == 200
    assert SavedDraft.objects.get().fields == {"body": "beforeafter"}
    refused = save(browser, thread, "长" * 100_001, 1)
    assert refused.status_code == 413
    assert SavedDraft.objects.get().fields == {"body": "beforeafter"}


def test_the_oldest_of_very_many_drafts_goes(mei, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 3)
    for number in range(5):
        keep_draft(author=mei, place=f"thread.{number}", fields={"body": "x"}, from_version=0)
    assert set(SavedDraft.objects.values_list("place", flat=True)) == {
        "thread.2",
        "thread.3",
        "thread.4",
    }


def test_the_ledger_hears_nothing_of_drafts(mei):
    before = Event.objects.count()
    keep_draft(author=mei, place="new", fields={"body": "x"}, from_version=0)
    with pytest.raises(NewerDraft):
        keep_draft(author=mei, place="new", fields={"body": "y"}, from_version=0)
    assert Event.objects.count() == before


def test_drafts_go_with_their_author(sam):
    keep_draft(author=sam, place="new", fields={"body": "x"}, from_version=0)
    sam.delete()
    assert SavedDraft.objects.count() == 0


def test_a_draft_names_the_thread_it_is_for(mei, tom, rent, thread, log_in):
    own = reply(mei, open_thread(tom, rent, "Deposits"))
    keep_draft(author=mei, place=thread.scope, fields={"body": "x"}, from_version=0)
    keep_draft(author=mei, place=own.target, fields={"body": "y"}, from_version=0)
    html = log_in(mei).get("/en/drafts/").content.decode()
    assert f'<a class="plain" href="/en/threads/{thread.pk}/"' in html
    assert (
        f'<a class="plain" href="/en/threads/{own.thread_id}/" lang="en" dir="auto">Deposits</a>'
        in html
    )


def test_a_draft_does_not_name_a_thread_that_is_closed_to_its_author(
    mei, lin, moderators_board, log_in
):
    secret = open_thread(lin, moderators_board, "Who is next?", title_other="")
    keep_draft(author=mei, place=secret.scope, fields={"body": "my own words"}, from_version=0)
    html = log_in(mei).get("/en/drafts/").content.decode()
    assert "my own words" in html and "Who is next?" not in html


@pytest.mark.parametrize("drafts", [1, 3])
def test_the_list_of_drafts_costs_the_same_with_1_or_3(
    drafts, mei, log_in, django_assert_num_queries
):
    for number in range(1, drafts + 1):
        keep_draft(author=mei, place=f"thread.{number}", fields={"body": "x"}, from_version=0)
    browser = log_in(mei)
    with django_assert_num_queries(6):  # session, person, roles, drafts, their threads, new notices
        browser.get("/en/drafts/")


def test_a_quotation_is_added_behind_a_draft(thread, tom, mei, log_in):
    post = reply(tom, thread, "Quote me.")
    browser = log_in(mei)
    save(browser, thread, "Mine first.")
    page = browser.get(f"/en/threads/{thread.pk}/?quote={post.pk}").content.decode()
    box = page.split("<textarea", 2)[1]
    assert box.index("Mine first.") < box.index("Quote me.")


def test_a_quotation_that_the_draft_holds_is_not_added_again(thread, tom, mei, log_in):
    post = reply(tom, thread, "Quote me.\n\nAll of me.")
    browser = log_in(mei)
    address = f"/en/threads/{thread.pk}/?quote={post.pk}"
    quoted = browser.get(address).context["form"].initial["body"]
    save(browser, thread, f"{quoted}I agree.")
    assert browser.get(address).context["form"].initial["body"].count("> Quote me.") == 1


def test_a_draft_without_words_is_none(thread, mei, log_in):
    phone, desk = log_in(mei), log_in(mei)
    save(phone, thread, "Words", **JSON)
    save(desk, thread, "Other words", 1, **JSON)
    assert save(phone, thread, " ", 1, **JSON).status_code == 409  # the desk's are not ours to drop
    assert save(desk, thread, " ", 2, **JSON).json() == {"version": 3}
    assert SavedDraft.objects.count() == 0
    # Who goes on from the dropped one goes on from nothing, and who has the older one is asked.
    assert save(desk, thread, "Again", 3, **JSON).json() == {"version": 4}
    assert save(phone, thread, "Words", 1, **JSON).status_code == 409


def test_an_edit_s_draft_remembers_what_was_emptied(thread, tom, log_in):
    browser = log_in(tom)
    post = actions.reply(
        author=tom, thread=thread, draft=Draft("Both", "两半", used_translator=True)
    )
    emptied = {"body": "One", "body_other": "", "used_translator": "", "version": "1"}
    browser.post(f"/en/posts/{post.pk}/draft/", emptied)
    form = browser.get(f"/en/posts/{post.pk}/edit/").context["form"]
    assert (form["body"].value(), form["body_other"].value()) == ("One", "")
    assert not form["used_translator"].value()
    assert form["version"].value() == "1"


def test_an_edit_that_changes_nothing_has_no_draft(thread, tom, log_in):
    browser = log_in(tom)
    post = reply(tom, thread, "As it stands.")
    address = f"/en/posts/{post.pk}/draft/"
    browser.post(address, {"body": "As it was", "version": "1"})
    changed = {"body": "As it stands.", "version": "1", "draft_version": "1"}
    assert browser.post(address, changed, headers=JSON).status_code == 200
    assert SavedDraft.objects.count() == 0


def test_what_was_sent_is_no_draft_any_more(thread, mei, log_in):
    browser = log_in(mei)
    sent = {"body": "Sent, and then Back.", "client_id": "c7"}
    browser.post(f"/en/threads/{thread.pk}/posts/", sent)
    answer = browser.post(f"/en/threads/{thread.pk}/draft/", sent, headers=JSON).json()
    assert answer["sent"] is True and answer["client_id"] != "c7"
    assert SavedDraft.objects.count() == 0


def test_words_that_only_the_page_has_are_marked(thread, mei, log_in):
    browser = log_in(mei)
    mark = " data-unsaved"
    assert mark not in browser.get(f"/en/threads/{thread.pk}/").content.decode()
    save(browser, thread, "A draft", **JSON)
    assert mark not in browser.get(f"/en/threads/{thread.pk}/").content.decode()
    too_long = browser.post(f"/en/threads/{thread.pk}/posts/", {"body": "长" * 10_001})
    assert mark in too_long.content.decode()
    assert mark in browser.post("/en/threads/new/", {"body": "No board"}).content.decode()


def test_words_from_the_log_in_do_not_replace_a_draft_unasked(thread, mei, log_in):
    browser = log_in(mei)
    save(browser, thread, "The draft", **JSON)
    session = browser.session
    session["kept"] = {"path": f"/en/threads/{thread.pk}/", "fields": {"body": "From the log-in"}}
    session.save()
    page = browser.get(f"/en/threads/{thread.pk}/").content.decode()
    assert " data-unsaved" in page and "From the log-in</textarea>" in page
    assert 'name="draft_version" value="1"' not in page
    assert save(browser, thread, "From the log-in", 0, **JSON).status_code == 409


def test_a_script_with_a_stale_token_is_given_a_fresh_one(thread, mei, log_in):
    browser = log_in(mei, csrf=True)
    address = f"/en/threads/{thread.pk}/draft/"
    answer = browser.post(address, {"body": "Kept"}, headers=JSON)
    assert (answer.status_code, answer.json()["user"]) == (403, str(mei.pk))
    assert SavedDraft.objects.count() == 0
    fresh = {"body": "Kept", "csrfmiddlewaretoken": answer.json()["token"]}
    assert browser.post(address, fresh, headers=JSON).json() == {"version": 1}


def test_the_first_button_of_a_composer_sends(thread, mei, log_in):
    """It is the one that Enter presses."""
    browser = log_in(mei)
    save(browser, thread, "A draft")
    page = browser.get(f"/en/threads/{thread.pk}/").content.decode()
    composer = page[page.index('<form id="reply"') :]
    buttons = [part.split(">")[0] for part in composer.split("<button")[1:]]
    assert 'form="discarding"' in buttons[0]
    own = [tag for tag in buttons if "form=" not in tag and 'type="button"' not in tag]
    assert own[0] == ' class="hush" tabindex="-1" aria-hidden="true"' and "name=" not in own[0]
