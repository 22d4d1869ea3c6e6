"""How many sockets one person and one address may have, and open, in each process."""

from collections import Counter

from django.conf import settings
from django.http import HttpRequest

from exchange.safety.addresses import address_of

# Tabs of a person on all devices; of a school or an office behind one address.
MOST_OF_A_PERSON, MOST_OF_AN_ADDRESS = 24, 200
# Opened within a minute: a page that is turned opens one anew.
OPENED_BY_A_PERSON, OPENED_FROM_AN_ADDRESS = 60, 300
MINUTE = 60.0
# Who comes looks at what can be forgotten at most so often: beside that the hub does.
TIDIED_AFTER = 5.0
# Persons and addresses of the last minute. Past it nobody comes in of whom nothing is known: to forget
# one to make room would let in whoever has many addresses, and the page polls meanwhile.
MOST_KNOWN = 50_000


class Doors:
    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        # When each of the last minute's were opened, oldest first: as many as the limit at most.
        self._opened: dict[str, list[float]] = {}
        self._tidied_at = 0.0

    def enter(self, person: int, address: str, now: float) -> list[str] | None:
        """The keys to give back when the socket closes; None where there are too many already."""
        if now - self._tidied_at > TIDIED_AFTER:
            self.tidy(now)
        limits = {f"address.{address}": (MOST_OF_AN_ADDRESS, OPENED_FROM_AN_ADDRESS)}
        if person:
            limits[f"person.{person}"] = MOST_OF_A_PERSON, OPENED_BY_A_PERSON
        if settings.LIMITS and any(self._is_full(key, *most, now) for key, most in limits.items()):
            return None
        for key in limits:
            self._open[key] += 1
            self._opened[key] = [*self._lately(key, now), now][-OPENED_FROM_AN_ADDRESS:]
        return list(limits)

    def leave(self, keys: list[str], now: float) -> None:
        for key in keys:
            self._open[key] -= 1
            if self._open[key] <= 0:
                del self._open[key]

    def tidy(self, now: float) -> None:
        """Nothing is kept of who is gone and opened none in the last minute."""
        self._tidied_at = now
        self._opened = {
            key: times
            for key, times in self._opened.items()
            if key in self._open or times[-1] > now - MINUTE
        }

    def _is_full(self, key: str, most: int, most_opened: int, now: float) -> bool:
        if key not in self._opened and len(self._opened) >= MOST_KNOWN:
            return True
        return self._open[key] >= most or len(self._lately(key, now)) >= most_opened

    def _lately(self, key: str, now: float) -> list[float]:
        return [at for at in self._opened.get(key, ()) if at > now - MINUTE]


def address_in(scope: dict[str, object]) -> str:
    """Where a socket comes from, as a request from there would say it."""
    request = HttpRequest()
    client = scope.get("client") or ("", 0)
    request.META["REMOTE_ADDR"] = client[0]  # type: ignore[index]  # a pair, by ASGI
    for name, value in scope["headers"]:  # type: ignore[attr-defined]  # pairs of bytes
        if name.lower() == b"x-forwarded-for":
            request.META["HTTP_X_FORWARDED_FOR"] = value.decode("latin-1")
    return address_of(request)
