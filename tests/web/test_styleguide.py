import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.utils.translation import override

from exchange.accounts.models import User
from exchange.boards.models import Board
from exchange.config import colours
from exchange.config.styleguide import SECTIONS
from exchange.web import errors
from tests.cast import person

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans", "zh-hant")


@pytest.fixture
def staff(rent: Board) -> User:
    return person("eve", is_staff=True)


# It says the same at every look, and takes seconds to be drawn.
DRAWN: dict[str, str] = {}


def page(client: Client, language: str = "en") -> str:
    if language not in DRAWN:
        response = client.get(f"/{language}/styleguide/")
        assert response.status_code == 200
        DRAWN[language] = response.content.decode()
    return DRAWN[language]


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
    assert html.count('class="cell" data-theme="light"') == len(SECTIONS) * 3
    assert html.count('class="cell" data-theme="dark"') == len(SECTIONS) * 3
    for words in ("Send reply", "发送回复", "Please write something.", "请写点内容。"):
        assert html.count(words) >= 2, words


# Classes that no cell shows, and why.
APART = {
    "hush": "words that are heard and not seen",
    "narrow": "the width of a whole page",
    "skip": "the way past the header, there once on a page and seen with the focus alone",
    "htmx-request": "htmx gives it to a button while it waits for the answer",
    "arrives": "a script gives it to a post for a moment, while it slides in",
    "over": "a script gives it to the count of letters past the limit",
    "is-copying": "a script gives it to the page while it takes what is copied, readings left out",
    **dict.fromkeys(
        "lightbox lightbox-bar stage scrolls step back on whole count words".split(),
        "the pictures over the page, which lie over all of it: a shot shows them",
    ),
    "with-side": "the front page's two columns, whose parts are shown",
}
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")


def classes(sheet: str) -> set[str]:
    """The classes that a style sheet's selectors name."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = [found for found in re.findall(r"([^{};]+)\{", text) if "@" not in found]
    return {name for selector in selectors for name in CLASS.findall(selector)}


def test_every_class_of_the_style_sheets_is_shown(client: Client, staff: User) -> None:
    client.force_login(staff)
    shown = page(client).partition('<div class="cells">')[2]
    there = {name for names in re.findall(r' class="([^"]*)"', shown) for name in names.split()}
    swatches = {"colours", "scroll", "swatch", "cells"}  # of the page itself
    styled = {
        name
        for sheet in (settings.BASE_DIR / "exchange/static/css").glob("*.css")
        for name in classes(sheet.read_text())
    }
    assert styled - there - swatches - APART.keys() == set()


def test_the_test_sees_it() -> None:
    assert classes("/* .no */ @media (x) { .a:is(.b, p) { top: 0.5em } }") == {"a", "b"}


def test_every_id_is_there_once_and_what_names_it_finds_it(client: Client, staff: User) -> None:
    client.force_login(staff)
    html = page(client)
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    named = re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]*)"', html)
    assert {name for names in named for name in names.split()} - set(ids) == set()


def test_nothing_made_up_can_be_sent(client: Client, staff: User) -> None:
    client.force_login(staff)
    cells = re.findall(
        r'<div class="stack" lang=".*?(?=<div class="cell"|<section)', page(client), re.DOTALL
    )
    assert len(cells) == len(SECTIONS) * 6
    assert not [cell for cell in cells if re.search(r' method="post"| (?:form)?action="', cell)]


def test_posts_are_shown_in_every_state(client: Client, staff: User) -> None:
    client.force_login(staff)
    html = page(client)
    # For all and for its author, in two themes.
    assert html.count("A moderator hid this post.") == 4
    assert html.count("This post is hidden until somebody who reads its language") == 2
    assert html.count('data-view="original"><div class="place"') == 6
    assert "You chose 简体中文, but this looks like English." in html
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
