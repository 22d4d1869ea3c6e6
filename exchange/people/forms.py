import unicodedata
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.accounts.forms import LanguagesField
from exchange.accounts.models import Help, Presence, Saver, Script, Theme, User, View
from exchange.boards import muted_words
from exchange.boards.models import Mute
from exchange.languages import text


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
    machine = forms.BooleanField(
        label=_("Show translations made by a machine"),
        help_text=_("Where no person has translated a text. They are always marked."),
        required=False,
    )
    help = forms.ChoiceField(
        label=_("Reading help"),
        widget=forms.RadioSelect,
        choices=[
            (Help.OFF, _("off")),
            (Help.TAP, _("tap a word to see it explained")),
            (Help.RARE, _("also the reading over rarer Chinese words")),
            (Help.ALL, _("the reading over every Chinese word")),
        ],
    )
    zhuyin = forms.BooleanField(label=_("Readings in zhuyin instead of pinyin"), required=False)
    script = forms.ChoiceField(
        label=_("Chinese texts"),
        widget=forms.RadioSelect,
        choices=[
            (Script.WRITTEN, _("as they were written")),
            (Script.HANS, _("in Simplified characters")),
            (Script.HANT, _("in Traditional characters")),
            (Script.TW, _("in Traditional characters of Taiwan")),
            (Script.HK, _("in Traditional characters of Hong Kong")),
        ],
    )
    saver = forms.ChoiceField(
        label=_("Pictures"),
        help_text=_("On a slow or costly connection each picture can wait until you tap it."),
        widget=forms.RadioSelect,
        choices=[
            (Saver.DEVICE, _("as my device asks for")),
            (Saver.OFF, _("load them with the page")),
            (Saver.ON, _("load them on tap")),
        ],
    )
    presence = forms.ChoiceField(
        label=_("While I have a thread open"),
        help_text=_("Who sees nothing of you is not told that you are writing, either."),
        widget=forms.RadioSelect,
        choices=[
            (Presence.NAMED, _("others see my name")),
            (Presence.COUNTED, _("others see that one more person is there")),
            (Presence.HIDDEN, _("others see nothing")),
        ],
    )
    hears_outcomes = forms.BooleanField(
        label=_("Tell me what became of my reports"), required=False
    )
    reads_for_moderators = forms.BooleanField(
        label=_("Moderators may ask me what a text says"),
        help_text=_(
            "Where none of them reads its language and you do. You say what it says, they decide."
        ),
        required=False,
    )
    shortcuts = forms.BooleanField(label=_("Keyboard shortcuts of single letters"), required=False)

    class Meta:
        model = User
        fields = [
            "reads",
            "learning",
            "view",
            "machine",
            "help",
            "zhuyin",
            "script",
            "saver",
            "theme",
            "presence",
            "hears_outcomes",
            "reads_for_moderators",
            "shortcuts",
        ]

    def clean_reads(self) -> list[str]:
        return self.cleaned_data["reads"] or [get_language()]


class ViewForm(forms.Form):
    view = forms.ChoiceField(choices=View)


class ReadingForm(forms.Form):
    """What the reading bar's menu changes: one of these at a time, so each may be left out."""

    help = forms.ChoiceField(choices=Help, required=False)
    zhuyin = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], required=False)
    script = forms.ChoiceField(choices=Script, required=False)
    saver = forms.ChoiceField(choices=Saver, required=False)

    def preferences(self) -> dict[str, Any]:
        """Those that were chosen, as `accounts.actions.prefer` takes them."""
        chosen: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        if "zhuyin" in chosen:
            chosen["zhuyin"] = chosen["zhuyin"] == "on"
        return chosen


class MutedWordForm(forms.Form):
    """A word that somebody does not want to read. One Chinese character is a word."""

    word = forms.CharField(
        label=_("A word or a phrase"),
        help_text=_("In either script and any case. Letters are matched as whole words."),
        max_length=Mute._meta.get_field("word").max_length,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )

    def clean_word(self) -> str:
        word = muted_words.normalised(self.cleaned_data["word"])
        if text.is_blank(word) or text.unprintable(word):
            raise forms.ValidationError(_("Please write a word."), code="blank")
        if all(unicodedata.category(char)[0] in "PZ" for char in word):
            raise forms.ValidationError(
                _("Punctuation alone stands in almost every post."), code="sign"
            )
        return word
