"""Every address, method and person, in every kind of place, against the table in matrix.toml.

`POST` sends a good form, `UNDO` the same with `_method=DELETE`, as a page's button does. A row is
one status for all, or one for each of PEOPLE in their order. To see what a changed site answers:
`python -m pytest tests/access -k matrix` prints the rows that differ in the table's own words.
"""

import tomllib
from pathlib import Path

import pytest

from .routes import Route, routes
from .sendable import form
from .world import MISSING, PEOPLE, World, comparable, undone

METHODS = ("GET", "POST", "UNDO", "PUT", "DELETE")
TABLE = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())

# A row of statuses by "METHOD place"; "PUT" alone stands for the same answer to all everywhere.
type Rows = dict[str, str]


def answer(world: World, route: Route, method: str, person: str, address: str):
    browser = world.browser(person)
    if method == "GET":
        return browser.get(address)
    if method == "POST":
        return browser.post(address, form(route.name))
    if method == "UNDO":
        return browser.post(address, form(route.name) | {"_method": "DELETE"})
    return browser.generic(method, address)


def measured(world: World, route: Route) -> Rows:
    rows: Rows = {}
    for method in METHODS:
        for place in route.places:
            row = []
            for person in PEOPLE:
                with undone():
                    response = answer(world, route, method, person, route.at(world, place))
                row.append(str(response.status_code))
            rows[f"{method} {place}"] = " ".join(row)
    return shortened(rows)


def shortened(rows: Rows) -> Rows:
    """One status where all are equal, and one row for a method that answers so everywhere."""
    for key, row in rows.items():
        if len(set(row.split())) == 1:
            rows[key] = row.split()[0]
    for method in METHODS:
        mine = [key for key in rows if key.startswith(f"{method} ")]
        answers = {rows[key] for key in mine}
        if len(answers) == 1 and len(mine) > 1:
            for key in mine:
                del rows[key]
            rows[method] = answers.pop()
        elif mine == [f"{method} site"]:
            rows[method] = rows.pop(mine[0])
    return rows


def written(name: str, rows: Rows) -> str:
    return "\n".join([f'["{name}"]', *(f'"{key}" = "{row}"' for key, row in sorted(rows.items()))])


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
    statuses = {status for rows in TABLE.values() for row in rows.values() for status in row.split()}
    assert statuses <= {"200", "302", "403", "404", "405"}


CLOSED = [route for route in routes() if "members" in route.places]


@pytest.mark.parametrize("route", CLOSED, ids=lambda route: route.name)
def test_a_closed_board_answers_like_one_that_does_not_exist(world: World, route: Route) -> None:
    """404 comes before 403, and the page of the one is the page of the other."""
    for person in PEOPLE:
        for place in ("members", "moderators"):
            for method in ("GET", "POST", "UNDO"):
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
    name = address.strip("/").split("/")[2] if "flags" not in address else address.split("/")[4]
    headers = sorted(item for item in response.headers.items() if item[0] != "Content-Length")
    return comparable(response.content.decode(), name, MISSING), headers


def test_a_stranger_sees_of_closed_boards_not_even_their_number(world: World) -> None:
    page = world.browser("anonymous").get("/en/").content.decode()
    assert "/en/boards/rent/" in page
    assert "members-only" not in page and "back-room" not in page


def test_the_method_delete_without_a_form_changes_nothing(world: World) -> None:
    """Browsers cannot send it; a program that does is told that the reason is missing."""
    post = world.posts["public"]
    for person in PEOPLE:
        with undone():
            response = world.browser(person).delete(f"/en/posts/{post.pk}/hiding/")
            post.refresh_from_db()
            assert response.status_code in (403, 422) and post.hidden_at is None
