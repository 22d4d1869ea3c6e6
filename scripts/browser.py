"""A Chromium for the journeys, and a font that has Chinese characters."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .lanes import say
from .system import apt_install

# Debian's Chromium without windows comes first: the journeys take three quarters of the time in it.
NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# The last list of these counts, so Playwright's own stands in it too. Each new window makes a page for either
# of the address bar's panels, even where nobody sees a window: half of what a new context costs.
NOT_WANTED = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("TcpPortRandomizationWin", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    "SpareRendererForSitePerProcess",  # a process for a page that a test may never open
)
# Chromium as root, and without its own traffic to the world outside.
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    f"--disable-features={','.join(NOT_WANTED)}",
)


@dataclass
class Browser:
    path: str  # empty: Playwright's own
    name: str


def find_browser() -> Browser | None:
    """What is on the machine, else what can be installed; None if there is none to be had."""
    given = os.environ.get("CHROMIUM")
    browser = Browser(given, "CHROMIUM") if given else installed() or own_installed()
    if not browser:
        font = "fonts-noto-cjk"
        _ = apt_install("chromium-headless-shell", font) or apt_install("chromium", font)
        browser = installed() or playwright_install()
    if browser:
        say(f"browser: {browser.name} {browser.path}".rstrip())
        ensure_font()
    return browser


def installed() -> Browser | None:
    paths = [shutil.which(name) for name in NAMES]
    paths += [path for path in APPLICATIONS if Path(path).exists()]
    path = next(filter(None, paths), None)
    return Browser(path, "the system's") if path else None


def own_installed() -> Browser | None:
    """Playwright's own, if an earlier run fetched it."""
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    path = answer.stdout.strip()
    return Browser("", "Playwright's own") if path and Path(path).exists() else None


def playwright_install() -> Browser | None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        fetched = subprocess.run(command, capture_output=True, timeout=300).returncode == 0
    except subprocess.TimeoutExpired:
        fetched = False
    return Browser("", "Playwright's own") if fetched else None


def ensure_font() -> None:
    if has_chinese_font() or (apt_install("fonts-noto-cjk") and has_chinese_font()):
        return
    say(
        "No font with Chinese characters was found: screenshots will show boxes. Install fonts-noto-cjk."
    )


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        # macOS has such fonts; a Linux without fontconfig has none that Chromium would find.
        return sys.platform == "darwin"
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip())
