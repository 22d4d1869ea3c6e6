"""What an engine of translation has to do, and the few ways in which it may fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from opencc import OpenCC

# Ours, as `script.detect` names them.
CHINESE = ("zh-hans", "zh-hant")
PAIRS = frozenset(pair for chinese in CHINESE for pair in (("en", chinese), (chinese, "en")))
# Translated to see whether an engine works: any board's first words.
KNOWN = {"en": "hello", "zh-hans": "你好", "zh-hant": "你好"}

# Seconds to wait where an engine does not say.
SOON = 60
LATER = 3600


class EngineError(Exception):
    """No translation now; the kinds say whether trying again can help."""


class Unavailable(EngineError):
    """Away, too slow or too busy: worth another try in `retry_after` seconds."""

    def __init__(self, reason: str, retry_after: float = SOON) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class OutOfQuota(EngineError):
    """What was paid for, or is allowed, is used up: no use before tomorrow or a person acts."""


class Unsupported(EngineError):
    """The engine does not know this pair of languages."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(f"no translation from {source} to {target}")
        self.pair = source, target


class Broken(EngineError):
    """Wrongly set up or not what it says: a person has to look. `str()` is for that person."""


@dataclass(frozen=True, slots=True)
class Health:
    """What came of one known sentence: `reason` for who runs the site, "" when `ok`."""

    ok: bool
    reason: str = ""
    pairs: tuple[tuple[str, str], ...] = ()


class Translator(Protocol):
    """An untrusted guest: what it returns is judged by `verdict.py` before anybody sees it.

    May be called from several threads. Every failure is an `EngineError`.
    """

    name: str

    def pairs(self) -> frozenset[tuple[str, str]]:
        """(source, target) in our codes. May ask the engine. Raises `EngineError`."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Each text's translation, in order; as many as there are texts."""

    def healthy(self) -> Health:
        """Translates one known sentence. Never raises."""


def check(translator: Translator) -> Health:
    """Health by one known sentence in the first pair that the engine has."""
    try:
        pairs = tuple(sorted(translator.pairs()))
        if not pairs:
            return Health(False, "it knows none of the site's pairs of languages")
        source, target = pairs[0]
        if not translator.translate([KNOWN[source]], source, target)[0].strip():
            return Health(False, f"{KNOWN[source]!r} came back empty", pairs)
    except EngineError as error:
        return Health(False, str(error))
    return Health(True, "", pairs)


def simplified(text: str) -> str:
    """Traditional text for an engine that knows Simplified only. As long as it was."""
    return str(_converter("tw2s").convert(text))


def traditional(text: str) -> str:
    """Simplified output for those who read Traditional."""
    return str(_converter("s2tw").convert(text))


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)
