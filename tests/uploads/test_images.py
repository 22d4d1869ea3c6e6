"""Pictures come out upright, in their colours, in sizes that can be read, and tell nothing of their owner."""

import struct
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from exchange.uploads import images, moving, sizes
from exchange.uploads.kinds import HEAD, kind
from exchange.uploads.made import Made

from . import files, photos
from .files import picture, saved
from .heif import heic

LINEAR = 0.04045


def made(data: bytes) -> Made:
    return images.make_safe(data, kind(data[:HEAD]))


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of time would end the tests' own process."""
    monkeypatch.setattr(images, "allow", lambda seconds: None)


def opened(found: Made, at: int = -1) -> Image.Image:
    return Image.open(BytesIO(found.parts[at].content)).convert("RGBA")


def test_forty_photos_tell_nothing() -> None:
    all_photos = dict(photos.photos())
    assert len(all_photos) == 40
    planted = [word.encode(way) for word in photos.PLANTED for way in ("ascii", "utf-16-le")]
    assert all(any(word in data for data in all_photos.values()) for word in planted[::2])
    for name, data in all_photos.items():
        assert sum(word in data for word in planted) >= 7, name
        found = made(data)
        for content in (found.blur, *(part.content for part in found.parts)):
            assert not [
                word for word in [*planted, b"Exif", b"EXIF", b"XMP", b"ICC"] if word in content
            ], name


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_a_camera_says_about_up_is_done(format: str) -> None:
    upright = photos.quadrants()
    write = {"JPEG": photos.jpeg, "PNG": photos.png}.get(format)
    for orientation in range(1, 9):
        turn = {**images._TURNS, 6: images._TURNS[8], 8: images._TURNS[6]}.get(orientation)
        stored = upright.transpose(turn) if turn is not None else upright
        data = write(stored, orientation) if write else photos.other(format, stored, orientation)
        found = made(data)
        assert (found.width, found.height) == upright.size
        shown = opened(found).convert("RGB")
        for at in ((20, 15), (60, 15), (20, 45), (60, 45)):
            assert _difference(shown.getpixel(at), upright.getpixel(at)) < 5, (orientation, at)


def test_an_exif_that_is_partly_nonsense_still_turns() -> None:
    """A description that would end far behind the file, as programs write that cut photos."""
    rows = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) + struct.pack("<HHII", 0x010E, 2, 99_999, 8)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + rows + bytes(4)
    found = made(saved(photos.quadrants(), "JPEG", exif=exif))
    assert (found.width, found.height) == (60, 80)


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data[:-1] + b"\0\0;"])
def test_a_film_of_a_careless_program_is_taken(change: Callable[[bytes], bytes]) -> None:
    found = made(change(files.moving("GIF", 3)))
    assert found.kind == "animation"


def test_a_turned_heic_is_turned() -> None:
    upright = opened(made(heic(2, 1)))
    for turn in range(4):
        found = made(heic(2, 1, turn=turn, exif=photos.exif(6).tobytes()))
        shown = opened(found).rotate(-90 * turn, expand=True)
        assert shown.size == upright.size
        assert _far(shown.convert("L"), upright.convert("L")) < 12


