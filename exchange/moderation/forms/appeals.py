from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.languages.forms import TextField, WordsForm

APPEAL_LIMIT = 4_000  # letters: two pages, in which everything can be said once


class AppealForm(WordsForm):
    """In whatever language the person writes best."""

    body = TextField(
        limit=APPEAL_LIMIT,
        label=_("Why do you think that the decision is wrong?"),
        help_text=_("Write in your own language. Only moderators read it."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class AnswerForm(WordsForm):
    """`outcome`: the decision is taken back, or stands."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            ("upheld", _("agree: the decision is taken back now")),
            ("rejected", _("turn down: the decision stands")),
        ],
        error_messages={"required": _("Please choose one of the two.")},
    )
    body = TextField(
        limit=APPEAL_LIMIT,
        label=pgettext_lazy("to an appeal", "Answer"),
        help_text=_("In the language that you write best. Only the person who appealed reads it."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
