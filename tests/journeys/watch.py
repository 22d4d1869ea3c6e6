"""Whatever a page does that it should not: errors, violations, failed or foreign requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

NO_WORKER = "Service Worker registration blocked by Playwright"  # as most journeys ask for
# Chromium says so for every answer from 400 on; answers are judged by themselves.
STATUS = "Failed to load resource: the server responded with a status of"
# And for every page that is left, or gives a socket up, before that is open.
OPENING = "WebSocket is closed before the connection is established"
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `${event.disposition === "report" ? "REPORT-ONLY" : "VIOLATION"} ${event.violatedDirective} ` +
  `blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""


class Watch:
    """Add contexts; `faults` is what they did wrong. `reports` are Trusted Types' own, of others' scripts."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.faults: list[str] = []
        self.reports: list[str] = []
        self.requests: list[str] = []
        self._off = False

    def add(self, context: BrowserContext) -> None:
        context.add_init_script(LISTEN)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._fault(f"error {error.error}"))
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failed)
        context.on("response", self._on_response)

    @contextmanager
    def looking_away(self) -> Iterator[None]:
        """While the site is killed, requests fail."""
        self._off = True
        try:
            yield
        finally:
            self._off = False

    def _fault(self, text: str) -> None:
        if not self._off:
            self.faults.append(text)

    def _on_console(self, message: ConsoleMessage) -> None:
        text = message.text
        said = text.startswith((STATUS, NO_WORKER)) or OPENING in text
        if message.type not in ("error", "warning") or said:
            return
        report_only = "REPORT-ONLY" in text or "report-only" in text.lower()
        if report_only and f"//{self.host}/static/" not in text:
            self.reports.append(text)
        else:
            self._fault(f"console {message.type}: {text} ({message.location})")

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.netloc != self.host and parts.scheme not in ("data", "blob", "about"):
            self._fault(f"foreign request: {request.url}")

    def _on_failed(self, request: Request) -> None:
        # A navigation ends what the page before was still asking for.
        if request.failure != "net::ERR_ABORTED":
            self._fault(f"failed request: {request.method} {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        refused = 400 <= response.status < 500
        if response.status >= 500 or (refused and not response.request.is_navigation_request()):
            self._fault(f"{response.status}: {response.request.method} {response.url}")
