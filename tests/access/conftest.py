import logging

import pytest

from tests.access.world import world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _refusals_are_not_news() -> None:
    """Thousands of them are asked for here; a real fault is an ERROR and still shows."""
    logging.getLogger("django.request").setLevel(logging.ERROR)
