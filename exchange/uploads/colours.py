"""Any picture as 8 bits of sRGB, with its transparency where it has any."""

from io import BytesIO

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_DEEP = ("I", "I;16", "I;16B", "I;16L", "I;16N")


def srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """In "RGB" or "RGBA". `profile` is the file's ICC profile or b""; a nonsensical one is ignored."""
    if picture.mode in _DEEP:
        picture = _shallow(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        alpha = picture.getchannel("A")
        plain = _converted(picture.convert("RGB"), profile)
        plain.putalpha(alpha)
        return plain
    if picture.mode in {"P", "1", "PA", "LA", "La"}:
        picture = picture.convert("L" if picture.mode in {"1", "LA", "La"} else "RGB")
    return _converted(picture, profile)


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    if profile:
        try:
            return _by_profile(picture, profile)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # of another number of colours than the picture, or none at all
    return picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    if source.profile.xcolor_space.strip() == "GRAY" and picture.mode == "RGB":
        picture = picture.convert("L")
    found = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
    assert found is not None
    return found


def _shallow(picture: Image.Image) -> Image.Image:
    """0…65535 to 0…255; Pillow's own conversion cuts off what is above 255 in some modes."""
    deep = picture if picture.mode == "I" else picture.convert("I")
    return deep.point(lambda value: value * (1 / 257) + 0.5).convert("L")
