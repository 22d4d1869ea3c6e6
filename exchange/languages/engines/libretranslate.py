"""A server that speaks LibreTranslate's protocol: `GET /languages`, `POST /translate`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .protocol import (
    LATER,
    PAIRS,
    SOON,
    Broken,
    EngineError,
    Health,
    OutOfQuota,
    Unavailable,
    Unsupported,
    check,
    simplified,
    traditional,
)

if TYPE_CHECKING:
    from requests import Response

# How servers call our languages, the usual name first.
_THEIRS = {
    "en": ("en",),
    "zh-hans": ("zh-Hans", "zh", "zh-CN"),
    "zh-hant": ("zh-Hant", "zt", "zh-TW"),
}
# Servers limit what they take at once, by default to nothing in particular: be modest.
_MOST_TEXTS, _MOST_CHARACTERS = 50, 5_000
_MOST_BYTES = 2_000_000


class LibreTranslate:
    """`url` with or without a path; `timeout` in seconds for each request as a whole."""

    name = "libretranslate"

    def __init__(self, url: str, key: str = "", timeout: float = 20) -> None:
        self.url = url.rstrip("/")
        self.key = key
        self.timeout = timeout
        self._codes: dict[str, str] = {}
        self._pairs: frozenset[tuple[str, str]] = frozenset()

    def pairs(self) -> frozenset[tuple[str, str]]:
        if not self._pairs:
            self._learn(self._request("GET", "/languages"))
        return self._pairs

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        if (source, target) not in self.pairs():
            raise Unsupported(source, target)
        if self._is_converted(source):
            texts = [simplified(text) for text in texts]
        answers = [
            answer for batch in _batches(texts) for answer in self._ask(batch, source, target)
        ]
        return [traditional(text) for text in answers] if self._is_converted(target) else answers

    def healthy(self) -> Health:
        self._pairs = frozenset()
        return check(self)

    def _is_converted(self, language: str) -> bool:
        return language == "zh-hant" and self._codes[language] == self._codes.get("zh-hans")

    def _learn(self, answer: Any) -> None:
        """The server's codes for our languages, and which of our pairs it has."""
        try:
            targets = {one["code"]: set(one.get("targets") or ()) for one in answer}
        except (TypeError, KeyError, AttributeError):
            raise Broken("/languages is no list of languages") from None
        codes = {
            ours: code
            for ours, theirs in _THEIRS.items()
            for code in [next((code for code in theirs if code in targets), "")]
            if code
        }
        if "zh-hans" in codes:
            codes.setdefault("zh-hant", codes["zh-hans"])
        self._codes = codes
        self._pairs = frozenset(
            (source, target)
            for source, target in PAIRS
            if source in codes
            and target in codes
            and (codes[target] in targets[codes[source]] or not targets[codes[source]])
        )

    def _ask(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        answer = self._request(
            "POST",
            "/translate",
            {
                "q": list(texts),
                "source": self._codes[source],
                "target": self._codes[target],
                "format": "text",
                **({"api_key": self.key} if self.key else {}),
            },
            pair=(source, target),
        )
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(texts):
            raise Broken(f"{len(texts)} texts were answered by {type(found).__name__}")
        if not all(isinstance(text, str) for text in found):
            raise Broken("an answer is no text")
        return found

    def _request(
        self, method: str, path: str, data: Any = None, pair: tuple[str, str] = ("", "")
    ) -> Any:
        """The server's JSON. Every failure is an `EngineError`."""
        import requests

        try:
            with requests.request(
                method,
                self.url + path,
                json=data,
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = self._read(response)
        except requests.Timeout:
            raise Unavailable(f"no answer within {self.timeout} s") from None
        except requests.ConnectionError as error:
            raise Unavailable(f"not reached: {type(error).__name__}", SOON * 5) from None
        except (requests.RequestException, ValueError) as error:
            raise Broken(f"{type(error).__name__}: {error}") from None
        if response.status_code != 200:
            raise _refusal(response, body, pair)
        try:
            return json.loads(body)
        except ValueError:
            raise Broken(f"no JSON but {response.headers.get('Content-Type', 'nothing')}") from None

    def _read(self, response: Response) -> bytes:
        """A time-out is for each pause only: here all of it has to end in time, and somewhere."""
        end, body = time.monotonic() + self.timeout, b""
        for piece in response.iter_content(65_536):
            body += piece
            if time.monotonic() > end:
                raise Unavailable(f"no answer within {self.timeout} s")
            if len(body) > _MOST_BYTES:
                raise Broken(f"an answer of more than {_MOST_BYTES} bytes")
        return body


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        full = sum(map(len, batch)) + len(text) > _MOST_CHARACTERS
        if batch and (full or len(batch) == _MOST_TEXTS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _refusal(response: Response, body: bytes, pair: tuple[str, str]) -> EngineError:
    status, said = response.status_code, _error_in(body)
    wait = response.headers.get("Retry-After", "")
    seconds = min(int(wait), LATER) if wait.isascii() and wait.isdecimal() else SOON
    if status == 429:
        daily = "day" in said.lower() or "month" in said.lower()
        return OutOfQuota(said) if daily else Unavailable(said or "too many requests", seconds)
    if status in (408, 425) or status >= 500:
        return Unavailable(f"{status} {said}".strip(), seconds)
    if status == 400 and "not supported" in said.lower():
        return Unsupported(*pair)
    return Broken(f"{status} {said}".strip())


def _error_in(body: bytes) -> str:
    """LibreTranslate says `{"error": "..."}`; others say anything."""
    try:
        said = json.loads(body)["error"]
    except (ValueError, TypeError, KeyError):
        return ""
    return said[:200] if isinstance(said, str) else ""
