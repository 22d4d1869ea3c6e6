from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.boards.models import Board
from exchange.moderation import actions


class Command(BaseCommand):
    help = (
        "Say who may read a board: everybody, members, or its moderators; and whether its threads"
        " show how many people are there. The log shows it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("access", nargs="?", choices=Board.Access.values)
        parser.add_argument("--presence", choices=["on", "off"])

    def handle(
        self, *args: Any, slug: str, access: str | None, presence: str | None, **options: Any
    ) -> None:
        board = Board.objects.filter(slug=slug).first()
        if board is None:
            raise CommandError(f"There is no board {slug}.")
        if not access and not presence:
            raise CommandError("Say what shall change: who may read it, or --presence.")
        changed = bool(access) and actions.open_board(by=None, board=board, access=access or "")
        if presence:
            changed |= actions.show_presence(by=None, board=board, on=presence == "on")
        board.refresh_from_db()
        now = f"{slug}: {board.access}, presence {'on' if board.presence else 'off'}."
        self.stdout.write(now if changed else "It was so already.")
