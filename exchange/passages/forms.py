"""What members write about each other's words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.boards.forms import TextField, TitleField, WordsForm
from exchange.languages.marking import Sentence
from exchange.languages.models import family
from exchange.languages.script import detect
from exchange.languages.text import weighted_length

# Letters. A sentence may be said better in up to twice as many; most are far shorter.
SENTENCE_LIMIT = 600
WHY_LIMIT = 1_000


class TryForm(WordsForm):
    """A sentence as its reader would say it, compared with what others said; nothing is kept."""

    sentence = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    corrected = TitleField(limit=SENTENCE_LIMIT, label=_("The sentence as you would write it"))

    def __init__(self, data: Any = None, *, about: Sentence, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.about = about
        field = self.fields["corrected"]
        field.limit = max(SENTENCE_LIMIT, 2 * weighted_length(about.text))  # type: ignore[attr-defined]


class OfferForm(TryForm):
    """A correction of one sentence, and why. `version` is the text that was read for it."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    why = TextField(limit=WHY_LIMIT, required=False, label=pgettext_lazy("a correction", "Why"))
    other_language = forms.BooleanField(required=False)

    def clean_corrected(self) -> str:
        corrected: str = self.cleaned_data["corrected"]
        if corrected == " ".join(self.about.text.split()):
            raise ValidationError(_("This is the sentence as it stands. Please change something."))
        return corrected

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("other_language") and self._other_language():
            raise ValidationError(
                _(
                    "Your sentence looks like another language than the author's. "
                    "Is that what you mean? Then tick the box and send again."
                ),
                code="other_language",
            )
        return cleaned

    @property
    def asks_other_language(self) -> bool:
        """True where the page should show the box that answers the question."""
        return any(error.code == "other_language" for error in self.non_field_errors().as_data())

    def _other_language(self) -> bool:
        before, after = self.about.text, self.cleaned_data["corrected"]
        ours, theirs = (family(detect(words).language) for words in (before, after))
        return bool(ours and theirs) and ours != theirs
