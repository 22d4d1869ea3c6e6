"""Every address, method and person, in every kind of place, against the table in matrix.toml.

`POST` sends a good form; `DELETE` sends the same with `_method=DELETE`, as a page's button does. A
row is one status for all, or one for each of PEOPLE in their order. To see what a changed site
answers: `python -m pytest tests/access -k matrix` prints the rows in the table's own words.
"""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from exchange.ledger.models import Event
from tests.security.selection import WHOLE

from .answers import STRANGERS, Asked, noting_writes, without_names, wrong
from .routes import Route, routes
from .sendable import form
from .world import PEOPLE, World, undone

METHODS = ("GET", "POST", "DELETE", "PUT")
# Who may do what is decided in code: another database gets one person of each kind to refuse.
ON_SERVICES = ("anonymous", "author", "suspended", "moderator", "site")
ASKING = ON_SERVICES if os.environ.get("EXCHANGE_LANE") == "services" else tuple(PEOPLE)
TABLE = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())

# A row of statuses by "METHOD place", or by "METHOD" where it is the same in every place. A method
# without a row answers 405 to all.
type Rows = dict[str, str]


@dataclass
class Walk:
    """Everything that can be asked of one address: the statuses, and what is wrong with answers."""

    world: World
    route: Route
    faults: list[str] = field(default_factory=list)
    # What was asked, by (method, person, place).
    known: dict[tuple[str, str, str], str] = field(default_factory=dict)
    # Answers for what is closed and what is not there, by (method, person, place).
    absent: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def status(self, method: str, person: str, place: str) -> str:
        address = self.route.at(self.world, place)
        with undone(), noting_writes() as written:
            response = answer(self.world, self.route, method, person, address)
        found = wrong(Asked(self.route, method, person, place), response, written)
        self.faults += [f"{method} {place} {person} {fault}" for fault in found]
        if place in ("members", "moderators", "missing"):
            self.absent[method, person, place] = without_names(response, address)
        return str(response.status_code)

    def row(self, method: str, place: str, people: tuple[str, ...]) -> str:
        for person in people:
            if (method, person, place) not in self.known:
                self.known[method, person, place] = self.status(method, person, place)
        statuses = [self.known[method, person, place] for person in people]
        return " ".join(statuses if len(set(statuses)) > 1 else statuses[:1])

    def rows(self) -> Rows:
        rows: Rows = {}
        for method in METHODS:
            first, *places = self.route.places
            # Refused before anybody looks where and for whom: some people and one more place show it.
            few = () if WHOLE else ("anonymous", "author", "suspended", "staff")
            if few and all(self.row(method, at, few) == "405" for at in {first, *places[-1:]}):
                continue
            rows |= {
                f"{method} {place}": self.row(method, place, ASKING) for place in (first, *places)
            }
        return shortened(rows)

    def told_apart(self) -> list[str]:
        """Where a closed board answers a stranger to it otherwise than one that does not exist."""
        return [
            f"{method} {place} {person} is not like nothing: {found[0]}"
            for (method, person, place), found in self.absent.items()
            if place != "missing" and (found[0] == 404 or person in STRANGERS[place])
            if found != self.absent[method, person, "missing"]
        ]


def answer(world: World, route: Route, method: str, person: str, address: str) -> Any:
    browser = world.browser(person)
    match method:
        case "GET":
            return browser.get(address)
        case "POST":
            return browser.post(address, form(route.name))
        case "DELETE":
            return browser.post(address, form(route.name) | {"_method": "DELETE"})
    return browser.generic(method, address)


def shortened(rows: Rows) -> Rows:
    short: Rows = {}
    for method in METHODS:
        mine = {key: row for key, row in rows.items() if key.startswith(f"{method} ")}
        answers = set(mine.values())
        short |= {method: answers.pop()} if len(answers) == 1 else mine
    return {key: row for key, row in short.items() if (key, row) != (key.split()[0], "405")}


def written(name: str, rows: Rows) -> str:
    return "\n".join([f'["{name}"]', *(f'"{key}" = "{row}"' for key, row in rows.items())])


def expected(route: Route) -> Rows:
    """The table's rows, of those people who are asked here."""
    rows: Rows = {}
    for key, row in TABLE.get(route.name, {}).items():
        method, *place = key.split()
        statuses = dict(zip(PEOPLE, row.split() * (1 if " " in row else len(PEOPLE)), strict=True))
        here = [statuses[person] for person in ASKING]
        for each in place or route.places:
            rows[f"{method} {each}"] = " ".join(here if len(set(here)) > 1 else here[:1])
    return shortened(rows)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_the_matrix_says_who_may_do_what_at_every_address(world: World, route: Route) -> None:
    """And nothing that anybody is answered is what no answer may be; 404 comes before 403."""
    walk = Walk(world, route)
    found = walk.rows()
    assert found == expected(route), f"\nThe site answers:\n\n{written(route.name, found)}\n"
    assert walk.faults + walk.told_apart() == []


def test_every_address_has_its_rows_and_every_row_its_address() -> None:
    names = {route.name for route in routes()}
    assert {"without a row": names - set(TABLE), "without an address": set(TABLE) - names} == {
        "without a row": set(),
        "without an address": set(),
    }


def test_nothing_in_the_table_is_a_fault_of_the_site() -> None:
    rows = [row for rows in TABLE.values() for row in rows.values()]
    statuses = {status for row in rows for status in row.split()}
    refused = {"403", "404", "405", "409", "422"}  # also what a form asks for that cannot be
    assert statuses <= {"200", "204", "301", "302"} | refused


# A draft is put away without a reason, and so are a proposal and what somebody muted; a case is given
# back without one.
UNASKED = ("_draft", "proposal", "mute_thread", "mute_board", "claim")
BARE = [r for r in routes() if r.places[0] == "public" and not r.name.endswith(UNASKED)]


@pytest.mark.parametrize("route", BARE, ids=lambda route: route.name)
def test_a_bare_delete_without_a_form_is_refused_and_changes_nothing(
    world: World, route: Route
) -> None:
    """Browsers cannot send it; a program that does is told that the reason is missing."""
    for person in ("anonymous", "author", "staff"):
        before = (world.posts["public"].hidden_at, Event.objects.count())
        response = world.browser(person).delete(route.at(world, "public"))
        world.posts["public"].refresh_from_db()
        assert response.status_code in (403, 404, 405, 422)
        assert (world.posts["public"].hidden_at, Event.objects.count()) == before


def test_a_stranger_sees_of_closed_boards_not_even_their_number(world: World) -> None:
    page = world.browser("anonymous").get("/en/").content.decode()
    assert "/en/boards/rent/" in page
    assert "members-only" not in page and "back-room" not in page
