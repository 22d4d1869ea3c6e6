from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import (
    LANGUAGE_CHOICES,
    POST_LIMIT,
    TITLE_LIMIT,
    LanguageField,
    TextField,
    TitleField,
    WordsForm,
)
from exchange.languages import text
from exchange.languages.models import Translation, family
from exchange.languages.pieces import Piece, cut, cut_at, ends, join
from exchange.languages.script import detect

from .subject import Subject

PART = "part-"


class TranslationForm(WordsForm):
    """A translation, typed piece by piece (`part-0`, ... as `cut` says) or whole (`body`).

    `version` is the original's that was looked at. `fresh` says that there was no translation then:
    where nothing is typed for a piece, the original's words stand.
    """

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    body = TextField(limit=POST_LIMIT, required=False)
    same_language = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        subject: Subject,
        original: str,
        into: str,
        half: Translation | None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"version": subject.passage.version} | dict(initial or {}))
        if data is not None:  # the parts are fields too
            self.taken_out = sum(len(text.unprintable(text.normalise(v))) for v in data.values())
        if subject.kind == "title":
            self.fields["body"] = TitleField(limit=TITLE_LIMIT, required=False)
        self.original, self.into, self.half = original, into, half
        typed = self.data if self.is_bound else self.initial
        self.is_whole = subject.kind == "title" or ("body" in typed and "cut" not in typed)
        self.is_fresh = bool(typed.get("fresh")) if "cut" in typed else half is None
        fitting = cut_at(original, typed.get("cut", ""))
        self.pieces = fitting or cut(original, half.body if half else "")
        self.rows = [(n, piece, self._filled(typed, n, piece)) for n, piece in self._numbered()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        words = cleaned.get("body", "") if self.is_whole else self._joined()
        if words is None or self.errors:
            return cleaned
        if text.is_blank(words):
            self.add_error("body", ValidationError(_("Please write something."), code="required"))
        elif words == self.original:
            self.add_error("body", _("These are the original's own words."))
        elif self.half and words == self.half.body and not self.is_stale:
            self.add_error("body", _("Nothing was changed in the translation yet."))
        elif not cleaned.get("same_language"):
            self._ask_about_the_language(words)
        return cleaned | {"words": words}

    @property
    def is_stale(self) -> bool:
        half = self.half
        return half is not None and half.source_version < half.passage.version

    @property
    def language(self) -> str:
        """Of Chinese the script that was typed."""
        found = detect(self.cleaned_data["words"]).language
        return found if family(found) == self.into else {"zh": "zh-hans"}.get(self.into, self.into)

    @property
    def cut(self) -> str:
        return ends(self.pieces)

    @property
    def asks_same_language(self) -> bool:
        return any(error.code == "same_language" for error in self.non_field_errors().as_data())

    def typed(self) -> str:
        """All that was typed as one text, also where it does not fit the original any more."""
        if self.is_whole:
            return str(self.data.get("body") or "")
        return join(self.pieces, [words for _n, _piece, words in self.rows], fill=False)

    def _numbered(self) -> list[tuple[int, Piece]]:
        return list(enumerate(self.pieces))

    def _filled(self, typed: Mapping[str, Any], number: int, piece: Piece) -> str:
        """What stands in a field: what was typed, what the translation has, or what needs none."""
        if "cut" in typed:
            return str(typed.get(f"{PART}{number}") or "")
        if piece.there or self.half:
            return piece.there
        return piece.text if family(detect(piece.text).language) in ("", self.into) else ""

    def _joined(self) -> str | None:
        """None where it cannot be taken; the error is then on the form."""
        parts = [words for _n, _piece, words in self.rows]
        if not any(words.strip() for words in parts):
            return ""
        try:
            found: str = self.fields["body"].clean(join(self.pieces, parts, fill=self.is_fresh))
        except ValidationError as error:
            self.add_error("body", error)
            return None
        return found

    def _ask_about_the_language(self, words: str) -> None:
        if family(detect(words).language) not in ("", self.into):
            raise ValidationError(
                _(
                    "This does not look like the language that it should be in."
                    " Is that what you mean? Then tick the box and send again."
                ),
                code="same_language",
            )


class LanguageForm(forms.Form):
    """Which language a text is in, as its reader says."""

    language = LanguageField(
        choices=LANGUAGE_CHOICES[1:],
        label=_("It is written in"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose a language."),
        },
    )
