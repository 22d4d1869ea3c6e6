from collections.abc import Collection
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from exchange.languages.models import Passage, Translation

from .limits import HALF_AN_HOUR, MOST_IN_HALF_AN_HOUR
from .models import Blocked, Rendition, Upload

WINDOW = timedelta(seconds=HALF_AN_HOUR)
TRIES = "uploads.tries"  # in the cache


def own(owner: Any, ids: Collection[int]) -> dict[int, Upload]:
    """The uploads of somebody among these ids that are made, with their files, by id."""
    found = Upload.objects.filter(owner=owner, pk__in=ids).exclude(made_at=None)
    sizes = Prefetch("renditions", Rendition.objects.order_by("page", "width"))
    return {upload.pk: upload for upload in found.prefetch_related(sizes)}


def of(passage: Passage) -> QuerySet[Upload]:
    """What stands on a text, in its order."""
    return Upload.objects.filter(passage=passage).order_by("position", "pk")


def kept_back(passage: Passage) -> dict[str, str]:
    """The ids of what is said of pictures on a text that not everybody may see, for an event of it."""
    found = Upload.objects.filter(passage=passage).exclude(held_at=None, hidden_at=None)
    pairs = found.values_list("caption_id", "description_id")
    texts = sorted(pk for pair in pairs for pk in pair if pk)
    return {"kept_back": " ".join(map(str, texts))} if texts else {}


def as_pictures() -> Any:
    """What stands on texts, each with its files and its words in all halves, as `pictures`."""
    halves = Translation.objects.select_related("by").order_by("id")
    found = Upload.objects.select_related("caption", "description").order_by("position", "pk")
    return Prefetch(
        "uploads",
        found.prefetch_related(
            Prefetch(
                "renditions", Rendition.objects.select_related("file").order_by("page", "width")
            ),
            Prefetch("caption__translations", halves),
            Prefetch("description__translations", halves),
        ),
        to_attr="pictures",
    )


def waiting() -> QuerySet[Upload]:
    """Pictures on texts that a moderator has to look at before others see them, oldest first."""
    held = Upload.objects.exclude(held_at=None).exclude(passage=None).filter(hidden_at=None)
    return held.order_by("held_at", "pk")


def rendition(name: str, page: int, part: str, media_type: str) -> Rendition | None:
    """The file behind an address, if its picture still has this name."""
    found = Rendition.objects.select_related("file", "upload").filter(upload__name=name)
    return found.filter(page=page, name=part, media_type=media_type).first()


def used_by(owner: Any) -> tuple[int, int]:
    """Bytes that somebody's pictures take, and how many they uploaded within the last half hour."""
    found = Upload.objects.filter(owner=owner).aggregate(
        size=Sum("size"), latest=Count("pk", filter=Q(created_at__gt=timezone.now() - WINDOW))
    )
    return found["size"] or 0, found["latest"]


def goes_on_in(owner: Any) -> int:
    """Seconds until somebody who uploaded, or tried, as many as they may within half an hour may again."""
    now = timezone.now()
    latest = Upload.objects.filter(owner=owner, created_at__gt=now - WINDOW).order_by("-created_at")
    times = list(latest.values_list("created_at", flat=True)[:MOST_IN_HALF_AN_HOUR])
    if times and len(times) == MOST_IN_HALF_AN_HOUR:
        until = times[-1] + WINDOW
    else:
        until = cache.get(f"{TRIES}.{owner.pk}.until") or now + WINDOW
    return max(1, ceil((until - now).total_seconds()))


def let_go() -> None:
    """Before something slow outside of a transaction: who waits for a child or a bucket would keep a
    connection of the pool from those who want pages. The next query gets another one."""
    if not connection.in_atomic_block:
        connection.close()


def blocked(since: datetime | None = None) -> QuerySet[Blocked]:
    found = Blocked.objects.order_by(F("pk").desc())
    return found.filter(created_at__gte=since) if since else found
