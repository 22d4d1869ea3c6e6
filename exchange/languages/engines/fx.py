"""Neural models in this process: fxtranslate, with Firefox's models from a local folder.

The engine's objects belong to the thread that made them: used elsewhere they panic, dropped
elsewhere they complain. So one thread of their own makes, uses and forgets them all.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from pathlib import Path
from typing import TYPE_CHECKING

from .folder import Model, models
from .protocol import (
    KNOWN,
    Broken,
    Health,
    Unavailable,
    Unsupported,
    check,
    simplified,
    traditional,
)

if TYPE_CHECKING:
    from fxtranslate import Translator as Engine


_EVERY = (("en", "zh-hans"), ("en", "zh-hant"), ("zh-hans", "en"), ("zh-hant", "en"))


class Fx:
    """`folder` holds `<source>-<target>/` with a model and its vocabulary; `timeout` s a sentence."""

    name = "fx"

    def __init__(self, folder: Path, timeout: float = 20) -> None:
        self.folder = folder
        self.timeout = timeout
        self._owner: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()

    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs whose files are there, and those that converting the script adds."""
        return frozenset(pair for pair in _EVERY if self._model(*pair) is not None)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        model = self._model(source, target)
        if model is None:
            raise self._unsupported(source, target)
        if source != model.source:
            texts = [simplified(text) for text in texts]
        answers = [self._ask(model, text) for text in texts]
        return answers if target == model.target else [traditional(text) for text in answers]

    def healthy(self) -> Health:
        return check(self)

    def close(self) -> None:
        """Ends the thread, and with it the engines."""
        with self._lock:
            owner, self._owner = self._owner, None
        if owner is not None:
            owner.shutdown()

    def _model(self, source: str, target: str) -> Model | None:
        known = {(model.source, model.target): model for model in models(self.folder)}
        plain = tuple("zh-hans" if code == "zh-hant" else code for code in (source, target))
        return known.get((source, target)) or known.get((plain[0], plain[1]))

    def _unsupported(self, source: str, target: str) -> Exception:
        if not self.folder.is_dir():
            return Broken(f"there is no folder {self.folder}")
        return Unsupported(source, target)

    def _ask(self, model: Model, text: str) -> str:
        with self._lock:  # not before: a process that forks afterwards would have no thread
            self._owner = self._owner or ThreadPoolExecutor(1, "fxtranslate")
            future = self._owner.submit(_answer, model, text)
        try:
            answer = future.result(self.timeout)
        except TooSlow:
            future.cancel()
            raise Unavailable(f"no answer within {self.timeout} s") from None
        if isinstance(answer, Broken):
            raise answer
        return answer


# Forgotten with each owner's thread, in that thread. (One of an object would go where that goes.)
_of_owner = threading.local()


def _loaded(model: Model) -> Engine:
    """The engine for a model, after it has translated one known sentence. Raises `Broken`.

    With a wrong vocabulary it says nothing, and no error either.
    """
    from fxtranslate import Translator

    try:
        engine = Translator(*model.read())
    except ValueError as error:
        raise Broken(f"{model.name}: {error}") from None
    if not engine.translate_long(KNOWN[model.source]).strip():
        raise Broken(f"{model.name}: the vocabulary does not belong to the model")
    return engine


def _answer(model: Model, text: str) -> str | Broken:
    """In an owner's thread only. Returns its failure: what is raised takes the engine along."""
    engines: dict[Model, Engine] = vars(_of_owner).setdefault("engines", {})
    try:
        if model not in engines:
            engines[model] = _loaded(model)
        return engines[model].translate_long(text)
    except Broken as error:
        return Broken(str(error))
    except BaseException as error:  # noqa: BLE001 a panic of the engine is no Exception
        engines.pop(model, None)
        # What its frames still hold of the engine goes now, in this thread, and not at some collection.
        traceback.clear_frames(error.__traceback__)
        return Broken(f"{model.name}: {type(error).__name__}: {error}")
