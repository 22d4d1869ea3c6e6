from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.boards.models import Board
from exchange.moderation import actions


class Command(BaseCommand):
    help = "Say who may read a board: everybody, members, or its moderators; the log shows it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("access", choices=Board.Access.values)

    def handle(self, *args: Any, slug: str, access: str, **options: Any) -> None:
        board = Board.objects.filter(slug=slug).first()
        if board is None:
            raise CommandError(f"There is no board {slug}.")
        changed = actions.open_board(by=None, board=board, access=access)
        self.stdout.write(f"{slug}: {access}." if changed else "It was so already.")
