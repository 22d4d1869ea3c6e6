"""Check 20: bytes that are not text, in every place of a request, are refused or harmless.

And what is text is decoded once: `%2541` is `%41` and not `A`.
`make test` has all bytes in all places, but not each in each: that is `make soak`.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest

from exchange.boards.models import Post, Thread
from exchange.ledger.models import Event
from tests.access.world import World, undone

from .odd_bytes import ALL, BAD
from .pages import page
from .selection import some

URLENCODED = "application/x-www-form-urlencoded"
FINE = {200, 302, 400, 403, 404, 405, 413, 422}


def raw(encoded: str) -> bytes:
    return unquote_to_bytes(encoded)


def crossed(
    places: list[str], encoded: dict[str, str], step: int
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each place with some of the bytes, the next place with the next."""
    for number, place in enumerate(places):
        yield from product([place], some(encoded.items(), step, number))


def unchanged(world: World, send: Any) -> Any:
    """The answer to a request that must not write anything."""
    before = Post.objects.count(), Event.objects.count()
    response = send()
    assert (Post.objects.count(), Event.objects.count()) == before
    return response


PATHS = [
    "/{}",
    "/en/{}",
    "/en/{}/",
    "/{}/threads/1/",
    "/en/boards/{}/",
    "/en/threads/{}/",
    "/en/threads/1{}/posts/",
    "/en/posts/{}/edit/",
    "/en/threads/{thread}/{}/",
    "/en/accounts/confirm-email/{}/",
    "/en/accounts/password/reset/key/1-{}/",
    "/static/{}",
]


def test_odd_bytes_in_a_path_find_nothing(world: World) -> None:
    thread = str(world.threads["public"].pk)
    for path, (name, encoded) in crossed(PATHS, ALL, 3):
        there = path.replace("{thread}", thread).replace("{}", encoded)
        response = unchanged(world, lambda there=there: world.browser("anonymous").get(there))
        assert response.status_code in {200, 302, 400, 404}, (name, response.status_code)
        # The slug behind a thread's number and the key of a mail are read by nobody as text.
        if name in BAD and "{thread}" not in path and "key" not in path:
            assert response.status_code in {400, 404}, (name, response)


QUERIES = [
    "/en/?page={}",
    "/en/?{}=1",
    "/en/threads/{thread}/?quote={}",
    "/en/threads/{thread}/changes?since={}",
    "/en/threads/new/?board={}",
    "/en/moderation/log/?page={}",
    "/en/accounts/login/?next={}",
    "/healthz?x={}",
]


def test_a_query_that_is_not_text_is_refused(world: World) -> None:
    thread = str(world.threads["public"].pk)
    for query, (name, encoded) in crossed(QUERIES, ALL, 3):
        there = query.replace("{thread}", thread).replace("{}", encoded)
        response = world.browser("anonymous").get(there)
        wanted = {400} if name in BAD else {200, 302, 400, 404}
        assert response.status_code in wanted, (query, name, response.status_code)


def test_the_same_bytes_unescaped_are_judged_alike(world: World) -> None:
    for name, encoded in BAD.items():
        query = raw(encoded).decode("latin-1")
        response = world.browser("anonymous").get("/en/", QUERY_STRING=f"page={query}")
        assert response.status_code == 400, name


def test_a_form_that_is_not_text_is_refused_and_the_rest_of_its_words_come_back(
    world: World,
) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    for (name, encoded), field in product(BAD.items(), ["body", "body_other", "client_id"]):
        given = f"body=Kept+words&{field}={encoded}" if field != "body" else f"body=Kept{encoded}"
        response = unchanged(
            world,
            lambda given=given: world.browser("author").post(
                address, given.encode(), content_type=URLENCODED
            ),
        )
        # NUL is UTF-8: the form says itself what it took out.
        assert response.status_code == (422 if b"\0" in raw(encoded) else 400), (name, field)
        assert any(text.startswith("Kept") for text in page(response).kept), (name, field)


