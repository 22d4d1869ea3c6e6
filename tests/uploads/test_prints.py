"""A picture is known again after what people do to it, and no other is taken for it."""

import random
from collections.abc import Callable
from io import BytesIO
from itertools import combinations

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from exchange.uploads.prints import NEAR, distance, prints

from .files import picture, saved


def again(image: Image.Image, format: str = "JPEG", quality: int = 30) -> Image.Image:
    return Image.open(BytesIO(saved(image, format, quality=quality))).convert("RGB")


def cropped(image: Image.Image) -> Image.Image:
    x, y = image.width // 100, image.height // 100
    return image.crop((x, y, image.width - x, image.height - y))


ALTERATIONS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "smaller": lambda image: image.resize((120, 90), Image.Resampling.BICUBIC),
    "of another shape": lambda image: image.resize((200, 200)),
    "poor JPEG": again,
    "poor WebP": lambda image: again(image, "WEBP", 20),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.12),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.85),
    "without colours": lambda image: image.convert("L").convert("RGB"),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(2)),
    "an edge cut off": cropped,
    "mirrored, small and poor": lambda image: again(ImageOps.mirror(image).resize((150, 110))),
}


def page(seed: int) -> Image.Image:
    """Lines of something like text on white, as exam sheets are."""
    dice, image = random.Random(seed), Image.new("RGB", (400, 500), "white")
    pen = ImageDraw.Draw(image)
    for y in range(40, 460, 20):
        for x in range(40, 40 + 14 * dice.randint(3, 23), 14):
            pen.rectangle((x, y, x + dice.randint(5, 10), y + 10), fill=(40, 40, 40))
    return image


DRAWN = [picture(400, 300, seed) for seed in range(25)] + [page(seed) for seed in range(12)]
# A drawing of three shapes may be too much like others; one of these is.
PICTURES = [image for image in DRAWN if prints(image)]


def nearest(ones: tuple[str, ...], others: tuple[str, ...]) -> int:
    return min(distance(a, b) for a in ones for b in others)


def test_an_altered_picture_is_known_again() -> None:
    for image in PICTURES:
        known = prints(image)
        assert len(known) == 2
        for name, altered in ALTERATIONS.items():
            assert nearest(known, prints(altered(image))[:1]) <= NEAR, name


def test_different_pictures_are_not_taken_for_each_other() -> None:
    known = [prints(image) for image in PICTURES]
    assert len(known) == len(DRAWN) - 1
    assert min(nearest(a, b) for a, b in combinations(known, 2)) > NEAR


def test_flat_pictures_have_none() -> None:
    slope = Image.linear_gradient("L").convert("RGB")
    corner = Image.new("RGB", (400, 300), "white")
    corner.paste("black", (10, 10, 60, 40))
    for image in (Image.new("RGB", (90, 90), "red"), slope, slope.rotate(90), corner):
        assert prints(image) == ()


def test_what_is_transparent_counts_as_white() -> None:
    clear = picture(400, 300, mode="RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 200, 300))
    white = picture(400, 300)
    white.paste("white", (0, 0, 200, 300))
    assert nearest(prints(clear), prints(white)) <= 2
