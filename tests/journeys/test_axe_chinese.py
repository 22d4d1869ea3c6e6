"""Every kind of page can be used in Chinese: in a file of its own, which the other worker does.

What differs between the states of one page differs in English too, where all of them are looked at.
"""

import pytest

from scripts.pages import People, Places, Shot
from scripts.shots import SHOTS
from tests.security.selection import WHOLE

from .axe import faults, faults_of_components

FIRST_OF_EACH = list({shot.template: shot for shot in reversed(SHOTS)}.values())[::-1]


@pytest.mark.parametrize("shot", SHOTS if WHOLE else FIRST_OF_EACH, ids=lambda shot: shot.name)
def test_every_kind_of_page_can_be_used(shot: Shot, pages: People, places: Places) -> None:
    assert faults(shot, "zh-hans", pages, places) == []


def test_every_component_can_be_read_in_every_theme_and_with_more_contrast(pages: People) -> None:
    assert faults_of_components("zh-hans", pages) == []
