"""Check 36: no `next` of anybody's leads off the site, as a browser reads the address.

`leaves` follows the WHATWG URL standard where it differs from RFC 3986: tabs and line ends vanish,
controls and spaces are cut off the ends, a backslash is a slash, and any number of slashes after
`http:` means a host.
"""

import re
from itertools import product
from urllib.parse import urlencode

import pytest

from tests.access.world import World, undone
from tests.cast import PASSWORD

from .pages import Page

HOSTS = [
    "evil.example",
    "testserver.evil.example",
    "evil.example:80",
    "１.1.1.1",
    "[::1]",
    "0x7f.1",
]
STARTS = [
    *("//", "///", "////", "/\\", "\\\\", "\\/", "/\t/", "/\n/", "/\r/", "\t//", "\n//", " //"),
    *("\x00//", "\x01//", "\x1f//", "\x7f//", "\u00a0//", "\u3000//", "\ufeff//", "\u2028//"),
    *(
        "http://",
        "https://",
        "HTTP://",
        "hTTps:",
        "http:/",
        "http:",
        "http:\\\\",
        "http:///",
        "ht\ntp://",
    ),
    *(
        "http://testserver@",
        "http://testserver%40",
        "http://testserver:80@",
        "http://a:b@",
        "//testserver@",
    ),
    *("/%09/", "/%0a/", "/%5c", "%2f%2f", "/%2f", "//%09", "/.//", "/..//", "/./\\", "/a/..//"),
    *("ftp://", "ws://", "gopher://", "//\\", "\\\t\\", "/ /", "//;@", "//?@", "//#@", "http:\t//"),
]
WHOLE = [
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
    ),
    *(
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "blob:http://testserver/x",
        "about:blank",
    ),
    *(
        "file:///etc/passwd",
        "mailto:a@evil.example",
        "tel:+1",
        "intent://x#Intent;end",
        "view-source:x",
    ),
    *(
        "//",
        "///",
        "http://",
        "https:",
        ":",
        "://",
        "//:80",
        "http://:80",
        "//\u3002",
        "http://[",
        "//[::1",
    ),
    *("/en/\r\nLocation: http://evil.example", "/en/%0d%0aLocation:%20//evil.example", "\r\nX: y"),
    *(
        "x" * 5000,
        "//" + "x" * 3000,
        "/" * 5000,
        "\ud7ff//evil.example",
        "٪//evil",
        "//evil。example",
    ),
    *("http://testserver.", "http://TESTSERVER@evil.example", "http://testserver\\@evil.example"),
    *(
        "//testserver\\.evil.example",
        "https://testserver:443@evil.example",
        "//evil.example\\@testserver",
    ),
]
OWN = ["/en/rules/", "/zh-hans/?page=1", "/en/threads/new/?board=rent#title", "/en/boards/rent/"]
PAYLOADS = list(dict.fromkeys([*(s + h for s, h in product(STARTS, HOSTS)), *WHOLE]))


def leaves(location: str, host: str = "testserver") -> bool:
    """Whether a browser on http://<host>/en/accounts/login/ would go elsewhere."""
    plain = re.sub(r"[\t\n\r]", "", location.strip("".join(map(chr, range(33)))))
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return True
    rest = plain[scheme.end() :] if scheme else plain
    slashes = re.match(r"[/\\]*", rest)
    count = slashes.end() if slashes else 0
    if scheme and scheme[1].lower() == "http" and count < 2:
        return False  # the page's own scheme without two slashes is a path
    if not scheme and count < 2:
        return False
    authority = re.split(r"[/\\?#]", rest[count:], maxsplit=1)[0]
    # Without a host it is no address: the browser goes nowhere.
    return authority.rpartition("@")[2].lower() not in ("", host, f"{host}:80")


@pytest.mark.parametrize(
    ("location", "elsewhere"),
    [
        *(("/en/", False), ("//evil.example", True), ("/\\evil.example", True), ("en/", False)),
        *(("http://testserver/x", False), ("http:evil", False), ("https:evil", True)),
        *(("\t//evil.example", True), ("/\t/evil.example", True), ("http://testserver@evil", True)),
        *(
            ("javascript:x", True),
            ("///evil.example", True),
            ("http://testserver\\@evil", False),
            ("//?@x", False),
        ),
    ],
)
def test_the_judge_of_these_tests_reads_addresses_like_a_browser(location, elsewhere) -> None:
    assert leaves(location) is elsewhere


