from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.accounts.forms import LanguagesField
from exchange.accounts.models import Theme, User, View


class SettingsForm(forms.ModelForm):
    """What a person reads and learns, and how pages look to them."""

    reads = LanguagesField(
        label=_("Languages I read"), help_text=_("“My language” shows a text in one of these.")
    )
    learning = LanguagesField(
        label=_("I am learning"), help_text=_("Shown beside your name, so people can be kind.")
    )
    view = forms.ChoiceField(
        label=_("Threads show"),
        widget=forms.RadioSelect,
        choices=[
            (View.ORIGINAL, _("the original")),
            (View.MINE, _("my language, where there is one")),
            (View.BOTH, _("both, side by side")),
        ],
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        widget=forms.RadioSelect,
        choices=[
            (Theme.SYSTEM, _("as on my device")),
            (Theme.LIGHT, _("light")),
            (Theme.DARK, _("dark")),
        ],
    )
    shortcuts = forms.BooleanField(label=_("Keyboard shortcuts of single letters"), required=False)

    class Meta:
        model = User
        fields = ["reads", "learning", "view", "theme", "shortcuts"]

    def clean_reads(self) -> list[str]:
        return self.cleaned_data["reads"] or [get_language()]


class ViewForm(forms.Form):
    view = forms.ChoiceField(choices=View)
