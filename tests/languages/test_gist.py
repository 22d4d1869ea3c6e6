"""Word by word, where there is no translation: help for who cannot read it, and never more than that."""

import pytest

from exchange.languages import gist
from tests.cast import open_thread, reply

CHINESE = "房租太贵了，我想搬家。"
ENGLISH = "My landlord kept the security deposit."


def test_chinese_comes_word_by_word_in_english():
    (line,) = gist.lines(CHINESE, "en")
    for word in ("rent", "expensive", "move house"):
        assert word in line
    assert not any("\u4e00" <= char <= "\u9fff" for char in line)


def test_english_comes_word_by_word_in_chinese():
    (line,) = gist.lines(ENGLISH, "zh")
    assert "房东" in line and "押金" in line and line.endswith("。")


def test_of_mixed_text_what_the_reader_can_read_stays():
    (english,) = gist.lines("我的landlord很mean。", "en")
    (chinese,) = gist.lines("我的landlord很mean。", "zh")
    assert "landlord" in english and "very" in english
    assert "房东" in chinese and "我的" in chinese.replace(gist.BETWEEN, "")


@pytest.mark.parametrize("body", ["😂😂", "12345", "", "https://example.org/a", "```\n房租\n```"])
def test_where_no_word_can_be_helped_there_is_none(body):
    assert gist.lines(body, "en") == []


@pytest.mark.parametrize("reader", ["en", "zh"])
def test_what_is_in_the_reader_s_language_has_none(reader):
    assert gist.lines(ENGLISH if reader == "en" else CHINESE, reader) == []


def test_a_quotation_is_not_gone_through_again():
    (line,) = gist.lines(f"> {CHINESE}\n\n我也是。", "en")
    assert "rent" not in line


def test_of_a_long_text_the_beginning_is_enough():
    found = gist.lines(CHINESE * 1000, "en")
    assert found[-1] == "…"
    assert sum(map(len, found)) < 20 * gist.MOST_LETTERS


def test_it_stays_one_line_a_paragraph_and_holds_no_markup():
    found = gist.lines("**房租**太贵。\n\n- <b>押金</b>也是", "en")
    assert len(found) == 2
    assert "*" not in "".join(found)


@pytest.mark.django_db
def test_a_post_without_another_half_has_it_and_one_with_a_half_has_not(thread, mei, client):
    reply(mei, thread, CHINESE)
    reply(mei, thread, "押金也很贵。", body_other="The deposit is high as well.")
    page = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert 'class="gist" data-family="en"' in page
    assert "move house" in page and "word by word, not a translation" in page
    assert page.count('data-family="en"') == 1


@pytest.mark.django_db
def test_it_is_kept_in_no_table(thread, mei, client):
    post = reply(mei, thread, CHINESE)
    client.get(f"/en/threads/{thread.pk}/")
    assert not post.passage.translations.exists()


@pytest.mark.django_db
def test_it_is_escaped_like_everything_else(tom, rent, client):
    thread = open_thread(tom, rent, body="房租 <script>alert(1)</script> 太贵", title_other="")
    page = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert "<script>alert" not in page
