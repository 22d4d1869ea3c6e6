"""Pictures as readers see them: in a thread, and each on its own page."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from exchange.accounts.models import User
from exchange.boards import gallery
from exchange.boards.models import Board, Post
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.uploads import actions
from exchange.uploads.actions import PictureDraft
from exchange.uploads.addresses import address
from exchange.uploads.made import Made, Part
from exchange.uploads.models import Rendition, Upload
from tests.boards.test_budgets import queries_of
from tests.cast import open_thread, picture, pictured, reply


@pytest.fixture
def post(mei: User, tom: User, rent: Board) -> Post:
    thread = open_thread(tom, rent)
    cat = pictured(picture(mei), "我的猫，叫豆豆。", "一只黄猫睡在窗台上。")
    return reply(mei, thread, pictures=[cat, pictured(picture(mei, "#36c"))])


def page_of(client: Client, post: Post, language: str = "en") -> str:
    response = client.get(f"/{language}/threads/{post.thread_id}/")
    assert response.status_code == 200
    return response.content.decode()


def pictures_of(post: Post) -> list[Upload]:
    return list(post.passage.uploads.order_by("position"))


def where(post: Post, upload: Upload, language: str = "en") -> str:
    return f"/{language}/posts/{post.pk}/pictures/{upload.pk}/"


def sized(width: int, height: int, *widths: int) -> Upload:
    """Not saved, with its sizes."""
    upload = Upload(pk=1, width=width, height=height, name="a" * 32)
    parts = [
        Rendition(name=f"w{wide}", page=0, width=wide, height=round(height * wide / width))
        for wide in widths
    ]
    vars(upload)["_prefetched_objects_cache"] = {"renditions": parts}
    return upload


def test_a_picture_has_its_size_its_words_and_its_page(post: Post, client: Client) -> None:
    html = page_of(client, post)
    first, second = pictures_of(post)
    assert f'src="{address(first, first.renditions.get())}"' in html
    assert 'width="64" height="48" alt="一只黄猫睡在窗台上。" lang="zh-Hans"' in html
    assert 'alt="Picture 2 of 2 by mei, not described yet" lang="en"' in html
    assert re.search(rf'data-passage="{first.caption_id}".*我的猫，叫豆豆。', html, re.DOTALL)
    for upload in (first, second):
        assert f'href="{where(post, upload)}"' in html
        shown = client.get(where(post, upload)).content.decode()
        assert f'href="/en/threads/{post.thread_id}/#post-2"' in shown
    assert "style=" not in html.partition('class="pictures')[2].partition("</article>")[0]


def test_it_is_described_in_the_page_s_language_where_somebody_did(
    post: Post, tom: User, mei: User, client: Client
) -> None:
    description = pictures_of(post)[0].description
    half = languages.propose(
        by=tom, passage=description, language="en", body="A *ginger* cat.", from_version=1
    )
    languages.accept(by=mei, proposal=half)
    assert 'alt="A ginger cat." lang="en"' in page_of(client, post)
    assert 'alt="一只黄猫睡在窗台上。" lang="zh-Hans"' in page_of(client, post, "zh-hans")


def test_without_a_description_the_caption_is_read_out(mei: User, thread: Any) -> None:
    upload = picture(mei)
    reply(mei, thread, pictures=[pictured(upload, "豆豆和 **它的** 盒子。")])
    upload.refresh_from_db()
    said = gallery.alternative(upload, 1, 1, "mei", "en")
    assert said == ("豆豆和 它的 盒子。", "zh-hans")


@pytest.mark.parametrize("pictures", [1, 20])
def test_a_cold_page_costs_the_same_with_1_and_20_pictures(
    pictures: int, mei: User, tom: User, thread: Any, client: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(actions, "MOST_IN_HALF_AN_HOUR", 100)
    for first in range(0, pictures, 4):
        uploads = [picture(mei, f"#00{at:02x}ff") for at in range(first, min(first + 4, pictures))]
        reply(mei, thread, pictures=[pictured(each, "一只猫。", "A cat.") for each in uploads])
    cache.clear()
    page = f"/en/threads/{thread.pk}/"
    # Seven as without pictures; their files, and the halves of captions and of descriptions.
    assert queries_of(client, page) == 10
    assert queries_of(client, page) == 2


@pytest.mark.parametrize("act", ["hold", "hide"])
def test_what_is_held_or_hidden_is_for_its_author_and_moderators(
    act: str, post: Post, mei: User, tom: User, lin: User, log_in: Any
) -> None:
    upload = pictures_of(post)[0]
    getattr(actions, act)(upload=upload)
    upload.refresh_from_db()
    for person, sees in ((None, False), (tom, False), (mei, True), (lin, True)):
        browser = log_in(person)
        assert ("豆豆" in page_of(browser, post)) == sees, person
        assert (upload.name in page_of(browser, post)) == sees, person
        assert browser.get(where(post, upload)).status_code == (200 if sees else 404), person


def test_the_page_says_all_and_leads_to_the_others(post: Post, client: Client) -> None:
    first, second = pictures_of(post)
    html = client.get(where(post, first)).content.decode()
    assert "Picture 1 of 2</h1>" in html and "我的猫，叫豆豆。" in html
    assert "一只黄猫睡在窗台上。</p>" in html
    assert f'rel="next" href="{where(post, second)}"' in html and 'rel="prev"' not in html
    image = f"http://localhost:8000{address(first, first.renditions.get())}"
    assert f'property="og:image" content="{image}"' in html
    assert 'hreflang="zh-Hans"' in html


def test_another_post_s_picture_is_not_at_its_address(
    post: Post, mei: User, client: Client
) -> None:
    other = reply(mei, post.thread, "别的。")
    assert client.get(where(other, pictures_of(post)[0])).status_code == 404


def test_a_closed_board_s_picture_is_shared_nowhere(
    mei: User, members_board: Board, log_in: Any
) -> None:
    opening = open_thread(mei, members_board, pictures=[pictured(picture(mei))]).posts.get()
    html = log_in(mei).get(where(opening, pictures_of(opening)[0])).content.decode()
    assert "og:image" not in html and 'content="noindex"' in html


def test_handwriting_says_what_it_says(mei: User, thread: Any, client: Client) -> None:
    note = PictureDraft(picture(mei).pk, Draft("记得吃早饭！"), None, is_handwriting=True)
    post = reply(mei, thread, pictures=[note])
    assert "What it says" in page_of(client, post)
    assert "上面写着" in page_of(client, post, "zh-hans")


def test_a_paper_has_its_pages_its_words_and_a_download(
    mei: User, thread: Any, client: Client
) -> None:
    pages = [Part("w360", n, 360, 509, "image/webp", b"page %d" % n) for n in (1, 2, 3)]
    file = Part("file", 0, 0, 0, "application/pdf", b"%PDF-1.7 " * 200)
    made = Made("paper", 360, 509, b"blur", (), (*pages, file), ("Section A\n<b>", "", "Essay"))
    post = reply(mei, thread, pictures=[pictured(actions.put(owner=mei, made=made), "试卷")])
    assert "PDF · 3 pages" in page_of(client, post)
    (upload,) = pictures_of(post)
    html = client.get(where(post, upload)).content.decode()
    assert html.count('id="page-') == 3 and "Words of page 1" in html
    assert "Section A\n&lt;b&gt;" in html and "Words of page 2" not in html
    assert f"/pictures/{upload.name}/file.pdf" in html and "1.8\xa0KB" in html


def test_the_form_of_a_post_has_no_empty_lines_but_those_of_code(
    mei: User, thread: Any, client: Client
) -> None:
    code = reply(mei, thread, "    一行\n\n    又一行", pictures=[pictured(picture(mei), "一")])
    html = page_of(client, code).partition('id="post-2"')[2].partition("</article>")[0]
    assert "一行\n\n又一行" in html
    assert re.findall(r"\n[ \t]*\n", html) == ["\n\n"]


# Which size for which screen


@pytest.mark.parametrize(
    ("width", "height", "box", "drawn"),
    [
        (1600, 1200, (640, 480), 640),
        (1200, 1600, (390, 520), 390),
        (3600, 900, (640, 160), 640),
        (120, 90, (120, 90), 120),
        (700, 4000, (320, 480), 320),  # a long screenshot: its upper part
    ],
)
def test_a_picture_alone_keeps_its_shape(
    width: int, height: int, box: tuple[int, int], drawn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = gallery._alone(sized(width, height, width).renditions.all()[0], height > 2.2 * width)
    assert ((place.width, place.height), place.drawn) == (box, drawn)


@pytest.mark.parametrize(
    ("width", "height", "number", "total", "drawn", "share"),
    [
        (1600, 1200, 1, 2, 316, "0.350"),  # on a telephone, 0.7 of half the width
        (1200, 1600, 2, 2, 237, "0.262"),  # as wide as its height leaves it in a square
        (1600, 900, 1, 3, 640, "0.700"),
        (600, 2400, 4, 4, 316, "0.350"),
    ],
)
def test_in_a_gallery_it_takes_its_share_of_a_cell(
    width: int, height: int, number: int, total: int, drawn: int, share: str
) -> None:
    place = gallery._in_cell(sized(width, height, width).renditions.all()[0], number, total)
    assert place.drawn == drawn and place.phone.endswith(f"* {share})")
