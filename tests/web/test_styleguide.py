import re

import pytest
from django.template.loader import get_template
from django.test import Client
from django.utils.translation import override

from exchange.accounts.models import User
from exchange.boards.models import Board
from exchange.config import colours
from exchange.web import errors
from tests.cast import person

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans", "zh-hant")


@pytest.fixture
def staff(rent: Board) -> User:
    return person("eve", is_staff=True)


def page(client: Client, language: str = "en") -> str:
    response = client.get(f"/{language}/styleguide/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_member_and_a_stranger_find_nothing_there(client: Client, tom: User) -> None:
    assert client.get("/en/styleguide/").status_code == 404
    client.force_login(tom)
    assert client.get("/en/styleguide/").status_code == 404


def test_whoever_develops_the_site_needs_no_account(client: Client, rent: Board, settings) -> None:
    settings.DEBUG = True
    assert client.get("/en/styleguide/").status_code == 200


def test_every_part_is_there_in_three_languages_and_two_themes(client: Client, staff: User) -> None:
    client.force_login(staff)
    html = page(client)
    assert html.count('class="cell" data-theme="light"') == 8 * 3
    assert html.count('class="cell" data-theme="dark"') == 8 * 3
    for words in ("Send reply", "发送回复", "Please write something.", "请写点内容。"):
        assert html.count(words) >= 2, words


def test_posts_are_shown_in_every_state(client: Client, staff: User) -> None:
    client.force_login(staff)
    html = page(client)
    assert (
        html.count("A moderator hid this post.") == 4
    )  # for all and for its author, in two themes
    assert html.count("This post was deleted by its author.") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_not_for_search_engines(client: Client, staff: User, language: str) -> None:
    client.force_login(staff)
    assert '<meta name="robots" content="noindex, nofollow">' in page(client, language)


@pytest.mark.parametrize(("front", "back", "least"), colours.PAIRS)
def test_words_and_edges_can_be_told_from_what_is_behind_them(
    front: str, back: str, least: float
) -> None:
    light, system, dark, more_light, _, more_dark = colours.themes()
    for theme in (light, system, dark):
        assert colours.contrast(theme[front], theme[back]) >= least
    for theme in (more_light, more_dark):
        assert colours.contrast(theme[front], theme[back]) >= colours.MORE


def test_dark_by_the_system_is_dark_by_choice() -> None:
    _, system, dark, _, system_more, dark_more = colours.themes()
    assert (system, system_more) == (dark, dark_more)


def test_black_on_white_is_the_most_there_is() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#777777") == 1


def test_it_names_the_patterns_of_pages_that_exist(client: Client, staff: User) -> None:
    client.force_login(staff)
    named = re.findall(r">(patterns/\w+\.html)<", page(client))
    assert len(named) == 4
    for name in named:
        assert get_template(name)


@pytest.mark.parametrize("status", errors.TITLES)
def test_the_page_of_every_error_can_be_looked_at(
    status: int, client: Client, staff: User, tom: User
) -> None:
    address = f"/zh-hans/styleguide/errors/{status}/"
    client.force_login(tom)
    stranger = client.get(address)
    assert (stranger.status_code, "这里什么也没有" in stranger.content.decode()) == (404, True)
    client.force_login(staff)
    shown = client.get(address)
    with override("zh-hans"):
        assert str(errors.TITLES[status]) in shown.content.decode()
    assert shown.status_code == status


def test_there_is_no_page_for_what_is_no_error(client: Client, staff: User) -> None:
    client.force_login(staff)
    assert client.get("/en/styleguide/errors/200/").status_code == 404
