"""Draws the PNG icons and the plain card from `exchange.svg`: `python -m scripts.icons`.

They are committed, so that a browser is needed only where the drawing changes.
"""

import base64
import sys

from playwright.sync_api import sync_playwright

from .browser import find_browser
from .lanes import ROOT

FOLDER = ROOT / "exchange" / "static" / "icons"
PAPER = "#faf8f4"
# name, width and height, the drawing's share of the height (a mask cuts up to a fifth off each side)
DRAWN = [
    ("icon-180.png", 180, 180, 0.8),
    ("icon-192.png", 192, 192, 0.9),
    ("icon-512.png", 512, 512, 0.9),
    ("mask-512.png", 512, 512, 0.6),
    ("card.png", 1200, 630, 0.5),
]
PAGE = """<body style="margin:0;background:{paper};display:grid;place-items:center;height:100vh">
<img src="data:image/svg+xml;base64,{svg}" style="height:{share}vh"></body>"""


def main() -> int:
    found = find_browser()
    if not found:
        return 1
    svg = base64.b64encode((FOLDER / "exchange.svg").read_bytes()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.path or None, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, width, height, share in DRAWN:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_content(PAGE.format(paper=PAPER, svg=svg, share=round(100 * share)))
            page.screenshot(path=FOLDER / name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
