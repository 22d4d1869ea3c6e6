import logging

import pytest

from tests.access.world import kept_world, pytest_runtest_teardown, world

__all__ = ["kept_world", "pytest_runtest_teardown", "world"]


@pytest.fixture(autouse=True)
def _refusals_are_not_news() -> None:
    """Thousands of them are asked for here; a real fault is an ERROR and still shows."""
    logging.getLogger("django.request").setLevel(logging.ERROR)
