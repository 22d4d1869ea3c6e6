"""The engine that the settings name. The only place here that reads them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .protocol import Translator


def chosen() -> Translator | None:
    """The site's engine, one object a process; None where the settings name none."""
    return _made(
        settings.TRANSLATOR,
        settings.TRANSLATOR_URL,
        settings.TRANSLATOR_KEY,
        settings.TRANSLATION_MODELS,
        settings.TRANSLATOR_TIMEOUT,
    )


@lru_cache(maxsize=4)
def _made(name: str, url: str, key: str, folder: Path, timeout: int) -> Translator | None:
    """Imports what is chosen and no more."""
    if name == "fx":
        from .fx import Fx

        return Fx(folder, timeout)
    if name == "libretranslate":
        from .libretranslate import LibreTranslate

        return LibreTranslate(url, key, timeout)
    if name == "deepl":
        from .deepl_api import DeepL

        return DeepL(key, url, timeout)
    return None
