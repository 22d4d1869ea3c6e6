"""The real engine on models that are made here."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from fxtranslate import Translator as Engine

from exchange.languages.engines import Broken, Unavailable, Unsupported, translate_body
from exchange.languages.engines import fx as fx_module
from exchange.languages.engines.fx import Fx
from tests.languages.engines import tiny_model


@pytest.fixture
def fx(models: Path) -> Iterator[Fx]:
    engine = Fx(models)
    yield engine
    engine.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny_model.make(tmp_path)
    return tmp_path


def failure(folder: Path) -> str:
    engine = Fx(folder)
    try:
        with pytest.raises(Broken) as caught:
            engine.translate(["你好"], "zh-hans", "en")
        health = engine.healthy()
    finally:
        engine.close()
    assert not health.ok and health.reason
    return str(caught.value)


def model_file(folder: Path) -> Path:
    return next((folder / "zh-Hans-en").glob("model.*"))


def test_it_translates_both_ways(fx: Fx) -> None:
    assert fx.translate(["我喜欢火锅。", "房租太贵了"], "zh-hans", "en") == [
        "I like hotpot.",
        "rent too expensive!",
    ]
    assert fx.translate(["hello"], "en", "zh-hans") == ["你好"]


def test_traditional_needs_no_model_of_its_own(fx: Fx) -> None:
    assert fx.translate(["學費太貴了"], "zh-hant", "en") == ["tuition too expensive!"]
    assert fx.translate(["tuition too expensive"], "en", "zh-hant") == ["學費太貴"]


def test_its_pairs_are_those_of_the_folder_and_their_conversions(fx: Fx, folder: Path) -> None:
    chinese = {"zh-hans", "zh-hant"}
    assert fx.pairs() == {("en", c) for c in chinese} | {(c, "en") for c in chinese}
    assert Fx(folder).pairs() == {(c, "en") for c in chinese}


def test_it_is_healthy(fx: Fx) -> None:
    assert fx.healthy().ok and fx.healthy().reason == ""


def test_many_threads_share_the_one_that_owns_it(fx: Fx) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: fx.translate(["我喜欢火锅。"], "zh-hans", "en"), range(40))
        )
    assert answers == [["I like hotpot."]] * 40


def test_a_process_that_used_it_ends_in_silence(models: Path) -> None:
    """Engines dropped in another thread than their own would complain."""
    code = (
        "from pathlib import Path; from exchange.languages.engines.fx import Fx\n"
        f"print(Fx(Path({str(models)!r})).translate(['你好'], 'zh-hans', 'en'))"
    )
    env = {"DJANGO_SETTINGS_MODULE": "exchange.config.settings"}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True, text=True, timeout=60, env=env, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert (done.stdout, done.stderr, done.returncode) == ("['hello']\n", "", 0)


def test_a_pair_without_a_model_is_unsupported(folder: Path) -> None:
    with pytest.raises(Unsupported):
        Fx(folder).translate(["hello"], "en", "zh-hans")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    assert "no folder" in failure(tmp_path / "nowhere")


def test_a_missing_file_is_named(folder: Path) -> None:
    next((folder / "zh-Hans-en").glob("trgvocab.*")).unlink()
    assert "vocab.* (or srcvocab.* and trgvocab.*) is missing" in failure(folder)


@pytest.mark.parametrize("left", [0, 10, 1_000, 300_000, -10])
def test_a_model_that_was_cut_off_is_refused(left: int, folder: Path) -> None:
    file = model_file(folder)
    file.write_bytes(file.read_bytes()[:left])
    assert "truncated" in failure(folder)


def test_a_model_of_another_version_is_refused(folder: Path) -> None:
    file = model_file(folder)
    file.write_bytes(b"\2" + file.read_bytes()[1:])
    assert "version" in failure(folder)


@pytest.mark.parametrize("vocabulary", [b"", b"garbage", b"<html>not found</html>"])
def test_a_wrong_vocabulary_is_noticed_by_one_known_sentence(
    vocabulary: bytes, folder: Path
) -> None:
    """The engine loads it, and answers nothing."""
    for file in (folder / "zh-Hans-en").glob("*.spm"):
        file.write_bytes(vocabulary)
    assert "zh-Hans-en" in failure(folder)


def test_it_works_again_once_the_model_is_put_right(folder: Path) -> None:
    file = model_file(folder)
    good = file.read_bytes()
    file.write_bytes(good[:-10])
    engine = Fx(folder)
    assert not engine.healthy().ok
    file.write_bytes(good)
    assert engine.healthy().ok
    engine.close()


def test_a_panic_of_the_engine_is_a_failure_like_others(models: Path, monkeypatch) -> None:
    """A real one: the engine is used in another thread than made it, and it is no `Exception`."""
    ours = Engine(*tiny_model.files(), None)
    monkeypatch.setattr(fx_module, "_loaded", lambda model: ours)
    engine = Fx(models)
    with pytest.raises(Broken, match="zh-Hans-en: PanicException"):
        engine.translate(["你好"], "zh-hans", "en")
    monkeypatch.undo()
    assert engine.translate(["你好"], "zh-hans", "en") == ["hello"]
    engine.close()
    gc.collect()  # here, in the thread that made it


def test_an_engine_that_takes_too_long_is_not_waited_for(models: Path, monkeypatch) -> None:
    ended = Event()

    class Slow:
        def translate_long(self, text: str) -> str:
            ended.wait(30)
            return text

    monkeypatch.setattr(fx_module, "_loaded", lambda model: Slow())
    engine = Fx(models, timeout=0.05)
    with pytest.raises(Unavailable):
        engine.translate(["你好"], "zh-hans", "en")
    ended.set()
    engine.close()


def test_a_body_keeps_its_marks_through_a_neural_model(fx: Fx) -> None:
    outcome = translate_body(fx, "- 房租**太贵**了。\n- 我喜欢火锅。`你好`", "zh-hans", "en")
    assert outcome.reason == ""
    assert outcome.body == "- rent **too expensive**!.\n- I like hotpot. `你好`"
