from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import NOTE_LIMIT, ReasonForm
from exchange.languages.forms import TextField, WordsForm
from exchange.moderation.models import ReaderRequest


class NoteForm(WordsForm):
    note = TextField(limit=NOTE_LIMIT)


class ReaderForm(forms.Form):
    """One of those who can be asked what a text says."""

    reader = forms.ChoiceField()

    def __init__(self, data: Any = None, *, people: Sequence[Any]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        field: Any = self.fields["reader"]  # a ChoiceField, which the types do not know
        field.choices = [(pk, pk) for pk in self.people]

    def clean_reader(self) -> Any:
        return self.people[self.cleaned_data["reader"]]


class OpinionForm(WordsForm):
    """What a text says, in the words of who reads it, and whether it breaks a rule."""

    note = TextField(limit=4 * NOTE_LIMIT)
    opinion = forms.ChoiceField(
        choices=ReaderRequest.Opinion.choices,
        error_messages={"required": _("Please say what you think of it.")},
    )


class BulkForm(ReasonForm):
    """The same for many cases."""

    DISMISS, HIDE = "dismiss", "hide"
    act = forms.ChoiceField(
        choices=[(DISMISS, DISMISS), (HIDE, HIDE)],
        error_messages={"required": _("Please choose what to do.")},
    )
