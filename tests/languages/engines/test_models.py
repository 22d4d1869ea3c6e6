"""`manage.py translation_models`, on real files."""

import io
import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.languages.engines import tiny_model


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.TRANSLATION_MODELS = tmp_path
    tiny_model.make(tmp_path)
    tiny_model.make(tmp_path, "en", "zh-Hans")
    return tmp_path


def said(*words: str) -> str:
    out = io.StringIO()
    call_command("translation_models", *words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("translation_models", *words, stdout=out)
    return f"{out.getvalue()}{caught.value}"


def model_file(folder: Path) -> Path:
    return next((folder / "zh-Hans-en").glob("model.*"))


def test_it_lists_the_pairs_and_says_where_models_come_from(folder: Path) -> None:
    listed = said("list")
    assert f"{folder}: 2 pairs" in listed
    assert "zh-Hans-en: zh-hans to en, 3 files, 0.7 MB" in listed
    assert "fxtranslate models add zh-Hans en" in listed and "http" not in listed


def test_it_says_how_to_begin_without_any(tmp_path: Path, settings) -> None:
    settings.TRANSLATION_MODELS = tmp_path / "nowhere"
    assert "0 pairs" in said("list")
    assert "There are no models" in refused("check")
    assert "There are no models" in refused("check", "--record")


def test_it_tries_each_pair_with_a_known_sentence(folder: Path) -> None:
    checked = said("check")
    assert "zh-Hans-en: ok, 你好 -> hello" in checked
    assert "en-zh-Hans: ok, hello -> 你好" in checked
    assert "models.toml is not there" in checked


def test_it_records_sizes_and_hashes(folder: Path) -> None:
    assert "6 files recorded" in said("check", "--record")
    files = tomllib.loads((folder / "models.toml").read_text())["files"]
    entry = files[model_file(folder).relative_to(folder).as_posix()]
    assert entry["bytes"] == model_file(folder).stat().st_size and len(entry["sha256"]) == 64
    assert "not there" not in said("check")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda file: file.unlink(), "is missing"),
        (lambda file: file.write_bytes(file.read_bytes()[:1_000]), "is cut off: 1000 of"),
        (lambda file: file.write_bytes(b"\2" + file.read_bytes()[1:]), "is of another version"),
    ],
)
def test_a_file_that_is_not_the_recorded_one_is_named(spoil, reason: str, folder: Path) -> None:
    said("check", "--record")
    file = model_file(folder)
    spoil(file)
    answer = refused("check")
    assert "zh-Hans-en: NOT usable: " in answer and f"{file.name} {reason}" in answer
    assert "en-zh-Hans: ok" in answer and "Not usable: zh-Hans-en." in answer


def test_a_record_that_cannot_be_read_is_none(folder: Path) -> None:
    (folder / "models.toml").write_text("[[[ nonsense")
    assert "models.toml is not there" in said("check")
    (folder / "models.toml").write_text("files = 3")
    assert "zh-Hans-en: ok" in said("check")


@pytest.mark.parametrize(
    ("name", "usable"),
    [("zh-en", True), ("zh_Hans-en", True), ("zh-hant-en", True), ("fr-en", False), ("zh", False)],
)
def test_folders_are_known_by_their_languages(name: str, usable: bool, tmp_path: Path) -> None:
    tiny_model.make(tmp_path).rename(tmp_path / name)
    assert ("1 pairs" in said("list", "--folder", str(tmp_path))) is usable
