import logging
import os
from pathlib import Path

import pytest

from tests.access.world import kept_world, pytest_runtest_teardown, world

__all__ = ["kept_world", "pytest_runtest_teardown", "world"]

HERE = Path(__file__).parent
# Thousands of requests whose answer does not hang on which database stands behind the site.
SAME_ON_ANY_DATABASE = {
    f"test_{name}.py"
    for name in ("xss_sinks", "redirects", "deployment", "csrf_and_safe_methods", "mass_assignment")
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("EXCHANGE_LANE") != "services":
        return
    left_out = [item for item in items if item.path.parent == HERE and is_the_same_there(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def is_the_same_there(item: pytest.Item) -> bool:
    return item.path.name in SAME_ON_ANY_DATABASE or "no_query_of_any_shape" in item.name


@pytest.fixture(autouse=True)
def _refusals_are_not_news() -> None:
    """Thousands of them are asked for here; a real fault is an ERROR and still shows."""
    logging.getLogger("django.request").setLevel(logging.ERROR)
