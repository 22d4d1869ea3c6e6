"""The hard limits of sizes: past them a file is split, whatever the reason."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FUNCTION_LINES = 60
FUNCTION_MEDIAN = 8
FUNCTION_P90 = 25
LINES = {".py": 500, ".html": 150, ".txt": 150, ".css": 300, ".js": 300}
FOLDERS = ("exchange", "templates", "tests", "scripts")


def files(*suffixes: str, folders: tuple[str, ...] = FOLDERS) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in suffixes and "node_modules" not in path.parts:
                yield path


def name(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(path)}: {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("suffix", LINES)
def test_no_file_is_too_long(suffix: str) -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in files(suffix)}
    assert {path: lines for path, lines in lengths.items() if lines > LINES[suffix]} == {}


def test_no_function_is_too_long() -> None:
    lengths = [pair for path in files(".py") for pair in functions(path)]
    assert [pair for pair in lengths if pair[1] > FUNCTION_LINES] == []


def test_most_functions_are_short() -> None:
    lengths = sorted(
        lines for path in files(".py", folders=("exchange",)) for _, lines in functions(path)
    )
    assert statistics.median(lengths) <= FUNCTION_MEDIAN
    assert lengths[len(lengths) * 9 // 10] <= FUNCTION_P90
