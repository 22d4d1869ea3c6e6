"""Texts in the other Chinese script: for the eye, with every character at its place."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.languages.annotate import text_of
from exchange.languages.models import Passage
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply

pytestmark = pytest.mark.django_db


def converted(client, passage_id: int, to: str) -> list[dict]:
    return client.get(f"/en/passages/{passage_id}/script/?as=json&to={to}").json()["halves"]


def test_simplified_becomes_traditional_without_code_and_names(thread, mei, tom, client) -> None:
    passage = reply(mei, thread, "**头发**乾了，`头发` @tom 体育").passage
    (half,) = converted(client, passage.pk, "hant")
    assert half["text"].rstrip() == "頭髮乾了，头发 @tom 體育"
    assert half["language"] == "zh-hant"
    assert len(half["text"]) == len(text_of(passage.html))


def test_traditional_becomes_simplified(thread, mei, client) -> None:
    passage = reply(mei, thread, "頭髮太長，麵包很貴。").passage
    (half,) = converted(client, passage.pk, "hans")
    assert half["text"].strip() == "头发太长，面包很贵。"


@pytest.mark.parametrize("to", ["hant", "tw", "hk"])
def test_each_kind_of_traditional_is_offered(thread, mei, client, to: str) -> None:
    passage = reply(mei, thread, "这里的房间很贵。").passage
    (half,) = converted(client, passage.pk, to)
    assert half["text"].strip() in ("這裡的房間很貴。", "這裏的房間很貴。")


def test_what_is_in_the_script_already_and_english_stay(thread, mei, tom, client) -> None:
    assert converted(client, reply(mei, thread, "头发太长。").passage_id, "hans") == []
    assert converted(client, reply(mei, thread, "頭髮太長。").passage_id, "hant") == []
    assert converted(client, reply(tom, thread, "Only English here.").passage_id, "hant") == []


def test_only_the_chinese_half_changes(thread, mei, client) -> None:
    passage = reply(mei, thread, "房租很贵。", body_other="The rent is high.").passage
    (half,) = converted(client, passage.pk, "hant")
    assert half["selector"] == f'[data-passage="{passage.pk}"] .half.original'
    (title,) = converted(client, thread.title_id, "hant")
    assert title["text"] == "你們租一室一廳要多少錢？"


def test_nothing_of_it_is_written_down(thread, mei, client) -> None:
    passage = reply(mei, thread, "头发太长。").passage
    converted(client, passage.pk, "hant")
    client.get(f"/en/passages/{passage.pk}/script/?to=hant")
    again = Passage.objects.get(pk=passage.pk)
    assert (again.body, again.html, again.rendition) == (passage.body, passage.html, passage.rendition)


def test_the_page_says_that_it_is_converted_and_leads_back(thread, mei, client) -> None:
    post = reply(mei, thread, "头发太长。")
    page = client.get(f"/en/passages/{post.passage_id}/script/?to=hant").content.decode()
    assert '<div class="half" lang="zh-Hant" dir="auto"><p>頭髮太長。</p>' in page
    assert "Converted: Traditional" in page and "Show as written" in page
    assert f'href="/en/posts/{post.pk}/"' in page and 'content="noindex"' in page


def test_many_texts_come_in_one_answer_at_the_same_cost(thread, mei, client) -> None:
    ids = [reply(mei, thread, f"头发太长，第{number}次。").passage_id for number in range(3)]

    def asked(*wanted: int) -> tuple[dict, int]:
        address = f"/en/passages/script/?to=hant&ids={','.join(map(str, wanted))}"
        with CaptureQueriesContext(connection) as captured:
            texts = client.get(address).json()["texts"]
        return texts, len(captured)

    assert asked(ids[0])[1] == asked(*ids)[1] == 3  # posts, titles, halves
    texts, _ = asked(*ids, thread.title_id)
    assert set(texts) == {str(number) for number in [*ids, thread.title_id]}
    assert texts[str(ids[2])][0]["text"].strip() == "頭髮太長，第2次。"


def test_texts_that_one_may_not_read_are_left_out(
    thread, mei, tom, lin, members_board, client, log_in, rules
) -> None:
    hidden = reply(mei, thread, "隐藏的头发。")
    moderation.hide(moderator=lin, post=hidden, rule=rules["spam"])
    closed = open_thread(tom, members_board, title_other="会员的头发", body="给会员看的头发。")
    opening = closed.posts.get(number=1)
    shown = reply(mei, thread, "大家的头发。")
    ids = f"{hidden.passage_id},{closed.title_id},{opening.passage_id},{shown.passage_id},987654"
    address = f"/en/passages/script/?to=hant&ids={ids}"
    assert set(client.get(address).json()["texts"]) == {str(shown.passage_id)}
    assert len(log_in(mei).get(address).json()["texts"]) == 4
    # What its author was shown is not kept for others.
    assert set(client.get(address).json()["texts"]) == {str(shown.passage_id)}
    assert client.get(f"/en/passages/{hidden.passage_id}/script/").status_code == 404


@pytest.mark.parametrize("query", ["", "to=hant", "to=latin&ids=1", "to=hant&ids=x", "to=hant&ids=0"])
def test_a_request_without_sense_is_refused(client, query: str) -> None:
    assert client.get(f"/en/passages/script/?{query}").status_code == 400


def test_more_than_forty_texts_at_once_are_refused(client) -> None:
    ids = ",".join(map(str, range(1, 42)))
    assert client.get(f"/en/passages/script/?to=hant&ids={ids}").status_code == 400


def test_a_post_offers_the_script_that_it_is_not_in(thread, mei, client) -> None:
    first = reply(mei, thread, "头发太长。")
    second = reply(mei, thread, "頭髮太長。")
    page = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert f'href="/en/passages/{first.passage_id}/script/?to=hant"' in page
    assert f'href="/en/passages/{second.passage_id}/script/?to=hans"' in page
