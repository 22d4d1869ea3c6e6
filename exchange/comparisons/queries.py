"""What is compared, in a few queries, whatever number of figures there is."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import (
    Count,
    F,
    Func,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Window,
)
from django.db.models.functions import RowNumber

from exchange.boards.models import Post, Thread
from exchange.figures import queries as figures
from exchange.figures.charts import MOST_ROWS
from exchange.figures.conditions import CONDITIONS, UNKNOWN
from exchange.figures.models import Cell, Entry, Item, Reference
from exchange.figures.queries import MOST_VALUES, Place
from exchange.figures.statistics import Summary

from .choice import AREA_BASIS, BOARDS, BY_AREA, Choice

# The two sides that a short summary puts beside each other.
SIDES = ("CN", "US")

# Of one thread's posts so many are looked through for figures.
MOST_POSTS = 5_000

type Voices = dict[int, dict[str, int]]


class Compared(NamedTuple):
    """Statistics in what the choice asks for. Only the places that are drawn have their points.

    `cities` holds all of them, `drawn` names those that a chart shows. `hours` are by country.
    """

    cities: dict[Place, Summary]
    countries: dict[str, Summary]
    years: dict[tuple[str, int], Summary]
    hours: dict[str, Summary]
    drawn: tuple[Place, ...]
    sample: bool


def items(topic: str) -> list[Item]:
    return list(Item.objects.filter(topic=topic))


def counted(items: Iterable[Item]) -> Voices:
    """How many voices each basis of these items has, the most first."""
    return _by_basis(_count(Cell.objects.filter(item__in=items, city=0), items, "item", "basis"))


def cities(items: Iterable[Item]) -> dict[Place, int]:
    """The cities that have figures on any of these items, and how many."""
    rows = Cell.objects.filter(item__in=items, city__gt=0)
    return {place: n for place, n in _count(rows, items, "country", "city").items() if place[1]}


def _count(cells: QuerySet[Cell], items: Iterable[Item], *by: str) -> dict[Any, int]:
    """Voices by two columns: from cells, or one by one where something changed since they were
    computed."""
    found: dict[Any, int] = {}
    for one, other, n, *state in cells.values_list(*by, "n", "version", "computed", "samples"):
        if state[1:] != [state[0], settings.DEMO]:
            rows = figures.voices().filter(item__in=items).values_list(*by)
            return {(a, b): count for a, b, count in rows.annotate(count=Count("pk"))}
        found[one, other] = found.get((one, other), 0) + n
    return {key: n for key, n in found.items() if n}


def _by_basis(found: dict[tuple[int, str], int]) -> Voices:
    voices: Voices = {}
    for (item, basis), n in sorted(found.items(), key=lambda row: (-row[1], row[0])):
        voices.setdefault(item, {})[basis] = n
    return voices


def usual(items: Iterable[Item], voices: Voices) -> tuple[Item, str] | None:
    """The item and basis with most voices; without any, the first item."""
    offered = [item for item in items if not item.retired_at]
    heard = [
        (-n, item.position, item.pk, item, basis)
        for item in offered
        for basis, n in voices.get(item.pk, {}).items()
    ]
    if heard:
        return min(heard, key=lambda row: row[:3])[3:]
    return (offered[0], "") if offered else None


def references(item: Item) -> list[Reference]:
    found = list(figures.references(item))
    for reference in found:
        reference.item = item
    return found


def of_one_area(choice: Choice, references: Iterable[Reference]) -> Choice:
    """By area only what was measured in one way is compared: as was asked, or as most figures were."""
    if choice.measure not in BY_AREA or AREA_BASIS in dict(choice.conditions):
        return choice
    rows = figures.standing(
        choice.item, choice.basis, years=choice.years, conditions=dict(choice.conditions)
    )
    ways = rows.exclude(area=None).values_list(f"conditions__{AREA_BASIS}")
    members = Counter(dict(ways.annotate(count=Count("pk")).order_by()))
    published = Counter(
        each.conditions.get(AREA_BASIS, UNKNOWN)
        for each in references
        if each.basis == choice.basis and (each.measure or each.area)
    )
    most = max(CONDITIONS[AREA_BASIS].options, key=lambda way: (members[way], published[way]))
    return choice._replace(conditions=(*choice.conditions, (AREA_BASIS, most)))


def compare(choice: Choice) -> Compared:
    if choice.is_narrowed or choice.column.endswith("_m2"):
        places, hours = _from_values(choice)
    else:
        places, hours = _from_cells(choice)
    drawn = _drawn(places, choice)
    years = figures.over_years(
        choice.item, choice.basis, choice.column, conditions=dict(choice.conditions)
    )
    return Compared(
        cities={place: scaled(s, choice.factor) for place, s in places.items() if place[1]},
        countries={
            place[0]: scaled(s, choice.factor) for place, s in places.items() if not place[1]
        },
        years={key: scaled(s, choice.factor) for key, s in years.items()},
        hours=hours,
        drawn=drawn,
        sample=has_samples(choice.item, choice.basis),
    )


def _from_cells(choice: Choice) -> tuple[dict[Place, Summary], dict[str, Summary]]:
    found = {(cell.country, cell.city): cell for cell in figures.cells(choice.item, choice.basis)}
    column = choice.column
    bare = {
        place: _summary(cell.statistics[column])
        for place, cell in found.items()
        if column in cell.statistics
    }
    wanted = {*_drawn(bare, choice), *(place for place in bare if not place[1])}
    kept = figures.points(found[place] for place in wanted)
    for place in wanted:
        points = kept[found[place].pk].get(column, [])
        bare[place] = bare[place]._replace(points=tuple(points))
    hours = {
        place[0]: _summary(cell.statistics["hours"])
        for place, cell in found.items()
        if not place[1] and "hours" in cell.statistics
    }
    return bare, hours


def _from_values(choice: Choice) -> tuple[dict[Place, Summary], dict[str, Summary]]:
    def asked(column: str) -> dict[Place, Summary]:
        return figures.narrowed(
            choice.item,
            choice.basis,
            column,
            years=choice.years,
            conditions=dict(choice.conditions),
        )

    hours = {place[0]: summary for place, summary in asked("hours").items() if not place[1]}
    return asked(choice.column), hours


def _summary(kept: dict[str, Any]) -> Summary:
    return Summary(**(kept | {"outliers": tuple(kept["outliers"]), "points": ()}))


def _drawn(places: dict[Place, Summary], choice: Choice) -> tuple[Place, ...]:
    """The cities that were asked for, or those with most voices."""
    found = [place for place in places if place[1]]
    if choice.cities:
        return tuple(sorted(place for place in found if place[1] in choice.cities))
    most = sorted(found, key=lambda place: (-places[place].n, place))
    return tuple(most[:MOST_ROWS])


def scaled(summary: Summary, factor: float) -> Summary:
    """The same in another unit."""
    if factor == 1:
        return summary

    def one(value: float | None) -> float | None:
        return None if value is None else value * factor

    def many(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(value * factor for value in values)

    return summary._replace(
        median=one(summary.median),
        q1=one(summary.q1),
        q3=one(summary.q3),
        low=one(summary.low),
        high=one(summary.high),
        outliers=many(summary.outliers),
        points=many(summary.points),
    )


def has_samples(item: Item, basis: str) -> bool:
    """Whether invented people's figures are among those that count."""
    if not settings.DEMO:
        return False
    return Entry.objects.filter(item=item, basis=basis, voice=True, sample=True).exists()


