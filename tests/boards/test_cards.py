"""The picture of a link: both titles, no empty boxes, and nothing that a stranger may not read."""

import itertools
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image, ImageFont

from exchange.boards import cards
from exchange.languages import fonts
from exchange.languages.actions import Draft, rewrite
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply

TITLES = (
    *("Deposits", "押一付三是什么意思？", "How much? 多少钱？", "W" * 160, "长" * 80),
    "Who decides what the child will study? Grandpa says medicine, Dad says computers, Mum says",
    "孩子报志愿，你们家谁说了算？爷爷说要学医，爸爸说要学计算机，妈妈说离家近最重要，（而我）",
    *("word " * 12, "“引号”" * 12, "🙂 1️⃣ rent 2️⃣ food", "日本語のタイトル 얼마예요", "。" * 80),
)


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


def forget_fonts() -> None:
    fonts.font_of.cache_clear()
    fonts.glyphs.cache_clear()


@pytest.fixture
def no_chinese_font(monkeypatch):
    forget_fonts()
    monkeypatch.setattr(fonts, "font_path", lambda: None)
    yield
    forget_fonts()


def kept(title: str) -> str:
    return fonts.drawable(title, fonts.glyphs())


def test_a_card_is_as_large_as_readers_of_links_ask_for():
    assert size(cards.draw(["What do you pay?"], board="Rent", site="example.org")) == (1200, 630)


def test_an_emoji_is_left_out_and_a_title_with_unknown_letters_is_too():
    font = Letters("Rent ok")
    assert fonts.drawable("Rent 🙂 ok", font) == "Rent ok"
    assert fonts.drawable("Rent 房租", font) == ""


def test_a_mark_that_the_font_lacks_gets_no_circle_to_stand_on():
    assert kept("1️⃣ rent 2️⃣ food") == "1 rent 2 food"
    assert kept("\u0301rent \u05b0\u0e35 🙂\u0301 fo\u200bod") == "rent food"
    assert kept("👨\u200d👩\u200d👧 family") == "family"


def test_nor_does_one_without_a_chinese_font(no_chinese_font):
    test_a_mark_that_the_font_lacks_gets_no_circle_to_stand_on()


@pytest.mark.parametrize("title", ["ما هو الإيجار؟", "ค่าเช่าเท่าไหร่", "🙂🙃", "\u20e3"])
def test_a_title_that_cannot_be_drawn_leaves_the_card_of_all_other_pages(title):
    plain = finders.find("icons/card.png")
    assert cards.draw([title], board="Rent", site="example.org") == Path(plain).read_bytes()


@pytest.mark.parametrize("other", ["", *TITLES[:5]])
@pytest.mark.parametrize("title", TITLES)
def test_no_line_is_printed_over_another(title, other):
    placed = cards.layout([kept(title), kept(other)])
    assert placed[0].top == cards.TOP
    for line, below in itertools.pairwise(placed):
        assert line.top + 1.3 * line.size <= below.top
    # The site's address has its first ink at 550; letters like g reach 1.42 times the size.
    assert placed[-1].top + 1.42 * placed[-1].size <= 540
    assert len({line.colour for line in placed}) == (2 if other else 1)


def test_titles_shrink_before_they_are_cut():
    short, middle = (cards.layout(["租" * count, "rent " * 6]) for count in (8, 40))
    assert (short[0].size, middle[0].size) == (64, 56)
    assert not [line for line in middle if "…" in line.text]
    assert "…" in cards.layout(["租" * 80, "rent " * 32])[-1].text


def test_curly_quotes_are_chinese_ones_only_in_a_chinese_title():
    english = cards.draw(['I don\'t say "rent"'], board="", site="")
    assert cards.draw(["I don’t say “rent”"], board="", site="") == english
    assert cards.draw(["我说“房租”"], board="", site="") != cards.draw(
        ['我说"房租"'], board="", site=""
    )


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


def test_no_line_ends_with_an_opening_mark_or_loses_a_letter_s_mark():
    found = cards.lines("一二三四“五六七八（九十” ni\u030cn", Letters(""), 50, 99)
    assert found == ["一二三四", "“五六七八", "（九十”", "ni\u030cn"]
    assert cards.lines("e\u0301" * 6, Letters(""), 50, 2)[0] == "e\u0301e\u0301"
    assert cards.lines("一二三（四五六", Letters(""), 50, 1) == ["一二三…"]


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


def test_its_tag_changes_with_all_that_it_shows(thread, tom, welcome, lin, rules, client):
    def tag() -> str:
        return client.get(f"/en/threads/{thread.pk}/card.png")["ETag"]

    tags = [tag()]
    title = thread.title
    for draft in (Draft("Rents", "你们租一室一厅要多少钱？"), Draft("Rents", "房租")):
        rewrite(by=tom, passage=title, draft=draft, from_version=title.version, markdown=False)
        tags.append(tag())
    moderation.move(moderator=lin, thread=thread, board=welcome, rule=rules["off-topic"])
    tags.append(tag())
    assert len(set(tags)) == 4
    assert tag() == tags[-1]


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
