"""What holds for every answer of the site, whoever asked for whatever.

The walk of the matrix asks for everything there is, so what is true of all answers is looked at
there, on the way: a walk of its own for each of these questions would ask for the same again.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.csp import build_policy

from .routes import Route
from .world import BODY, CAPTION, CLOSED, MISSING, NOTE, OTHER, PEOPLE, TITLE, WATCHED, comparable

PLACES = CLOSED
# Who may read the words of what stands in a place.
READERS: dict[str, set[str]] = {
    "hidden": {"author", "moderator", "site", "staff"},
    "waits": {"author", "moderator", "site", "staff"},
    "deleted": set(),
    "members": {"member", "author", "silenced", "moderator", "elsewhere", "site", "staff"},
    "moderators": {"moderator", "site", "staff"},
}
STRANGERS = {
    place: sorted({"anonymous", "member", "author", "silenced", "suspended", "elsewhere"} - readers)
    for place, readers in READERS.items()
}
CANARIES = {place: (TITLE[place], BODY[place][:20], OTHER[place][:8]) for place in PLACES}
# Who reads no report of the boards named here.
NO_MODERATORS = {"anonymous", "member", "author", "silenced", "suspended", "elsewhere"}
# The same for everybody, and without anybody's words: caches may keep it. (A picture of a members'
# board says "private", tests/boards/test_cards.py.)
FOR_ALL = {"card", "chart", "favicon", "manifest", "offline", "picture_file", "service_worker"}


def forbidden(person: str) -> dict[str, str]:
    """The words that this person may read nowhere, and why."""
    words = {
        word: place for place in PLACES if person not in READERS[place] for word in CANARIES[place]
    }
    words |= {
        CAPTION[place]: f"caption, {place}"
        for place in CAPTION
        if person not in READERS["hidden" if place == "held" else place]
    }
    if person not in ("site", "staff"):
        words |= dict.fromkeys(WATCHED.values(), "what is looked for")
    if person in NO_MODERATORS:
        words |= {NOTE.format(place): "note" for place in ("public", "members", "moderators")}
    return words


FORBIDDEN = {person: forbidden(person) for person in PEOPLE}


@contextmanager
def noting_writes() -> Iterator[list[str]]:
    """What the block writes to the database, but for sessions: any visit may touch their date."""
    written: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


@dataclass(frozen=True)
class Asked:
    route: Route
    method: str
    person: str
    place: str


def text(response: Any) -> str:
    return "" if response.streaming else response.content.decode(errors="replace")


def wrong(asked: Asked, response: Any, written: list[str]) -> Iterator[str]:
    """Everything about an answer that no answer may have."""
    shown = text(response)
    yield from (f"shows {what}: {w}" for w, what in FORBIDDEN[asked.person].items() if w in shown)
    is_page = (
        asked.route.name != "picture_file"
    )  # whose policy tests/uploads/test_serving.py asks for
    policy = response.headers.get("Content-Security-Policy")
    if is_page and policy != build_policy(settings.SECURE_CSP):
        yield "has another policy"
    if written and (asked.method == "GET" or response.status_code in (403, 404, 405)):
        yield f"writes {written}"
    if asked.method == "GET" and asked.person == "anonymous":
        yield from wrong_for_strangers(asked, response, shown)
    elif asked.method == "GET" and asked.person != "suspended":
        yield from wrong_for_members(asked, response)


def wrong_for_strangers(asked: Asked, response: Any, shown: str) -> Iterator[str]:
    """A page for everybody can be kept whole: it is nobody's."""
    if response.status_code != 200 or asked.route.template.startswith("/en/accounts/"):
        return
    if response.cookies:
        yield "sets a cookie"
    if "csrfmiddlewaretoken" in shown:
        yield "holds a token"


def wrong_for_members(asked: Asked, response: Any) -> Iterator[str]:
    """What a person sees when logged in is kept by no cache."""
    if asked.route.name in FOR_ALL:
        return
    kept = response.headers.get("Cache-Control", "")
    private = (
        "private" in kept or "no-cache" in kept or asked.route.name in ("changes", "list_changes")
    )
    if "no-store" not in kept or "public" in kept or not private:
        yield f"may be kept: {kept!r}"


def without_names(response: Any, address: str) -> tuple[int, list[Any], str]:
    """An answer without what it was asked by: the same for all that is not there."""
    names = re.findall(r"/(?:figure\.)?(\d+|rent|members-only|back-room)(?=/|$)", address)
    headers = sorted(item for item in response.headers.items() if item[0] != "Content-Length")
    return response.status_code, headers, comparable(text(response), *names, MISSING)