def sides(choice: Choice) -> dict[str, Summary]:
    """The two countries alone."""
    cells = [
        cell
        for cell in figures.cells(choice.item, choice.basis)
        if cell.city == 0 and cell.country in SIDES and choice.column in cell.statistics
    ]
    kept = figures.points(cells) if cells else {}
    return {
        cell.country: _summary(cell.statistics[choice.column])._replace(
            points=tuple(kept[cell.pk].get(choice.column, []))
        )
        for cell in cells
    }


def stamp_of_all() -> str:
    """Changes with every voice on anything, and with every item's wording."""
    moved, cells = (
        Cell.objects.filter(city=0).values(total=Func(name, function=function))
        for name, function in (("version", "SUM"), ("pk", "COUNT"))
    )
    found = Item.objects.aggregate(
        worded=Sum("version"),
        items=Count("pk"),
        moved=Max(Subquery(moved, IntegerField())),
        cells=Max(Subquery(cells, IntegerField())),
    )
    return ".".join(str(value or 0) for value in (*found.values(), int(settings.DEMO)))


def all_items() -> dict[str, list[Item]]:
    """The items of all topics, by topic."""
    found: dict[str, list[Item]] = {}
    for item in Item.objects.filter(topic__in=BOARDS):
        found.setdefault(item.topic, []).append(item)
    return found


