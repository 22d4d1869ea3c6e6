"""`make bench`: what a first visit costs a slow phone, in ratios from one run.

First contentful paint, with the processor slowed down four times and a warm server, of a thread page
of 20 posts beside a page of the site that says almost nothing. Medians of LOADS cold loads each, in
turns, so that a busy machine disturbs both alike.
"""

import statistics
import sys
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from .browser import find_browser
from .lanes import say
from .pages import LOCALES, find_long_thread
from .running import running_site

LOADS = 9
SLOWER = 4
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def main() -> int:
    found = find_browser()
    if not found:
        say("No Chromium was found, and none could be installed.")
        return 1
    with (
        TemporaryDirectory(prefix="exchange-bench-") as folder,
        running_site(DATA_DIR=folder) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found.path or None, args=FLAGS)
        page = browser.new_page(base_url=site)
        addresses = {"bare page": "/en/offline/", "thread of 20": f"/en/{find_long_thread(page)}"}
        page.close()
        loads: dict[str, list[dict[str, Any]]] = {name: [] for name in addresses}
        for _ in range(LOADS + 1):  # the first warms the server
            for name, address in addresses.items():
                loads[name].append(load(browser, site, address))
        browser.close()
    report({name: found[1:] for name, found in loads.items()})
    return 0


def load(browser: Browser, site: str, address: str) -> dict[str, Any]:
    """One visit of somebody who has never been here: ms, bytes on the wire, requests, shift."""
    context = browser.new_context(
        base_url=site, locale=LOCALES["en"], viewport={"width": 360, "height": 740}
    )
    context.add_init_script(SHIFTS)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    travelled: list[int] = []
    session.on(
        "Network.loadingFinished", lambda event: travelled.append(event["encodedDataLength"])
    )
    page.goto(address)
    paint = page.evaluate(PAINT)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate("window.shift")
    context.close()
    return {"paint": paint, "bytes": sum(travelled), "requests": len(travelled), "shift": shift}


def report(loads: dict[str, list[dict[str, Any]]]) -> None:
    def median(name: str, what: str) -> float:
        return statistics.median(load[what] for load in loads[name])

    say(f"medians of {LOADS} cold loads, 360 px, processor slowed down {SLOWER} times")
    bare = median("bare page", "paint")
    for name in loads:
        paint = median(name, "paint")
        say(
            f"{name:14} first contentful paint {paint:6.0f} ms ({paint / bare:.2f} x bare), "
            f"{median(name, 'bytes') / 1000:6.1f} KB in {median(name, 'requests'):.0f} requests, "
            f"layout shift {median(name, 'shift'):.4f}"
        )


if __name__ == "__main__":
    sys.exit(main())
