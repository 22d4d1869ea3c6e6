"""What import-linter cannot say: which libraries and habits belong to which modules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

# Modules that do not know that there are requests.
DOMAIN = ("actions", "queries", "rules", "models")
WEB_ONLY = ("django.http", "django.shortcuts", "django.contrib.messages")
# Signals of Django that would hide work behind a save.
SAVE_SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}


def modules() -> Iterator[Path]:
    yield from sorted((settings.BASE_DIR / "exchange").rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR / "exchange").as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imported(path: Path) -> Iterator[str]:
    """Dotted names: `from a import b` gives `a.b`, for b may be a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_of(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def part_of_app(path: Path) -> str:
    """`actions` for boards/actions.py and for boards/actions/reply.py."""
    parts = Path(name(path)).with_suffix("").parts
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("part", DOMAIN)
def test_the_domain_knows_no_requests(part: str) -> None:
    found = [
        f"{name(path)}: {module}"
        for path in modules()
        if part_of_app(path) == part
        for module in imported(path)
        if is_of(module, WEB_ONLY)
    ]
    assert found == []


def test_only_live_imports_channels() -> None:
    users = {
        name(path)
        for path in modules()
        if any(is_of(module, ("channels", "channels_redis")) for module in imported(path))
    }
    assert {user for user in users if not user.startswith("live/")} <= {"config/asgi.py"}


def test_the_ledger_has_the_only_signal() -> None:
    makers = {
        name(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Signal"
    }
    assert makers <= {"ledger/signals.py"}


def test_nothing_happens_behind_a_save() -> None:
    listeners = {
        name(path)
        for path in modules()
        if any(module.split(".")[-1] in SAVE_SIGNALS for module in imported(path))
    }
    assert listeners == set()


def test_models_do_no_work_in_save() -> None:
    savers = {
        f"{name(path)}: {node.name}"
        for path in modules()
        if part_of_app(path) == "models"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    }
    assert savers == set()
