"""The picture of a link: both titles, no empty boxes, and nothing that a stranger may not read."""

from io import BytesIO

import pytest
from PIL import Image, ImageFont

from exchange.boards import cards
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply

WIDTH = 1200 - 2 * cards.MARGIN


class Letters:
    """A font that has only what it is told; each character is 10 wide."""

    def __init__(self, has: str) -> None:
        self.has = has

    def getlength(self, text: str) -> float:
        return 10 * len(text)

    def getmask(self, char: str) -> object:
        font = ImageFont.load_default(20)
        return font.getmask(char if char in self.has else "\uffff")


def size(png: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(png)).size


@pytest.fixture
def no_chinese_font(monkeypatch):
    cards._font.cache_clear()
    monkeypatch.setattr(cards, "font_path", lambda: None)
    yield
    cards._font.cache_clear()


def test_a_card_is_as_large_as_readers_of_links_ask_for():
    assert size(cards.draw(["What do you pay?"], board="Rent", site="example.org")) == (1200, 630)


def test_an_emoji_is_left_out_and_a_title_with_unknown_letters_is_too():
    font = Letters("Rent ok")
    assert cards.drawable("Rent 🙂 ok", font) == "Rent ok"
    assert cards.drawable("Rent 房租", font) == ""


def test_without_a_chinese_font_the_latin_half_is_drawn_and_no_boxes(no_chinese_font):
    plain = cards.draw([], board="", site="example.org")
    assert cards.draw(["房租多少？"], board="房租", site="example.org") == plain
    assert cards.draw(["房租多少？", "What rent?"], board="房租", site="example.org") != plain


def test_no_line_begins_with_a_closing_mark_and_none_is_too_wide():
    font = Letters("")
    title = "押一付三，是什么意思？（请说明）" * 3 + "W" * 300 + " and then some words"
    found = cards.lines(title, font, 200, 99)
    assert "".join(found).replace(" ", "") == title.replace(" ", "")
    assert all(font.getlength(line) <= 210 for line in found)  # a mark may hang over by itself
    assert not [line for line in found if line[0] in "，？）。"]


def test_what_does_not_fit_ends_in_an_ellipsis():
    found = cards.lines("长" * 100, Letters(""), 200, 3)
    assert len(found) == 3 and found[-1] == "长" * 19 + "…"


def test_a_thread_s_card_is_drawn_once_and_asked_again_by_its_tag(
    thread, client, django_assert_num_queries
):
    address = f"/en/threads/{thread.pk}/card.png"
    first = client.get(address)
    assert (first.status_code, first["Content-Type"]) == (200, "image/png")
    assert "public" in first["Cache-Control"] and "Set-Cookie" not in first
    with django_assert_num_queries(1):
        again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""


def test_a_hidden_thread_s_card_shows_no_title(thread, mei, lin, rules, client):
    address = f"/en/threads/{thread.pk}/card.png"
    shown = client.get(address).content
    moderation.hide(moderator=lin, post=thread.posts.get(), rule=rules["spam"])
    hidden = client.get(address).content
    assert hidden != shown
    assert hidden == cards.draw([], board="", site="localhost:8000")


def test_a_members_thread_s_card_is_not_kept_by_others(members_board, tom, mei, log_in, client):
    thread = open_thread(tom, members_board)
    address = f"/en/threads/{thread.pk}/card.png"
    assert client.get(address).status_code == 404
    assert "private" in log_in(mei).get(address)["Cache-Control"]


def test_a_page_says_how_its_link_is_shown(thread, tom, client):
    reply(tom, thread)
    page = client.get(f"/zh-hans/threads/{thread.pk}/").content.decode()
    assert f'content="http://localhost:8000/zh-hans/threads/{thread.pk}/card.png"' in page
    for said in ("og:title", "og:description", "og:locale", "og:image:width", "twitter:card"):
        assert said in page
    assert 'og:locale" content="zh_CN"' in page
