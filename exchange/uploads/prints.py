"""Perceptual hashes: pictures that look the same have hashes that differ in few bits.

Differences of neighbours in a grid of 16 x 16, so 256 bits. Among generated photos, drawings, pages of
text and long screenshots different ones are 59 bits apart or more; another size, quality, brightness
or contrast, no colours, or an edge of one per cent cut off moves a picture by 32 at most.
"""

from PIL import Image, ImageOps

NEAR = 40  # bits
_GRID = 16
_SEEN = 3  # levels of 255 between neighbours
_ENOUGH = 24  # neighbours of either kind: pictures with less are too much alike


def prints(picture: Image.Image) -> tuple[str, ...]:
    """Of the picture and of its mirror image; () of one that is too flat."""
    import imagehash  # here, for the server only compares, and numpy takes 30 MB

    grey = _grey(picture)
    if _is_flat(grey):
        return ()
    return tuple(str(imagehash.dhash(of, _GRID)) for of in (grey, ImageOps.mirror(grey)))


def distance(a: str, b: str) -> int:
    """In how many bits two hashes differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()


def _grey(picture: Image.Image) -> Image.Image:
    """As it looks on white."""
    if picture.mode == "RGBA":
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("L")


def _is_flat(grey: Image.Image) -> bool:
    import numpy as np

    small = grey.resize((_GRID + 1, _GRID), Image.Resampling.LANCZOS)
    steps = np.diff(np.asarray(small, dtype=np.int16), axis=1)
    return bool(min((steps >= _SEEN).sum(), (steps <= -_SEEN).sum()) < _ENOUGH)
