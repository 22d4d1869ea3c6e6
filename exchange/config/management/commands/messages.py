from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.config import catalogues


class Command(BaseCommand):
    help = "The interface's messages: extract them to the .po file, check it, or compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["extract", "check", "compile"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        {"extract": self.extract, "check": self.report, "compile": self.compile}[act]()

    def extract(self) -> None:
        changed = catalogues.extract()
        self.stdout.write(f"{catalogues.PO}: {'updated' if changed else 'unchanged'}")

    def report(self) -> None:
        problems = catalogues.problems()
        if problems:
            raise CommandError(
                "\n".join([*problems, f"`make messages` brings {catalogues.PO} up to date."])
            )
        self.stdout.write("All messages are translated.")

    def compile(self) -> None:
        changed = catalogues.compile_all()
        self.stdout.write(f"compiled: {catalogues.names(changed) or 'nothing, all is up to date'}")
