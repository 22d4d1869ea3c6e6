"""`make bench`: what a first visit costs a slow phone, what words, filters, pictures, comparisons and
open pages cost.

First contentful paint, with the processor slowed down four times and a warm server, of the front page
and of a thread page of 20 posts in both languages, beside a page of the site that says almost nothing.
Medians of LOADS cold loads each, in turns, so that a busy machine disturbs all alike.
"""

import statistics
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from . import bench_compare, bench_filters, bench_pictures, bench_words
from .browser import FLAGS, find_browser
from .lanes import say
from .pages import LOCALES, find_long_thread
from .running import running_site

LOADS = 9
SLOWER = 4
# What each page may cost at most, and how it is told.
BUDGET = {
    "paint": (1000, "first contentful paint {:.0f} ms"),
    "KB": (100, "{:.1f} KB"),
    "requests": (8, "{:.0f} requests"),
    "shift": (0.02, "layout shift {:.4f}"),
}
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
        thread = find_long_thread(page)
        addresses = {
            "bare page": "/en/offline/",
            "front page": "/en/",
            "thread of 20": f"/en/{thread}",
            "in Chinese": f"/zh-hans/{thread}",
        }
        page.close()
        loads: dict[str, list[dict[str, Any]]] = {name: [] for name in addresses}
        for _ in range(LOADS + 1):  # the first warms the server
            for name, address in addresses.items():
                loads[name].append(load(browser, site, address))
        browser.close()
    report({name: found[1:] for name, found in loads.items()})
    bench_words.report()
    bench_filters.report()
    bench_compare.report()
    bench_pictures.report()
    for name in ("bench_desk", "bench_live"):
        subprocess.run([sys.executable, "-m", f"scripts.{name}"], check=False)
    return 0  # a busy machine is no fault of the site's: the lines say what they found


def load(browser: Browser, site: str, address: str) -> dict[str, Any]:
    """One visit of somebody who has never been here: ms, KB on the wire, requests, shift."""
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
    return {"paint": paint, "KB": sum(travelled) / 1000, "requests": len(travelled), "shift": shift}


def report(loads: dict[str, list[dict[str, Any]]]) -> None:
    """A line for each page: whether it stays within the budget, and what it costs."""
    say(f"medians of {LOADS} cold loads, 360 px, processor slowed down {SLOWER} times")
    medians = {
        name: {what: statistics.median(load[what] for load in found) for what in BUDGET}
        for name, found in loads.items()
    }
    for name, costs in medians.items():
        over = [what for what, (most, _) in BUDGET.items() if costs[what] > most]
        told = ", ".join(words.format(costs[what]) for what, (_, words) in BUDGET.items())
        times = costs["paint"] / medians["bare page"]["paint"]
        verdict = f"OVER BUDGET in {', '.join(over)}" if over else "within budget"
        say(f"{name:12} {verdict}: {told} ({times:.2f} x bare)")


if __name__ == "__main__":
    sys.exit(main())
