"""The streams of a PDF: how large they become, and the photos in them without what cameras wrote."""

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Iterator

from .headers import MARKER, jpeg_scans
from .limits import MOST_PIXELS, MOST_SCANS
from .made import Refused

# A page's own commands, a font, a table: the largest of ordinary papers have 10 MB.
MOST_INFLATED = 30_000_000
_STEP = 1 << 20

FILTERS = frozenset(
    "FlateDecode LZWDecode RunLengthDecode ASCII85Decode ASCIIHexDecode DCTDecode JPXDecode "
    "CCITTFaxDecode JBIG2Decode".split()
)
_STREAM = re.compile(rb"stream\r?\n")
_GROWING = ("FlateDecode", "LZWDecode", "RunLengthDecode")
_MOST_RUNS = MOST_INFLATED // 64  # what a byte of a run may become
# Markers of a JPEG. Adobe's says how colours are turned.
_END_OF_IMAGE, _SCAN, _COMMENT, _JFIF, _ADOBE = 0xD9, 0xDA, 0xFE, 0xE0, 0xEE
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_DROPPED_BOXES = (b"uuid", b"uinf", b"xml ", b"jp2i")


def check_growth(raw: bytes, filters: list[str], most: int) -> None:
    """Raises `Refused("too_costly")` where a stream becomes larger than `most` bytes."""
    growing = [name for name in filters if name in _GROWING]
    if len(growing) > 1:
        raise Refused("too_costly")  # nothing but a bomb packs what is packed
    if not growing or filters[-1] in {"DCTDecode", "JPXDecode"}:
        return
    data = unwrapped(raw, filters)
    if growing == ["FlateDecode"]:
        size = sum(map(len, _inflated(data, most)))
    elif growing == ["LZWDecode"]:
        size = lzw_size(data, most)
    else:
        size = len(data) * MOST_INFLATED // _MOST_RUNS if len(data) > _MOST_RUNS else 0
    if size > most:
        raise Refused("too_costly")


def commands(raw: bytes, filters: list[str], most: int) -> bytes:
    """A page's, as far as they are packed in the one way that is usual; b"" of any other."""
    data = unwrapped(raw, filters)
    packed = [name for name in filters if not name.startswith("ASCII")]
    if packed == ["FlateDecode"]:
        return inflated(data, most)
    return b"" if packed else data


def check_objects(data: bytes) -> None:
    """Raises `Refused("too_costly")` where a file's own tables unpack to too much.

    They are read before anything can be asked about them.
    """
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - 500) : found.start()].rpartition(b"obj")[2]
        if any(word in head for word in (b"ObjStm", b"XRef", b"#")):
            size = sum(map(len, _inflated(data[found.end() :], MOST_INFLATED)))
            if size > MOST_INFLATED:
                raise Refused("too_costly")


def unwrapped(raw: bytes, filters: list[str]) -> bytes:
    """Without what makes bytes to letters. Raises `Refused("broken")`."""
    try:
        for name in filters:
            if name == "ASCII85Decode":
                raw = base64.a85decode(raw.strip().removesuffix(b"~>").removeprefix(b"<~"))
            elif name == "ASCIIHexDecode":
                raw = binascii.unhexlify(b"".join(raw.partition(b">")[0].split()))
            else:
                break
    except ValueError:
        raise Refused("broken") from None
    return raw


def _inflated(data: bytes, most: int) -> Iterator[bytes]:
    """In pieces, until there is more than `most`; what is broken ends there, as readers do."""
    inflate, size = zlib.decompressobj(), 0
    while size <= most and not inflate.eof:
        try:
            piece = inflate.decompress(data, _STEP)
        except zlib.error:
            return
        if not piece:
            return
        size += len(piece)
        data = inflate.unconsumed_tail
        yield piece


def inflated(data: bytes, most: int) -> bytes:
    return b"".join(_inflated(data, most))


def lzw_size(data: bytes, most: int) -> int:
    """Bytes that LZW unpacks to, or some number above `most`, counted without unpacking."""
    lengths, width, before, size = [1] * 256 + [0, 0], 9, 0, 0
    bits = held = 0
    for byte in data:
        bits, held = bits << 8 | byte, held + 8
        if held < width:
            continue
        held -= width
        code, bits = bits >> held, bits & (1 << held) - 1
        if code == 257 or size > most:
            break
        if code == 256:
            del lengths[258:]
            width, before = 9, 0
            continue
        length = lengths[code] if code < len(lengths) else before + 1
        if before and len(lengths) < 4096:
            lengths.append(before + 1)
        size, before = size + length, length
        width = min(12, max(9, (len(lengths) + 1).bit_length()))
    return size


def bare_jpeg(data: bytes) -> bytes:
    """What decoding needs: no Exif, no profile, no comment, nothing behind the end."""
    if data[:2] != b"\xff\xd8":
        raise Refused("broken")
    if jpeg_scans(data, MOST_SCANS) > MOST_SCANS:
        raise Refused("too_costly")
    kept, at, in_scan = [data[:2]], 2, False
    while found := MARKER.search(data, at):
        marker, start = found[1][0], found.end()
        if in_scan:
            kept.append(data[at : found.start()])
        if marker == _END_OF_IMAGE:
            break
        at = start + int.from_bytes(data[start : start + 2])
        in_scan = marker == _SCAN
        if marker in _SIZES:
            height, width = struct.unpack_from(">HH", data, start + 3)
            if width * height > MOST_PIXELS:
                raise Refused("too_many_pixels")
        if _is_needed(marker, data[start + 2 : start + 7]):
            kept.append(data[start - 2 : at])
    else:
        kept.append(data[at:] if in_scan else b"")
    return b"".join([*kept, b"\xff\xd9"])


def _is_needed(marker: int, beginning: bytes) -> bool:
    if marker == _JFIF:
        return beginning == b"JFIF\0"  # and not its thumbnail
    return marker == _ADOBE or not (0xE0 <= marker <= 0xEF or marker == _COMMENT)


def bare_jpx(data: bytes) -> bytes:
    """A JPEG 2000 without the boxes that tell of more than its pixels."""
    if data[4:8] != b"jP  ":
        return data  # the pixels alone
    kept, at = [], 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16])
        end = at + size if size else len(data)
        if end < at + 8:
            raise Refused("broken")
        if kind not in _DROPPED_BOXES:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
