from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.languages.forms import TextField, WordsForm

APPEAL_LIMIT = 4_000  # letters: two pages, in which everything can be said once

TAKEN_BACK = _("agree: the decision is taken back now")
STANDS = _("turn down: the decision stands")
NOTHING_LEFT = _(
    "agree: what was done cannot be undone any more, but the decision no longer counts"
)


class AppealForm(WordsForm):
    """In whatever language the person writes best."""

    body = TextField(
        limit=APPEAL_LIMIT,
        label=_("Why do you think that the decision is wrong?"),
        help_text=_("Write in your own language. Only moderators read it."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class AnswerForm(WordsForm):
    """`outcome`: the decision is taken back, or stands. `nothing_left`: it cannot be taken back."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[("upheld", TAKEN_BACK), ("rejected", STANDS)],
        error_messages={"required": _("Please choose one of the two.")},
    )
    body = TextField(
        limit=APPEAL_LIMIT,
        label=pgettext_lazy("to an appeal", "Answer"),
        help_text=_("In the language that you write best. Only the person who appealed reads it."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, nothing_left: bool = False) -> None:
        super().__init__(data)
        if nothing_left:
            outcome = self.fields["outcome"]
            assert isinstance(outcome, forms.ChoiceField)
            outcome.choices = [("upheld", NOTHING_LEFT), ("rejected", STANDS)]
