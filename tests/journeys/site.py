"""The real site in a process of its own: `manage.py serve`, with a port and data of its own."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from scripts.lanes import ROOT
from scripts.services import free_port

from .client import Client

# A hang, not a pace: a first start takes 5 s alone, and a minute where ten other programs run.
START_SECONDS = 240
# What the tests' own settings put into the environment, and what a caller may have there.
NOT_INHERITED = {
    *["DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SITE_URL", "HOST"],
    *["ALLOWED_HOSTS", "ARTICLE", "DEBUG", "EMAIL_URL", "EMAIL_VERIFICATION", "STATIC_ROOT"],
    # Where it is set, every start compiles the site's sources anew: a third of what a restart takes.
    "PYTHONDONTWRITEBYTECODE",
}


class Site:
    """`start`, `kill` and `start` again as often as a test likes: port and data stay the same."""

    def __init__(self, data: Path, **changes: str) -> None:
        self.data, self.port = data, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        place = {"DATA_DIR": str(data), "PORT": str(self.port), "DEMO": "1", "LIMITS": "off"}
        self.env = kept | place | {"PYTHONUNBUFFERED": "1"} | changes
        self._clients: dict[str, Client] = {}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "serve.log"

    def start(self) -> float:
        """Seconds until it answers."""
        began = time.monotonic()
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
            )
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise TimeoutError(f"the site did not start:\n{self.tail()}")
            time.sleep(0.02)
        return time.monotonic() - began

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """As a power cut would: no time to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, sign: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(sign)
            self.process.wait(20)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of `manage.py`'s commands in a second process, on the same data."""
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)

    # What stands in its data

    @property
    def password(self) -> str:
        """The one that `make run` prints."""
        lines = re.findall(r"^password: (.+)$", self.log.read_text(), re.MULTILINE)
        return lines[-1]

    def tail(self, lines: int = 40) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def rows(self, query: str, *values: object) -> list[tuple]:
        path = f"file:{self.data}/exchange.sqlite3?mode=ro"
        with closing(sqlite3.connect(path, uri=True, timeout=20)) as database:
            return database.execute(query, values).fetchall()

    def thread(self, seed_key: str) -> int:
        """The number of one of the sample threads."""
        return self.rows("SELECT id FROM boards_thread WHERE seed_key = ?", seed_key)[0][0]

    # People

    def client(self, name: str = "") -> Client:
        """A sample person's session over plain HTTP, logged in once; without a name, nobody's."""
        if not name:
            return Client(self.port)
        if name not in self._clients:
            fresh = Client(self.port)
            fresh.log_in(f"{name}@example.org", self.password)
            self._clients[name] = fresh
        return self._clients[name]
