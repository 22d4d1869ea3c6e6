"""Photos that tell where, when and by whom they were taken, in every place where a photo can."""

import struct
from collections.abc import Iterator
from typing import Any

from PIL import Image

from .files import chunk, picture, saved, with_chunks
from .heif import heic

PLANTED = [f"PLANTED-{number:02}-SECRET" for number in range(12)]
_FIELDS = {0x010E: 0, 0x013B: 1, 0x8298: 2, 0x0110: 3}  # description, artist, copyright, model
_PHOTO_FIELDS = {0xA431: 4, 0xA435: 4, 0x9286: 5, 0x927C: 5}  # serials, comment, maker's note
QUADRANTS = ("red", "lime", "blue", "white")


def quadrants(width: int = 80, height: int = 60) -> Image.Image:
    """Four colours: which is where tells how a picture was turned."""
    drawn = Image.new("RGB", (width, height))
    for at, colour in enumerate(QUADRANTS):
        left, top = at % 2 * width // 2, at // 2 * height // 2
        drawn.paste(colour, (left, top, left + width // 2, top + height // 2))
    return drawn


def exif(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x0112] = orientation
    for tag, number in _FIELDS.items():
        found[tag] = PLANTED[number]
    for tag, number in _PHOTO_FIELDS.items():
        found.get_ifd(0x8769)[tag] = PLANTED[number].encode() if tag > 0x9000 else PLANTED[number]
    position = found.get_ifd(0x8825)
    position[1], position[2] = "N", (39.0, 54.0, 15.0)
    position[3], position[4] = "E", (116.0, 23.0, 50.0)
    position[0x1B] = b"ASCII\0\0\0" + PLANTED[6].encode()
    position[0x1D] = "2026:01:02"
    return found


def xmp() -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description exif:GPSLatitude="{PLANTED[7]}"/></rdf:RDF></x:xmpmeta>'
    ).encode()


def _segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(image: Image.Image, orientation: int = 1, *, film: bool = False, **options: Any) -> bytes:
    """With all of it; `film` adds what phones put behind the end of a photo."""
    data = saved(image, "JPEG", exif=exif(orientation), xmp=xmp(), quality=95, **options)
    thumbnail = saved(picture(32, 24), "JPEG", comment=PLANTED[8].encode())
    iptc = b"\x1c\x02\x50" + struct.pack(">H", len(PLANTED[9])) + PLANTED[9].encode()
    more = _segment(0xE0, b"JFXX\0\x10" + thumbnail)
    more += _segment(
        0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
    )
    more += _segment(0xFE, PLANTED[10].encode())
    end = b"\0\0\0\x18ftypmp42" + PLANTED[11].encode() + b"\xff\xda\xff\xd8" * 200 if film else b""
    return data[:2] + more + data[2:] + end


def png(image: Image.Image, orientation: int = 1, **options: Any) -> bytes:
    data = saved(image, "PNG", exif=exif(orientation), **options)
    return with_chunks(
        data,
        chunk(b"tEXt", b"Author\0" + PLANTED[9].encode()),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp()),
        chunk(b"tIME", b"\x07\xea\1\1\1\1\1"),
    )


def other(format: str, image: Image.Image, orientation: int = 1, **options: Any) -> bytes:
    return saved(image, format, exif=exif(orientation), xmp=xmp(), quality=95, **options)


def photos() -> Iterator[tuple[str, bytes]]:
    """40 of them."""
    for seed in range(4):
        image = picture(120, 90, seed)
        turned = seed * 2 + 1
        yield f"JPEG {seed}", jpeg(image, turned)
        yield f"JPEG with a film {seed}", jpeg(image, turned, film=True)
        yield f"progressive JPEG {seed}", jpeg(image, turned, progressive=True)
        yield f"CMYK JPEG {seed}", jpeg(image.convert("CMYK"), turned)
        yield f"PNG {seed}", png(image, turned)
        yield f"PNG with a palette {seed}", png(image.convert("P"), turned)
        yield f"WebP {seed}", other("WEBP", image, turned)
        yield f"exact WebP {seed}", other("WEBP", image, turned, lossless=True)
        yield f"AVIF {seed}", other("AVIF", image, turned)
        yield f"HEIC {seed}", heic(2, 1, turn=seed, exif=exif().tobytes(), xmp=xmp())


def profile(
    matrix: list[tuple[float, float, float]], gamma: float, space: bytes = b"RGB "
) -> bytes:
    """An ICC profile of three primaries (XYZ for D50, as columns) or of grey, with one gamma."""
    curve = b"curv" + struct.pack(">IIH", 0, 1, round(gamma * 256)) + b"\0\0"

    def xyz(values: tuple[float, float, float]) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))

    tags = {b"desc": b"desc\0\0\0\0\0\0\0\2x\0" + bytes(79), b"wtpt": xyz((0.9642, 1, 0.8249))}
    tags[b"cprt"] = b"text\0\0\0\0" + PLANTED[0].encode() + b"\0\0\0"
    if space == b"GRAY":
        tags[b"kTRC"] = curve
    else:
        tags |= {
            letter + b"XYZ": xyz(column)
            for letter, column in zip((b"r", b"g", b"b"), matrix, strict=True)
        }
        tags |= {letter + b"TRC": curve for letter in (b"r", b"g", b"b")}
    start, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    size = start + len(body)
    head = (
        struct.pack(">I", size)
        + b"lcms"
        + b"\2\x40\0\0"
        + b"mntr"
        + space
        + b"XYZ "
        + bytes(12)
        + b"acsp"
    )
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
