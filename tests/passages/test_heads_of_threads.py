"""What search engines are told of a thread: which languages are people's, and which page is whose."""

import re

import pytest

from exchange.languages import actions
from tests.boards.test_budgets import queries_of


def links(browser, thread, language) -> tuple[set[str], str, bool]:
    head = browser.get(f"/{language}/threads/{thread.pk}/").content.decode().partition("<body")[0]
    alternates = set(re.findall(r'rel="alternate" hreflang="([^"]+)"', head))
    (canonical,) = re.findall(r'rel="canonical" href="https?://[^/]+([^"]+)"', head)
    return alternates, canonical, 'name="robots" content="noindex"' in head


def test_a_thread_is_known_in_the_languages_that_people_wrote_its_title_in(
    untitled, client
) -> None:
    alternates, canonical, noindex = links(client, untitled, "en")
    assert alternates == {"zh-Hans", "zh-Hant", "x-default"}
    assert (canonical, noindex) == (f"/en/threads/{untitled.pk}/", False)


def test_a_machine_s_page_is_not_one_of_its_own(untitled, client) -> None:
    actions.put_by_machine(
        passage=untitled.title, language="en", body="Deposit one", version=1, engine="x"
    )
    alternates, canonical, noindex = links(client, untitled, "en")
    assert (canonical, noindex) == (f"/zh-hans/threads/{untitled.pk}/", True)
    assert "en" not in alternates
    assert links(client, untitled, "zh-hans")[1:] == (f"/zh-hans/threads/{untitled.pk}/", False)


def test_a_member_s_translation_makes_it_a_page(untitled, tom, mei, client) -> None:
    proposal = actions.propose(
        by=tom, passage=untitled.title, language="en", body="A deposit", from_version=1
    )
    actions.accept(by=mei, proposal=proposal)
    alternates, _canonical, noindex = links(client, untitled, "en")
    assert "en" in alternates and not noindex


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_costs_no_query(language, untitled, client) -> None:
    address = f"/{language}/threads/{untitled.pk}/"
    queries_of(client, address)
    assert queries_of(client, address) == 2
