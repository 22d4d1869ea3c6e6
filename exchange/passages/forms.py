from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.boards.forms import (
    LANGUAGE_CHOICES,
    POST_LIMIT,
    TITLE_LIMIT,
    LanguageField,
)
from exchange.languages import terms, text
from exchange.languages.actions import Draft, Wording
from exchange.languages.forms import TextField, TitleField, WordsForm
from exchange.languages.marking import Sentence
from exchange.languages.models import Term, Translation, family
from exchange.languages.pieces import Piece, cut, cut_at, ends, join
from exchange.languages.script import detect, han_script

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


# Words for the glossary

# A wording is found in a running sentence, so it is no sentence itself.
WORDING_LIMIT = 80
MOST_FORMS = 8
TERM_NOTE_LIMIT = 1_200  # letters: a card that fits a phone's screen or two


def _lines(lang: str, rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "lang": lang, "dir": "auto", "autocomplete": "off"})


class TermForm(WordsForm):
    """A word for the glossary: its wordings, one a line with the agreed one first, and what it is."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        initial=Term.Kind.TERM,
        choices=[
            (Term.Kind.TERM, _("a term that has to be translated in one way")),
            (
                Term.Kind.CULTURE,
                _("a culture card: something one side has to explain to the other"),
            ),
        ],
    )
    en = TextField(
        limit=WORDING_LIMIT * MOST_FORMS,
        label=_("In English"),
        help_text=_("The best wording first; other forms, if any, each on a line of its own."),
        widget=_lines("en", 3),
    )
    zh = TextField(
        limit=WORDING_LIMIT * MOST_FORMS,
        label=_("In Chinese"),
        help_text=_("The best wording first; other forms, if any, each on a line of its own."),
        widget=_lines("zh", 3),
    )
    pinyin = TitleField(
        limit=120,
        required=False,
        label=_("Pinyin of the first Chinese wording"),
        help_text=_("With tone marks, if you can: yā jīn"),
        widget=forms.TextInput({"lang": "zh-Latn", "autocomplete": "off"}),
    )
    note_en = TextField(
        limit=TERM_NOTE_LIMIT,
        required=False,
        label=_("Explained in English"),
        help_text=_("For readers who have never met it. One of the two languages is enough."),
        widget=_lines("en", 5),
    )
    note_zh = TextField(
        limit=TERM_NOTE_LIMIT,
        required=False,
        label=_("Explained in Chinese"),
        widget=_lines("zh", 5),
    )

    def clean_en(self) -> tuple[str, ...]:
        wordings = _wordings(self.cleaned_data["en"])
        if any(map(terms.has_han, wordings)):
            raise ValidationError(
                _("There are Chinese characters in it. They belong into the other field.")
            )
        return wordings

    def clean_zh(self) -> tuple[str, ...]:
        return _wordings(self.cleaned_data["zh"])

    def clean_pinyin(self) -> str:
        pinyin: str = self.cleaned_data["pinyin"]
        if terms.has_han(pinyin):
            raise ValidationError(_("Please write the pinyin in Latin letters."))
        return pinyin

    def clean_note_en(self) -> str:
        note: str = self.cleaned_data["note_en"]
        if note and family(detect(note).language) == "zh":
            raise ValidationError(_("This looks like Chinese. It belongs into the other field."))
        return note

    def clean_note_zh(self) -> str:
        note: str = self.cleaned_data["note_zh"]
        if note and not terms.has_han(note):
            raise ValidationError(
                _("There is no Chinese in it. Does it belong into the other field?")
            )
        return note

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        notes = ("note_en", "note_zh")
        if not any(cleaned.get(name) or name in self.errors for name in notes):
            self.add_error("note_en", _("Please explain it in at least one of the two languages."))
        return cleaned

    def wording(self) -> Wording:
        return Wording(**{name: self.cleaned_data[name] for name in ("en", "zh", "pinyin", "kind")})

    def note(self, first: str) -> Draft:
        """`first` is the language that the proposer reads best: their own words, then the other half."""
        halves = [
            (self.cleaned_data["note_en"], "en"),
            (self.cleaned_data["note_zh"], han_script(self.cleaned_data["note_zh"])),
        ]
        halves = [half for half in halves if half[0]]
        halves.sort(key=lambda half: family(half[1]) != family(first))
        (body, language), (body_other, language_other) = [*halves, ("", "")][:2]
        return Draft(body, body_other, language, language_other=language_other)


class TermEditForm(TermForm):
    """`version` is what the proposer saw when the form was opened."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


def _wordings(typed: str) -> tuple[str, ...]:
    """One a line, each once. Raises ValidationError for one that is too long or cannot be shown."""
    found = {terms.key(line): " ".join(line.split()) for line in reversed(typed.split("\n"))}
    wordings = [wording for wording in reversed(found.values()) if not text.is_blank(wording)]
    if len(wordings) > MOST_FORMS:
        raise ValidationError(
            _("These are more than %(most)s forms. Please keep those that people meet.")
            % {"most": MOST_FORMS}
        )
    for wording in wordings:
        _check(wording)
    return tuple(wordings)


def _check(wording: str) -> None:
    length = text.weighted_length(wording)
    if length > WORDING_LIMIT:
        raise ValidationError(
            _(
                "“%(wording)s” is too long: %(length)s letters; the limit is %(limit)s. "
                "A Chinese character counts as two."
            )
            % {"wording": text.excerpt(wording, 40), "length": length, "limit": WORDING_LIMIT},
            code="max_length",
        )
    TitleField(limit=WORDING_LIMIT).clean(wording)


# Corrections

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
        field: Any = self.fields["corrected"]  # a TitleField, which the types do not know
        field.limit = max(SENTENCE_LIMIT, 2 * text.weighted_length(about.text))


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
