"""What one sees before sending is what the post will be."""

import re

import pytest

from exchange.boards.models import Post
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


def test_a_refused_reply_sent_by_htmx_is_the_box_with_the_reason_and_the_words(thread, mei, log_in):
    sent = {"body": "我", "body_other": "也是我", "page": "1"}
    answer = log_in(mei).post(f"/zh-hans/threads/{thread.pk}/posts/", sent, headers=HTMX)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "也是我</textarea>" in page and 'role="alert"' in page and "<html" not in page


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
