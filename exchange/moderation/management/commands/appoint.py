from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.accounts.models import User
from exchange.boards.models import Board
from exchange.moderation import actions


class Command(BaseCommand):
    help = "Make a member a moderator (of the site, or of one board) or staff; the log shows it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("role", choices=["moderator", "staff"])
        parser.add_argument("--board", metavar="SLUG")
        parser.add_argument("--dismiss", action="store_true", help="take the role away again")

    def handle(
        self, *args: Any, name: str, role: str, board: str | None, dismiss: bool, **options: Any
    ) -> None:
        if board and role == "staff":
            raise CommandError("Staff are staff of the whole site: leave --board out.")
        act = actions.dismiss if dismiss else actions.appoint
        try:
            changed = act(by=None, person=_person(name), role=role, board=_board(board))
        except actions.LastOfStaff:
            raise CommandError(f"{name} is the last one of the staff.") from None
        place = f" of {board}" if board else ""
        verb = "is no longer" if dismiss else "is now"
        self.stdout.write(f"{name} {verb} {role}{place}." if changed else "It was so already.")


def _person(name: str) -> User:
    try:
        return User.objects.get_by_natural_key(name)
    except User.DoesNotExist:
        raise CommandError(f"There is no member called {name}.") from None


def _board(slug: str | None) -> Board | None:
    if not slug:
        return None
    try:
        return Board.objects.get(slug=slug)
    except Board.DoesNotExist:
        raise CommandError(f"There is no board {slug}.") from None
