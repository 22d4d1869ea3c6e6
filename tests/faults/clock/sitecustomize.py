"""Put on a site's PYTHONPATH by a test: its clock is off by as many seconds as the file says.

What measures how long something takes (the monotonic clock) goes on as it does when a machine's clock
is set.
"""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

FILE = Path(os.environ["TEST_CLOCK"])
LOOK_SECONDS = 0.05


def _follow() -> None:
    travel, off = None, 0
    while True:
        wanted = int(FILE.read_text() or off) if FILE.exists() else 0
        if wanted != off:
            if travel:
                travel.stop()
            there = datetime.now(UTC) + timedelta(seconds=wanted)
            travel, off = time_machine.travel(there, tick=True), wanted
            travel.start()
        time.sleep(LOOK_SECONDS)


threading.Thread(target=_follow, daemon=True).start()
