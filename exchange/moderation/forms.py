from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import TextField, WordsForm
from exchange.boards.models import Board
from exchange.boards.queries import boards
from exchange.boards.rules import Reader
from exchange.safety.models import Rule

NOTE_LIMIT = 1_000  # letters: enough to explain, too little to argue


class RuleField(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(
            Rule.objects.all(),
            label=_("Reason"),
            error_messages={
                "required": _("Please choose the rule that this is about."),
                "invalid_choice": _("Please choose one of the house rules."),
            },
        )


class ReasonForm(WordsForm):
    """Why: one of the house rules, and a note in either language if more should be said."""

    reason = RuleField()
    note = TextField(limit=NOTE_LIMIT, required=False, label=_("Note"))


class MoveForm(ReasonForm):
    board = forms.ModelChoiceField(
        Board.objects.none(), to_field_name="slug", label=_("To which board")
    )

    def __init__(self, *args: Any, reader: Reader, now: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = boards(reader).exclude(pk=now.pk)
        board: Any = self.fields["board"]  # a ModelChoiceField, which the types do not know
        board.queryset = others
