"""Where files are served: `/pictures/<name>/<part>`, on a host of their own where one is set.

What not everybody may see, for it waits, was hidden or stands on no text yet, has a key in its address
that is good for a while: its owner, who knows it, cannot show it round.
"""

import re
import time
from typing import Any

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "application/pdf": "pdf"}
# As they are made: what else people ask for, the database is not asked for.
NAME = re.compile(r"[0-9a-f]{32}")
_PART = re.compile(
    rf"(?:p(?P<page>[1-9][0-9]?)-)?(?P<name>[a-z0-9]{{1,8}})\.(?P<ending>{'|'.join(ENDINGS.values())})"
)


HOUR = 3600  # seconds
# One to two hours: as long as somebody leaves a page open and then opens a picture on it. A key is the
# same for an hour, so that a browser asks for a picture once.
KEY_HOURS = 2
_SIGNER = Signer(salt="exchange.uploads.addresses")


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
    place = str(settings.MEDIA_ORIGIN) + reverse("picture_file", args=[upload.name, part])
    return place if upload.is_open else f"{place}?key={_key(upload.name, _hour())}"


def opens(key: str, name: str) -> bool:
    """Whether an address of the picture with this name had this key, not long ago."""
    hours = range(_hour() - KEY_HOURS + 1, _hour() + 1)
    return any(constant_time_compare(key, _key(name, hour)) for hour in hours)


def _key(name: str, hour: int) -> str:
    return _SIGNER.signature(f"{name}.{hour}")


def _hour() -> int:
    return int(time.time()) // HOUR


def thumbnail(upload: Any) -> str:
    """The address of its smallest picture that stands still: a paper's is of its first page."""
    drawn = [one for one in upload.renditions.all() if one.page <= 1 and one.name != "file"]
    still = [one for one in drawn if one.name == "still"] or drawn
    return address(upload, min(still, key=lambda one: one.width)) if still else ""
