"""Every address of the site, read from the URLconf; the three languages are one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from .world import MISSING, World

# What else stands in an address, and an example of it.
SAMPLES = {
    "key": "MQ-abc123",
    "uidb36": "1",
    "provider": "none",
    "status": "403",
    "topic": "rent",
    "name": "0123456789abcdef0123456789abcdef",
    "part": "w360.webp",
    "edition": "1",
    "language": "en",
}
# What an address needs behind it to be looked at.
QUERIES = {
    "changes": "?since=0",
    "list_changes": "?scope=front&since=0",
    "scripts": "?to=hant&ids=1",
}
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\[[^]]*\][^()]*)*\)")


BOARDS = ["public", "members", "moderators"]
TEXTS = [*BOARDS, "hidden", "waits", "deleted", "missing"]
# By an address's first parameter.
PLACES = {
    "thread_id": TEXTS,
    "post_id": TEXTS,
    "passage_id": TEXTS,
    "figure_id": TEXTS,
    "translation_id": TEXTS,
    "proposal_id": TEXTS,
    "correction_id": TEXTS,
    "case_id": [*BOARDS, "missing"],
    "event_id": [*BOARDS, "missing"],
    "slug": [*BOARDS, "missing"],
    "watch_id": ["active", "tried", "missing"],
    "term_id": ["agreed", "proposed", "withdrawn", "missing"],
    "decision_id": ["concerned", "missing"],
    "appeal_id": ["concerned", "missing"],
    "item_id": ["offered", "retired", "missing"],
    "upload_id": ["unused", "missing"],
    "burst_id": ["public", "missing"],
    "target": TEXTS,
    "request_id": ["asked", "missing"],
    "username": ["person", "missing"],
}


@dataclass(frozen=True)
class Route:
    name: str
    template: str  # "/en/threads/{thread_id}/"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.template)

    @property
    def places(self) -> list[str]:
        """Where the things that the address names can stand."""
        if self.parameters == ["post_id", "upload_id"]:
            return [*BOARDS, "hidden", "waits", "deleted", "held", "missing"]
        first = self.parameters[0] if self.parameters else ""
        return PLACES.get(first, ["site"])

    def address(self, **values: Any) -> str:
        return self.template.format(**(SAMPLES | values))

    def at(self, world: World, place: str) -> str:
        """This address for the thing that stands in `place`."""
        there = {
            "thread_id": world.threads,
            "post_id": world.posts,
            "upload_id": world.pictures,
            "case_id": world.cases,
            "burst_id": world.bursts,
            "decision_id": world.decisions,
            "appeal_id": world.appeals,
            "request_id": world.readings,
            "passage_id": world.passages,
            "correction_id": world.corrections,
            "term_id": world.terms,
            "figure_id": world.figures,
            "question_id": world.questions,
            "item_id": world.items,
            "proposal_id": world.proposals,
            "event_id": world.entries,
            "translation_id": world.translations,
            "watch_id": world.watches,
        }
        ids = {
            name: things[place].pk if place in things else MISSING for name, things in there.items()
        }
        ids["upload_id"] = world.unused.pk if place == "unused" else ids.get("upload_id", MISSING)
        board = world.boards.get(place)
        username = "tom" if place == "person" else MISSING
        slug = "some-words" if "thread_id" in self.parameters else board.slug if board else MISSING
        figure = world.figures.get(place)
        target = f"figure.{figure.pk if figure else MISSING}"
        named = {"slug": slug, "username": username, "target": target}
        return self.address(**ids, **named) + QUERIES.get(self.name, "")


@cache
def routes() -> tuple[Route, ...]:
    first: dict[str, Route] = {}  # of two views at one address only the first is ever reached
    for route in _walk(get_resolver().url_patterns, "/"):
        first.setdefault(route.template, route)
    found = list(first.values())
    names = [route.name for route in found]
    assert len(set(names)) == len(names), names
    return tuple(found)


def route(name: str) -> Route:
    return next(route for route in routes() if route.name == name)


def _walk(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        written = str(pattern.pattern)
        if isinstance(pattern.pattern, LocalePrefixPattern):
            written = "en/"
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + written)
        elif isinstance(pattern, URLPattern):
            plain = written.removeprefix("^").removesuffix("$")
            template = prefix + PLACEHOLDER.sub(lambda m: "{" + (m[1] or m[2]) + "}", plain)
            # A second address of a view has no name of its own.
            yield Route(pattern.name or template.removeprefix("/en"), template)
