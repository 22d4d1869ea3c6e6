"""Check 23: a parameter of any shape, on any address, is taken or refused, and never becomes a query.

`make test` asks every address, every parameter and every shape, but not each with each: that is `make soak`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, ClassVar
from urllib.parse import unquote, urlencode

import pytest
from django.core.handlers import wsgi
from django.http import QueryDict
from django.urls import Resolver404, resolve

from exchange.boards.models import Post
from tests.access.routes import Route, routes
from tests.access.sendable import form, has_form
from tests.access.world import World, comparable, undone

from .pages import Page, keeps, page
from .selection import WHOLE, some

# What a parameter can be turned into, as it travels. {} is its name.
SHAPES = [
    *("{0}=1&{0}=2", "{0}[]=1&{0}[]=2", "{0}[0]=1", "{0}[a][b]=1", "{0}.0=1"),
    *("{0}=", "{0}", "{0}=1" + "0" * 30, "{0}=-1", "{0}=NaN", "{0}=1e309"),
    *('{0}={{"a":1}}', "{0}=[1,2]", "{0}=null", "{0}=true", "{0}=%EF%BC%91", "{0}=%2B1"),
    *(
        "{0}=" + "9" * 5000,
        "{0}__in=1",
        "{0}__class__=1",
        "{0}=1%20",
        "{0};x=1",
        "{0}=1,2",
        "{0}=%C2%B2",
    ),
]
# What Django's own `filter`, `order_by` and friends would obey.
KEYWORDS = [
    *("_connector=OR", "_negated=1", "order_by=-id", "board__access=moderators", "pk__gt=0"),
    *("author__password__startswith=p", "hidden_at__isnull=", "id__in=1", "extra=1", "using=other"),
    *("select_related=author", "defaults=1", "__class__=x", "self=1", "request=1", "reader=1"),
]
IDS = [
    *("0", "-1", "+1", "1.0", "1e3", "NaN", "01", "1" + "0" * 17, "1" + "0" * 18, "1" + "0" * 30),
    *("9223372036854775807", "9223372036854775808", "9" * 5000, "null", "[1]", "{}", "1;2", "1,2"),
    *(
        "%EF%BC%91",
        "%D9%A3",
        "1%20",
        "%201",
        "1%0A",
        "1%09",
        "0x1",
        "1_0",
        "%C2%B2",
        "1'",
        "1--",
        "*",
    ),
]
NEVER_A_FAULT = {200, 204, 301, 302, 400, 403, 404, 405, 409, 422}


def readable() -> list[Route]:
    return [route for route in routes() if route.name not in ("reply", "claim", "root")]


class Noted(QueryDict):
    """A query that notes what it is asked for."""

    asked: ClassVar[set[str]] = set()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        before = set(self.asked)
        super().__init__(*args, **kwargs)  # which looks for each name that it was given
        self.asked.intersection_update(before)

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        self.asked.add(key)
        return super().getlist(key, default)


def read_at(world: World, route: Route) -> tuple[str, set[str]]:
    """Who sees the most at an address, and the names in its query that the site reads for them."""
    names: dict[str, set[str]] = {}
    for person in ("anonymous", "author", "staff"):
        Noted.asked.clear()
        # `page` and `quote` may be read only where the other names something.
        for query in ({}, {"view": "both", "page": "1", "quote": "1"}):
            world.browser(person).get(route.at(world, route.places[0]), query)
        names[person] = set(Noted.asked)
    most = max(names, key=lambda person: len(names[person]))
    return most, names[most]


# So many addresses read it that it is the site that does, in one place for all.
EVERYWHERE = 8
QUERIES_AT_LEAST = 1200


def asked(world: World) -> Iterator[tuple[str, str]]:
    """(who, address): each name that is read anywhere in all shapes, those of all pages by turns."""
    found = {route: read_at(world, route) for route in readable()}
    readers = Counter(name for _, names in found.values() for name in names)
    seen: set[str] = set()
    for number, (route, (person, names)) in enumerate(found.items()):
        base, _, given = route.at(world, route.places[0]).partition("?")
        for name in sorted(names | {"unread"}):
            common = name == "unread" or readers[name] > EVERYWHERE
            shapes = SHAPES[number % 5 :: 5] if common else SHAPES
            for shape in shapes if name not in seen else some(shapes, 3, number):
                yield person, f"{base}?{shape.format(name)}"
            seen.add(name)
        for keyword in some(KEYWORDS[number % 4 :: 4], 2, number):
            yield person, f"{base}?{given}&{keyword}"


def sent(pick: Callable[[list[str], int, int], list[str]] = some) -> Iterator[tuple[Route, str]]:
    """A good form with one field in another shape: the fields that several forms have by turns."""
    seen: set[str] = set()
    for number, route in enumerate(forms()):
        good = form(route.name)
        for place, name in enumerate(good):
            rest = urlencode({k: v for k, v in good.items() if k != name}, doseq=True)
            for shape in pick(SHAPES[number % 4 :: 4] if name in seen else SHAPES, 3, place):
                yield route, f"{rest}&{shape.format(name)}"
        seen |= set(good)
        for keyword in pick(KEYWORDS[number % 2 :: 2], 4, number):
            yield route, f"{urlencode(good, doseq=True)}&{keyword}"


def forms() -> list[Route]:
    return [route for route in routes() if has_form(route.name)]


def faults(answers: dict[str, int]) -> dict[str, int]:
    return {what[:200]: status for what, status in answers.items() if status not in NEVER_A_FAULT}


def test_no_query_of_any_shape_is_a_fault_at_any_address(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(wsgi, "QueryDict", Noted)
    answers: dict[str, int] = {}
    for person, address in asked(world):
        answers[address] = world.browser(person).get(address).status_code
    assert len(answers) >= QUERIES_AT_LEAST
    names = {address.partition("?")[2].partition("=")[0] for address in answers}
    assert {"page", "quote", "since", "q", "view", "only", "ids", "to", "next", "board"} <= names
    assert faults(answers) == {}


@pytest.mark.parametrize("part", range(2))
def test_no_form_of_any_shape_is_a_fault_at_any_address(part: int, world: World) -> None:
    answers: dict[str, int] = {}
    urlencoded = "application/x-www-form-urlencoded"
    for route, data in list(sent())[part::2]:
        anonymous = route.name in ("account_login", "account_signup", "account_reset_password")
        own = route.name in ("edit", "edit_draft")
        browser = world.browser("anonymous" if anonymous else "author" if own else "staff")
        with undone():
            response = browser.generic(
                "POST", route.at(world, "public"), data, content_type=urlencoded
            )
        answers[f"{route.name} {data}"] = response.status_code
    assert faults(answers) == {}


def reaches_a_view(address: str) -> bool:
    try:
        resolve(unquote(address))
    except Resolver404:
        return False
    return True


def test_no_id_of_any_shape_is_a_fault_or_another_ones_name(world: World) -> None:
    """What no pattern of an address takes is asked for once in each shape and once at each address."""
    answers: dict[str, int] = {}
    nowhere: set[str] = set()
    for route in routes():
        for name in route.parameters:
            for odd in IDS:
                others = {other: "1" for other in route.parameters if other.endswith("_id")}
                address = route.address(**{**others, "slug": "x", name: odd})
                if not (WHOLE or reaches_a_view(address)):
                    if {odd, route.name} <= nowhere:
                        continue
                    nowhere |= {odd, route.name}
                for method in ("GET", "POST"):
                    with undone():
                        response = world.browser("staff").generic(method, address)
                    answers[f"{name} {method} {address}"] = response.status_code
    assert faults(answers) == {}
    assert {s for what, s in answers.items() if "_id " in what.partition("/")[0]} <= {404, 405}


def test_there_are_five_thousand_requests(world: World) -> None:
    ids = sum(len(route.parameters) for route in routes()) * len(IDS) * 2
    whole = len(list(sent(lambda shapes, step, start: shapes)))
    assert QUERIES_AT_LEAST + whole + ids >= 5000
    told = "&".join(data for _, data in sent())
    for name in {name for route in forms() for name in form(route.name)}:
        assert f"{name}=" in told or f"{name}[" in told


@pytest.mark.parametrize(
    "address", ["/en/", "/en/boards/rent/", "/en/moderation/log/", "/en/rules/"]
)
def test_a_keyword_of_the_database_changes_nothing_in_a_list(address: str, world: World) -> None:
    browser = world.browser("anonymous")
    plain = browser.get(address).content.decode()
    for keyword in KEYWORDS:
        odd = browser.get(f"{address}?{keyword}").content.decode()
        # The language switch keeps the whole address.
        assert without_links(odd) == without_links(plain), keyword


def without_links(html: str) -> list[Any]:
    shown = Page(comparable(html))
    return [shown.text, [tag for tag, _ in shown.elements]]


# Sizes

BIG = "长" * 174_000 + "a" * 1000  # half a megabyte as UTF-8, one and a half as it travels
ADDRESSES = {
    "reply": "/zh-hans/threads/{thread}/posts/",
    "new thread": "/zh-hans/threads/new/",
    "edit": "/zh-hans/posts/{post}/edit/",
    "flag": "/zh-hans/posts/{post}/flag/",
}
REST = {"board": "rent", "title": "Rent", "version": "1", "reason": "spam"}


def there(world: World, name: str) -> str:
    return ADDRESSES[name].format(thread=world.threads["public"].pk, post=world.posts["public"].pk)


@pytest.mark.parametrize("name", list(ADDRESSES))
def test_a_megabyte_is_refused_with_its_length_and_kept(name: str, world: World) -> None:
    field = "note" if name == "flag" else "body"
    response = world.browser("author").post(there(world, name), REST | {field: BIG})
    assert response.status_code == 422 and page(response).lang == "zh-Hans"
    assert keeps(response, BIG)
    assert f"{2 * 174_000 + 1000}" in response.content.decode().replace(",", "")


def test_a_megabyte_of_letters_is_kept_too(world: World) -> None:
    response = world.browser("author").post(there(world, "reply"), {"body": "word " * 209_715})
    assert response.status_code == 422
    assert keeps(response, "word " * 209_715)


@pytest.mark.parametrize("name", [*ADDRESSES, "nowhere"])
@pytest.mark.parametrize("person", ["anonymous", "author"])
def test_twelve_megabytes_are_refused_as_too_much(name: str, person: str, world: World) -> None:
    address = there(world, name) if name != "nowhere" else "/zh-hans/no/such/page/"
    before = Post.objects.count()
    response = world.browser(person).post(
        address, b"body=" + b"a" * 12_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413 and page(response).lang == "zh-Hans"
    assert Post.objects.count() == before


def test_twelve_megabytes_in_parts_are_refused_too(world: World) -> None:
    response = world.browser("author").post(there(world, "reply"), {"body": "a" * 12_000_000})
    assert response.status_code == 413


@pytest.mark.parametrize("kind", ["form", "parts", "query"])
def test_ten_thousand_fields_are_refused(kind: str, world: World) -> None:
    browser, many = world.browser("author"), {f"name{n}": "1" for n in range(10_000)}
    address = there(world, "reply")
    if kind == "query":
        response = browser.get(f"/zh-hans/?{urlencode(many)}")
    elif kind == "parts":
        response = browser.post(address, many | {"body": "x"})
    else:
        response = browser.generic(
            "POST", address, urlencode(many), content_type="application/x-www-form-urlencoded"
        )
    assert response.status_code == 400 and page(response).lang == "zh-Hans"
