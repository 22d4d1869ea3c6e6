"""Small honest files of each format, and what becomes of them when bytes are turned, cut or added."""

import random
from collections.abc import Callable, Iterator

from PIL import Image

from .files import apng, moving, picture, saved
from .heif import heic
from .pdfs import paper, photographed, written

PARENTS: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: saved(picture(), "JPEG"),
    "progressive JPEG": lambda: saved(picture(), "JPEG", progressive=True),
    "CMYK JPEG": lambda: saved(picture(mode="CMYK"), "JPEG"),
    "PNG": lambda: saved(picture(), "PNG"),
    "PNG with a palette": lambda: saved(picture(mode="P"), "PNG", transparency=3),
    "moving PNG": lambda: apng(4),
    "GIF": lambda: saved(picture(), "GIF"),
    "moving GIF": lambda: moving("GIF", 4),
    "WebP": lambda: saved(picture(), "WEBP"),
    "exact WebP": lambda: saved(picture(mode="RGBA"), "WEBP", lossless=True),
    "moving WebP": lambda: moving("WEBP", 4),
    "AVIF": lambda: saved(picture(), "AVIF"),
    "HEIC": lambda: heic(2, 1, turn=1, exif=picture().getexif().tobytes()),
    "PDF": lambda: written(paper()),
    "PDF with a photo": lambda: photographed(Image.Exif(), b"words"),
}
EACH = 200  # 3,000 of all


def mutants(name: str) -> Iterator[bytes]:
    """EACH of them, the same ones every time; the kind that the first bytes tell is left as it is."""
    data = PARENTS[name]()
    for seed in range(EACH):
        dice = random.Random(f"{name} {seed}")
        yield _changed(data, dice)


def _changed(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    way = dice.choice(["turn", "turn", "turn", "cut", "gap", "add", "double", "large"])
    at = dice.randrange(12, len(out))
    if way == "turn":
        for _ in range(dice.choice([1, 3, 10, 60])):
            out[dice.randrange(12, len(out))] = dice.randrange(256)
    elif way == "cut":
        del out[at:]
    elif way == "gap":
        del out[at : at + dice.randint(1, 40)]
    elif way == "add":
        out[at:at] = dice.randbytes(dice.randint(1, 40))
    elif way == "double":
        out[at:at] = out[at : at + dice.randint(1, 200)]
    else:
        out[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0"])
    return bytes(out)
