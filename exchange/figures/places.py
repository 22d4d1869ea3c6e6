"""Cities by what people type for them, in English and in Chinese of either script.

The list is GeoNames' (`seeds/figures/cities.csv`, made by `scripts/cities.py`): China, Hong Kong, Macau,
Taiwan and the United States from 50,000 people up, elsewhere from 300,000. It is read at the first
question, and is then held: about 4 MB.
"""

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from exchange.figures.regions import CHINESE, REGIONS, SHORT
from exchange.languages.conversion import convert

SOURCE = Path(__file__).parents[2] / "seeds" / "figures" / "cities.csv"
COLUMNS = ("id", "en", "zh", "country", "region", "population", "aliases")
LONGEST = 80  # characters typed; no city is called more
MOST = 20  # places given

_LANGUAGES = ("en", "zh_Hans")
_SHORT_COUNTRIES = {
    "usa": "US",
    "america": "US",
    "unitedstatesofamerica": "US",
    "uk": "GB",
    "england": "GB",
    "prc": "CN",
    "mainlandchina": "CN",
    "中国大陆": "CN",
    "hongkong": "HK",
    "macau": "MO",
    "香港": "HK",
    "澳门": "MO",
}
# Unions, tests and "unknown" that stand in the list of territories.
_NO_COUNTRIES = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))
_HAN = re.compile("[\u3400-\u9fff]")
_BRACKETED = re.compile(r"^(.+?)\s*[,，、/·(（\[【]\s*(.+?)\s*[)）\]】]?$")
_SAINT = re.compile(r"^(?:saint|st\.?)[ -]")
_KIND = re.compile(r"(?<=..)(?:市|[ -](?:shi|city))$")


class Place(NamedTuple):
    """`region` is short: "OH", "Sichuan", or "" where the list has none."""

    id: int
    en: str
    zh: str
    country: str
    region: str
    population: int


class _Index(NamedTuple):
    keys: list[str]  # sorted; a place stands under each of its names
    places: list[list[Place]]  # by the place of the key


def find(typed: str, country: str = "") -> list[Place]:
    """The places that this may be, best first: the whole name before the beginning of one, then size.

    A state, province or country may stand behind ("Columbus, OH", "Portland Maine", "波特兰（缅因）") or,
    in Chinese, before ("俄亥俄州哥伦布"). Nothing where it does not fit: free text is kept as it is.
    """
    for name, within in _readings(_cleaned(typed)):
        exact, begun = _named(name)
        fitting = [
            sorted(filter(lambda place: _fits(place, country, within), places), key=_size)
            for places in (exact, begun)
        ]
        if any(fitting):
            return list(dict.fromkeys(fitting[0] + fitting[1]))[:MOST]
    return []


def is_name_of(place: Place, typed: str) -> bool:
    """Whether this is a whole name of the place, and not only the beginning of one."""
    readings = _readings(_cleaned(typed))
    return any(place in _named(name)[0] and _fits(place, "", within) for name, within in readings)


@cache
def full_name(place: Place, *, chinese: bool) -> str:
    """What it is called, with its state or province where the name alone means another place of its
    country ("Columbus, GA", "哥伦布（佐治亚）"): typed again it is the same place."""
    name = place.zh if chinese and place.zh else place.en
    if _means(name, place) or not place.region:
        return name
    region = REGIONS.get(f"{place.country}-{place.region}", (place.region, place.region))[1]
    return f"{name}（{region}）" if chinese and place.zh else f"{name}, {place.region}"


def _means(name: str, place: Place) -> bool:
    found = find(name, place.country)
    return next((other for other in found if is_name_of(other, name)), place) == place


@cache
def countries() -> frozenset[str]:
    """The codes of all countries and territories, with cities in the list or without."""
    english, chinese = (frozenset(Locale.parse(code).territories) for code in _LANGUAGES)
    codes = {code for code in english & chinese if len(code) == 2 and code.isalpha()}
    return frozenset(codes - _NO_COUNTRIES)


def by_id(number: int) -> Place | None:
    return _by_id().get(number)


