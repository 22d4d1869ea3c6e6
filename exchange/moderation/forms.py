from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import ReasonForm
from exchange.boards.models import Board
from exchange.boards.queries import boards
from exchange.boards.rules import Reader
from exchange.uploads.models import Upload


class HidingForm(ReasonForm):
    """`blocks`: the post's pictures are kept from being posted again."""

    blocks = forms.BooleanField(required=False)


class FlagForm(ReasonForm):
    """A report of a post, or of one of its `pictures`: `about` is "" or the id of one."""

    about = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("Please choose again what your report is about.")},
    )

    def __init__(self, data: Any = None, *, pictures: Sequence[Upload], about: str) -> None:
        super().__init__(data, initial={"about": about})
        self.pictures = {str(upload.pk): upload for upload in pictures}
        field: Any = self.fields["about"]  # a ChoiceField, which the types do not know
        field.choices = [("", ""), *((pk, pk) for pk in self.pictures)]
        if self.is_bound:
            self.data.setdefault("about", about)

    def clean_about(self) -> Upload | None:
        return self.pictures.get(self.cleaned_data["about"])


class MoveForm(ReasonForm):
    board = forms.ModelChoiceField(
        Board.objects.none(), to_field_name="slug", label=_("To which board")
    )

    def __init__(self, *args: Any, reader: Reader, now: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = boards(reader).exclude(pk=now.pk)
        board: Any = self.fields["board"]  # a ModelChoiceField, which the types do not know
        board.queryset = others
