"""Check 44 and the htmx part of check 45: what members type does nothing, with the page's CSP off."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from .conftest import PATIENCE, copied, run
from .payloads import HTMX, VECTORS
from .site import Site

# Counts whatever a payload could reach, and pokes at every element that members' words became.
COUNT = """
window.called = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...all) => { window.called.push(name + "(" + all + ")"); return null; };
"""
LOOK = """() => {
  const says = (element) => element.outerHTML.slice(0, 200);
  const bad = [], roots = [...document.querySelectorAll(
    ".half, .typed, .title, .alt, h1, blockquote, .pairs dd[lang], textarea, option, title")];
  const allowed = new Set(("a blockquote br code del em h3 h4 h5 h6 hr li ol p pre span strong table " +
    "tbody td th thead tr ul").split(" "));
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (!allowed.has(element.localName) && !element.closest("template")) bad.push(says(element));
      for (const { name } of element.attributes)
        if (/^(on|style$|srcdoc$|src$|hx-|data-hx|data-(?!half)|ws-|formaction|ping|xlink)/.test(name))
          bad.push(name + " on " + says(element));
    }
    for (const link of root.querySelectorAll("a"))
      if (!["http:", "https:", "mailto:"].includes(link.protocol)) bad.push("link " + link.href);
  }
  const stray = "script:not([src]), style, iframe, object, embed, base, video, audio, meta[http-equiv]";
  for (const element of document.querySelectorAll(stray)) bad.push("stray " + says(element));
  document.addEventListener("click", (event) => event.preventDefault(), true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const root of roots) for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const type of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "click", "toggle",
                        "animationstart", "load", "error"])
      element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  }
  return { bad, called: window.called, roots: roots.length };
}"""


@pytest.fixture(scope="module")
def attacked(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, dict[str, Any]]]:
    """A site of its own, full of payloads."""
    mine = Site(copied(seeded, tmp_path_factory.mktemp("attacked")))
    planted = mine.run("tests/journeys/plant.py")
    assert planted.returncode == 0, planted.stderr[-3000:]
    for started in run(mine):
        yield started, json.loads(planted.stdout.splitlines()[-1])


class Victim:
    """A browser without the page's CSP, which keeps what pages do that only a payload could ask for."""

    def __init__(self, chromium: Browser, site: Site, name: str, language: str) -> None:
        self.site, self.name, self.language = site, name, language
        self.seen: list[str] = []
        self.context = chromium.new_context(
            base_url=site.url, bypass_csp=True, service_workers="block"
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(COUNT)
        self.context.on("request", lambda request: self.judge(request.url))
        self.context.on(
            "dialog", lambda dialog: (self.seen.append(dialog.message), dialog.dismiss())
        )
        cookies = site.client(name).session().items()
        self.context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in cookies])
        self.page = self.context.new_page()
        self.here = ""

    def judge(self, url: str) -> None:
        parts = urlsplit(url)
        ours = parts.netloc == urlsplit(self.site.url).netloc
        asked = url.removeprefix(self.site.url).partition("#")[0] == self.here
        page = parts.path.startswith(("/static/", "/ws/")) or "changes" in url
        composer = parts.path.endswith(("/compose/language/", "/draft/", "/manifest.webmanifest"))
        if not (ours and (asked or page or composer)):
            self.seen.append(url)

    def look(self, path: str) -> None:
        self.here = f"/{self.language}/{path}"
        answer = self.page.goto(self.here, wait_until="load")
        assert answer and answer.status == 200, self.here
        self.judge_page()

    def judge_page(self) -> None:
        found = self.page.evaluate(LOOK)
        assert found["roots"], self.here
        assert (found["bad"], found["called"], self.seen) == ([], [], []), self.here


@pytest.fixture(params=[("tom", "en"), ("lin", "zh-hans")], ids=["tom", "lin"])
def victim(
    chromium: Browser, attacked: tuple[Site, dict[str, Any]], request: pytest.FixtureRequest
) -> Iterator[Victim]:
    """A member, and a moderator, who also sees the words of what was hidden."""
    name, language = request.param
    victim = Victim(chromium, attacked[0], name, language)
    yield victim
    victim.context.close()


def test_there_are_enough_payloads() -> None:
    assert len(set(VECTORS)) >= 200
    assert len(set(HTMX)) >= 40


def test_no_payload_in_a_post_does_anything(victim: Victim, attacked) -> None:
    where = attacked[1]
    # A moderator's pages differ where posts are hidden, which are the last thirty.
    first = 1 if victim.name == "tom" else where["pages"] - 1
    for number in range(first, where["pages"] + 1):
        victim.look(f"threads/{where['first']}/?page={number}")
    for number in range(1, where["half_pages"] + 1):
        victim.look(f"threads/{where['halves']}/?page={number}")


def test_no_payload_in_a_title_a_quotation_a_history_or_a_log_does_anything(
    victim: Victim, attacked
) -> None:
    where = attacked[1]
    for path in ("", "?page=2", "boards/site/", "boards/site/?page=2", "moderation/log/"):
        victim.look(path)
    for thread in where["titled"][::10]:
        victim.look(f"threads/{thread}/")
    for post in where["posts"][::60]:
        victim.look(f"threads/{where['first']}/?quote={post}")
        victim.look(f"posts/{post}/flag/")
    for post in where["edited"]:
        victim.look(f"posts/{post}/history/")


def test_no_payload_in_a_form_or_on_the_desk_does_anything(victim: Victim, attacked) -> None:
    where = attacked[1]
    if victim.name == "tom":
        for post in where["edited"]:
            victim.look(f"posts/{post}/edit/")
        victim.look(f"posts/{where['edited'][0]}/deletion/")
    else:
        victim.look("moderation/")
        victim.look(f"posts/{where['posts'][70]}/hiding/")
        for verb in ("lock", "pin", "move"):
            victim.look(f"threads/{where['titled'][3]}/{verb}/")


def test_no_payload_that_arrives_in_an_open_page_does_anything(victim: Victim, attacked) -> None:
    """The live page takes markup from the socket: the same markup, so the same promise."""
    site = attacked[0]
    number = site.client("sam").open_thread("site", f"Live for {victim.name}", "What comes now?")
    victim.look(f"threads/{number}/")
    # Forms refuse what cannot be printed; the rest arrives.
    payloads = [p for p in [*VECTORS[::16], *HTMX[::8]] if p.replace("\n", "").isprintable()]
    for payload in payloads:
        site.client("sam").reply(number, payload)
    last = min(20, len(payloads) + 1)  # what comes after the twentieth post is for the next page
    expect(victim.page.locator(f"#post-{last}")).to_be_visible()
    victim.judge_page()
