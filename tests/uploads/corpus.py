"""Hostile files, each with what must come of it. `python -m tests.uploads.corpus` prints the table.

An answer is a code of `Refused`, or a kind of `Made`: then nothing of SECRETS may be in any part.
"""

import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from scripts.lanes import say

from . import files, pdfs
from .files import apng, chunk, gif, moving, picture, png, saved, webp, zeros
from .heif import heic

SECRET = b"PLANTED"
SECRETS = (
    SECRET,
    b"<script",
    b"<?php",
    b"alert(",
    b"EICAR",
    b"PK\x03\x04",
    b"JavaScript",
    b"/Launch",
    b"XFA",
)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert('PLANTED')</script>"
PHP = b"<?php system('PLANTED'); ?>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">%s</svg>' % SCRIPT
BOMB_SECONDS, BOMB_MEGABYTES = 2, 150


@dataclass
class Hostile:
    """`bomb`: it must be refused within BOMB_SECONDS and BOMB_MEGABYTES."""

    name: str
    make: Callable[[], bytes]
    answers: tuple[str, ...]
    bomb: bool = False
    _data: bytes | None = field(default=None, repr=False)

    @property
    def data(self) -> bytes:
        if self._data is None:
            self._data = self.make()
        return self._data

    def forget(self) -> None:
        self._data = None


def hostile() -> list[Hostile]:
    return [
        *_bombs(),
        *_paper_bombs(),
        *_not_pictures(),
        *_polyglots(),
        *_cut(),
        *_odd(),
        *_papers(),
    ]


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("PLANTED.exe", b"MZ PLANTED")
    return file.getvalue()


def _bomb(name: str, make: Callable[[], bytes], *answers: str) -> Hostile:
    return Hostile(name, make, answers, bomb=True)


def _bombs() -> Iterator[Hostile]:
    pixels, many, broken = "too_many_pixels", "too_many_frames", "broken"
    yield _bomb("PNG 13,000 x 13,000", lambda: png(13_000, 13_000), pixels)
    yield _bomb("PNG 30,000 x 30,000", lambda: png(30_000, 30_000), pixels)
    yield _bomb("PNG 50,000 x 50,000", lambda: png(50_000, 50_000), pixels)
    yield _bomb("PNG 1 x 100,000,000", lambda: png(1, 100_000_000), pixels)
    yield _bomb("PNG 100,000,000 x 1", lambda: png(100_000_000, 1), pixels)
    yield _bomb("PNG 1 x 25,000,000", lambda: png(1, 25_000_000), pixels)
    yield _bomb("PNG one row too many", lambda: png(5_000, 5_001), pixels)
    yield _bomb("PNG of no size", lambda: png(0, 0), broken)
    yield _bomb(
        "PNG larger than any",
        lambda: png(1, 1).replace(struct.pack(">II", 1, 1), b"\x7f" * 8),
        broken,
        pixels,
    )
    yield _bomb("zTXt bomb", lambda: _text_bomb(b"zTXt", b"k\0\0"), broken)
    yield _bomb("iTXt bomb", lambda: _text_bomb(b"iTXt", b"k\0\1\0\0\0"), broken)
    yield _bomb("iCCP bomb", lambda: _text_bomb(b"iCCP", b"k\0\0"), broken)
    yield _bomb("a thousand zTXt", lambda: _text_bomb(b"zTXt", b"k\0\0", 1000, 900_000), broken)
    yield _bomb("APNG 5,000 frames", lambda: apng(5_000), many)
    yield _bomb("APNG 10,000 frames", lambda: apng(10_000), many)
    yield _bomb("APNG 2,147,483,647 frames told", lambda: apng(3, 2**31 - 1), many, broken)
    yield _bomb("GIF 5,000 frames", lambda: gif(5_000), many)
    yield _bomb("GIF 10,000 frames", lambda: gif(10_000), many)
    yield _bomb("GIF 65,535 x 65,535", lambda: gif(1, screen=(65_535, 65_535)), pixels)
    yield _bomb("GIF 200 frames of 5,000 x 5,000", lambda: gif(200, screen=(5_000, 5_000)), pixels)
    yield _bomb("WebP 5,000 frames", lambda: webp(5_000), many)
    yield _bomb("WebP 10,000 frames", lambda: webp(10_000), many)
    yield _bomb("WebP 16,777,216 x 16,777,216", lambda: webp(1, (2**24, 2**24)), pixels)
    yield _bomb("WebP 16,383 x 16,383", lambda: webp(1, (16_383, 16_383)), pixels)
    yield _bomb("JPEG 65,500 x 65,500", lambda: files.jpeg_claiming(65_500, 65_500), pixels)
    yield _bomb("JPEG of 5,000 scans", lambda: files.jpeg_of_scans(5_000), "too_costly")
    yield _bomb("JPEG of 500 scans", lambda: files.jpeg_of_scans(500), "too_costly")
    yield _bomb("HEIC 130,560 x 130,560", lambda: heic(255, 255, tile=512), pixels, broken)
    yield _bomb("HEIC 15,360 x 15,360", lambda: heic(30, 30, tile=512), pixels)
    yield _bomb("HEIC 4,294,967,295 px wide", lambda: heic(size=(2**32 - 1, 64)), pixels, broken)
    yield _bomb(
        "HEIC with a grid larger than its tiles", lambda: heic(2, 2, size=(4_999, 4_999)), broken
    )
    yield _bomb("AVIF 60,000 x 60,000", _avif_claiming, pixels, broken)


