"""The real site in a process of its own, on a free port and with a data folder that is thrown away."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from .lanes import ROOT, environment
from .services import free_port

START_SECONDS = 60


@contextmanager
def running_site(**changes: str) -> Iterator[str]:
    """Yields its address, `http://localhost:PORT`, once it answers."""
    with TemporaryDirectory(prefix="exchange-site-") as folder:
        port = str(free_port())
        env = (
            environment(PORT=port, DATA_DIR=folder, DEMO="1", LIMITS="off", ARTICLE="", SITE_URL="")
            | changes
        )
        with open(os.path.join(folder, "log"), "w+") as log:
            command = [sys.executable, "manage.py", "serve"]
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
            try:
                wait_for(f"http://127.0.0.1:{port}/healthz", process)
                yield f"http://localhost:{port}"
            except TimeoutError:
                log.seek(0)
                print(log.read(), file=sys.stderr)
                raise
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(20)


def manage(folder: str, *arguments: str) -> None:
    """One of `manage.py`'s commands on the same data, in a process of its own."""
    env = environment(DATA_DIR=folder, DEMO="1", LIMITS="off", ARTICLE="", SITE_URL="")
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError("the site did not start")
