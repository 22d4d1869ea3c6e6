from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import ReasonForm
from exchange.boards.models import Board
from exchange.boards.queries import boards
from exchange.boards.rules import Reader


class MoveForm(ReasonForm):
    board = forms.ModelChoiceField(
        Board.objects.none(), to_field_name="slug", label=_("To which board")
    )

    def __init__(self, *args: Any, reader: Reader, now: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = boards(reader).exclude(pk=now.pk)
        board: Any = self.fields["board"]  # a ModelChoiceField, which the types do not know
        board.queryset = others
