"""DeepL, a paid service, through its own client."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .protocol import (
    PAIRS,
    SOON,
    Broken,
    EngineError,
    Health,
    OutOfQuota,
    Unavailable,
    Unsupported,
    check,
)

if TYPE_CHECKING:
    from deepl import DeepLClient

_SOURCE = {"en": "EN", "zh-hans": "ZH", "zh-hant": "ZH"}
_TARGET = {"en": "EN-US", "zh-hans": "ZH-HANS", "zh-hant": "ZH-HANT"}
# The service takes so many texts in one request.
_MOST_TEXTS = 50
_PLACEHOLDER = re.compile(r"Z\d{1,4}Q")
_TAG = re.compile(r"</?x>")


class DeepL:
    """`url` for another server than DeepL's own; `timeout` in seconds."""

    name = "deepl"

    def __init__(self, key: str, url: str = "", timeout: float = 20) -> None:
        self.key, self.url, self.timeout = key, url, timeout
        self._of_thread = threading.local()

    def pairs(self) -> frozenset[tuple[str, str]]:
        return PAIRS

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        if (source, target) not in PAIRS:
            raise Unsupported(source, target)
        return [
            answer
            for at in range(0, len(texts), _MOST_TEXTS)
            for answer in self._ask(texts[at : at + _MOST_TEXTS], source, target)
        ]

    def healthy(self) -> Health:
        return check(self)

    def _ask(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        try:
            answers: Any = self._client().translate_text(
                [_tagged(text) for text in texts],
                source_lang=_SOURCE[source],
                target_lang=_TARGET[target],
                split_sentences="0",
                preserve_formatting=True,
                tag_handling="xml",
                ignore_tags=["x"],
            )
            found = [html.unescape(_TAG.sub("", answer.text)) for answer in answers]
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            raise Broken(f"an answer of another shape: {error}") from None
        except Exception as error:  # noqa: BLE001 the client raises what it likes
            raise _failure(error, (source, target)) from None
        if len(found) != len(texts):
            raise Broken(f"{len(texts)} texts, {len(found)} answers")
        return found

    def _client(self) -> DeepLClient:
        """One a thread, as its connections want it."""
        if not hasattr(self._of_thread, "client"):
            import deepl

            # The site tries again later by itself; the client would sleep.
            deepl.http_client.max_network_retries = 0
            deepl.http_client.min_connection_timeout = self.timeout
            self._of_thread.client = deepl.DeepLClient(
                self.key, server_url=self.url or None, send_platform_info=False
            )
        client: DeepLClient = self._of_thread.client
        return client


def _tagged(text: str) -> str:
    """XML, whose tags the service keeps better than words."""
    return _PLACEHOLDER.sub(r"<x>\g<0></x>", html.escape(text, quote=False))


def _failure(error: Exception, pair: tuple[str, str]) -> EngineError:
    import deepl

    if isinstance(error, deepl.QuotaExceededException):
        return OutOfQuota(str(error))
    if isinstance(error, deepl.TooManyRequestsException | deepl.ConnectionException):
        return Unavailable(str(error), SOON)
    if isinstance(error, deepl.DeepLException):
        status = error.http_status_code or 0
        if status >= 500:
            return Unavailable(str(error), SOON)
        if status == 400 and "_lang" in str(error):
            return Unsupported(*pair)
    return Broken(str(error))
