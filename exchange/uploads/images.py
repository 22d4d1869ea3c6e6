"""A picture decoded, turned upright, brought to sRGB and written anew. Runs in the child alone."""

import warnings
from io import BytesIO

from PIL import Image

from . import headers, moving, sizes
from .colours import srgb
from .confinement import allow
from .limits import (
    MOST_FRAME_PIXELS,
    MOST_FRAMES,
    MOST_PIXELS,
    MOST_SCANS,
    MOST_SIDE,
    PICTURE_SECONDS,
)
from .made import Made, Refused
from .prints import prints

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)
_MOVING = ("GIF", "WEBP", "PNG", "AVIF")
# Fewer pixels are fewer to convert; of a palette, or of one transparent colour, nothing can be mixed.
_SMALLER_FIRST = ("L", "RGB", "RGBA", "CMYK", "YCbCr")
# What Pillow warns of and then does right. Any other warning refuses the file.
_HARMLESS = (
    "Image appears to be a malformed MPO file",
    "Invalid APNG",
    "Possibly corrupt EXIF",
    "Palette images with Transparency",
    "Couldn't allocate palette entry",
)
_EXIF_READER = r"PIL\.TiffImagePlugin"


def make_safe(data: bytes, kind: str) -> Made:
    """`kind` is what `kinds.kind` said. Raises `Refused`."""
    allow(PICTURE_SECONDS)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for message in _HARMLESS:
            warnings.filterwarnings("ignore", message)
        warnings.filterwarnings("ignore", module=_EXIF_READER)
        try:
            return _made(data, kind)
        except Refused:
            raise
        except MemoryError:
            raise Refused("too_costly") from None
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Refused("too_many_pixels") from None
        except Exception:  # noqa: BLE001 — a decoder may raise anything at all for a broken file
            raise Refused("broken") from None


def _made(data: bytes, kind: str) -> Made:
    _check_headers(data, kind)
    picture = _opened(data, kind)
    # Several pictures in one JPEG or HEIC are no film: one is meant, and the others are its kin.
    moves = kind in _MOVING and getattr(picture, "is_animated", False)
    _check(*picture.size, getattr(picture, "n_frames", 1) if moves else 1)
    if moves:
        return moving.made(picture)
    return _still(picture, drawn=kind in {"PNG", "GIF"})


def _check_headers(data: bytes, kind: str) -> None:
    """What would cost much before Pillow says how large the picture is."""
    if kind == "GIF":
        size = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
        _check(*size, headers.gif_frames(data, MOST_FRAMES))
    elif kind == "WEBP":
        _check(*headers.webp_size(data), headers.webp_frames(data, MOST_FRAMES))
    elif kind == "JPEG" and headers.jpeg_scans(data, MOST_SCANS) > MOST_SCANS:
        raise Refused("too_costly")


def _check(width: int, height: int, frames: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Refused("too_many_pixels")
    if frames > MOST_FRAMES:
        raise Refused("too_many_frames")
    if width * height * frames > max(MOST_FRAME_PIXELS, MOST_PIXELS):
        raise Refused("too_many_pixels")


def _opened(data: bytes, kind: str) -> Image.Image:
    if kind == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    return Image.open(BytesIO(data), formats=[kind])


def _still(picture: Image.Image, *, drawn: bool) -> Made:
    orientation = _orientation(picture)
    width, height = picture.size
    lying = orientation in _LYING
    size = sizes.largest(height, width) if lying else sizes.largest(width, height)
    as_stored = size[::-1] if lying else size
    picture.draft(None, as_stored)  # a JPEG is decoded at the nearest half, quarter or eighth
    picture.load()
    if picture.mode in _SMALLER_FIRST and "transparency" not in picture.info:
        picture = sizes.smaller(picture, as_stored)
    picture = sizes.smaller(srgb(picture, picture.info.get("icc_profile") or b""), as_stored)
    if orientation in _TURNS:
        picture = picture.transpose(_TURNS[orientation])
    return Made(
        kind="picture",
        width=picture.width,
        height=picture.height,
        blur=sizes.blur(picture),
        prints=prints(picture),
        parts=sizes.parts(picture, drawn=drawn),
        text=(),
    )


def _orientation(picture: Image.Image) -> int:
    """1 where nothing or nonsense is said."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 — nonsense beside the pixels is no fault of the picture
        return 1
