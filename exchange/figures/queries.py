"""Figures as they stand, and what all of them say together."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum

from . import statistics
from .models import Cell, Entry, Item, Question, Reference
from .statistics import Summary, Value

# More values than this are not looked at for one chart: the newest count.
MOST_VALUES = 20_000
KEPT_MEASURES = ("usd", "cny", "intl", "share", "hours")

type Place = tuple[str, int]  # country and city; 0 for the whole country


def items(topic: str = "") -> QuerySet[Item]:
    """Those that a figure can be given for."""
    found = Item.objects.filter(retired_at=None)
    return found.filter(topic=topic) if topic else found


def current(passages: Iterable[int]) -> list[Entry]:
    """The figures of the texts with these ids as they stand, in their order."""
    found = Entry.objects.filter(passage__in=passages, until=None).order_by("passage", "position")
    return list(found.select_related("item"))


def ever(passage: int) -> list[Entry]:
    """The figures of all versions of a text; `was_in` tells which had which."""
    found = Entry.objects.filter(passage=passage).order_by("position", "pk")
    return list(found.select_related("item"))


def as_figures() -> Any:
    """The figures of texts as they stand, each told whether somebody asks about it, as `figures`."""
    open_ones = Question.objects.filter(entry=OuterRef("pk"), answered_at=None)
    found = Entry.objects.filter(until=None).annotate(has_question=Exists(open_ones))
    return Prefetch("entries", found.select_related("item").order_by("position"), to_attr="figures")


def questions(entry: Entry) -> list[Question]:
    """All that was asked about an entry and still stands, the open ones first."""
    found = Question.objects.filter(entry=entry).select_related("by", "note")
    return sorted(found, key=lambda question: (question.answered_at is not None, question.pk))


def open_question(entry: Entry, by: Any) -> Question | None:
    return Question.objects.filter(entry=entry, by=by.pk, answered_at=None).first()


def voice_of(entry: Entry) -> Entry | None:
    """Which of its author's figures speaks for them in its cell."""
    found = Entry.objects.filter(author=entry.author_id, item=entry.item_id, voice=True)
    found = found.filter(basis=entry.basis, country=entry.country, city=entry.city)
    name = entry.city_name.casefold()
    return next((one for one in found if entry.city or one.city_name.casefold() == name), None)


def stands_apart(entry: Entry) -> bool:
    """Whether it is marked as an outlier among those of its place, or of its country."""
    places = {entry.city, 0}
    found = Cell.objects.filter(item=entry.item_id, basis=entry.basis, country=entry.country)
    here = list(found.filter(city__in=places).defer("points"))
    compute(here)
    marked = [cell.statistics.get("usd", {}).get("outliers", ()) for cell in here]
    return any(entry.usd in outliers for outliers in marked)


def has_figures(item: Item) -> bool:
    """Whether its period, unit and basis are in use."""
    return Entry.objects.filter(item=item).exists() or Reference.objects.filter(item=item).exists()


def voices() -> QuerySet[Entry]:
    """All that enter statistics: sample people's figures only where the site shows samples."""
    found = Entry.objects.filter(voice=True)
    return found if settings.DEMO else found.filter(sample=False)


def references(item: Item) -> QuerySet[Reference]:
    return Reference.objects.filter(item=item).order_by("country", "-day", "key")


def stamp(item: Item, basis: str) -> str:
    """Changes with every voice on an item: what was drawn of it is kept under this."""
    found = Cell.objects.filter(item=item, basis=basis).aggregate(
        moved=Sum("version"), cells=Count("pk")
    )
    return f"{item.pk}.{item.version}.{found['moved'] or 0}.{found['cells']}.{settings.DEMO:d}"


def stamps(items: Iterable[Item]) -> dict[tuple[int, str], str]:
    """The same of many items, by item and basis, in one query."""
    versions = {item.pk: item.version for item in items}
    rows = Cell.objects.filter(item__in=versions).values_list("item", "basis")
    return {
        (item, basis): f"{item}.{versions[item]}.{moved}.{cells}.{settings.DEMO:d}"
        for item, basis, moved, cells in rows.annotate(moved=Sum("version"), cells=Count("pk"))
    }


def cells(item: Item, basis: str) -> list[Cell]:
    """All places of an item with their statistics."""
    found = list(Cell.objects.filter(item=item, basis=basis).defer("points"))
    compute(found)
    return [cell for cell in found if cell.n]


def points(chosen: Iterable[Cell]) -> dict[int, dict[str, list[float]]]:
    """The single values of some cells by measure, for drawing them."""
    asked, known = [], {}
    for cell in chosen:
        if "points" in cell.get_deferred_fields():
            asked.append(cell.pk)
        else:
            known[cell.pk] = cell.points
    kept = Cell.objects.filter(pk__in=asked).values_list("pk", "points") if asked else ()
    return known | dict(kept)


