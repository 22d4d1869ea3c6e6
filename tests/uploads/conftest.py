"""One process that reads the files of all these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .many import Reader, reading


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder: Path = tmp_path_factory.mktemp("uploads")
    with reading(folder) as found:
        yield found
