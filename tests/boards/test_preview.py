"""What one sees before sending is what the post will be."""

import re

import pytest

from exchange.boards.models import Post
from exchange.moderation.actions import lock
from tests.cast import reply

BODY = "## 押金\n\n*押一付三*，水电另算。\n\n1. 房租\n2. 物业费"
OTHER = "## Deposit\n\nOne deposit, *three* rents.\n\n1. Rent\n2. Fees"
HTMX = {"hx-request": "true"}


def halves(html: str) -> str:
    found = re.search(r'<div class="halves.*?</div>\s*</div>', html, re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", found[0])


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_preview_is_the_post_s_own_markup_and_saves_nothing(headers, thread, mei, log_in):
    browser = log_in(mei)
    sent = {"body": BODY, "body_other": OTHER, "preview": "1"}
    address = f"/zh-hans/threads/{thread.pk}/posts/"
    answer = browser.post(address, sent, headers=headers)
    assert answer.status_code == 200
    preview = answer.content.decode()
    assert Post.objects.count() == 1
    post = reply(mei, thread, BODY, body_other=OTHER)
    page = browser.get(f"/zh-hans/threads/{thread.pk}/").content.decode()
    article = page[page.index(f'data-post-id="{post.pk}"') :]
    assert halves(preview) == halves(article)
    assert ("<html" in preview) == (headers == {})
    if not headers:
        assert "押一付三*，水电另算" in preview  # what was typed stands in the box again


def test_a_thread_s_preview_shows_its_title(rent, mei, log_in):
    sent = {"board": "rent", "title": "押一付三", "body": "是什么意思？", "preview": "1"}
    page = log_in(mei).post("/zh-hans/threads/new/", sent, headers=HTMX).content.decode()
    assert "押一付三" in page and "是什么意思？" in page and "<html" not in page


def test_an_edit_s_preview_changes_nothing(thread, mei, log_in):
    post = reply(mei, thread, "旧的话")
    sent = {"body": "新的话", "version": "1", "preview": "1"}
    answer = log_in(mei).post(f"/en/posts/{post.pk}/edit/", sent)
    assert answer.status_code == 200 and "<p>新的话</p>" in answer.content.decode()
    post.passage.refresh_from_db()
    assert post.passage.body == "旧的话"


def test_nothing_typed_is_said_in_the_preview_s_place(thread, mei, log_in):
    sent = {"body": " ", "preview": "1"}
    answer = log_in(mei).post(f"/zh-hans/threads/{thread.pk}/posts/", sent, headers=HTMX)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写点什么" in page or "请写" in page
    assert "<html" not in page


def test_an_emptied_edit_is_told_in_the_preview_s_place(thread, mei, log_in):
    post = reply(mei, thread, "旧的话")
    sent = {"body": "", "version": "1", "preview": "1"}
    answer = log_in(mei).post(f"/zh-hans/posts/{post.pk}/edit/", sent, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写" in page and "<html" not in page and "<form" not in page


def test_a_reply_sent_by_htmx_comes_back_as_the_post_and_an_empty_box(thread, mei, log_in):
    sent = {"body": "马上就到", "page": "1", "client_id": "c-7"}
    answer = log_in(mei).post(f"/en/threads/{thread.pk}/posts/", sent, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'hx-swap-oob="beforeend:#posts"' in page and '<article id="post-2"' in page
    assert "马上就到" in page and 'value="c-7"' not in page


def test_a_reply_that_stands_on_another_page_is_led_to(full_thread_of_20, mei, log_in):
    sent = {"body": "下一页", "page": "1"}
    answer = log_in(mei).post(f"/en/threads/{full_thread_of_20.pk}/posts/", sent, headers=HTMX)
    assert answer["HX-Redirect"] == f"/en/threads/{full_thread_of_20.pk}/?page=2#post-21"


def test_the_first_post_of_a_page_may_be_sent_as_one_of_it(full_thread_of_20, mei, log_in):
    sent = {"body": "下一页", "page": "2"}
    answer = log_in(mei).post(f"/en/threads/{full_thread_of_20.pk}/posts/", sent, headers=HTMX)
    assert answer.status_code == 200 and '<article id="post-21"' in answer.content.decode()


def test_a_refused_reply_sent_by_htmx_is_the_box_with_the_reason_and_the_words(thread, mei, log_in):
    sent = {"body": "我", "body_other": "也是我", "page": "1"}
    answer = log_in(mei).post(f"/zh-hans/threads/{thread.pk}/posts/", sent, headers=HTMX)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "也是我</textarea>" in page and 'role="alert"' in page and "<html" not in page


WORDS = {"body": "我写了很久", "body_other": "也是中文", "title": "", "used_translator": "on"}


@pytest.mark.parametrize("kind", ["reply", "new_thread", "edit"])
def test_the_language_switch_of_a_refused_form_takes_the_words_along(kind, thread, mei, log_in):
    post = reply(mei, thread, "旧的话")
    address = {"reply": f"threads/{thread.pk}/posts/", "edit": f"posts/{post.pk}/edit/"}
    path = address.get(kind, "threads/new/")
    browser = log_in(mei)
    refused = browser.post(f"/zh-hans/{path}", WORDS | {"version": "1"})
    page = refused.content.decode()
    assert refused.status_code == 422
    form = re.search(r'<form id="(\w+)" class="sheet compose"', page)
    buttons = re.findall(r"<button form.*?</button>", page)
    assert form and len(buttons) == 1 + 3 + 3 and f'href="/en/{path}"' not in page
    assert all(f'form="{form[1]}"' in button for button in buttons)
    # What Enter in a field presses is the first button: it sends, and stays in this language.
    assert "formaction" not in buttons[0]
    assert f'formaction="/en/{path}" formnovalidate name="preview" value="1"' in buttons[1]
    before = Post.objects.count()
    other = browser.post(f"/en/{path}", WORDS | {"version": "1", "preview": "1"})
    page = other.content.decode()
    assert other.status_code == 422 and '<html lang="en"' in page
    assert "我写了很久</textarea>" in page and "也是中文</textarea>" in page
    assert Post.objects.count() == before
    post.passage.refresh_from_db()
    assert post.passage.body == "旧的话"


def test_a_preview_in_a_locked_thread_says_that_it_is_locked(thread, mei, lin, rules, log_in):
    lock(moderator=lin, thread=thread, rule=rules["other"])
    sent = {"body": "还能发吗？", "preview": "1"}
    page = log_in(mei).post(f"/zh-hans/threads/{thread.pk}/posts/", sent).content.decode()
    assert "还能发吗？</textarea>" in page and '<div class="notice error"' in page


@pytest.fixture
def full_thread_of_20(thread, tom):
    for number in range(19):
        reply(tom, thread, f"Reply {number}.")
    return thread


@pytest.mark.parametrize(
    ("body", "other", "looks"),
    [
        ("你好", "", {"body": "zh-hans", "body_other": ""}),
        ("What do you pay?", "你們付多少錢？", {"body": "en", "body_other": "zh-hant"}),
        (" ", "", {"body": "", "body_other": ""}),
        ("@小雨 https://example.org/你好 123", "", None),
    ],
)
def test_what_a_text_looks_written_in_is_told_without_a_token(body, other, looks, client, db):
    answer = client.post("/en/compose/language/", {"body": body, "body_other": other})
    assert answer.status_code == 200
    assert looks is None or answer.json() == looks


@pytest.mark.parametrize("where", ["/en/threads/new/", "/en/posts/{}/edit/"])
def test_a_form_without_words_is_refused_by_htmx_as_well(where, thread, tom, log_in):
    """The parts that pages fetch are the reply form's and the previews."""
    address = where.format(thread.posts.get().pk)
    response = log_in(tom).post(address, {"body": ""}, headers={"HX-Request": "true"})
    assert response.status_code == 422
