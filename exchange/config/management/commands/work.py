"""The work beside the pages in a process of its own, where one machine is outgrown."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from exchange.config.background import Background, rounds


class Command(BaseCommand):
    help = "Do the work beside the pages until it is stopped (Ctrl-C or SIGTERM)."

    def handle(self, *args: Any, **options: Any) -> None:
        background = Background(rounds())
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: background.stop(0))
        self.stdout.write("At work. Ctrl-C stops it.")
        background.run()
