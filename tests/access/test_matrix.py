"""Every address, method and person, in every kind of place, against the table in matrix.toml.

`POST` sends a good form; `DELETE` sends the same with `_method=DELETE`, as a page's button does. A
row is one status for all, or one for each of PEOPLE in their order. To see what a changed site
answers: `python -m pytest tests/access -k matrix` prints the rows in the table's own words.
"""

import re
import tomllib
from pathlib import Path

import pytest

from exchange.ledger.models import Event

from .routes import Route, routes
from .sendable import form
from .world import MISSING, PEOPLE, World, comparable, undone

METHODS = ("GET", "POST", "DELETE", "PUT")
TABLE = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())

# A row of statuses by "METHOD place", or by "METHOD" where it is the same in every place. A method
# without a row answers 405 to all.
type Rows = dict[str, str]


def answer(world: World, route: Route, method: str, person: str, address: str):
    browser = world.browser(person)
    match method:
        case "GET":
            return browser.get(address)
        case "POST":
            return browser.post(address, form(route.name))
        case "DELETE":
            return browser.post(address, form(route.name) | {"_method": "DELETE"})
    return browser.generic(method, address)


def measured(world: World, route: Route) -> Rows:
    rows: Rows = {}
    for method in METHODS:
        places = list(route.places)
        while places:
            place = places.pop(0)
            statuses = [status(world, route, method, person, place) for person in PEOPLE]
            rows[f"{method} {place}"] = " ".join(
                statuses if len(set(statuses)) > 1 else statuses[:1]
            )
            if rows[f"{method} {place}"] == "405":
                places = places[-1:]  # refused before anybody looks where: one more place shows it
    return shortened(rows)


def status(world: World, route: Route, method: str, person: str, place: str) -> str:
    with undone():
        response = answer(world, route, method, person, route.at(world, place))
    return str(response.status_code)


def shortened(rows: Rows) -> Rows:
    short: Rows = {}
    for method in METHODS:
        mine = {key: row for key, row in rows.items() if key.startswith(f"{method} ")}
        answers = set(mine.values())
        short |= {method: answers.pop()} if len(answers) == 1 else mine
    return {key: row for key, row in short.items() if (key, row) != (key.split()[0], "405")}


def written(name: str, rows: Rows) -> str:
    return "\n".join([f'["{name}"]', *(f'"{key}" = "{row}"' for key, row in rows.items())])


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_the_matrix_says_who_may_do_what_at_every_address(world: World, route: Route) -> None:
    found = measured(world, route)
    expected = TABLE.get(route.name, {})
    assert found == expected, f"\nThe site answers:\n\n{written(route.name, found)}\n"


def test_every_address_has_its_rows_and_every_row_its_address() -> None:
    names = {route.name for route in routes()}
    assert {"without a row": names - set(TABLE), "without an address": set(TABLE) - names} == {
        "without a row": set(),
        "without an address": set(),
    }


def test_nothing_in_the_table_is_a_fault_of_the_site() -> None:
    rows = [row for rows in TABLE.values() for row in rows.values()]
    statuses = {status for row in rows for status in row.split()}
    assert statuses <= {"200", "204", "301", "302", "403", "404", "405"}


CLOSED = [route for route in routes() if "members" in route.places]


@pytest.mark.parametrize("route", CLOSED, ids=lambda route: route.name)
def test_a_closed_board_answers_like_one_that_does_not_exist(world: World, route: Route) -> None:
    """404 comes before 403, and the page of the one is the page of the other."""
    for person in ("anonymous", "author", "elsewhere", "suspended"):
        for place in ("members", "moderators"):
            for method in ("GET", "POST", "DELETE"):
                address = route.at(world, place)
                with undone():
                    found = answer(world, route, method, person, address)
                if found.status_code != 404:
                    continue
                nowhere = route.at(world, "missing")
                with undone():
                    missing = answer(world, route, method, person, nowhere)
                assert missing.status_code == 404
                assert same(found, address) == same(missing, nowhere), (person, place, method)


def same(response, address: str) -> tuple[str, list]:
    names = re.findall(r"/(\d+|rent|members-only|back-room)(?=/|$)", address)
    headers = sorted(item for item in response.headers.items() if item[0] != "Content-Length")
    return comparable(response.content.decode(), *names, MISSING), headers


# A draft is put away without a reason, and so is a proposal.
UNASKED = ("_draft", "proposal")
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
