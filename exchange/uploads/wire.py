"""How the child's answer travels: the length of a JSON header, the header, and the parts' bytes.

Nothing that is read here is trusted to be more than numbers, names and bytes.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from .limits import MOST_PAGES, WIDTHS
from .made import CODES, Made, Part, Refused

_MEDIA_TYPES = ("image/webp", "image/jpeg", "application/pdf")
_NAMES = {*(f"w{width}" for width in WIDTHS), "still", "file"}
# What the database has room for.
_MOST_BLUR, _MOST_PRINT = 450, 200  # bytes, letters
_MOST_SIDE = 100_000  # px


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
    try:
        header = json.loads(data[4:start])
    except RecursionError as error:
        raise ValueError("no answer") from error
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

    blur = cut(_number(header["blur"], _MOST_BLUR))
    parts = tuple(_part(part, cut(int(part["content"]))) for part in header["parts"])
    if header["kind"] not in {"picture", "animation", "paper"}:
        raise ValueError(header["kind"])
    if not parts or len({(part.page, part.name) for part in parts}) < len(parts):
        raise ValueError("no parts, or one twice")
    return Made(
        kind=header["kind"],
        width=_number(header["width"], _MOST_SIDE),
        height=_number(header["height"], _MOST_SIDE),
        blur=blur,
        prints=tuple(_print(one) for one in header["prints"]),
        parts=parts,
        text=tuple(map(_storable, header["text"])),
    )


def _number(value: Any, most: int) -> int:
    if not 0 <= int(value) <= most:
        raise ValueError(f"{value} is too many")
    return int(value)


def _print(value: Any) -> str:
    """Raises ValueError for what is no number in hexadecimals."""
    if len(value) > _MOST_PRINT:
        raise ValueError("too long")
    int(value, 16)
    return str(value)


def _storable(text: Any) -> str:
    """Without what PostgreSQL refuses."""
    return str(text).replace("\0", "").encode(errors="ignore").decode()


def _part(part: dict[str, Any], content: bytes) -> Part:
    if part["media_type"] not in _MEDIA_TYPES:
        raise ValueError(part["media_type"])
    if part["name"] not in _NAMES:
        raise ValueError(part["name"])
    return Part(
        name=part["name"],
        page=_number(part["page"], MOST_PAGES),
        width=_number(part["width"], _MOST_SIDE),
        height=_number(part["height"], _MOST_SIDE),
        media_type=part["media_type"],
        content=content,
    )