def voices(choice: Choice) -> QuerySet[Entry]:
    """The figures that a choice compares, the newest first: of one person for a place only the first
    that comes is a voice."""
    rows = figures.standing(
        choice.item, choice.basis, years=choice.years, conditions=dict(choice.conditions)
    )
    if choice.cities:
        rows = rows.filter(city__in=choice.cities)
    return rows.order_by("-day", "-pk")


def one_voice_each(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Of `voices` as dictionaries, at most MOST_VALUES."""
    heard: set[tuple[Any, ...]] = set()
    for row in rows:
        place = row["city"] or row["city_name"].casefold()
        if (voice := (row["author"], row["country"], place)) in heard:
            continue
        if len(heard) == MOST_VALUES:
            return
        heard.add(voice)
        yield row


def in_thread(thread: Thread) -> list[Entry]:
    """The figures of a thread's posts whose words everybody who may see the thread may read.

    Of the latest MOST_POSTS alone, so that the longest thread costs no more than a long one.
    """
    rows = Entry.objects.filter(
        passage__post__thread=thread,
        passage__post__number__gt=thread.last_number - MOST_POSTS,
        until=None,
        excluded_at=None,
        **Post.shown("passage__post__"),
    )
    if not settings.DEMO:
        rows = rows.filter(sample=False)
    return list(rows.select_related("item").order_by("-day", "-pk")[:MOST_VALUES])


class Linked(NamedTuple):
    """A figure and the post that it stands on."""

    entry: Entry
    post: int


class Side(NamedTuple):
    """One city's part of a head to head."""

    place: Place
    summary: Summary
    linked: list[Linked]


class Pair(NamedTuple):
    """An item in the basis that both cities have, or `basis` None where they share none."""

    item: Item
    basis: str | None
    sides: tuple[Side, ...]


# Of each city and item so many figures are linked to; the page of the item has them all.
MOST_LINKED = 6


def head_to_head(items: list[Item], places: list[Place], column: str) -> list[Pair]:
    """Each item in the basis that most voices of both cities share, in the items' order."""
    cells = _cells_of(items, places)
    shared = {item.pk: _shared(cells, item, places) for item in items}
    linked = _linked([cells[pk, b, p] for pk, b in shared.items() if b is not None for p in places])

    def side(item: Item, basis: str, place: Place) -> Side:
        cell = cells[item.pk, basis, place]
        return Side(place, _with_points(cell, column), linked.get((item.pk, place), []))

    found = []
    for item in items:
        basis = shared[item.pk]
        if basis is not None:
            found.append(Pair(item, basis, tuple(side(item, basis, place) for place in places)))
        elif any(pk == item.pk for pk, _, _ in cells):
            found.append(Pair(item, None, ()))
    return found


def _cells_of(items: list[Item], places: list[Place]) -> dict[tuple[int, str, Place], Cell]:
    found = list(Cell.objects.filter(item__in=items, city__in=[city for _, city in places]))
    figures.compute(found)
    return {(c.item_id, c.basis, (c.country, c.city)): c for c in found if c.n}


def _shared(
    cells: dict[tuple[int, str, Place], Cell], item: Item, places: list[Place]
) -> str | None:
    of_item = {basis for pk, basis, _ in cells if pk == item.pk}
    both = [b for b in of_item if all((item.pk, b, place) in cells for place in places)]
    counts = {b: sorted(cells[item.pk, b, place].n for place in places) for b in both}
    return min(both, key=lambda b: ([-n for n in counts[b]], b), default=None)


def _with_points(cell: Cell, column: str) -> Summary:
    if column not in cell.statistics:
        return EMPTY
    points = tuple(cell.points.get(column, []))
    return _summary(cell.statistics[column])._replace(points=points)


def _linked(cells: list[Cell]) -> dict[tuple[int, Place], list[Linked]]:
    """The newest figures of each cell, with the posts that they stand on."""
    wanted = Q(pk=None)
    for cell in cells:
        wanted |= Q(
            item=cell.item_id, basis=cell.basis, country=cell.country, city=cell.city, voice=True
        )
    rank = Window(
        RowNumber(), partition_by=[F("item"), F("country"), F("city")], order_by=["-day", "-pk"]
    )
    rows = figures.voices().filter(wanted).annotate(rank=rank).filter(rank__lte=MOST_LINKED)
    rows = rows.annotate(post=F("passage__post")).select_related("item").order_by("rank")
    found: dict[tuple[int, Place], list[Linked]] = {}
    for entry in rows:
        there = found.setdefault((entry.item_id, (entry.country, entry.city)), [])
        there.append(Linked(entry, entry.post))
    return found


EMPTY = Summary(0, None, None, None, None, None, (), (), None, None, few=True)
