"""What every page says of itself in its head, for search engines and for links shown elsewhere."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from exchange.boards import queries as boards
from exchange.web.context import HTML_LANG
from exchange.web.templatetags.pages import SITE
from tests.cast import fill, open_thread
from tests.security.pages import Page, page

from .routes import routes
from .world import World

HERE = "http://localhost:8000"
# What search engines may keep; of all other pages nobody but their reader has any use.
KEPT = {
    *("front", "board", "thread", "/threads/{thread_id}/{slug}/", "new_thread", "rules", "log"),
    *("glossary", "glossary_term", "compare", "topic", "head_to_head", "picture", "person"),
    "transparency",
}
# A page that no site sends, and a part of a page.
NO_PAGES = {"offline", "desk_count"}
# Its words are a member's, so they are in the language that these are in.
MEMBERS_WORDS = {"picture", "thread", "/threads/{thread_id}/{slug}/"}
HAN = re.compile("[\u4e00-\u9fff]")


def found(head: Page, tag: str, **wanted: str) -> list[dict[str, str]]:
    return [a for name, a in head.elements if name == tag and wanted.items() <= a.items()]


def said(head: Page, name: str) -> str:
    key = "property" if name.startswith("og:") else "name"
    metas = found(head, "meta", **{key: name})
    assert len(metas) == 1, (name, metas)
    return metas[0]["content"]


def title(response: Any) -> str:
    match = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert match
    return html.unescape(match[1])


def addresses(head: Page) -> tuple[str, dict[str, str]]:
    """The page's own address, and the alternates by their language."""
    (own,) = found(head, "link", rel="canonical")
    alternates = [link for link in found(head, "link", rel="alternate") if "hreflang" in link]
    return own["href"], {link["hreflang"]: link["href"] for link in alternates}


def check(response: Any, language: str) -> Page:
    head = page(response)
    own, alternates = addresses(head)
    assert own == said(head, "og:url")
    rest = own.removeprefix(f"{HERE}/{language}/")
    assert alternates == {
        **{lang: f"{HERE}/{code}/{rest}" for code, lang in HTML_LANG.items()},
        "x-default": f"{HERE}/{rest}",
    }
    assert said(head, "og:title") == title(response).removesuffix(SITE) != ""
    assert said(head, "description") == said(head, "og:description") != ""
    return head


