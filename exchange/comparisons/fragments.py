"""What is drawn of comparisons, the same for every reader of a language: kept with a stamp that every
change of a figure moves on, so that nothing is shown of a figure that is gone."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation, TooManyFieldsSent
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from exchange.boards.models import Thread
from exchange.figures import charts, drawing, labels, pictures, statistics
from exchange.figures import queries as figures
from exchange.figures.models import Entry, Item, Reference
from exchange.figures.queries import Place
from exchange.figures.statistics import Summary, Value

from . import charting, forms, queries, wording
from .choice import TOPICS, Choice

# Bumped when something comes to look different.
FORM = 1
KEPT = 24 * 3600
# A thread's chart with fewer figures than this compares nothing.
FEWEST_IN_THREAD = 2


class Result(NamedTuple):
    """A page's charts as HTML; how many figures each city has; and a sentence that tells of it all."""

    html: str
    cities: dict[Place, int]
    n: int
    sample: bool
    said: str


def keep[T](key: str, stamp: str, make: Callable[[], T]) -> T:
    """One place for each thing and language, so that a newer form takes the older one's figures away."""
    kept = cache.get(key)
    if kept is None or kept[0] != stamp:
        kept = (stamp, make())
        cache.set(key, kept, KEPT)
    found: T = kept[1]
    return found


def stamp_of(choice: Choice, references: Iterable[Reference]) -> str:
    published = [(r.pk, r.usd, r.cny, r.intl, r.hours, r.weak, r.publisher) for r in references]
    return f"{FORM}.{figures.stamp(choice.item, choice.basis)}.{_digest(repr(published))}"


def key_of(kind: str, choice: Choice) -> str:
    return f"{kind}.{_digest(choice.query)}.{get_language()}"


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def result(choice: Choice, references: list[Reference]) -> Result:
    stamp = stamp_of(choice, references)
    return keep(key_of("compare", choice), stamp, lambda: _result(choice, references))


def _result(choice: Choice, references: list[Reference]) -> Result:
    found = queries.compare(choice)
    drawn = charting.drawn(choice, found, references)
    html = render_to_string(
        "comparisons/_result.html", {"figures": [drawing.figure(chart) for chart in drawn]}
    )
    return Result(
        html,
        {place: summary.n for place, summary in found.cities.items()},
        sum(summary.n for summary in found.countries.values()) if choice.has_members else 0,
        found.sample and choice.has_members,
        charts.describe(drawn[0]) if drawn else "",
    )


def picture(choice: Choice, references: list[Reference], site: str) -> tuple[str, bytes | None]:
    """The first chart as a PNG, and a tag that changes with all that it shows. None: nothing to draw, or
    nothing to write Chinese with."""
    stamp = f"{stamp_of(choice, references)}.{pictures.FORM}.{site}"
    key = key_of("compare-png", choice)

    def draw() -> bytes | None:
        drawn = charting.drawn(choice, queries.compare(choice), references)
        titled = [chart._replace(title=wording.title(choice)) for chart in drawn[:1]]
        return pictures.png(titled[0], site=site) if titled else None

    return _digest(f"{key}.{stamp}"), keep(key, stamp, draw)


# A card: the two countries, small


class Bar(NamedTuple):
    """A country's median as a tile shows it: `length` is of a hundred, 0 where there is no median."""

    label: str
    amount: str
    n: int
    length: int


class Card(NamedTuple):
    """`n` is of both countries; `chart` is empty where there is nothing to draw."""

    title: str
    basis: str
    address: str
    n: int
    sample: bool
    chart: str
    bars: list[Bar]


def card(choice: Choice, stamp: str) -> Card:
    return keep(key_of("compare-card", choice), stamp, lambda: _card(choice))


def _card(choice: Choice) -> Card:
    sides = queries.sides(choice)
    sample = bool(sides) and queries.has_samples(choice.item, choice.basis)
    return card_of(choice, sides, sample=sample)


def card_of(choice: Choice, sides: Mapping[str, Summary], *, sample: bool) -> Card:
    chart = charting.summary(choice, sides, sample)
    return Card(
        wording.name(choice.item),
        wording.basis(choice.item, choice.basis),
        f"{reverse('topic', args=[choice.item.topic])}?{choice.query}",
        sum(summary.n for summary in sides.values()),
        sample,
        drawing.svg(chart) if chart.rows else "",
        _bars(choice, sides),
    )


def _bars(choice: Choice, sides: Mapping[str, Summary]) -> list[Bar]:
    longest = max((summary.median or 0 for summary in sides.values()), default=0)
    return [
        Bar(
            labels.country(code),
            charting.amount(choice, summary.median) if summary.median else charts.few(),
            summary.n,
            round(100 * (summary.median or 0) / longest) if longest else 0,
        )
        for code, summary in sorted(sides.items())
    ]


def topic_cards() -> dict[str, Card | None]:
    """Of each of the four topics the item and basis with most voices. One query while nothing changes."""
    stamp = f"{FORM}.{queries.stamp_of_all()}"
    return keep(f"compare-topics.{get_language()}", stamp, lambda: _topic_cards(stamp))


def _topic_cards(stamp: str) -> dict[str, Card | None]:
    by_topic = queries.all_items()
    voices = queries.counted([item for items in by_topic.values() for item in items])
    found: dict[str, Card | None] = {}
    for topic in TOPICS:
        usual = queries.usual(by_topic.get(topic, []), voices)
        found[topic] = _card(forms.plain(*usual)) if usual else None
    return found


# A thread's own chart


