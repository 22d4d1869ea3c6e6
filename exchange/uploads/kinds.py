"""What a file is, by its first bytes: its name and what a browser says of it are never asked."""

import re

from .made import Refused

HEAD = 1024
_AVIF = {b"avif", b"avis"}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevm", b"hevs", b"hevx", b"mif1", b"msf1"}
_MARKUP = re.compile(rb"\s*<(?!\?php)[!?a-z]", re.IGNORECASE)


def kind(head: bytes) -> str:
    """ "JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF" (Pillow's names) or "PDF", of the first HEAD bytes.

    Raises `Refused`: "empty", "vector" for markup, "unknown_type".
    """
    if not head:
        raise Refused("empty")
    for name, start in (
        ("JPEG", b"\xff\xd8\xff"),
        ("PNG", b"\x89PNG\r\n\x1a\n"),
        ("GIF", b"GIF87a"),
        ("GIF", b"GIF89a"),
        ("PDF", b"%PDF-"),
    ):
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _iso(head)
    if _MARKUP.match(_text(head)):
        raise Refused("vector")
    raise Refused("unknown_type")


def _iso(head: bytes) -> str:
    """Of the brands in the first box: both formats are written under the general one, "mif1"."""
    end = min(int.from_bytes(head[:4]), len(head))
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}
    if brands & _AVIF:
        return "AVIF"
    if brands & _HEIF:
        return "HEIF"
    raise Refused("unknown_type")


def _text(head: bytes) -> bytes:
    """Without a mark of byte order, and without the zeros of UTF-16."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")