def _text_bomb(name: bytes, start: bytes, times: int = 1, size: int = 200_000_000) -> bytes:
    return files.with_chunks(saved(picture(), "PNG"), *[chunk(name, start + zeros(size))] * times)


def _avif_claiming() -> bytes:
    data = saved(picture(), "AVIF")
    return data.replace(struct.pack(">II", 96, 64), struct.pack(">II", 60_000, 60_000))


def _paper_bombs() -> Iterator[Hostile]:
    costly, pages, broken = "too_costly", "too_many_pages", "broken"
    yield _bomb("PDF of 25 pages", lambda: pdfs.written(pdfs.paper(25)), pages)
    yield _bomb("PDF of 2^30 pages", lambda: pdfs.of_tree(30), pages, broken)
    yield _bomb(
        "PDF whose pages hold themselves", lambda: pdfs.of_tree(3, looped=True), pages, broken
    )
    yield _bomb(
        "PDF with an image of 30,000 x 30,000",
        lambda: pdfs.large_image(30_000, 30_000),
        "too_many_pixels",
    )
    yield _bomb(
        "PDF whose image unpacks to 900 MB",
        lambda: pdfs.large_image(30_000, 30_000, told=(9, 9)),
        costly,
    )
    yield _bomb(
        "PDF with 900 MB of commands",
        lambda: pdfs.content(zeros(900_000_000), "FlateDecode"),
        costly,
    )
    yield _bomb(
        "PDF packed twice",
        lambda: pdfs.content(zlib.compress(zeros(4_000_000_000)), "FlateDecode", "FlateDecode"),
        costly,
    )
    yield _bomb("PDF with 400 MB of LZW", lambda: pdfs.content(_lzw(), "LZWDecode"), costly)
    yield _bomb(
        "PDF with 500 MB of runs",
        lambda: pdfs.content(b"\x81 " * 4_000_000, "RunLengthDecode"),
        costly,
    )
    yield _bomb(
        "PDF with a JPEG of 65,500 x 65,500",
        lambda: pdfs.with_photo(files.jpeg_claiming(65_500, 65_500), 9, 9),
        "too_many_pixels",
    )
    yield _bomb(
        "PDF with a JPEG of 5,000 scans",
        lambda: pdfs.with_photo(files.jpeg_of_scans(5_000), 4_900, 4_900),
        costly,
    )
    yield _bomb("PDF that laughs", pdfs.laughing, costly, broken)
    yield _bomb("PDF with a million strokes", lambda: pdfs.content(_strokes()), costly)
    yield _bomb("PDF 100,000 brackets deep", pdfs.nested_arrays, broken, costly)
    yield _bomb("PDF 1,000,000 states deep", lambda: pdfs.content(b"q " * 1_900_000), costly)
    yield _bomb("PDF whose objects unpack to 2 GB", pdfs.object_stream, costly, broken)


def _strokes() -> bytes:
    stroke = b"0 0 m 300 400 l 9 9 l 200 3 l S\n"
    return b"40 w [1 1] 0 d\n" + stroke * 100_000


def _lzw() -> bytes:
    """Codes that only ever say the longest run of zeros: 1 : 2,000."""
    bits = count = 0
    out = bytearray()
    codes = [(256, 9), (0, 9)]
    width, known = 9, 258
    while known < 4095:
        width = max(9, (known + 1).bit_length())
        codes.append((known, width))
        known += 1
    codes += [(4094, 12)] * 100_000
    for code, size in codes:
        bits, count = bits << size | code, count + size
        while count >= 8:
            count -= 8
            out.append(bits >> count)
            bits &= (1 << count) - 1
    return bytes(out)


