"""How the child's answer travels: the length of a JSON header, the header, and the parts' bytes.

Nothing that is read here is trusted to be more than numbers, names and bytes.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from .made import CODES, Made, Part, Refused

_MEDIA_TYPES = ("image/webp", "image/jpeg", "application/pdf")


def pack(answer: Made | Refused) -> Iterator[bytes]:
    """In pieces, for the whole may be large."""
    if isinstance(answer, Refused):
        yield from _header({"refused": answer.code})
        return
    parts = [{**asdict(part), "content": len(part.content)} for part in answer.parts]
    yield from _header(
        {
            "kind": answer.kind,
            "width": answer.width,
            "height": answer.height,
            "blur": len(answer.blur),
            "prints": answer.prints,
            "text": answer.text,
            "parts": parts,
        }
    )
    yield answer.blur
    for part in answer.parts:
        yield part.content


def _header(values: dict[str, Any]) -> Iterator[bytes]:
    header = json.dumps(values).encode()
    yield len(header).to_bytes(4)
    yield header


def unpack(data: bytes) -> Made:
    """Raises `Refused` where that is the answer, and ValueError where it is none."""
    start = 4 + int.from_bytes(data[:4])
    header = json.loads(data[4:start])
    if not isinstance(header, dict):
        raise ValueError("no answer")
    if "refused" in header:
        code = header["refused"]
        raise Refused(code if code in CODES else "broken")
    try:
        return _made(header, memoryview(data), start)
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError("no answer") from error


def _made(header: dict[str, Any], data: memoryview, at: int) -> Made:
    def cut(size: int) -> bytes:
        nonlocal at
        at += size
        if size < 0 or at > len(data):
            raise ValueError("cut off")
        return bytes(data[at - size : at])

    blur = cut(int(header["blur"]))
    parts = tuple(_part(part, cut(int(part["content"]))) for part in header["parts"])
    if header["kind"] not in {"picture", "animation", "paper"}:
        raise ValueError(header["kind"])
    return Made(
        kind=header["kind"],
        width=int(header["width"]),
        height=int(header["height"]),
        blur=blur,
        prints=tuple(map(str, header["prints"])),
        parts=parts,
        text=tuple(map(str, header["text"])),
    )


def _part(part: dict[str, Any], content: bytes) -> Part:
    if part["media_type"] not in _MEDIA_TYPES:
        raise ValueError(part["media_type"])
    return Part(
        name=str(part["name"]),
        page=int(part["page"]),
        width=int(part["width"]),
        height=int(part["height"]),
        media_type=part["media_type"],
        content=content,
    )
