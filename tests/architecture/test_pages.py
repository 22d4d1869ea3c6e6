"""Every page that can be drawn is looked at: the screenshots and the axe journeys go by one list."""

import re

from django.conf import settings

from exchange.web import errors
from scripts.shots import SHOTS

FOLDER = settings.BASE_DIR / "templates"
EXTENDS = re.compile(r'{% extends "([^"]+)" %}')
# The components' page is for staff; a journey of its own looks at it.
LOOKED_AT_ELSEWHERE = {"styleguide/page.html"}


def page_templates() -> set[str]:
    """The templates of whole pages, without those that others only extend."""
    sources = {
        path.relative_to(FOLDER).as_posix(): path.read_text() for path in FOLDER.rglob("*.html")
    }
    extended = {name: found[1] for name in sources if (found := EXTENDS.match(sources[name]))}
    whole = {name for name, source in sources.items() if "<!doctype html>" in source}
    return (whole | extended.keys()) - set(extended.values())


def test_every_page_is_in_the_list_of_shots() -> None:
    assert page_templates() - LOOKED_AT_ELSEWHERE == {shot.template for shot in SHOTS}


def test_every_error_is_in_the_list_of_shots() -> None:
    errors_shown = {f"error-{status}" for status in errors.TITLES}
    assert errors_shown - {shot.name for shot in SHOTS} == set()


def test_no_two_shots_have_one_name() -> None:
    names = [shot.name for shot in SHOTS]
    assert len(names) == len(set(names))


def test_the_test_sees_pages() -> None:
    assert {"boards/front.html", "account/login.html", "web/offline.html"} <= page_templates()
    assert not {"base.html", "patterns/page.html", "boards/_post.html"} & page_templates()
