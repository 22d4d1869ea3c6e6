from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from exchange.config import prepared_pictures
from tests.cast import made


@contextmanager
def one_colour() -> Iterator[None]:
    """Sample pictures that nobody draws: drawing takes longer than all the rest of the seeding."""
    with (
        patch.object(prepared_pictures, "workers", lambda: ThreadPoolExecutor(1)),
        patch.object(prepared_pictures, "prepared", lambda drawing, of: made("#c63")),
    ):
        yield


@contextmanager
def seeded(blocker: Any, **settings: Any) -> Iterator[None]:
    """A seeded site in a transaction around those of the tests: seeding takes longer than they do."""
    with override_settings(**settings):
        with blocker.unblock():
            around = transaction.atomic()
            around.__enter__()
            with one_colour():
                call_command("seed")
        yield
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
            cache.clear()


@pytest.fixture(scope="module")
def seeded_bare(django_db_setup: None, django_db_blocker: Any) -> Any:
    with seeded(django_db_blocker, DEMO=False):
        yield


@pytest.fixture(scope="module")
def seeded_demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Any:
    folder: Path = tmp_path_factory.mktemp("data")
    with seeded(django_db_blocker, DEMO=True, DATA_DIR=folder):
        yield


@pytest.fixture
def bare(seeded_bare: None, db: None) -> None:
    """Without sample people; for a module of its own, as is `demo`."""


@pytest.fixture
def demo(seeded_demo: None, db: None) -> None:
    """With the sample people and their talk."""
