"""Scripts name each other as the storage understands, which gives every file the name of what it holds."""

import re
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[2] / "exchange" / "static" / "js").glob("*.js"))
OTHERWISE = re.compile(r'\bimport\((?!"\./[a-z-]+\.js"\))')


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_that_is_fetched_later_has_one_name(path: Path) -> None:
    """Under a name that is computed it would be fetched, and run, a second time."""
    assert OTHERWISE.findall(path.read_text()) == []


def test_the_test_sees_it() -> None:
    assert OTHERWISE.search('import(own ? "./desk.js" : "./shortcuts.js")')
    assert not OTHERWISE.search('import("./desk.js").then(start)')
