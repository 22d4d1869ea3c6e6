from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.languages import dictionary_build


class Command(BaseCommand):
    help = "Rebuild the dictionary from a CC-CEDICT file (plain or .gz), or without one from the package's."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", nargs="?", type=Path, metavar="SOURCE")

    def handle(self, *args: Any, source: Path | None, **options: Any) -> None:
        try:
            count = dictionary_build.adopt(source)
        except dictionary_build.BadSource as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{count} entries. Restart the site to use them.")
