"""How many sockets one person and one address may have, and open, in each process."""

from collections import Counter, deque

from django.conf import settings
from django.http import HttpRequest

from exchange.safety.addresses import address_of

# Tabs of a person on all devices; of a school or an office behind one address.
MOST_OF_A_PERSON, MOST_OF_AN_ADDRESS = 24, 200
# Opened within a minute: a page that is turned opens one anew.
OPENED_BY_A_PERSON, OPENED_FROM_AN_ADDRESS = 60, 300
MINUTE = 60.0


class Doors:
    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._opened: dict[str, deque[float]] = {}

    def enter(self, person: int, address: str, now: float) -> list[str] | None:
        """The keys to give back when the socket closes; None where there are too many already."""
        limits = {f"address.{address}": (MOST_OF_AN_ADDRESS, OPENED_FROM_AN_ADDRESS)}
        if person:
            limits[f"person.{person}"] = MOST_OF_A_PERSON, OPENED_BY_A_PERSON
        if settings.LIMITS and any(self._is_full(key, *most, now) for key, most in limits.items()):
            return None
        for key in limits:
            self._open[key] += 1
            self._opened.setdefault(key, deque(maxlen=OPENED_FROM_AN_ADDRESS)).append(now)
        return list(limits)

    def leave(self, keys: list[str], now: float) -> None:
        for key in keys:
            self._open[key] -= 1
            if self._open[key] <= 0:
                del self._open[key]
                self._tidy(key, now)

    def _is_full(self, key: str, most: int, most_opened: int, now: float) -> bool:
        lately = sum(1 for at in self._opened.get(key, ()) if at > now - MINUTE)
        return self._open[key] >= most or lately >= most_opened

    def _tidy(self, key: str, now: float) -> None:
        """Nothing is kept of who is gone; of the last minute only while somebody else is there."""
        if (
            not any(at > now - MINUTE for at in self._opened.get(key, ()))
            or len(self._opened) > 10_000
        ):
            self._opened.pop(key, None)


def address_in(scope: dict[str, object]) -> str:
    """Where a socket comes from, as a request from there would say it."""
    request = HttpRequest()
    client = scope.get("client") or ("", 0)
    request.META["REMOTE_ADDR"] = client[0]  # type: ignore[index]  # a pair, by ASGI
    for name, value in scope["headers"]:  # type: ignore[attr-defined]  # pairs of bytes
        if name.lower() == b"x-forwarded-for":
            request.META["HTTP_X_FORWARDED_FOR"] = value.decode("latin-1")
    return address_of(request)
