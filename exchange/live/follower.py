import json
from collections.abc import Collection, Mapping
from typing import NamedTuple

from exchange.ledger.cursor import Cursor
from exchange.ledger.models import Event
from exchange.ledger.queries import latest_id

from . import frames


class Ready(NamedTuple):
    scope: str
    language: str
    text: str


class Follower:
    """Reads the ledger from now on and turns it into text that is ready to be sent.

    It is synchronous: the hub lets it run in a thread.
    """

    def __init__(self) -> None:
        self._cursor: Cursor | None = None
        self._pending: list[Event] = []

    def round(self, wanted: Mapping[str, Collection[str]]) -> list[Ready]:
        """What happened since the last round, by scope and the languages it is wanted in.

        Raises what the database or the cache raise; nothing is lost then, the next round tries again.
        """
        latest = latest_id()
        self._cursor = self._cursor or Cursor(latest)
        self._pending += self._cursor.advance(wanted)
        # Past what other scopes did too, so that one watched from now on brings no old events.
        self._cursor.position = max(self._cursor.position, latest)
        ready = _ready(self._pending, wanted)
        self._pending = []
        return ready


def _ready(events: list[Event], wanted: Mapping[str, Collection[str]]) -> list[Ready]:
    """Each event once for each language, however many read along."""
    posts = frames.posts_of(events)
    languages = {language for scope in wanted for language in wanted[scope]}
    return [
        Ready(frame["scope"], language, json.dumps(frame, ensure_ascii=False))
        for language in sorted(languages)
        for frame in frames.build(
            [event for event in events if language in wanted.get(event.scope, ())], posts, language
        )
    ]