def _not_pictures() -> Iterator[Hostile]:
    vector, unknown = ("vector",), ("unknown_type",)
    yield Hostile("SVG with script", lambda: SVG, vector)
    yield Hostile(
        "SVG with a prologue", lambda: b'<?xml version="1.0"?>\n<!DOCTYPE svg>' + SVG, vector
    )
    yield Hostile("SVG in UTF-16", lambda: SVG.decode().encode("utf-16"), vector)
    yield Hostile("SVG behind blank lines", lambda: b"\xef\xbb\xbf\n \n\t" + SVG, vector)
    yield Hostile("XML that laughs", lambda: b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>', vector)
    yield Hostile("HTML with script", lambda: b"<!doctype html>" + SCRIPT, vector)
    yield Hostile("HTML comment first", lambda: b"<!-- GIF89a -->" + SCRIPT, vector)
    yield Hostile("packed SVG", lambda: zlib.compress(SVG, wbits=31), unknown)
    yield Hostile("PHP", lambda: PHP, unknown)
    yield Hostile("JavaScript", lambda: b"alert('PLANTED')", unknown)
    yield Hostile("shell script", lambda: b"#!/bin/sh\necho PLANTED", unknown)
    yield Hostile("EICAR", lambda: EICAR, unknown)
    yield Hostile("ZIP", _zip, unknown)
    yield Hostile("program for Windows", lambda: b"MZ\x90\0" + bytes(200), unknown)
    yield Hostile("program for Linux", lambda: b"\x7fELF\2\1\1" + bytes(200), unknown)
    for format in (
        "TIFF",
        "BMP",
        "ICO",
        "TGA",
        "PPM",
        "PCX",
        "SGI",
        "JPEG2000",
        "DDS",
        "ICNS",
        "EPS",
    ):
        image = picture(64, 64, mode="RGBA" if format == "ICO" else "RGB")
        yield Hostile(f"{format} named .png", lambda f=format, i=image: saved(i, f), unknown)
    yield Hostile("PSD named .png", lambda: b"8BPS\0\1" + bytes(20), unknown)
    yield Hostile("FITS named .png", lambda: b"SIMPLE  =                    T".ljust(2880), unknown)
    yield Hostile(
        "film named .heic", lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(99), unknown
    )
    yield Hostile("nothing", lambda: b"", ("empty",))
    yield Hostile("one byte", lambda: b"\xff", unknown)
    yield Hostile("30 MB", lambda: saved(picture(), "JPEG") + bytes(30_000_000), ("too_large",))


def _polyglots() -> Iterator[Hostile]:
    plain = saved(picture(), "PNG")
    js = b"GIF89a=1;alert('PLANTED');//"
    yield Hostile("GIF that is a script", lambda: js, ("broken", "too_many_pixels"))
    yield Hostile(
        "GIF with a script in its comment",
        lambda: saved(picture(), "GIF", comment=b"*/=1;alert('PLANTED')//"),
        ("picture",),
    )
    yield Hostile("GIF with PHP behind it", lambda: saved(picture(), "GIF") + PHP, ("picture",))
    yield Hostile(
        "JPEG with a ZIP behind it", lambda: saved(picture(), "JPEG") + _zip(), ("picture",)
    )
    yield Hostile(
        "JPEG with PHP in its comment", lambda: saved(picture(), "JPEG", comment=PHP), ("picture",)
    )
    yield Hostile(
        "JPEG with EICAR behind it", lambda: saved(picture(), "JPEG") + EICAR, ("picture",)
    )
    yield Hostile("PNG with a ZIP behind it", lambda: plain + _zip(), ("picture",))
    yield Hostile(
        "PNG with a page in its text",
        lambda: files.with_chunks(plain, chunk(b"tEXt", b"k\0" + SCRIPT)),
        ("picture",),
    )
    yield Hostile("PNG with PHP in its palette", _php_palette, ("picture",))
    yield Hostile(
        "WebP with a page behind it", lambda: saved(picture(), "WEBP") + SCRIPT, ("picture",)
    )
    yield Hostile(
        "WebP with a page as its XMP", lambda: saved(picture(), "WEBP", xmp=SCRIPT), ("picture",)
    )
    yield Hostile(
        "AVIF with a page as its XMP", lambda: saved(picture(), "AVIF", xmp=SCRIPT), ("picture",)
    )
    yield Hostile("HEIC with a page as its XMP", lambda: heic(2, 1, xmp=SCRIPT), ("picture",))
    yield Hostile(
        "PDF with a ZIP behind it", lambda: pdfs.written(pdfs.paper()) + _zip(), ("paper", "broken")
    )
    yield Hostile(
        "PDF in a JPEG's comment",
        lambda: saved(picture(), "JPEG", comment=b"%PDF-1.7"),
        ("picture",),
    )


def _php_palette() -> bytes:
    image = picture(mode="P")
    image.putpalette((PHP * 30)[:768])
    return saved(image, "PNG")


def _cut() -> Iterator[Hostile]:
    whole: dict[str, Callable[[], bytes]] = {
        "JPEG": lambda: saved(picture(400, 300), "JPEG"),
        "progressive JPEG": lambda: saved(picture(400, 300), "JPEG", progressive=True),
        "PNG": lambda: saved(picture(400, 300), "PNG"),
        "GIF": lambda: saved(picture(400, 300), "GIF"),
        "moving GIF": lambda: moving("GIF", 5),
        "WebP": lambda: saved(picture(400, 300), "WEBP"),
        "moving WebP": lambda: moving("WEBP", 5),
        "AVIF": lambda: saved(picture(400, 300), "AVIF"),
        "HEIC": lambda: heic(2, 2),
        "PDF": lambda: pdfs.written(pdfs.paper(3)),
    }
    for name, make in whole.items():
        yield Hostile(f"half of a {name}", lambda m=make: m()[: len(m()) * 6 // 10], ("broken",))
        yield Hostile(f"30 bytes of a {name}", lambda m=make: m()[:30], ("broken", "unknown_type"))
    yield Hostile("HEIC with holes", lambda: _holed(heic(2, 2)), ("broken", "picture"))
    yield Hostile(
        "AVIF with holes", lambda: _holed(saved(picture(), "AVIF")), ("broken", "picture")
    )


def _holed(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes(60) + data[len(data) // 2 + 60 :]


def _odd() -> Iterator[Hostile]:
    """Unusual and honest."""
    deep = Image.frombytes("I;16", (64, 64), bytes(range(256)) * 32)
    yield Hostile("CMYK JPEG", lambda: saved(picture(mode="CMYK"), "JPEG"), ("picture",))
    yield Hostile("grey JPEG", lambda: saved(picture(mode="L"), "JPEG"), ("picture",))
    yield Hostile("16-bit PNG", lambda: saved(deep, "PNG"), ("picture",))
    yield Hostile("1-bit PNG", lambda: saved(picture(mode="1"), "PNG"), ("picture",))
    yield Hostile("PNG of 5,000 x 5,000", lambda: png(5_000, 5_000), ("picture",))
    yield Hostile("PNG of 1 x 1", lambda: png(1, 1), ("picture",))
    yield Hostile(
        "profile of nonsense",
        lambda: saved(picture(), "JPEG", icc_profile=b"x" * 500),
        ("picture",),
    )
    yield Hostile(
        "Exif of nonsense",
        lambda: saved(picture(), "JPEG", exif=b"Exif\0\0II*\0" + b"\xff" * 90),
        ("picture",),
    )
    yield Hostile("GIF of 200 frames", lambda: moving("GIF", 200), ("animation",))
    yield Hostile("JPEG of 20 scans", lambda: files.jpeg_of_scans(20, 900), ("picture", "broken"))


def _papers() -> Iterator[Hostile]:
    yield Hostile("PDF that acts in every way", pdfs.acting, ("paper",))
    yield Hostile("PDF with PostScript and OPI", pdfs.postscript, ("paper",))
    yield Hostile("PDF with a password", lambda: pdfs.encrypted("secret"), ("encrypted",))
    yield Hostile("PDF that its author locked", lambda: pdfs.encrypted(""), ("encrypted",))
    yield Hostile("PDF of 20 pages", lambda: pdfs.written(pdfs.paper(20)), ("paper",))
    yield Hostile("PDF with a giant page", lambda: pdfs.of_size(1e9, 1e9), ("broken",))
    yield Hostile("PDF with an endless page", lambda: pdfs.of_size(1, 1e9), ("paper", "broken"))
    yield Hostile("PDF of no size", lambda: pdfs.of_size(0, 0), ("paper", "broken"))
    yield Hostile("PDF that draws itself", pdfs.own_form, ("paper",))
    yield Hostile("PDF without pages", lambda: pdfs.written(pdfs.paper(0)), ("broken",))
    yield Hostile("PDF of only a name", lambda: b"%PDF-1.7\n" + SCRIPT, ("broken",))


def main() -> int:
    """A process of its own reads the files: what a child seems to need begins with its parent's size."""
    say(f"{'file':44} {'bytes':>11}  {'answer':16} {'s':>5} {'MB':>5}")
    worst = 0
    command = [sys.executable, "-m", "tests.uploads.measure"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as reader,
    ):
        assert reader.stdin
        assert reader.stdout
        path = Path(folder) / "file"
        for one in hostile():
            path.write_bytes(one.data)
            print(path, file=reader.stdin, flush=True)
            answer, seconds, peak, _ = json.loads(reader.stdout.readline())
            over = one.bomb and (seconds > BOMB_SECONDS or peak > BOMB_MEGABYTES)
            wrong = answer not in one.answers
            worst += over or wrong
            said = (
                f"{'  OVER' if over else ''}{'  NOT ' + ' or '.join(one.answers) if wrong else ''}"
            )
            row = (
                f"{one.name:44} {len(one.data):>11,}  {answer:16} {seconds:5.2f} {peak:5.0f}{said}"
            )
            say(row)
            one.forget()
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