def of_thread(thread: Thread) -> SafeString:
    """ "" where fewer than two figures of its posts can be compared.

    Everything that happens in a thread moves `thread.since` on: as long as nothing does it costs no
    query.
    """
    key = f"thread-chart.{thread.pk}.{get_language()}"
    stamp = f"{FORM}.{getattr(thread, 'since', None)}.{settings.DEMO:d}"
    return mark_safe(keep(key, stamp, lambda: _of_thread(thread)))  # noqa: S308 our template


def _of_thread(thread: Thread) -> str:
    entries = queries.in_thread(thread)
    groups: dict[tuple[Item, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.item, entry.basis), []).append(entry)
    counted = {group: len(_voices(found)) for group, found in groups.items()}
    most = max(counted, key=lambda group: (counted[group], -group[0].pk, group[1]), default=None)
    if most is None or counted[most] < FEWEST_IN_THREAD:
        return ""
    choice = forms.plain(*most)
    cities = _by_place(groups[most], choice)
    if sum(summary.n for summary in cities.values()) < FEWEST_IN_THREAD:
        return ""
    sample = any(entry.sample for entry in groups[most])
    context = {
        "figure": drawing.figure(charting.of_thread(choice, cities, sample)),
        "topic": choice.item.topic,
        "query": choice.query,
        "others": len(entries) - len(groups[most]),
        "latest": queries.MOST_POSTS if thread.last_number > queries.MOST_POSTS else 0,
    }
    return render_to_string("comparisons/_thread_chart.html", context)


def _voices(entries: list[Entry]) -> set[tuple[int, str, int, str]]:
    """Whose, and of which places."""
    return {(e.author_id, *_place(e)) for e in entries}


def _place(entry: Entry) -> tuple[str, int, str]:
    """Places that are in no list are told apart by their names, however these are written."""
    return entry.country, entry.city, "" if entry.city else entry.city_name.casefold()


def _by_place(entries: list[Entry], choice: Choice) -> dict[tuple[str, str, str], Summary]:
    placed: dict[tuple[str, str, str], list[Value]] = {}
    named: dict[tuple[str, int, str], tuple[str, str]] = {}  # as the newest figure writes it
    for entry in entries:
        amount = getattr(entry, choice.column)
        if amount is None:
            continue
        place = _place(entry)
        if place not in named:
            named[place] = (
                charting.place_label(entry.city) if entry.city else (labels.where(entry), "other")
            )
        name, language = named[place]
        value = Value(amount, entry.author_id, name, entry.day.toordinal(), entry.pk)
        placed.setdefault((entry.country, name, language), []).append(value)
    return {place: statistics.summarise(values) for place, values in placed.items()}


# Addresses of comparisons in posts

# An address that stands alone in its paragraph, as render.py writes it.
_ALONE = re.compile(r'<p><a href="(?P<address>[^"]+)"[^<>]*>[^<>]*</a></p>')
_ADDRESS = re.compile(r"(?:/(?:en|zh-hans|zh-hant))?/compare/(?P<topic>[a-z-]+)/")
# More on one page stay links.
MOST_EMBEDDED = 10


def with_cards(htmls: list[str]) -> list[str]:
    """Posts with a chart card below each address of a comparison on this site that stands alone.

    The card is put in when the page is made: a kept post must not show figures that may be gone. Where
    no such address is there this costs nothing.
    """
    found = {
        match["address"] for html in htmls if "/compare/" in html for match in _ALONE.finditer(html)
    }
    cards = _cards(sorted(found)) if found else {}
    return [_filled(html, cards) for html in htmls] if cards else htmls


def _filled(html: str, cards: dict[str, Card]) -> str:
    seen: set[str] = set()

    def fill(match: re.Match[str]) -> str:
        card = cards.get(match["address"])
        if card is None:
            return match[0]
        # The other half of a text has the address again: its card shows where the first is not read.
        context = {"card": card, "again": match["address"] in seen}
        seen.add(match["address"])
        return match[0] + render_to_string("comparisons/_embedded.html", context)

    return _ALONE.sub(fill, html)


def _cards(addresses: list[str]) -> dict[str, Card]:
    """By address as it stands in HTML. Three queries, and three for each card that is not kept."""
    asked = {each: ours for each in addresses if (ours := _ours(unescape(each)))}
    if not asked:
        return {}
    by_topic = queries.all_items()
    every = [item for items in by_topic.values() for item in items]
    voices, stamps = queries.counted(every), figures.stamps(every)
    found: dict[str, Card] = {}
    for address, (topic, query) in list(asked.items())[:MOST_EMBEDDED]:
        choice = _choice(query, by_topic.get(topic, []), voices)
        if choice:
            stamp = f"{FORM}.{stamps.get((choice.item.pk, choice.basis), choice.item.version)}"
            found[address] = card(choice, stamp)
    return found


def _ours(address: str) -> tuple[str, str] | None:
    """The topic and the query of an address of a comparison on this site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        return None
    match = _ADDRESS.fullmatch(parts.path)
    return (match["topic"], parts.query) if match else None


def _choice(query: str, items: list[Item], voices: queries.Voices) -> Choice | None:
    try:
        data = QueryDict(query)
    except (SuspiciousOperation, TooManyFieldsSent):
        return None
    language = get_language() or "en"
    asked = forms.read(data, items=items, voices=voices, references=lambda _: [], language=language)
    # A card shows the two countries alone: what narrows the page is a click away.
    return asked.choice and forms.plain(asked.choice.item, asked.choice.basis)
