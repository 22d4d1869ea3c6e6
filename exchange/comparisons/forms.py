"""What a page's address asks to compare. Nothing in it is an error: what makes no sense is left out,
and the page says so; files and pictures are refused then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from exchange.figures import labels, places
from exchange.figures.charts import MOST_ROWS
from exchange.figures.conditions import CONDITIONS
from exchange.figures.forms import FIRST_YEAR
from exchange.figures.forms import answers as answers_to
from exchange.figures.models import Item, Reference
from exchange.figures.queries import Place

from . import wording
from .choice import AREA_BASIS, CURRENCIES, SHOWN, WITH, Choice, answers, measures
from .queries import SIDES, Voices, usual

type References = Callable[[Item], list[Reference]]


class Asked(NamedTuple):
    """`choice` is None where the topic has no item. `bases` has the voices of each basis that may be
    chosen; `said` is what was left out of what was asked for."""

    choice: Choice | None
    items: list[Item]
    references: list[Reference]
    bases: dict[str, int]
    said: list[str]


def read(
    data: QueryDict, *, items: list[Item], voices: Voices, references: References, language: str
) -> Asked:
    said: list[str] = []
    item, basis = _item(data, items, voices, said)
    if item is None:
        return Asked(None, [], [], {}, said)
    published = references(item)
    bases = dict(voices.get(item.pk, {}))
    for name, _count in Counter(each.basis for each in published if not each.weak).most_common():
        bases.setdefault(name, 0)
    for reference in published:
        bases.setdefault(reference.basis, 0)
    choice = Choice(
        item=item,
        basis=_basis(data.get("basis"), item, bases, basis, said),
        measure=_one_of(data.get("measure"), measures(item), "money", said),
        currency=_one_of(
            data.get("money", "").upper(), CURRENCIES, "USD" if language == "en" else "CNY", said
        ),
        cities=_cities(data.getlist("city"), said),
        years=_years(data, said),
        conditions=_conditions(data, item, said),
        show=_one_of(data.get("show"), SHOWN, "both", said),
    )
    offered = [one for one in items if one == item or not one.retired_at]
    return Asked(choice, offered, published, bases, said)


def _item(
    data: Mapping[str, Any], items: list[Item], voices: Voices, said: list[str]
) -> tuple[Item | None, str]:
    asked = data.get("item")
    default = usual(items, voices)
    if asked:
        found = next((item for item in items if item.slug == asked), None)
        if found:
            heard = voices.get(found.pk)
            return found, next(iter(heard)) if heard else ""
        said.append(_("There is no such item in this topic."))
    return default or (None, "")


def _basis(
    asked: str | None, item: Item, bases: dict[str, int], default: str, said: list[str]
) -> str:
    """One that was asked for may have no figures yet; then the page says that."""
    if asked is not None and asked in bases:
        return asked
    found = answers(asked or "")
    if set(found) == set(item.basis) and asked is not None:
        if asked == item.basis_of(found) and _is_legal(found):
            bases[asked] = 0
            return asked
        said.append(_("There is no such basis of comparison for this item."))
    # Another item's basis is no mistake: the item was changed in the form.
    return default if default in bases or not bases else next(iter(bases))


def _is_legal(found: Mapping[str, str]) -> bool:
    return all(key in CONDITIONS and found[key] in CONDITIONS[key].options for key in found)


def _one_of(asked: str | None, allowed: Any, default: str, said: list[str]) -> str:
    if not asked:
        return default
    if asked in allowed:
        return asked
    if asked not in wording.MEASURE_NAMES:  # one that another item has is no mistake
        said.append(_("The address asks for something that cannot be shown; the usual is shown."))
    return default


def _cities(asked: list[str], said: list[str]) -> tuple[int, ...]:
    known = {int(each) for each in asked if _is_number(each) and places.by_id(int(each))}
    if len(known) < len(set(asked) - {""}):
        said.append(_("One of the cities is in no list."))
    if len(known) > MOST_ROWS:
        said.append(_("At most %(most)s cities are shown at once.") % {"most": MOST_ROWS})
    return tuple(sorted(known)[:MOST_ROWS])


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10


def _years(data: Mapping[str, Any], said: list[str]) -> tuple[int, int] | None:
    now = timezone.localdate().year
    ends = []
    for name, otherwise in (("from", FIRST_YEAR), ("until", now)):
        typed = str(data.get(name) or "").strip()
        if typed and not (_is_number(typed) and FIRST_YEAR <= int(typed) <= now):
            said.append(
                _("Years are from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": now}
            )
            return None
        ends.append(int(typed) if typed else otherwise)
    if ends[0] > ends[1]:
        said.append(_("The years are the wrong way round: all years are shown."))
        return None
    return (ends[0], ends[1]) if data.get("from") or data.get("until") else None


def _conditions(
    data: Mapping[str, Any], item: Item, said: list[str]
) -> tuple[tuple[str, str], ...]:
    found = []
    for key in filters(item):
        answer = data.get(f"{WITH}{key}")
        if answer and answer in answers_to(key):
            found.append((key, answer))
        elif answer:
            said.append(
                _("There is no such answer to “%(name)s”.") % {"name": CONDITIONS[key].name}
            )
    return tuple(found)


def filters(item: Item) -> list[str]:
    """The conditions that figures can be narrowed by: not those that a chart keeps apart anyway."""
    asked = [*item.conditions, *([AREA_BASIS] if "area" in item.conditions else [])]
    return [
        key
        for key in asked
        if key not in item.basis and key in CONDITIONS and CONDITIONS[key].kind == "choice"
    ]


# What the page offers


class Option(NamedTuple):
    value: str
    label: str
    chosen: bool


class Field(NamedTuple):
    name: str
    label: str
    options: list[Option]


class Form(NamedTuple):
    """The filters of a page, as it shows them."""

    first: list[Field]
    more: list[Field]
    cities: list[Option]
    years: tuple[str, str]
    is_open: bool


def form(asked: Asked, cities: Mapping[Place, int]) -> Form | None:
    """`cities` are those with figures, and how many."""
    choice = asked.choice
    if choice is None:
        return None
    item = choice.item
    first = [
        Field(
            "item",
            _("What it is for"),
            [_option(i.slug, wording.name(i), item.slug) for i in asked.items],
        )
    ]
    if item.basis:
        shown = [
            _option(basis, _counted(wording.basis(item, basis), n), choice.basis)
            for basis, n in asked.bases.items()
        ]
        first.append(Field("basis", _("Of the same kind"), shown))
    first.append(
        Field(
            "measure",
            _("Shown in"),
            [_option(m, wording.MEASURE_NAMES[m], choice.measure) for m in measures(item)],
        )
    )
    more = [
        Field(f"{WITH}{key}", str(CONDITIONS[key].name), _answers(key, dict(choice.conditions)))
        for key in filters(item)
    ]
    more.append(
        Field(
            "show",
            _("Which figures"),
            [_option(name, wording.SHOWN_NAMES[name], choice.show) for name in SHOWN],
        )
    )
    years = choice.years or ("", "")
    return Form(
        first,
        more,
        _city_options(choice, cities),
        (str(years[0]), str(years[1])),
        is_open=choice.is_narrowed or bool(choice.cities) or choice.show != "both",
    )


def _option(value: str, label: Any, chosen: str) -> Option:
    return Option(value, str(label), value == chosen)


def _counted(words: str, n: int) -> str:
    return _("%(words)s (%(n)s)") % {"words": words, "n": n}


def _answers(key: str, chosen: Mapping[str, str]) -> list[Option]:
    all_ = Option("", pgettext("a filter that is off", "any"), key not in chosen)
    options = answers_to(key).items()
    return [all_, *(_option(value, label, chosen.get(key, "")) for value, label in options)]


def _city_options(choice: Choice, cities: Mapping[Place, int]) -> list[Option]:
    """By country, those with most figures first; the chosen ones also where they have none."""
    counts = {city: n for (_country, city), n in cities.items()}
    rows = []
    for city in {*counts, *choice.cities}:
        if place := places.by_id(city):
            name = _counted(labels.place_name(place), counts.get(city, 0))
            rows.append((place.country, -counts.get(city, 0), name, city))
    return [Option(str(row[3]), row[2], row[3] in choice.cities) for row in sorted(rows)]


def plain(item: Item, basis: str) -> Choice:
    """What a page shows unasked, in the money of the page's language."""
    currency = "USD" if (get_language() or "en") == "en" else "CNY"
    return Choice(item, basis, currency=currency)


def pair(data: QueryDict, offered: Mapping[Place, int]) -> tuple[list[Place], list[str]]:
    """The two cities `a` and `b`, by default the one with most figures of each side."""
    said: list[str] = []
    known = {city: (country, city) for country, city in offered}
    found = []
    for name in ("a", "b"):
        asked = data.get(name) or ""
        place = places.by_id(int(asked)) if _is_number(asked) else None
        if place:
            found.append((place.country, place.id))
        elif asked:
            said.append(_("One of the cities is in no list."))
    if len(found) == 2 and found[0] == found[1]:
        said.append(_("That is the same city twice: please choose another one."))
    for default in _usual_pair(offered):
        if len(set(found)) < 2 and default not in found and default[1] in known:
            found.append(default)
    both = list(dict.fromkeys(found))[:2]
    return (both if len(both) == 2 else []), said


def _usual_pair(offered: Mapping[Place, int]) -> list[Place]:
    most = sorted(offered, key=lambda place: (-offered[place], place))
    firsts = [next((place for place in most if place[0] == side), None) for side in SIDES]
    return [place for place in firsts if place] + most
