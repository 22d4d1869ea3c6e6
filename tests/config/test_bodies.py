"""What is sent is written to a file before the site looks at it: not without an end."""

import asyncio
from typing import Any

import pytest

from exchange.config.bodies import bounded


def kept(said: bytes | None, *chunks: bytes) -> list[bytes]:
    """What is left of a body that comes in these chunks."""
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": chunk} for chunk in chunks]
    messages += [{"type": "http.request"}, {"type": "http.disconnect"}]
    coming = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(coming)

    async def read() -> list[dict[str, Any]]:
        headers = [] if said is None else [(b"content-length", said)]
        receive_bounded = bounded({"headers": headers}, receive)
        return [await receive_bounded() for _ in messages]

    found = asyncio.run(read())
    assert [message["type"] for message in found] == [message["type"] for message in messages]
    return [message["body"] for message in found if "body" in message]


@pytest.mark.parametrize(
    ("said", "chunks", "left"),
    [
        (b"8", [b"1234", b"5678"], [b"1234", b"5678"]),
        (b"10", [b"1234567890"], [b"1234567890"]),
        (b"11", [b"1234", b"5678901"], [b"", b""]),
        (None, [b"1234567", b"8901", b"2"], [b"1234567", b"890", b""]),
        (b"9" * 5000, [b"1"], [b""]),
        (b"-1", [b"1"], [b""]),
    ],
)
def test_no_more_is_kept_than_a_form_may_hold(
    said: bytes | None, chunks: list[bytes], left: list[bytes], settings: Any
) -> None:
    settings.MOST_UPLOADED = 10
    assert kept(said, *chunks) == left