def test_there_are_three_hundred_payloads() -> None:
    assert len(PAYLOADS) >= 300


ENTRANCES = {
    "log-in": ("/en/accounts/login/", {"login": "sam@example.org", "password": PASSWORD}),
    "sign-up": (
        "/en/accounts/signup/",
        {"email": "neu@example.org", "username": "Neu新人", "password1": PASSWORD},
    ),
}


def offline(
    world: World, person: str, address: str, data: dict, how: str, payload: str
) -> list[str]:
    """Where the answer to a form with this payload leads, if it leads anywhere."""
    browser = world.browser(person)
    with undone():
        if how == "query":
            response = browser.post(f"{address}?{urlencode({'next': payload})}", data)
        else:
            response = browser.post(address, data | {how: payload})
        assert response.status_code < 500, (address, how, payload)
    return [response["Location"]] if "Location" in response.headers else []


@pytest.mark.parametrize("how", ["next", "kept_path", "query"])
@pytest.mark.parametrize("entrance", list(ENTRANCES))
def test_no_entrance_leads_away(entrance: str, how: str, world: World) -> None:
    address, data = ENTRANCES[entrance]
    # One function judges all of them: log-in meets each payload, the other ways a part of them.
    payloads = PAYLOADS if (how, entrance) == ("next", "log-in") else PAYLOADS[::6]
    away = {}
    for payload in payloads:
        for location in offline(world, "anonymous", address, data, how, payload):
            if leaves(location):
                away[payload] = location
    assert away == {}


@pytest.mark.parametrize("how", ["next", "query"])
def test_the_exit_leads_not_away(how: str, world: World) -> None:
    away = [
        (payload, location)
        for payload in PAYLOADS[1::4]
        for location in offline(world, "member", "/en/accounts/logout/", {}, how, payload)
        if leaves(location)
    ]
    assert away == []


@pytest.mark.parametrize("address", ["/en/accounts/login/", "/en/accounts/signup/"])
def test_who_is_logged_in_is_not_led_away_by_a_link(address: str, world: World) -> None:
    browser = world.browser("member")
    for payload in PAYLOADS[2::4]:
        response = browser.get(address, {"next": payload})
        assert not leaves(response.headers.get("Location", "/")), payload


@pytest.mark.parametrize("entrance", list(ENTRANCES))
def test_an_own_address_is_where_somebody_is_led(entrance: str, world: World) -> None:
    """Or nothing would lead anywhere."""
    address, data = ENTRANCES[entrance]
    for own in OWN:
        assert offline(world, "anonymous", address, data, "next", own) == [own]


def test_no_page_links_to_where_next_points(world: World) -> None:
    """The switch of languages, the way to the other form: links keep to this site too."""
    for payload in PAYLOADS[::4]:
        for address in ("/en/accounts/login/", "/en/accounts/signup/"):
            shown = Page(
                world.browser("anonymous").get(address, {"next": payload}).content.decode()
            )
            links = [a["href"] for tag, a in shown.elements if tag == "a" and "href" in a]
            assert [link for link in links if leaves(link)] == [], payload
            actions = [a.get("action", "") for tag, a in shown.elements if tag == "form"]
            assert [action for action in actions if leaves(action)] == [], payload


def test_an_address_without_language_keeps_to_this_site(world: World) -> None:
    """`/posts/7/` gets a language put in front; nothing put in front of it makes a host of it."""
    for start, host in product(["//", "///", "/\\", "/%5c", "/%09/", "/en//", "/.//"], HOSTS):
        response = world.browser("anonymous").get(f"http://testserver{start}{host}/")
        assert not leaves(response.headers.get("Location", "/")), (start, host)


def test_the_root_leads_to_a_language_of_this_site_whatever_is_asked(world: World) -> None:
    for payload in PAYLOADS[::4]:
        browser = world.browser("anonymous")
        response = browser.get("/", {"next": payload, "language": payload})
        refused = response.status_code == 400  # NUL
        assert refused or response["Location"] in ("/en/", "/zh-hans/", "/zh-hant/")
