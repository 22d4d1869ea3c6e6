import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.languages.engines import guests, tiny_model

type Answer = Callable[[str, Any], tuple[int, Any]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], guests.Server]]:
    """Starts servers that end with the test; no proxy is asked for them."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(guests.serving(answer))


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two tiny models. Do not write to it."""
    folder = tmp_path_factory.mktemp("models")
    tiny_model.make(folder, "zh-Hans", "en")
    tiny_model.make(folder, "en", "zh-Hans")
    return folder
