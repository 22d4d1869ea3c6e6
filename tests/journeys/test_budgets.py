"""What a page costs a reader who has never been here: bytes, requests, and things that jump."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from .conftest import Visit
from .site import Site

MOST_BYTES, MOST_HTML, MOST_REQUESTS, MOST_SHIFT = 100_000, 20_000, 8, 0.02
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Wire:
    """Counts what travels, as it travels: compressed, and with its headers."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.addresses:
            self.bytes[event["requestId"]] = int(event["encodedDataLength"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_cold_thread_page_of_20_posts_stays_within_its_budget(
    visit: Visit, site: Site, language: str
) -> None:
    page = visit(language=language, viewport={"width": 1280, "height": 800})
    wire = Wire(page)
    page.goto(f"/{language}/threads/{site.thread('out-of-the-window')}/")
    page.wait_for_load_state("networkidle")
    assert page.locator("article.post").count() == 20
    assert len(wire.addresses) <= MOST_REQUESTS, sorted(wire.addresses.values())
    assert sum(wire.bytes.values()) <= MOST_BYTES, wire.bytes
    (document,) = (each for each, url in wire.addresses.items() if url == page.url)
    assert wire.bytes[document] <= MOST_HTML
    assert set(wire.bytes) == set(wire.addresses)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("person", ["", "tom"])
def test_nothing_jumps_after_a_page_was_drawn(
    visit: Visit, site: Site, person: str, width: int
) -> None:
    page = visit(person, viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    for path in (f"threads/{site.thread('out-of-the-window')}/", "", "boards/rent/", "rules/"):
        page.goto(f"/zh-hans/{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") < MOST_SHIFT, path