def pages(world: World, languages: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """In each language every address that somebody gets a page from, by its name."""
    there = [(route, route.at(world, route.places[0])) for route in routes()]
    asked = [
        (route.name, person, address.removeprefix("/en/"))
        for route, address in there
        if address.startswith("/en/") and route.name not in NO_PAGES
        for person in ("anonymous", "author", "site", "staff")
    ]
    for language in languages:
        got: dict[str, Any] = {}
        seen = []
        for name, person, rest in asked:
            if name in got:
                continue
            response = world.browser(person).get(f"/{language}/{rest}")
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                got[name] = response
                seen.append((name, person, rest))
        yield language, got
        asked = seen  # who gets a page gets it in every language


def test_every_page_names_one_address_and_says_what_it_is(world: World) -> None:
    for language, got in pages(world, HTML_LANG):
        assert len(got) > 25 and {"desk", "settings", "drafts", "history", "styleguide"} <= set(got)
        assert_heads(got, language)


def assert_heads(got: dict[str, Any], language: str) -> None:
    kept = set()
    for name, response in got.items():
        head = check(response, language)
        assert "?" not in addresses(head)[0], name
        if name not in MEMBERS_WORDS:
            assert bool(HAN.search(said(head, "description"))) == (language != "en"), name
        if not found(head, "meta", name="robots"):
            kept.add(name)
    assert kept == KEPT


def test_pages_that_people_share_have_words_of_their_own(world: World) -> None:
    told = []
    for each in routes():
        if each.name in KEPT - {"new_thread"}:
            address = each.at(world, each.places[0]).replace("/en/", "/zh-hans/", 1)
            shown = page(world.browser("anonymous").get(address))
            told.append(said(shown, "og:description"))
    assert len(told) == len(KEPT) - 1
    assert len(set(told)) == len(told) - 1  # a thread has two addresses


def test_a_list_s_later_page_is_a_page_of_its_own(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(boards, "THREADS_PER_PAGE", 1)
    author = world.people["author"]
    fill(world.threads["public"], author, 20)
    open_thread(author, world.boards["public"])
    number = world.threads["public"].pk
    for path in ("", "boards/rent/", f"threads/{number}/"):
        for language, word in (("en", "page 2"), ("zh-hans", "第2页")):
            response = world.browser("anonymous").get(f"/{language}/{path}?page=2&view=both")
            own, _ = addresses(check(response, language))
            assert own == f"{HERE}/{language}/{path}?page=2"
            assert word in title(response)
            again = world.browser("anonymous").get(f"/{language}/{path}?page=1")
            assert addresses(check(again, language))[0] == f"{HERE}/{language}/{path}"


def test_what_the_log_says_of_earlier_times_is_a_page_of_its_own(world: World) -> None:
    last = world.entries["public"]
    for language, word in (("en", "older entries"), ("zh-hans", "更早的记录")):
        log = f"/{language}/moderation/log/"
        response = world.browser("anonymous").get(f"{log}?before={last.pk}&view=both")
        own, _ = addresses(check(response, language))
        assert own == f"{HERE}{log}?before={last.pk}"
        assert word in title(response)
        chosen = world.browser("anonymous").get(f"{log}?rule=spam")
        assert addresses(check(chosen, language))[0] == f"{HERE}{log}"
        assert found(page(chosen), "meta", name="robots", content="noindex")


def test_what_a_reader_asked_for_stays_in_the_switch_and_out_of_the_page_s_address(
    world: World,
) -> None:
    number, browser = world.threads["public"].pk, world.browser("anonymous")
    for path, asked in ((f"threads/{number}/", "view=mine&quote=1"), ("", "only=zh")):
        response = browser.get(f"/en/{path}?{asked}")
        own, alternates = addresses(check(response, "en"))
        assert own == f"{HERE}/en/{path}" and "?" not in "".join(alternates.values())
        kept = found(page(response), "a", hreflang="zh-Hans")
        assert {link["href"] for link in kept} == {f"/zh-hans/{path}?{asked}"}
    own, _ = addresses(check(browser.get(f"/en/threads/{number}/some-words/"), "en"))
    assert own == f"{HERE}/en/threads/{number}/"


def test_the_address_without_a_language_leads_each_reader_to_theirs(world: World) -> None:
    path = f"threads/{world.threads['public'].pk}/?page=1"
    for accepts, language in (("zh-CN", "zh-hans"), ("zh-TW", "zh-hant"), ("en-GB", "en")):
        for rest in ("", path, "rules/"):
            answer = world.browser("anonymous").get(
                f"/{rest}", headers={"accept-language": accepts}
            )
            assert (answer.status_code, answer["Location"]) == (302, f"/{language}/{rest}")
            assert "Accept-Language" in answer["Vary"]


def test_an_error_page_is_no_page_to_be_found_or_shared(world: World) -> None:
    for address in ("/en/nothing-here/", f"/zh-hans/threads/{world.threads['members'].pk}/"):
        head = page(world.browser("anonymous").get(address))
        assert found(head, "meta", name="robots", content="noindex")
        assert not found(head, "link", rel="canonical") and not found(head, "link", rel="alternate")
        assert not [a for _, a in head.elements if a.get("property", "").startswith("og:")]


@pytest.mark.parametrize("place", ["hidden", "waits", "deleted"])
def test_a_closed_thread_is_kept_out_and_named_to_those_who_may_read_it(
    world: World, place: str
) -> None:
    for person in ("anonymous", "member", "author", "moderator"):
        response = world.browser(person).get(f"/en/threads/{world.threads[place].pk}/")
        head = check(response, "en")
        assert said(head, "robots") == "noindex"
        named = place != "deleted" and person in ("author", "moderator")
        unnamed = "Waiting thread" if place == "waits" else f"{place.title()} thread"
        told = f"Title{place}canary" if named else unnamed
        assert said(head, "og:title") == told
        assert ("canary" in response.content.decode()) == named
