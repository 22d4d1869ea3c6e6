"""The drawing of a thread's figures, sent anew where it changed."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from django.utils import translation

from exchange.boards.models import Thread
from exchange.comparisons import fragments
from exchange.ledger.models import Event

from .frames import Frame, Things


def drawn_anew(events: Iterable[Event], things: Things) -> dict[Thread, Event]:
    """The threads with figures among those in which something happened to a post, and the last of these
    events."""
    last = {event.scope: event for event in events}
    drawn = [post.thread for post in things.posts.values() if getattr(post, "draws", False)]
    return {thread: last[thread.scope] for thread in drawn if thread.scope in last}


def frame(thread: Thread, event: Event, at: int, language: str) -> Frame:
    """`at` as the posts' frames have it."""
    thread.since = event.id  # type: ignore[attr-defined]  # as queries.thread gives it
    with translation.override(language):
        html = fragments.of_thread(thread)
    told = {"event": event.id, "at": at, "kind": "chart", "scope": thread.scope}
    return told | {"html": str(html)}


class Sent:
    """Which drawing open pages have, as far as it was sent from here: the same one is not sent twice."""

    def __init__(self) -> None:
        self._digests: dict[tuple[str, str], bytes] = {}

    def is_new(self, made: Frame, language: str) -> bool:
        digest = hashlib.blake2b(made["html"].encode(), digest_size=8).digest()
        key = made["scope"], language
        was, self._digests[key] = self._digests.get(key), digest
        return was != digest

    def forget_all_but(self, wanted: Mapping[str, Collection[str]]) -> None:
        """Who comes when nobody of a language was there has a drawing that nobody knows of here."""
        kept = self._digests.items()
        self._digests = {
            (scope, language): each
            for (scope, language), each in kept
            if language in wanted.get(scope, ())
        }
