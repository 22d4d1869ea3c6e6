"""A tunnel: the page says so in the reader's language, and comes back."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .watch import Watch

READY = "navigator.serviceWorker.ready.then((found) => found.active.state)"


@pytest.mark.parametrize(("language", "words"), [("en", "No network"), ("zh-hans", "网络未连接")])
def test_without_a_network_the_second_page_says_so(
    visit: Visit, watch: Watch, language: str, words: str
) -> None:
    page = visit(language=language, service_workers="allow")
    page.goto(f"/{language}/")
    page.goto(f"/{language}/rules/")
    assert page.evaluate(READY) in ("activating", "activated")
    with watch.looking_away():
        page.context.set_offline(True)
        page.goto(f"/{language}/moderation/log/")
        expect(page.locator("h1")).to_have_text(words)
        page.context.set_offline(False)
        page.locator("a.btn").click()
        expect(page.locator("h1")).not_to_have_text(words)
    expect(page).to_have_url(re.compile("/moderation/log/$"))
    kept = page.evaluate(
        "caches.keys().then(names => caches.open(names[0])).then(kept => kept.keys())"
        ".then(all => all.map(request => new URL(request.url).pathname))"
    )
    assert [
        address for address in kept if "/offline/" not in address and ".css" not in address
    ] == []
