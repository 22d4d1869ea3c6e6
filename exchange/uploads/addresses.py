"""Where files are served: `/pictures/<name>/<part>`, on a host of their own where one is set."""

import re
from typing import Any

from django.conf import settings
from django.urls import reverse

ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "application/pdf": "pdf"}
# As they are made: what else people ask for, the database is not asked for.
NAME = re.compile(r"[0-9a-f]{32}")
_PART = re.compile(
    rf"(?:p(?P<page>[1-9][0-9]?)-)?(?P<name>[a-z0-9]{{1,8}})\.(?P<ending>{'|'.join(ENDINGS.values())})"
)


def part_of(page: int, name: str, media_type: str) -> str:
    """The last part of an address: `w720.webp`, `p2-w720.webp`, `file.pdf`."""
    before = f"p{page}-" if page else ""
    return f"{before}{name}.{ENDINGS[media_type]}"


def read(part: str) -> tuple[int, str, str] | None:
    """The page, the name and the media type that `part_of` wrote; None for anything else."""
    found = _PART.fullmatch(part)
    if found is None:
        return None
    media_type = next(kind for kind, of in ENDINGS.items() if of == found["ending"])
    return int(found["page"] or 0), found["name"], media_type


def address(upload: Any, rendition: Any) -> str:
    part = part_of(rendition.page, rendition.name, rendition.media_type)
    return str(settings.MEDIA_ORIGIN) + reverse("picture_file", args=[upload.name, part])


def thumbnail(upload: Any) -> str:
    """The address of its smallest picture that stands still: a paper's is of its first page."""
    drawn = [one for one in upload.renditions.all() if one.page <= 1 and one.name != "file"]
    still = [one for one in drawn if one.name == "still"] or drawn
    return address(upload, min(still, key=lambda one: one.width)) if still else ""