def test_a_name_of_a_form_that_is_not_text_is_refused(world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    for name, encoded in BAD.items():
        with undone():
            response = world.browser("author").post(
                address, f"body=Words&{encoded}=1".encode(), content_type=URLENCODED
            )
        assert response.status_code == (302 if b"\0" in raw(encoded) else 400), name


def multipart(name: bytes, value: bytes, extra: bytes = b"") -> bytes:
    return (
        b'--B\r\nContent-Disposition: form-data; name="body"\r\n\r\nKept words\r\n--B\r\n'
        b'Content-Disposition: form-data; name="' + name + b'"' + extra + b"\r\n\r\n" + value
    ) + b"\r\n--B--\r\n"


@pytest.mark.parametrize("place", ["name", "value", "file name", "file", "type", "boundary"])
def test_a_multipart_form_with_odd_bytes_is_no_fault(place: str, world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    for name, encoded in some(ALL.items(), 2, len(place)):
        odd = raw(encoded)
        content_type: Any = "multipart/form-data; boundary=B"
        body = {
            "name": multipart(odd, b"x"),
            "value": multipart(b"client_id", odd),
            "file name": multipart(b"body_other", b"x", b'; filename="' + odd + b'"'),
            "file": multipart(b"body_other", odd, b'; filename="a.txt"'),
            "type": multipart(b"x", b"x", b"\r\nContent-Type: text/plain; charset=" + odd),
            "boundary": multipart(b"x", b"x"),
        }[place]
        if place == "boundary":
            content_type = f"multipart/form-data; boundary={odd.decode('latin-1')}"
        with undone():
            response = world.browser("author").post(address, body, content_type=content_type)
        assert response.status_code in FINE, (name, response.status_code)


TEXT = ["gbk", "big5", "latin-1", "utf-16", "utf-7", "utf-32", "ascii", "cp037", "unicode_escape"]
CHARSETS = [
    *(
        *TEXT,
        "raw_unicode_escape",
        "utf-8-sig",
        "utf_8",
        "x" * 500,
        "",
        '"',
        "\xe9",
        "mbcs",
        "none",
    ),
    *("idna", "punycode", "hex", "base64", "rot13", "zlib", "bz2", "uu", "quopri", "undefined"),
]


@pytest.mark.parametrize("kind", [URLENCODED, "multipart/form-data; boundary=B"])
def test_another_charset_than_utf_8_is_never_a_fault(kind: str, world: World) -> None:
    """Django decodes a form by the charset that the request names for itself."""
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    flag = f"/en/posts/{world.posts['public'].pk}/flag/"
    body = b"body=%2BANg-+%2B2AA-+%5Cud800+Kept&reason=spam&note=%2B2AA-"
    if kind != URLENCODED:
        body = multipart(b"note", b"+2AA- \\ud800")
    faults = {}
    for charset, there in product(CHARSETS, [address, flag]):
        with undone():
            kind_of = f"{kind}; charset={charset}"
            response = world.browser("author").generic("POST", there, body, content_type=kind_of)
        if response.status_code not in FINE:
            faults[charset, there] = response.status_code
    assert faults == {}


def test_a_query_in_another_charset_is_never_a_fault(world: World) -> None:
    """WSGI decodes a query by the body's charset, which may make lone surrogates of it."""
    thread = world.threads["public"].pk
    queries = [
        "threads/new/?board=",
        f"threads/{thread}/?quote=",
        "?page=",
        "accounts/login/?next=",
    ]
    for charset, query in product(TEXT, queries):
        address = f"/en/{query}%5Cud800%2B2AA-"
        response = world.browser("author").get(
            address, CONTENT_TYPE=f"text/plain; charset={charset}"
        )
        assert response.status_code in FINE, (query, response.status_code)


HEADERS = [
    *("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_ORIGIN", "HTTP_ACCEPT"),
    *(
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_REQUESTED_WITH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_X_CSRFTOKEN",
    ),
    *(
        "HTTP_IF_NONE_MATCH",
        "HTTP_RANGE",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_HX_REQUEST",
        "HTTP_HX_TARGET",
    ),
]


def test_odd_bytes_in_a_header_are_no_fault(world: World) -> None:
    for header, (name, encoded) in crossed(HEADERS, BAD, 4):
        value = raw(encoded).decode("latin-1")
        address = "/" if header == "HTTP_ACCEPT_LANGUAGE" else "/zh-hans/rules/"
        response = world.browser("author").get(address, **{header: value})
        assert response.status_code in {200, 302, 400}, (header, name, response.status_code)


def test_an_odd_host_is_refused_or_not_repeated(world: World) -> None:
    for header, (name, encoded) in product(["HTTP_HOST", "SERVER_NAME"], BAD.items()):
        host = f"local{raw(encoded).decode('latin-1')}host"
        response = world.browser("anonymous").get("/en/accounts/password/reset/", **{header: host})
        assert response.status_code in {200, 400}, name
        assert host not in response.content.decode()


COOKIES = ["sessionid", "csrftoken", "django_language", "messages", "{}"]


def test_odd_bytes_in_a_cookie_are_no_fault(world: World) -> None:
    for cookie, (name, encoded) in crossed(COOKIES, ALL, 3):
        odd = raw(encoded).decode("latin-1")
        value = f"{odd}=x" if cookie == "{}" else f"{cookie}={odd}"
        for address in ("/", "/en/accounts/login/"):
            # A header, because the client's own jar would quote it.
            browser = world.browser("anonymous")
            browser.cookies.clear()
            response = browser.get(address, HTTP_COOKIE=value)
            assert response.status_code in {200, 302, 400}, (cookie, name, response.status_code)


# Once


def test_a_field_is_decoded_once(world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    for encoded in ("%2541", "%252e%252e%252f", "%2500", "%2526lt%253b", "a%2Bb", "%26amp%3B"):
        given = f"body=see+{encoded}".encode()
        world.browser("author").post(address, given, content_type=URLENCODED)
        assert Post.objects.latest("id").passage.body == f"see {raw(encoded).decode()}"


def test_a_path_is_decoded_once(world: World) -> None:
    number = "".join(f"%{ord(digit):x}" for digit in str(world.threads["public"].pk))
    browser = world.browser("anonymous")
    assert browser.get(f"/en/threads/{number}/").status_code == 200
    assert browser.get(f"/en/threads/{quote(number)}/").status_code == 404
    assert browser.get("/en/boards/ren%74/").status_code == 200
    assert browser.get("/en/boards/ren%2574/").status_code == 404


def test_a_query_is_decoded_once(world: World) -> None:
    browser, post = world.browser("author"), world.posts["public"]
    address = f"/en/threads/{post.thread_id}/"
    digits = "".join(f"%{ord(digit):x}" for digit in str(post.pk))
    assert page(browser.get(f"{address}?quote={digits}")).value("body") != ""
    assert page(browser.get(f"{address}?quote={quote(digits)}")).value("body") == ""


def test_mixed_line_ends_are_stored_as_one_kind(world: World) -> None:
    for ends in ("\n", "\r\n", "\r", "\n\r", "\u2028", "\x85"):
        data = {"board": "rent", "title": f"one{ends}two", "body": f"one{ends}two"}
        assert world.browser("author").post("/en/threads/new/", data).status_code == 302
        thread = Thread.objects.latest("id")
        assert thread.title.body == "one two"
        assert thread.posts.get().passage.body.replace("\n\n", "\n") == "one\ntwo"


def test_there_are_five_hundred_requests() -> None:
    addresses = (len(PATHS) + len(QUERIES)) * len(ALL)
    forms = len(BAD) * 4 + 6 * len(ALL) + 4 * len(CHARSETS)
    headers = len(HEADERS) * len(BAD) + 2 * len(BAD) + 10 * len(ALL)
    assert addresses + forms + headers >= 500
