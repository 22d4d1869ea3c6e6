import re

import pytest

from exchange.boards.models import Post, Thread
from exchange.ledger.models import Event
from exchange.moderation import actions
from tests.cast import open_thread, reply


@pytest.fixture
def post(thread, mei):
    return reply(mei, thread, "一句不该说的话")


def test_a_moderator_hides_with_a_reason_and_everybody_reads_why(post, lin, rules, log_in, client):
    fields = {"reason": "spam", "note": "这是广告"}
    answer = log_in(lin).post(f"/en/posts/{post.pk}/hiding/", fields)
    assert answer.status_code == 302
    for language, rule in [("en", "Rule spam"), ("zh-hans", "规则 spam"), ("zh-hant", "規則 spam")]:
        page = client.get(f"/{language}/threads/{post.thread_id}/").content.decode()
        assert "一句不该说的话" not in page and rule in page
        log = client.get(f"/{language}/moderation/log/").content.decode()
        assert rule in log and "lin" in log and "这是广告" in log


def test_its_author_and_moderators_still_see_a_hidden_post(post, mei, tom, lin, rules, log_in):
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    address = f"/en/threads/{post.thread_id}/"
    for person, sees in [(mei, True), (lin, True), (tom, False), (None, False)]:
        assert ("一句不该说的话" in log_in(person).get(address).content.decode()) is sees


def test_what_a_moderator_saw_is_not_kept_for_others(post, lin, tom, rules, log_in):
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    address = f"/en/threads/{post.thread_id}/"
    log_in(lin).get(address)
    assert "一句不该说的话" not in log_in(tom).get(address).content.decode()


def test_a_hiding_is_undone_by_the_forms_method_and_by_delete(post, lin, rules, log_in):
    browser, address = log_in(lin), f"/en/posts/{post.pk}/hiding/"
    for method, undo in [("post", {"_method": "DELETE"}), ("delete", {})]:
        actions.hide(moderator=lin, post=Post.objects.get(pk=post.pk), rule=rules["spam"])
        if method == "post":
            browser.post(address, {"reason": "other", **undo})
        else:
            browser.delete(
                address, "reason=other", content_type="application/x-www-form-urlencoded"
            )
        assert Post.objects.get(pk=post.pk).hidden_at is None, method


@pytest.mark.parametrize("fields", [{}, {"reason": ""}, {"reason": "nonsense"}, {"reason": "SPAM"}])
def test_without_one_of_the_rules_nothing_is_hidden(fields, post, lin, rules, log_in):
    answer = log_in(lin).post(f"/en/posts/{post.pk}/hiding/", {**fields, "note": "kept note"})
    assert answer.status_code == 422 and "kept note" in answer.content.decode()
    assert Post.objects.get(pk=post.pk).hidden_at is None


def test_the_thread_page_holds_one_list_of_reasons_for_a_moderator(thread, lin, rules, log_in):
    html = log_in(lin).get(f"/en/threads/{thread.pk}/").content.decode()
    (select,) = re.findall(r'<select[^>]*name="reason".*?</select>', html, re.DOTALL)
    assert [code for code in rules if f'value="{code}"' in select] == list(rules)


@pytest.mark.parametrize("noun", ["lock", "pin"])
def test_locking_and_pinning_are_done_and_undone_by_the_same_address(
    noun, thread, lin, rules, log_in
):
    browser, address = log_in(lin), f"/zh-hans/threads/{thread.pk}/{noun}/"
    stamp = {"lock": "locked_at", "pin": "pinned_at"}[noun]
    assert browser.get(address).status_code == 200
    browser.post(address, {"reason": "other"})
    assert getattr(Thread.objects.get(pk=thread.pk), stamp)
    browser.post(address, {"reason": "other", "_method": "DELETE"})
    assert getattr(Thread.objects.get(pk=thread.pk), stamp) is None


def test_a_thread_is_moved_and_its_addresses_stay(thread, welcome, lin, rules, log_in, client):
    fields = {"reason": "off-topic", "board": "welcome"}
    log_in(lin).post(f"/en/threads/{thread.pk}/move/", fields)
    assert thread.pk in [t.pk for t in client.get("/en/boards/welcome/").context["threads"]]
    assert client.get(f"/en/threads/{thread.pk}/").status_code == 200


def test_doing_what_is_done_says_so(post, lin, rules, log_in):
    browser, address = log_in(lin), f"/en/posts/{post.pk}/hiding/"
    for _ in range(2):
        answer = browser.post(address, {"reason": "spam"}, follow=True)
    assert "This was done already. Nothing changed." in answer.content.decode()
    assert Event.objects.filter(verb="post.hidden").count() == 1


def test_a_member_reports_and_a_moderator_finds_it_on_the_desk(post, sam, lin, rules, log_in):
    fields = {"reason": "harassment", "note": "看着不舒服"}
    answer = log_in(sam).post(f"/en/posts/{post.pk}/flag/", fields, follow=True)
    assert "A moderator will look at it" in answer.content.decode()
    browser = log_in(lin)
    desk = browser.get("/zh-hans/moderation/").content.decode()
    assert "一句不该说的话" in desk and "规则 harassment" in desk
    case = browser.get(re.search(r'href="(/zh-hans/moderation/cases/\d+/)"', desk)[1])
    assert "看着不舒服" in case.content.decode()


def test_a_report_stays_out_of_the_public_log(post, sam, rules, log_in, client):
    log_in(sam).post(f"/en/posts/{post.pk}/flag/", {"reason": "spam", "note": "private words"})
    html = client.get("/en/moderation/log/").content.decode()
    assert "sam" not in html and "private words" not in html


def test_the_desk_is_not_there_for_others(tom, board_moderator, log_in, client):
    assert client.get("/en/moderation/").status_code == 404
    assert log_in(tom).get("/en/moderation/").status_code == 404
    assert log_in(board_moderator).get("/en/moderation/").status_code == 200


def test_a_moderator_of_another_board_may_not_act(welcome, tom, board_moderator, rules, log_in):
    thread = open_thread(tom, welcome)
    for address in [f"posts/{thread.posts.get().pk}/hiding", f"threads/{thread.pk}/lock"]:
        answer = log_in(board_moderator).post(f"/en/{address}/", {"reason": "spam"})
        assert answer.status_code == 403
    assert not Event.objects.filter(public=True).exists()


def test_a_hidden_posts_title_is_gone_from_every_list(thread, lin, tom, rules, log_in, client):
    actions.hide(moderator=lin, post=thread.posts.get(), rule=rules["hate"])
    title = "What do you pay for a one-bedroom?"
    for address in ["/en/", "/en/boards/rent/", f"/en/threads/{thread.pk}/", "/en/moderation/log/"]:
        assert title not in client.get(address).content.decode(), address
    assert title in log_in(tom).get(f"/en/threads/{thread.pk}/").content.decode()


def test_a_former_member_is_named_so_in_the_log(post, lin, rules, client):
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    type(lin).objects.filter(pk=lin.pk).delete()
    assert "former member" in client.get("/en/moderation/log/").content.decode()