@cache
def folded(name: str) -> str:
    """What names are compared by: no case, accents, spaces and marks; Simplified; no 市 or "City"."""
    name = name.casefold()
    if _HAN.search(name):
        name = convert(name, "hans")
    name = _KIND.sub("", _SAINT.sub("st ", name.strip()))
    return "".join(char for char in unicodedata.normalize("NFD", name) if char.isalnum())


def _cleaned(typed: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", typed[: 2 * LONGEST]).split())[:LONGEST]


def _size(place: Place) -> tuple[int, int]:
    return (-place.population, place.id)


def _readings(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The typed text as a name within certain regions or countries; an empty set is anywhere."""
    yield text, frozenset()
    if bracketed := _BRACKETED.match(text):
        for name, rest in (bracketed.groups(), bracketed.groups()[::-1]):
            if within := _within(rest):
                yield name, within
    words = text.split(" ")
    for count in range(1, min(4, len(words))):
        if within := _within(" ".join(words[-count:])):
            yield " ".join(words[:-count]).rstrip(",，"), within
    if _HAN.match(text):
        simple = convert(text, "hans")
        for length in range(2, min(len(simple) - 1, 9)):
            if within := _within(simple[:length]):
                yield simple[length:], within


def _within(text: str) -> frozenset[str]:
    """Codes of the regions and countries of this name: "OH" and "Ohio" are both "US-OH"."""
    parts = [part for part in re.split(r"[,，]", text) if part.strip()]
    found = [_regions().get(_region_key(part), frozenset()) for part in parts]
    if not found or not all(found):
        return frozenset()
    return min(found, key=len)  # "OH, USA": the smaller one


def _region_key(text: str) -> str:
    key = "".join(char for char in convert(text.casefold(), "hans") if char.isalnum())
    return re.sub(
        r"(?<=..)(?:壮族|回族|维吾尔)?(?:省|州|市|自治区|特别行政区)$|(?<=..)province$", "", key
    )


def _fits(place: Place, country: str, within: frozenset[str]) -> bool:
    if country and place.country != country:
        return False
    return not within or not within.isdisjoint((place.country, f"{place.country}-{place.region}"))


def _named(name: str) -> tuple[list[Place], list[Place]]:
    """Those with this name, and those with a longer one that begins so."""
    key, index = folded(name), _index()
    # One letter begins too many names; one Chinese character says enough.
    if not key or (len(key) == 1 and not _HAN.match(key)):
        return [], []
    at = bisect_left(index.keys, key)
    exact: list[Place] = []
    begun: list[Place] = []
    while at < len(index.keys) and index.keys[at].startswith(key):
        (exact if index.keys[at] == key else begun).extend(index.places[at])
        at += 1
    return exact, begun


@cache
def _index() -> _Index:
    named: dict[str, list[Place]] = {}
    for place, aliases in _rows():
        for key in {folded.__wrapped__(name) for name in (place.en, place.zh, *aliases)}:
            if key:
                named.setdefault(key, []).append(place)
    keys = sorted(named)
    return _Index(keys, [named[key] for key in keys])


@cache
def _by_id() -> dict[int, Place]:
    return {place.id: place for places in _index().places for place in places}


def _rows() -> Iterator[tuple[Place, list[str]]]:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        next(file)  # the credit line
        for row in csv.DictReader(file):
            place = Place(
                int(row["id"]),
                row["en"],
                row["zh"],
                row["country"],
                row["region"],
                int(row["population"]),
            )
            yield place, row["aliases"].split("|") if row["aliases"] else []


@cache
def _regions() -> dict[str, frozenset[str]]:
    """Names of states, provinces and countries, and the codes that each may stand for."""
    named: dict[str, set[str]] = {}
    for code, (english, chinese) in REGIONS.items():
        for word in (english, chinese, code.removeprefix("US-").removeprefix("CA-")):
            named.setdefault(_region_key(word), set()).add(code)
    for language in _LANGUAGES:
        territories = Locale.parse(language).territories
        for code in countries():
            named.setdefault(_region_key(territories[code]), set()).add(code)
    for word, code in _SHORT_COUNTRIES.items():
        named.setdefault(word, set()).add(code)
    for word, code in SHORT.items():
        named.setdefault(_region_key(word), set()).add(code)
    for code in (*CHINESE, "US"):
        named.setdefault(code.casefold(), set()).add(code)
    return {word: frozenset(codes) for word, codes in named.items()}
