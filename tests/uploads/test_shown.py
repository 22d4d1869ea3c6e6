"""Pictures as readers see them: in a thread, and each on its own page."""

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards.models import Board
from exchange.uploads.addresses import address
from tests.cast import open_thread, picture, pictured, reply


@pytest.fixture
def post(mei: User, tom: User, rent: Board):
    thread = open_thread(tom, rent)
    cat = pictured(picture(mei), "我的猫，叫豆豆。", "一只黄猫睡在窗台上。")
    return reply(mei, thread, pictures=[cat, pictured(picture(mei, "#36c"))])


def page_of(client: Client, post, language: str = "en") -> str:
    response = client.get(f"/{language}/threads/{post.thread_id}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_picture_has_its_size_its_words_and_its_page(post, client: Client) -> None:
    html = page_of(client, post)
    first, second = post.passage.uploads.order_by("position")
    assert f'src="{address(first, first.renditions.get())}"' in html
    assert 'alt="一只黄猫睡在窗台上。" lang="zh-Hans"' in html
    assert "我的猫，叫豆豆。" in html
    assert 'alt="Picture 2 of 2 by mei, not described yet" lang="en"' in html
    for upload in (first, second):
        where = f"/en/posts/{post.pk}/pictures/{upload.pk}/"
        assert f'href="{where}"' in html
        assert client.get(where).status_code == 200
