from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Page `number` (from 1) of `last`, `size` rows each, over rows numbered from 1."""

    number: int
    last: int
    size: int

    @property
    def first_row(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last_row(self) -> int:
        return self.number * self.size

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def is_last(self) -> bool:
        return self.number == self.last

    @property
    def shown(self) -> list[int | None]:
        """The numbers a pager shows: both ends and the neighbours; None stands for a gap."""
        near = {1, self.last, *range(self.number - 1, self.number + 2)}
        kept = sorted(n for n in near if 1 <= n <= self.last)
        shown: list[int | None] = []
        for n in kept:
            if shown and shown[-1] is not None and n - shown[-1] > 1:
                shown.append(None)
            shown.append(n)
        return shown


class NoSuchPage(Exception):
    """Page asked for does not exist; `last` is the highest that does."""

    def __init__(self, last: int) -> None:
        self.last = last


def paginate(asked: str | None, *, rows: int, size: int) -> Page:
    """The page that `?page=` asks for. Raises NoSuchPage for 0, text, or past the end."""
    last = max(1, -(-rows // size))
    if asked is None or asked == "":
        return Page(1, last, size)
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10 and 1 <= int(asked) <= last):
        raise NoSuchPage(last)
    return Page(int(asked), last, size)


def numbered(address: str, number: int) -> str:
    """The address of a list's page; the first one is the list's own."""
    return f"{address}?page={number}" if number > 1 else address
