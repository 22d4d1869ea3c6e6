import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db.models import Max, Q

from exchange.ledger.cursor import NEAR_IDS, OVERLAP
from exchange.ledger.models import Event
from exchange.ledger.queries import latest_id, since

from . import charts, frames, lists

# Past this many events a fresh page is cheaper than catching up.
MOST = 200
# A list says how many threads have news: so many, and "more" would be the same to its reader.
MOST_NEWS = 50
# After so many events of the whole site a list surely has news, and they would take long to be read.
FARTHEST = 10_000


def missed(scope: str, after: int) -> list[Event] | None:
    """Events of `scope` that a page which saw event `after` may have missed; None if too many.

    With them come those just before `after`, the last MOST of them: with a lower id they may have been
    committed later. Seeing one of them again does no harm.
    """
    newer = list(since(scope, after)[: MOST + 1])
    return None if len(newer) > MOST else [*_late(scope, after), *newer]


def _late(scope: str, after: int) -> list[Event]:
    found = Event.objects.filter(_just_before(after), scope=scope)
    return list(found.order_by("-id")[:MOST])[::-1]


def _just_before(after: int) -> Q:
    """Which events with lower ids may have been committed later. One query."""
    seen_at = Event.objects.filter(pk=after).values_list("created_at", flat=True).first()
    if seen_at is None:
        return Q(pk__in=())
    lately: timedelta = OVERLAP
    return Q(id__gt=after - NEAR_IDS, id__lt=after, created_at__gte=seen_at - lately)


def frames_of(events: list[Event], language: str) -> list[frames.Frame]:
    """What a page that comes back is sent of them, the drawing of a thread's figures last."""
    if not events:
        return []
    # Of the whole ledger, as the sockets' followers know it: a lower number would lose to theirs.
    things = frames.things_of(events, latest_id())
    found = frames.build(events, things, language)
    drawn = charts.drawn_anew(events, things)
    told = (charts.frame(thread, event, things.at, language) for thread, event in drawn.items())
    return [*found, *told]


def news(scope: str, after: int, latest: int) -> list[frames.Frame] | None:
    """The threads of a list that something brought up after an event, or may have just before it, each with
    its latest such event; None if that is too far from the latest one of all."""
    if latest - after > FARTHEST:
        return None
    wanted = Event.objects.filter(Q(id__gt=after) | _just_before(after), verb__in=lists.NEWS)
    brought_up = dict(wanted.values_list("scope").annotate(last=Max("id")))
    kind, _, number = scope.partition(".")
    where: dict[str, Any] = {"board": number} if kind == "board" else {"board__access": "public"}
    found = [row for row in lists.rows(brought_up, **where) if row["scope"] == scope]
    return sorted(found, key=lambda row: row["event"])[-MOST_NEWS:]


def unstamped(content: dict[str, Any]) -> bytes:
    """What an answer says, without up to when its frames are known to be so: that moves on with whatever
    happens anywhere."""
    told = [{**frame, "at": 0} for frame in content.get("frames", ())]
    return json.dumps({**content, "frames": told}).encode()


def digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()
