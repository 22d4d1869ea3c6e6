"""Animations, written anew as animated WebP."""

from io import BytesIO

from PIL import Image

from . import sizes
from .colours import srgb
from .limits import ANIMATION_WIDTH
from .made import Made, Part
from .prints import prints

_MOST_PIXELS = 36_000_000  # of all frames together: 200 of 480 x 360
_SLOWEST, _FASTEST = 60_000, 20  # ms a frame
_USUAL = 100  # ms; what browsers take for a GIF that asks for less than they can
_QUALITY, _METHOD = 70, 0


def made(picture: Image.Image) -> Made:
    profile = picture.info.get("icc_profile") or b""
    size = _size(picture)
    loop = int(picture.info.get("loop", 1))
    frames: list[Image.Image] = []
    durations: list[int] = []
    for at in range(getattr(picture, "n_frames", 1)):
        picture.seek(at)
        picture.load()
        if at == 0 and getattr(picture, "default_image", False):
            continue  # a PNG's picture for those who cannot play it
        frames.append(sizes.bare(sizes.smaller(srgb(picture, profile), size)))
        durations.append(_duration(picture.info.get("duration")))
    content = _written(frames, durations, loop)
    first = frames[0]
    name = "w360" if first.width <= 360 else "w720"
    still = sizes.webp(first, drawn=True)
    return Made(
        kind="animation",
        width=first.width,
        height=first.height,
        blur=sizes.blur(first),
        prints=prints(first),
        parts=(
            Part(name, 0, *first.size, "image/webp", content),
            Part("still", 0, *first.size, "image/webp", still),
        ),
        text=(),
    )


def _size(picture: Image.Image) -> tuple[int, int]:
    frames = getattr(picture, "n_frames", 1)
    width, height = sizes.within(*picture.size, ANIMATION_WIDTH, 2 * ANIMATION_WIDTH)
    scale = min(1, (_MOST_PIXELS / (width * height * frames)) ** 0.5)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _duration(value: object) -> int:
    duration = int(value) if isinstance(value, int | float) else 0
    return min(duration, _SLOWEST) if duration >= _FASTEST else _USUAL


def _written(frames: list[Image.Image], durations: list[int], loop: int) -> bytes:
    file = BytesIO()
    frames[0].save(
        file,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=max(0, min(loop, 65_535)),
        quality=_QUALITY,
        method=_METHOD,
    )
    return file.getvalue()
