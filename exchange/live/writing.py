"""Who is writing in a scope, by their tokens (scopes.token), and in which language."""

from typing import Any

# A page says it again every three seconds.
KEPT_SECONDS = 7.0
# More are not told one by one.
MOST = 20
SOONEST_AGAIN = 1.0


class Writing:
    """`changed` are the scopes to be told of. Lives on the event loop."""

    def __init__(self) -> None:
        # The family, until when it counts, and which socket of this process said so last.
        self._by: dict[str, dict[str, tuple[str, float, object]]] = {}
        self._told_at: dict[str, float] = {}
        self.changed: set[str] = set()

    def set(self, scope: str, token: str, family: str, now: float, by: object = None) -> None:
        """`family` "" for who writes no more."""
        writers = self._by.setdefault(scope, {})
        before = writers.pop(token, ("", 0.0, None))[0]
        if family and len(writers) < MOST:
            writers[token] = family, now + KEPT_SECONDS, by
        if before != family:
            self.changed.add(scope)
        if not writers:
            del self._by[scope]

    def is_by(self, scope: str, token: str, by: object) -> bool:
        """Whether it was this socket that said so: a person may write in one tab and close another."""
        found = self._by.get(scope, {}).get(token)
        return found is not None and found[2] is by

    def frame(self, scope: str) -> dict[str, Any]:
        writers = self._by.get(scope, {})
        now_in = sorted([token, family] for token, (family, _, _) in writers.items())
        return {"kind": "typing", "scope": scope, "in": now_in}

    def due(self, now: float) -> list[dict[str, Any]]:
        """The frames of what changed, of each scope one a second."""
        self._expire(now)
        scopes = [s for s in self.changed if now >= self._told_at.get(s, 0.0) + SOONEST_AGAIN]
        self.changed -= set(scopes)
        self._told_at = {s: at for s, at in self._told_at.items() if at > now - 60}
        self._told_at |= dict.fromkeys(scopes, now)
        return [self.frame(scope) for scope in scopes]

    def _expire(self, now: float) -> None:
        for scope, writers in list(self._by.items()):
            for token, (_, until, _) in list(writers.items()):
                if until <= now:
                    self.set(scope, token, "", now)
