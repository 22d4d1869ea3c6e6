import re

import pytest

from exchange.boards.models import Post, Thread
from exchange.ledger.models import Event
from tests.cast import fill, open_thread, reply


def send(client, thread, language="en", **fields):
    return client.post(f"/{language}/threads/{thread.pk}/posts/", {"body": "你好", **fields})


def article(html: str, number: int) -> str:
    found = re.search(rf'<article id="post-{number}".*?</article>', html, re.DOTALL)
    assert found, f"no article {number}"
    return found[0]


def test_the_root_leads_to_the_readers_language(client, db):
    for accepts, language in [
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("en-US,en;q=0.9,zh-CN;q=0.5", "en"),
        ("fr", "en"),
    ]:
        answer = client.get("/", headers={"accept-language": accepts})
        assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")


def test_the_roots_cookie_outranks_the_browser(client, db):
    client.cookies["django_language"] = "zh-hant"
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/zh-hant/"


def test_a_post_renders_as_the_contract_says(thread, mei, client):
    post = reply(mei, thread, "我也付三分之一。", body_other="A third for me as well.")
    html = client.get(f"/en/threads/{thread.pk}/").content.decode()
    shown = article(html, 2)
    assert f'<article id="post-2" data-post-id="{post.pk}"' in shown
    assert re.match(r'<article [^>]*\blang="zh-Hans"', shown)
    assert "A third for me as well." in shown and 'lang="en"' in shown


def test_a_reply_leads_to_its_place_on_its_page(thread, mei, log_in):
    fill(thread, mei, 19)
    answer = send(log_in(mei), thread)
    assert answer["Location"] == f"/en/threads/{thread.pk}/?page=2#post-21"


def test_a_thread_is_opened_with_both_halves(rent, tom, log_in):
    answer = log_in(tom).post(
        "/en/threads/new/",
        {
            "board": "rent",
            "title": "Deposits",
            "title_other": "押金",
            "body": "How many months?",
            "body_other": "押几个月？",
            "language": "",
            "used_translator": "on",
            "client_id": "one",
        },
    )
    thread = Thread.objects.get()
    assert answer["Location"] == f"/en/threads/{thread.pk}/"
    post = thread.posts.get()
    assert post.passage.used_translator
    assert post.passage.translations.get().body == "押几个月？"
    assert thread.title.translations.get().language == "zh-hans"