def _far(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of their levels."""
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height)


# Display P3's primaries for D50, with a plain gamma.
P3 = [(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)]
SRGB_D50 = [
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
]


def _lab(colour: tuple[int, ...]) -> tuple[float, float, float]:
    linear = [
        v / 12.92 if v <= LINEAR else ((v + 0.055) / 1.055) ** 2.4
        for v in (c / 255 for c in colour)
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]
    f = [
        (v / w) ** (1 / 3) if v / w > 0.008856 else 7.787 * v / w + 16 / 116
        for v, w in zip(xyz, (0.9505, 1, 1.089), strict=True)
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def _difference(one: object, other: object) -> float:
    """ΔE of two sRGB colours."""
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return sum((a - b) ** 2 for a, b in zip(_lab(one[:3]), _lab(other[:3]), strict=True)) ** 0.5


def _as_srgb(colour: tuple[int, int, int], gamma: float) -> tuple[int, ...]:
    linear = [(c / 255) ** gamma for c in colour]
    xyz = [sum(P3[i][row] * linear[i] for i in range(3)) for row in range(3)]
    out = [sum(a * b for a, b in zip(row, xyz, strict=True)) for row in SRGB_D50]
    shown = [12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in out]
    return tuple(round(255 * v) for v in shown)


COLOURS = [(200, 120, 90), (90, 160, 110), (80, 100, 180), (128, 128, 128), (230, 225, 215)]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_colours_of_a_wide_profile_become_srgb(format: str) -> None:
    wide = photos.profile(P3, 2.2)
    for colour in COLOURS:
        quality = {} if format == "PNG" else {"quality": 98}
        data = saved(Image.new("RGB", (64, 64), colour), format, icc_profile=wide, **quality)
        shown = opened(made(data)).getpixel((32, 32))
        assert _difference(shown, _as_srgb(colour, 2.2)) < 3
    assert _difference(colour_of((200, 40, 40), wide), (200, 40, 40)) > 8  # it was no small matter


def colour_of(colour: tuple[int, int, int], profile: bytes) -> object:
    data = saved(Image.new("RGB", (64, 64), colour), "PNG", icc_profile=profile)
    return opened(made(data)).getpixel((32, 32))


def test_grey_with_a_profile_becomes_srgb() -> None:
    data = saved(Image.new("L", (64, 64), 128), "PNG", icc_profile=photos.profile([], 1.0, b"GRAY"))
    shown = opened(made(data)).getpixel((32, 32))
    assert _difference(shown, (188, 188, 188)) < 3  # half of the light


@pytest.mark.parametrize("mode", ["CMYK", "L", "1", "P", "LA", "RGBA"])
def test_white_stays_white_and_black_black(mode: str) -> None:
    whole = Image.new("RGB", (64, 64), "white")
    whole.paste("black", (0, 0, 32, 64))
    data = saved(whole.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    shown = opened(made(data))
    assert _difference(shown.getpixel((48, 32)), (255, 255, 255)) < 3
    assert _difference(shown.getpixel((16, 32)), (0, 0, 0)) < 3


def test_sixteen_bits_are_scaled_and_not_cut_off() -> None:
    levels = b"".join(value.to_bytes(2, "little") * 8 for value in range(0, 65536, 256)) * 8
    deep = Image.frombytes("I;16", (2048, 8), levels).resize((256, 8))
    shown = opened(made(saved(deep, "PNG")))
    for at in (10, 128, 245):
        red = shown.getpixel((at, 4))
        assert isinstance(red, tuple)
        assert abs(red[0] - at) < 5


def test_what_is_transparent_stays_so() -> None:
    half = picture(80, 60, mode="RGBA")
    half.paste((0, 0, 0, 0), (0, 0, 40, 60))
    palette = Image.new("P", (80, 60), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.paste(0, (0, 0, 40, 60))
    keyed = Image.new("RGB", (80, 60), (255, 0, 0))
    keyed.paste((0, 0, 0), (0, 0, 40, 60))
    for data in (
        saved(half, "PNG"),
        saved(half, "WEBP"),
        saved(half, "AVIF"),
        saved(palette, "GIF", transparency=0),
        saved(palette, "PNG", transparency=0),
        saved(keyed, "PNG", transparency=(0, 0, 0)),
    ):
        alpha = opened(made(data)).getchannel("A")
        assert alpha.getpixel((10, 30)) == 0
        assert alpha.getpixel((70, 30)) == 255


@pytest.mark.parametrize(
    ("size", "names", "last"),
    [
        ((100, 80), ["w360"], (100, 80)),
        ((360, 200), ["w360"], (360, 200)),
        ((800, 600), ["w360", "w720", "w1200"], (800, 600)),
        ((3000, 2000), ["w360", "w720", "w1200", "w2000"], (2000, 1333)),
        ((1080, 12_000), ["w360", "w720", "w1200"], (1080, 12_000)),
        ((800, 20_000), ["w360", "w720"], (640, 16_000)),
        ((12_000, 1_500), ["w360", "w720", "w1200", "w2000"], (4000, 500)),
        ((1, 20_000), ["w360"], (1, 16_000)),
    ],
)
def test_sizes_are_steps_of_width(
    size: tuple[int, int], names: list[str], last: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "webp", lambda picture, drawn: b"")
    shown = Image.new("RGB", sizes.largest(*size))
    parts = sizes.parts(shown)
    assert [part.name for part in parts] == names
    assert (parts[-1].width, parts[-1].height) == last
    assert [part.width for part in parts[:-1]] == [int(name[1:]) for name in names[:-1]]


def test_a_photo_is_light() -> None:
    """Nearly as much detail as a photo has: grain over shapes."""
    grain = Image.effect_noise((720, 540), 12).convert("RGB")
    found = made(saved(Image.blend(picture(720, 540), grain, 0.3), "JPEG", quality=92))
    assert len(found.parts[-1].content) < 70_000
    assert 0 < len(found.blur) <= 300
    assert max(Image.open(BytesIO(found.blur)).size) == 24


def test_a_drawing_is_kept_exactly_where_that_is_lighter() -> None:
    drawn = Image.new("RGB", (300, 200), "white")
    drawn.paste((20, 30, 40), (50, 50, 250, 52))
    assert opened(made(saved(drawn, "PNG"))).convert("RGB").tobytes() == drawn.tobytes()


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_its_frames_and_times(format: str) -> None:
    found = made(
        files.moving(format, 5, 800, 600) if format != "GIF" else files.moving("GIF", 5, 100, 80)
    )
    assert found.kind == "animation"
    assert [part.name for part in found.parts] == [{"GIF": "w360"}.get(format, "w720"), "still"]
    with Image.open(BytesIO(found.parts[0].content)) as film:
        assert (getattr(film, "n_frames", 0), film.info["loop"]) == (5, 0)
        assert film.width == min(720, 100 if format == "GIF" else 800)
        film.load()
        assert film.info["duration"] == 50


def test_an_animation_of_many_large_frames_is_made_small_enough() -> None:
    class Film:
        n_frames, size = 200, (1200, 900)

    width, height = moving._size(Film())  # type: ignore[arg-type]  # a stand-in
    assert 470 < width < 500
    assert width * height * 200 <= moving._MOST_PIXELS * 1.01


def test_several_pictures_in_one_photo_are_no_film() -> None:
    data = saved(picture(), "MPO", save_all=True, append_images=[picture(seed=2)])
    assert made(data).kind == "picture"
