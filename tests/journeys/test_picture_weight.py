"""What a page full of photos costs a telephone: bytes before it is scrolled, and nothing that jumps."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from .axe import violations
from .conftest import Visit
from .site import Site
from .test_budgets import SHIFTS, Wire

MOST_BYTES = 400_000
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 300) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
}"""


def planted(site: Site) -> str:
    done = site.run("tests/journeys/plant_photos.py")
    assert done.returncode == 0, done.stderr
    return f"/en/threads/{int(done.stdout)}/"


def scroll(page: Page) -> None:
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")


def test_twenty_photos_on_telephones(visit: Visit, site: Site) -> None:
    address = planted(site)
    page = visit(**PHONE | {"device_scale_factor": 3})
    wire = Wire(page)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert any("/pictures/" in where for where in wire.addresses.values())
    assert sum(wire.bytes.values()) < MOST_BYTES, wire.bytes

    page = visit(**PHONE)
    page.add_init_script(SHIFTS)
    wire = Wire(page)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.locator(".picture .photo").count() == 20
    pictures = [where for where in wire.addresses.values() if "/pictures/" in where]
    assert pictures and all(where.endswith(("w360.webp", "w720.webp")) for where in pictures)
    heaviest = max(wire.bytes[at] for at, where in wire.addresses.items() if where in pictures)
    assert heaviest > 50_000, "these photos are too light to prove anything"
    assert sum(wire.bytes.values()) < MOST_BYTES, wire.bytes
    scroll(page)
    assert len([where for where in wire.addresses.values() if "/pictures/" in where]) == 20
    assert page.evaluate("window.shift") == 0
    page.evaluate(AXE_SCRIPT)
    assert violations(page) == []

    # Who saves bytes asks for each: none is fetched before, and then as much as was said.
    page = visit(**PHONE)
    page.add_init_script("localStorage.setItem('exchange.saver', 'on')")
    page.add_init_script(SHIFTS)
    wire = Wire(page)
    page.goto(address)
    scroll(page)
    assert not [where for where in wire.addresses.values() if "/pictures/" in where]
    assert page.evaluate("window.shift") == 0
    first = page.locator("a.frame").first
    assert "Show picture" in first.inner_text()
    with page.expect_response("**/pictures/**") as answer:
        first.click()
    assert answer.value.url.endswith("w720.webp")
    page.wait_for_function("() => document.querySelector('.photo').naturalWidth > 0")
    assert len([where for where in wire.addresses.values() if "/pictures/" in where]) == 1
    assert page.url.endswith(address), "the tap shows the picture, it does not leave"
