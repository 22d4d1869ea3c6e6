"""The steps that a picture is made in, and how each is written: from its pixels and nothing else."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from .limits import BLUR, WIDTHS
from .made import Part

# Past these shapes a picture is read along its longer side, and keeps more of it.
_PANORAMA = 3  # times as wide as high
_STRIP = 4  # times as high as wide: a long screenshot of a talk
_MOST_WIDE, _MOST_WIDE_PANORAMA = WIDTHS[-1], 4000
_MOST_HIGH, _MOST_HIGH_STRIP = 4000, 16_000  # WebP ends at 16,383

QUALITY = 75
_LARGE = 1_000_000  # px; from here on 3 % more bytes are worth a third of the time
_FEW_COLOURS = 4096  # of drawings and screenshots: these may be smaller without any loss
_BLUR_QUALITIES = (40, 15, 1)
_MOST_BLUR = 300  # bytes


def largest(width: int, height: int) -> tuple[int, int]:
    """px of the largest part of a picture of that size."""
    most_wide = _MOST_WIDE_PANORAMA if width > _PANORAMA * height else _MOST_WIDE
    most_high = _MOST_HIGH_STRIP if height > _STRIP * width else _MOST_HIGH
    return within(width, height, most_wide, most_high)


def within(width: int, height: int, most_wide: int, most_high: int) -> tuple[int, int]:
    """The size that keeps the shape, and is no larger than that size or than it was."""
    scale = min(1, most_wide / width, most_high / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def smaller(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    if picture.size == size:
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)


def parts(picture: Image.Image, *, page: int = 0, drawn: bool = False) -> tuple[Part, ...]:
    """Of a picture no larger than `largest` says; `drawn` where it may have few colours."""
    return tuple(reversed(list(_parts(picture, page, drawn))))


def _parts(picture: Image.Image, page: int, drawn: bool) -> Iterator[Part]:
    """From the largest down, each made of the one before it."""
    full_width, full_height = picture.size
    for at in reversed(range(len(WIDTHS))):
        if at and full_width <= WIDTHS[at - 1]:
            continue  # the step below takes it whole
        if at < len(WIDTHS) - 1 and full_width > WIDTHS[at]:
            size = WIDTHS[at], max(1, round(full_height * WIDTHS[at] / full_width))
            picture = smaller(picture, size)
        yield Part(f"w{WIDTHS[at]}", page, *picture.size, "image/webp", webp(picture, drawn=drawn))


def webp(picture: Image.Image, *, drawn: bool = False) -> bytes:
    large = picture.width * picture.height > _LARGE
    content = _written(picture, quality=QUALITY, method=2 if large else 4)
    if drawn and picture.getcolors(_FEW_COLOURS):
        exact = _written(picture, lossless=True, quality=50, method=2)
        content = min(content, exact, key=len)
    return content


def blur(picture: Image.Image) -> bytes:
    """A WebP of a few px, to be shown until the picture has come."""
    size = within(*picture.size, BLUR, BLUR)
    tiny = picture.resize(size, Image.Resampling.BOX)
    for quality in _BLUR_QUALITIES:
        content = _written(tiny, quality=quality, method=6)
        if len(content) <= _MOST_BLUR:
            break
    return content


def bare(picture: Image.Image) -> Image.Image:
    """Its pixels in a new picture: what a file said beside them stays behind."""
    new = Image.new(picture.mode, picture.size)
    new.paste(picture)
    return new


def _written(picture: Image.Image, **options: int) -> bytes:
    file = BytesIO()
    bare(picture).save(file, "WEBP", **options)
    return file.getvalue()
