"""Where files are served: `/pictures/<name>/<part>`, on a host of their own where one is set."""

from typing import Any

from django.conf import settings
from django.urls import reverse

ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "application/pdf": "pdf"}


def part_of(page: int, name: str, media_type: str) -> str:
    """The last part of an address: `w720.webp`, `p2-w720.webp`, `file.pdf`."""
    before = f"p{page}-" if page else ""
    return f"{before}{name}.{ENDINGS[media_type]}"


def read(part: str) -> tuple[int, str, str] | None:
    """The page, the name and the media type that `part_of` wrote; None for anything else."""
    stem, _, ending = part.rpartition(".")
    media_type = next((kind for kind, of in ENDINGS.items() if of == ending), "")
    before, dash, name = stem.rpartition("-")
    if not media_type or bool(dash) != (before[:1] == "p"):
        return None
    number = before[1:]
    if dash and not (number.isascii() and number.isdecimal() and len(number) <= 2):
        return None
    return int(number or 0), name, media_type


def address(upload: Any, rendition: Any) -> str:
    part = part_of(rendition.page, rendition.name, rendition.media_type)
    return str(settings.MEDIA_ORIGIN) + reverse("picture_file", args=[upload.name, part])


def thumbnail(upload: Any) -> str:
    """The address of its smallest picture that stands still: a paper's is of its first page."""
    drawn = [one for one in upload.renditions.all() if one.page <= 1 and one.name != "file"]
    still = [one for one in drawn if one.name == "still"] or drawn
    return address(upload, min(still, key=lambda one: one.width)) if still else ""
