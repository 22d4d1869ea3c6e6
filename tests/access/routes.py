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
}
# What an address needs behind it to be looked at.
QUERIES = {"changes": "?since=0", "scripts": "?to=hant&ids=1"}
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\[[^]]*\][^()]*)*\)")


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
        boards = ["public", "members", "moderators"]
        match self.parameters:
            case ["post_id", "upload_id"]:
                return [*boards, "hidden", "deleted", "held", "missing"]
            case ["thread_id" | "post_id" | "passage_id" | "figure_id", *_]:
                return [*boards, "hidden", "deleted", "missing"]
            case ["term_id", *_]:
                return ["agreed", "proposed", "withdrawn", "missing"]
            case ["item_id"]:
                return ["offered", "retired", "missing"]
            case ["upload_id"]:
                return ["unused", "missing"]
            case ["flag_id", *_] | ["slug"]:
                return [*boards, "missing"]
        return ["site"]

    def address(self, **values: Any) -> str:
        return self.template.format(**(SAMPLES | values))

    def at(self, world: World, place: str) -> str:
        """This address for the thing that stands in `place`."""
        there = {
            "thread_id": world.threads,
            "post_id": world.posts,
            "upload_id": world.pictures,
            "flag_id": world.flags,
            "passage_id": world.passages,
            "correction_id": world.corrections,
            "term_id": world.terms,
            "figure_id": world.figures,
            "question_id": world.questions,
            "item_id": world.items,
            "proposal_id": world.proposals,
        }
        ids = {
            name: things[place].pk if place in things else MISSING for name, things in there.items()
        }
        ids["upload_id"] = world.unused.pk if place == "unused" else ids.get("upload_id", MISSING)
        board = world.boards.get(place)
        slug = "some-words" if "thread_id" in self.parameters else board.slug if board else MISSING
        return self.address(**ids, slug=slug) + QUERIES.get(self.name, "")


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