def test_a_sent_thread_sent_again_is_one_thread(rent, tom, log_in):
    fields = {"board": "rent", "title": "Deposits", "body": "How many?", "client_id": "one"}
    first, again = (log_in(tom).post("/en/threads/new/", fields) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Thread.objects.count() == 1


def test_the_permanent_address_follows_a_post(thread, mei, client):
    fill(thread, mei, 20)
    post = Post.objects.get(thread=thread, number=21)
    answer = client.get(f"/zh-hans/posts/{post.pk}/")
    assert answer["Location"] == f"/zh-hans/threads/{thread.pk}/?page=2#post-21"
    assert client.get(f"/posts/{post.pk}/")["Location"].endswith(f"/posts/{post.pk}/")


def test_a_slug_may_follow(thread, client):
    assert client.get(f"/en/threads/{thread.pk}/what-do-you-pay/").status_code == 200
    assert client.get(f"/en/threads/{thread.pk}/房租/").status_code == 200


def test_pages_hold_twenty_posts_by_number(thread, mei, client):
    fill(thread, mei, 30)
    second = client.get(f"/en/threads/{thread.pk}/?page=2").content.decode()
    assert re.findall(r'<article id="post-(\d+)"', second) == [str(n) for n in range(21, 32)]


@pytest.mark.parametrize("page", ["0", "3", "abc", "-1", "1.5", "10000000000000000000000", "１"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_page_that_is_not_there_is_said_so(page, language, thread, mei, client):
    fill(thread, mei, 20)
    answer = client.get(f"/{language}/threads/{thread.pk}/?page={page}")
    assert answer.status_code == 404
    assert "2" in answer.content.decode()


def test_a_quotation_fills_the_reply_box(thread, mei, tom, log_in):
    post = reply(mei, thread, "水电另算。\n\n还有网费。")
    html = log_in(tom).get(f"/en/threads/{thread.pk}/?quote={post.pk}").content.decode()
    box = re.search(r"<textarea[^>]*name=\"body\"[^>]*>(.*?)</textarea>", html, re.DOTALL)[1]
    assert "&gt; 水电另算。" in box and "mei #2" in box


def test_a_hidden_post_is_not_quoted(thread, mei, lin, tom, log_in, rules):
    from exchange.moderation import actions

    post = reply(mei, thread, "不该被引用的话")
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    html = log_in(tom).get(f"/en/threads/{thread.pk}/?quote={post.pk}").content.decode()
    assert "不该被引用的话" not in html


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_an_empty_reply_comes_back_with_its_other_half(language, thread, mei, log_in):
    for body in ["", "  \n ", "\u200b\u200d", "\u3164", "\u2800"]:
        answer = send(log_in(mei), thread, language, body=body, body_other="typed with care")
        assert answer.status_code == 422
        assert "typed with care" in answer.content.decode()
    assert Post.objects.count() == 1


def test_length_counts_a_han_character_as_two(thread, mei, log_in):
    browser = log_in(mei)
    assert send(browser, thread, body="a" * 20_000).status_code == 302
    assert send(browser, thread, body="租" * 10_000).status_code == 302
    for body in ["a" * 20_001, "租" * 10_001]:
        answer = send(browser, thread, body=body)
        assert answer.status_code == 422 and body in answer.content.decode()


def test_a_megabyte_comes_back_with_the_reason(thread, mei, log_in):
    body = "租房" * 170_000
    answer = send(log_in(mei), thread, body=body)
    assert answer.status_code == 422 and body in answer.content.decode()


def test_control_characters_are_taken_out_and_asked_about(thread, mei, log_in):
    browser = log_in(mei)
    answer = send(browser, thread, body="before\x00\x08after")
    assert answer.status_code == 422 and "beforeafter" in answer.content.decode()
    assert send(browser, thread, body="beforeafter").status_code == 302


def test_a_title_cannot_turn_the_writing_direction(rent, tom, log_in):
    fields = {"board": "rent", "title": "abc\u202edef", "body": "kept words"}
    answer = log_in(tom).post("/en/threads/new/", fields)
    assert answer.status_code == 422 and "kept words" in answer.content.decode()
    assert not Thread.objects.exists()


def test_an_unknown_board_is_refused_and_the_text_kept(rent, members_board, tom, log_in, client):
    for slug in ["nowhere", "", "back-room", "rent\x00"]:
        fields = {"board": slug, "title": "Deposits", "body": "kept words"}
        answer = log_in(tom).post("/en/threads/new/", fields)
        assert answer.status_code == 422 and "kept words" in answer.content.decode()
    assert client.get("/en/boards/nowhere/").status_code == 404


def test_equal_halves_are_asked_about_once(thread, mei, log_in):
    browser = log_in(mei)
    fields = {"body": "我在成都租房。", "body_other": "我住在成都，房租不贵。"}
    answer = send(browser, thread, **fields)
    html = answer.content.decode()
    assert answer.status_code == 422 and 'name="same_language"' in html
    assert fields["body_other"] in html
    assert send(browser, thread, **fields, same_language="on").status_code == 302


def test_a_reply_to_a_locked_thread_is_refused_with_its_text_kept(thread, mei, lin, rules, log_in):
    from exchange.moderation import actions

    actions.lock(moderator=lin, thread=thread, rule=rules["off-topic"])
    answer = send(log_in(mei), thread, body="来晚了一步")
    assert answer.status_code == 403 and "来晚了一步" in answer.content.decode()
    assert Post.objects.count() == 1


def test_a_reply_to_a_hidden_thread_is_refused_with_its_text_kept(thread, mei, lin, rules, log_in):
    from exchange.moderation import actions

    actions.hide(moderator=lin, post=thread.posts.get(), rule=rules["spam"])
    answer = send(log_in(mei), thread, body="来晚了一步")
    assert answer.status_code == 403 and "来晚了一步" in answer.content.decode()


def test_a_reply_to_a_missing_thread_keeps_its_text(mei, log_in):
    answer = log_in(mei).post("/zh-hans/threads/999/posts/", {"body": "写了很久的话"})
    assert answer.status_code == 404 and "写了很久的话" in answer.content.decode()


def test_an_anonymous_reply_is_asked_to_log_in_and_keeps_its_text(thread, log_in):
    answer = send(log_in(csrf=True), thread, body="写了很久的话")
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "写了很久的话" in html and 'name="login"' in html
    assert f"/en/threads/{thread.pk}/" in html
    assert Post.objects.count() == 1


def test_a_stale_token_gives_the_text_back_with_a_fresh_one(thread, mei, log_in):
    answer = send(log_in(mei, csrf=True), thread, body="写了很久的话")
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "写了很久的话" in html and "csrfmiddlewaretoken" in html
    assert Post.objects.count() == 1


def test_the_same_client_id_with_other_words_is_409_with_the_text_kept(thread, mei, log_in):
    browser = log_in(mei)
    first = send(browser, thread, body="一次", client_id="abc")
    assert send(browser, thread, body="一次", client_id="abc")["Location"] == first["Location"]
    answer = send(browser, thread, body="另一段话", client_id="abc")
    html = answer.content.decode()
    assert answer.status_code == 409 and "另一段话" in html
    assert 'value="abc"' not in html  # sending it from there makes a post of its own
    assert Post.objects.count() == 2


def test_a_visit_to_where_a_form_was_sent_leads_to_its_page(thread, client):
    """What a POST showed has this address: it gets reloaded, and sent to friends."""
    post = thread.posts.get()
    pages = {
        f"threads/{thread.pk}/posts/": f"threads/{thread.pk}/#reply",
        f"threads/{thread.pk}/draft/": f"threads/{thread.pk}/#reply",
        f"posts/{post.pk}/draft/": f"posts/{post.pk}/edit/",
        "threads/new/draft/": "threads/new/",
    }
    for address, page in pages.items():
        for method in (client.get, client.head):
            answer = method(f"/zh-hans/{address}")
            assert (answer.status_code, answer["Location"]) == (302, f"/zh-hans/{page}")


def test_another_persons_post_cannot_be_edited_or_deleted(thread, mei, log_in):
    post = thread.posts.get()
    for noun in ("edit", "deletion"):
        for method in ("get", "post"):
            address = f"/en/posts/{post.pk}/{noun}/"
            assert getattr(log_in(mei), method)(address).status_code == 403
    assert not Event.objects.filter(verb__in=["post.edited", "post.deleted"]).exists()


def test_a_board_that_is_not_open_is_like_one_that_is_not_there(
    members_board, moderators_board, tom, client, log_in, lin
):
    thread = open_thread(lin, members_board)
    secret = open_thread(lin, moderators_board)
    for browser, place, status in [
        (client, thread, 404),
        (log_in(tom), thread, 200),
        (log_in(tom), secret, 404),
        (log_in(lin), secret, 200),
    ]:
        post = place.posts.get()
        assert browser.get(f"/en/threads/{place.pk}/").status_code == status
        assert browser.get(f"/en/boards/{place.board.slug}/").status_code == status
        wanted = 302 if status == 200 else 404
        assert browser.get(f"/en/posts/{post.pk}/").status_code == wanted


class TestEditing:
    def fields(self, **changes):
        return {"body": "Better words", "version": 1, **changes}

    def test_shows_the_new_words_and_a_readable_history(self, thread, mei, log_in):
        post = reply(mei, thread, "我写错字了")
        browser = log_in(mei)
        browser.post(f"/en/posts/{post.pk}/edit/", self.fields(body="我改好了"))
        page = browser.get(f"/en/threads/{thread.pk}/").content.decode()
        assert "我改好了" in page and "我写错字了" not in page
        history = browser.get(f"/en/posts/{post.pk}/history/").content.decode()
        assert "我改好了" in history and "我写错字了" in history

    def test_corrects_the_language(self, thread, mei, log_in):
        post = reply(mei, thread, "OK la")
        fields = self.fields(body="OK la", language="zh")
        log_in(mei).post(f"/en/posts/{post.pk}/edit/", fields)
        post.passage.refresh_from_db()
        assert (post.passage.language, post.passage.language_source) == ("zh-hans", "author")

    def test_of_a_post_changed_meanwhile_shows_both_versions_and_loses_nothing(
        self, thread, mei, log_in
    ):
        post = reply(mei, thread, "第一版")
        browser, address = log_in(mei), f"/en/posts/{post.pk}/edit/"
        assert browser.post(address, self.fields(body="第二版")).status_code == 302
        answer = browser.post(address, self.fields(body="另一个第二版"))
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "第二版" in html and "另一个第二版" in html
        post.passage.refresh_from_db()
        assert post.passage.body == "第二版"
        again = browser.post(address, self.fields(body="另一个第二版", version=2))
        assert again.status_code == 302

    def test_of_the_opening_post_changes_the_title(self, thread, tom, log_in):
        post = thread.posts.get()
        fields = self.fields(title="Rents", title_other="房租", title_version=1)
        log_in(tom).post(f"/en/posts/{post.pk}/edit/", fields)
        assert "Rents" in log_in().get(f"/en/threads/{thread.pk}/").content.decode()


def test_a_deleted_post_leaves_a_line_and_no_history(thread, mei, tom, log_in):
    post = reply(mei, thread, "说漏嘴了")
    answer = log_in(mei).post(f"/en/posts/{post.pk}/deletion/")
    assert answer.status_code == 302
    for browser in (log_in(), log_in(tom), log_in(mei)):
        html = browser.get(f"/en/threads/{thread.pk}/").content.decode()
        assert "说漏嘴了" not in html and 'id="post-2"' in html
        assert browser.get(f"/en/posts/{post.pk}/history/").status_code == 404


def test_an_anonymous_page_sets_no_cookie_and_holds_no_token(thread, rent, client):
    for address in ["/en/", f"/en/threads/{thread.pk}/", "/en/boards/rent/", "/en/threads/new/"]:
        answer = client.get(address)
        assert not answer.cookies and "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_members_page_is_kept_by_no_cache(thread, mei, log_in):
    answer = log_in(mei).get(f"/en/threads/{thread.pk}/")
    assert answer["Cache-Control"] == "private, no-store"


def test_the_switch_keeps_the_place(thread, mei, client):
    fill(thread, mei, 20)
    html = client.get(f"/en/threads/{thread.pk}/?page=2").content.decode()
    assert f'href="/zh-hans/threads/{thread.pk}/?page=2"' in html
    assert f'href="/zh-hant/threads/{thread.pk}/?page=2"' in html
