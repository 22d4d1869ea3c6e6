"""Check 44 and the htmx part of check 45: what members type does nothing, with the page's CSP off."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PATIENCE, run
from .payloads import HTMX, VECTORS
from .site import Site

# Counts whatever a payload could reach, and pokes at every element that members' words became.
COUNT = """
window.called = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...all) => { window.called.push(name + "(" + all + ")"); return null; };
"""
LOOK = """() => {
  const bad = [], roots = [...document.querySelectorAll(
    ".half, .typed, .title, .alt, h1, blockquote, .log dd, .pairs dd, textarea, option, title")];
  const allowed = new Set(("a blockquote br code del em h3 h4 h5 h6 hr li ol p pre span strong table " +
    "tbody td th thead tr ul").split(" "));
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (!allowed.has(element.localName) && !element.closest("template")) bad.push(element.outerHTML.slice(0, 200));
      for (const { name } of element.attributes)
        if (/^(on|style$|srcdoc$|src$|hx-|data-hx|data-(?!half)|ws-|formaction|ping|xlink)/.test(name))
          bad.push(name + " on " + element.outerHTML.slice(0, 200));
    }
    for (const link of root.querySelectorAll("a"))
      if (!["http:", "https:", "mailto:"].includes(link.protocol)) bad.push("link " + link.href);
  }
  const stray = "script:not([src]), style, iframe, object, embed, base, svg, math, video, audio, image, " +
    "meta[http-equiv], link[rel=prefetch]";
  for (const element of document.querySelectorAll(stray)) bad.push("stray " + element.outerHTML.slice(0, 200));
  document.addEventListener("click", (event) => event.preventDefault(), true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const root of roots) for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const type of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "click", "toggle",
                        "animationstart", "load", "error"])
      element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  }
  return { bad, called: window.called, roots: roots.length, text: document.body.innerText.length };
}"""


@pytest.fixture(scope="module")
def attacked(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, dict[str, int]]]:
    """A site of its own on a copy of the data, full of payloads."""
    mine = Site(tmp_path_factory.mktemp("attacked") / "data")
    site.copy_of_data(mine.data)
    planted = mine.run("tests/journeys/plant.py")
    assert planted.returncode == 0, planted.stderr[-3000:]
    for started in run(mine):
        yield started, json.loads(planted.stdout.splitlines()[-1])


class Victim:
    """A browser without the page's CSP, which keeps what pages do that only a payload could ask for."""

    def __init__(self, chromium: Browser, site: Site, name: str) -> None:
        self.site, self.seen = site, []
        self.context = chromium.new_context(base_url=site.url, bypass_csp=True)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(COUNT)
        self.context.on("request", lambda request: self.judge(request.url))
        self.context.on("dialog", lambda dialog: (self.seen.append(dialog.message), dialog.dismiss()))
        cookies = site.client(name).cookies.items()
        self.context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in cookies])
        self.page = self.context.new_page()
        self.here = ""

    def judge(self, url: str) -> None:
        parts = urlsplit(url)
        ours = parts.netloc == urlsplit(self.site.url).netloc
        asked = url.removeprefix(self.site.url).partition("#")[0] == self.here
        if not (ours and (asked or parts.path.startswith(("/static/", "/ws/")) or "changes" in url)):
            self.seen.append(url)

    def look(self, path: str) -> None:
        self.here = path
        self.page.goto(path, wait_until="load")
        found = self.page.evaluate(LOOK)
        assert found["roots"], path
        assert (found["bad"], found["called"], self.seen) == ([], [], []), path


@pytest.fixture(params=["tom", "lin"])
def victim(
    chromium: Browser, attacked: tuple[Site, dict[str, int]], request: pytest.FixtureRequest
) -> Iterator[Victim]:
    victim = Victim(chromium, attacked[0], request.param)
    yield victim
    victim.context.close()


def test_there_are_enough_payloads() -> None:
    assert len(set(VECTORS)) >= 200
    assert len(set(HTMX)) >= 40


def test_no_payload_does_anything_on_any_page(victim: Victim, attacked) -> None:
    where = attacked[1]
    language = {"tom": "en", "lin": "zh-hans"}[victim.site_name] if hasattr(victim, "site_name") else "en"
    for number in range(1, where["pages"] + 1):
        victim.look(f"/{language}/threads/{where['first']}/?page={number}")


def test_the_site_still_works_after_all(attacked) -> None:
    """The payloads changed nothing of the page around them: another reply is sent and shown."""