def compute(cells: Iterable[Cell]) -> list[Cell]:
    """Give those of the cells whose voices changed their statistics; who they are.

    A page that comes before the worker has its own right numbers: looking writes nothing.
    """
    old = [cell for cell in cells if (cell.computed, cell.samples) != (cell.version, settings.DEMO)]
    old.sort(key=lambda cell: (cell.item_id, cell.basis))
    for _, group in groupby(old, key=lambda cell: (cell.item_id, cell.basis)):
        _compute(list(group))
    return old


def refresh() -> int:
    """Compute and keep the statistics of all cells whose voices changed. The number of them."""
    right = Q(computed=F("version"), samples=settings.DEMO)
    old = compute(list(Cell.objects.exclude(right).defer("points", "statistics")))
    Cell.objects.bulk_update(
        old, ["computed", "samples", "n", "statistics", "points"], batch_size=100
    )
    return len(old)


def _compute(cells: list[Cell]) -> None:
    """Of some cells of one item and basis, in one query where it does not hold too much."""
    first = cells[0]
    countries = {cell.country for cell in cells}
    rows = voices().filter(item=first.item_id, basis=first.basis, country__in=countries)
    if not any(cell.city == 0 for cell in cells):
        rows = rows.filter(city__in=[cell.city for cell in cells])
    names = ("country", "city", "author_id", "city_name", "day", "pk", *KEPT_MEASURES)
    read = list(rows.order_by("-day", "-pk").values_list(*names)[: MOST_VALUES + 1])
    if len(read) > MOST_VALUES and len(cells) > 1:
        # The newest of each cell are meant, whichever others are computed with it.
        for cell in cells:
            _compute([cell])
        return
    for cell in cells:
        here = [r for r in read[:MOST_VALUES] if r[0] == cell.country and cell.city in (0, r[1])]
        _summarise(cell, here)


def _summarise(cell: Cell, rows: list[tuple[Any, ...]]) -> None:
    cell.n = len(rows)
    cell.statistics, cell.points = {}, {}
    for place, measure in enumerate(KEPT_MEASURES, start=6):
        values = [_value(row, row[place]) for row in rows if row[place] is not None]
        if values:
            found = statistics.summarise(values)._asdict()
            cell.points[measure] = list(found.pop("points"))
            cell.statistics[measure] = found
    cell.computed, cell.samples = cell.version, settings.DEMO


def _value(row: tuple[Any, ...], amount: float) -> Value:
    country, city, author, name, day, pk = row[:6]
    place = f"{country}.{city or name.casefold()}"
    return Value(amount, author, place, day.toordinal(), pk)


def standing(
    item: Item,
    basis: str,
    *,
    years: tuple[int, int] | None = None,
    conditions: Mapping[str, str] | None = None,
) -> QuerySet[Entry]:
    """All figures that may be compared, also older ones of one person: of some years, or with some
    conditions."""
    rows = Entry.objects.filter(item=item, basis=basis, until=None, listed=True, excluded_at=None)
    if not settings.DEMO:
        rows = rows.filter(sample=False)
    if years:
        rows = rows.filter(year__range=years)
    for key, answer in (conditions or {}).items():
        rows = rows.filter(**{f"conditions__{key}": answer})
    return rows


def narrowed(
    item: Item,
    basis: str,
    measure: str,
    *,
    years: tuple[int, int] | None = None,
    conditions: Mapping[str, str] | None = None,
) -> dict[Place, Summary]:
    """Statistics by place of the figures of some years, or with some conditions, or a square metre.

    One query of at most MOST_VALUES values. `measure` is one of KEPT_MEASURES, or one of `usd_m2`,
    `cny_m2`: money a square metre, of figures that say how large.
    """
    places: dict[Place, list[Value]] = {}
    for place, value in _values(standing(item, basis, years=years, conditions=conditions), measure):
        for where in {place, (place[0], 0)}:
            places.setdefault(where, []).append(value)
    return {place: statistics.summarise(values) for place, values in places.items()}


def over_years(
    item: Item, basis: str, measure: str, *, conditions: Mapping[str, str] | None = None
) -> dict[tuple[str, int], Summary]:
    """Statistics by country and year, in one query: of one person's figures for a place and year the
    newest. `measure` as for `narrowed`."""
    years: dict[tuple[str, int], list[Value]] = {}
    for place, value in _values(standing(item, basis, conditions=conditions), measure):
        year = date.fromordinal(value.at).year
        years.setdefault((place[0], year), []).append(value)
    return {key: statistics.summarise(values) for key, values in sorted(years.items())}


def _values(rows: QuerySet[Entry], measure: str) -> Iterator[tuple[Place, Value]]:
    """Of one person's figures for a place the newest counts, also among those of some years."""
    column, _, by_area = measure.partition("_")
    rows = rows.exclude(**{column: None})
    if by_area:
        rows = rows.exclude(area=None)
    names = ("country", "city", "author_id", "city_name", "day", "pk", column, "area")
    for row in rows.order_by("-day", "-pk").values_list(*names)[:MOST_VALUES]:
        yield (row[0], row[1]), _value(row, row[6] / row[7] if by_area else row[6])


def newest_day(summary: Summary) -> date | None:
    return date.fromordinal(summary.until) if summary.until else None
