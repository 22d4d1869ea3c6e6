"""What a picture's own headers promise, read without decoding anything of it."""

import re

from .made import Refused

MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_FRAME = 0x2C
_EXTENSION = 0x21
_TRAILER = 0x3B


def jpeg_scans(data: bytes, most: int) -> int:
    """How often a JPEG begins to tell its pixels, counted up to `most` + 1.

    Segments are stepped over by their lengths, and what stands behind the end (a short film, in the
    photos of some phones) is not looked at.
    """
    at, scans = 2, 0
    while scans <= most and (found := MARKER.search(data, at)):
        marker = found[1][0]
        if marker == 0xD9:
            break
        scans += marker == 0xDA
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
    return scans


def gif_frames(data: bytes, most: int) -> int:
    """Counted up to `most` + 1. Raises `Refused("broken")` where the file ends within a block.

    Some programs leave the last byte of a file out, or put zeros between blocks.
    """
    try:
        at, frames = 13 + _table(data[10]), 0
        while frames <= most and at < len(data) and data[at] != _TRAILER:
            frames += data[at] == _FRAME
            at = _after_block(data, at)
    except IndexError:
        raise Refused("broken") from None
    return frames


def _after_block(data: bytes, at: int) -> int:
    if not data[at]:
        return at + 1
    if data[at] == _FRAME:
        at += 11 + _table(data[at + 9])
    elif data[at] == _EXTENSION:
        at += 2
    else:
        raise Refused("broken")
    while data[at]:
        at += data[at] + 1
    return at + 1


def _table(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def webp_size(data: bytes) -> tuple[int, int]:
    """px. Its decoder sets memory aside for the whole canvas before it tells how large it is."""
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = data[26:28], data[28:30]
    return int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF


def webp_frames(data: bytes, most: int) -> int:
    """Counted up to `most` + 1; 1 of what does not move."""
    at, frames = 12, 0
    while frames <= most and at + 8 <= len(data):
        frames += data[at : at + 4] == b"ANMF"
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return frames or 1
