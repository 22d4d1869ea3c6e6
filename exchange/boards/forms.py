from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchange.figures import forms as figures
from exchange.languages import text
from exchange.languages.actions import Draft
from exchange.languages.forms import TextField, TitleField, WordsForm
from exchange.safety.models import Rule
from exchange.uploads import forms as pictures
from exchange.uploads.actions import PictureDraft
from exchange.uploads.labels import Problem

from .models import Board, Post
from .queries import boards, sent
from .rules import Reader

# Letters; a Chinese character counts as two, because it says about as much as two to three.
POST_LIMIT = 20_000
TITLE_LIMIT = 160

LANGUAGE_CHOICES = [
    ("", _("detect")),
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("mixed", _("both mixed")),
    ("other", _("another language")),
]

# May others correct the text? Where nothing is said, what its author is learning decides.
CORRECTION_CHOICES = [
    ("", _("when I write in a language I am learning")),
    ("yes", _("yes, please correct this text")),
    ("no", _("no")),
]


class LanguageField(forms.ChoiceField):
    """What the author says a text is written in; plain `zh` is taken as Simplified Chinese."""

    def to_python(self, value: Any) -> str:
        code = str(super().to_python(value)).strip().lower()
        return "zh-hans" if code == "zh" else code


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


class PassageForm(WordsForm):
    """Two halves of one text: the author's words, and the same again in the other language."""

    body = TextField(limit=POST_LIMIT)
    body_other = TextField(limit=POST_LIMIT, required=False)
    language = LanguageField(choices=LANGUAGE_CHOICES, required=False)
    used_translator = forms.BooleanField(required=False)
    corrections = forms.ChoiceField(choices=CORRECTION_CHOICES, required=False)
    same_language = forms.BooleanField(required=False)

    pairs: tuple[tuple[str, str], ...] = (("body", "body_other"),)

    def __init__(
        self,
        data: Any = None,
        *,
        reader: Reader = None,
        problems: Sequence[Problem] = (),
        **kwargs: Any,
    ) -> None:
        """`problems` are of files that came with the form; `reader` writes it."""
        super().__init__(data, **kwargs)
        self.reader = reader
        typed = self.data if self.is_bound else None
        self.figures = figures.Figures(typed, self.initial)
        self.pictures = pictures.Pictures(
            typed, self.initial, owner=reader, stands_on=self.stands_on, problems=problems
        )
        # A picture says enough.
        self.fields["body"].required = not self.pictures.rows

    def text_names(self, data: Any) -> list[str]:
        return [*super().text_names(data), *filter(pictures.NAME.fullmatch, data)]

    def stands_on(self) -> int | None:
        """The text that its pictures may stand on already: it was sent before under its client_id."""
        client_id = self.data.get("client_id") if self.is_bound else ""
        before = sent(self.reader, client_id) if client_id else None
        return before.passage_id if before else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.figures.too_many:
            raise ValidationError(_("A post can carry up to eight figures."), code="figures")
        if not self.figures.is_valid():
            raise ValidationError(_("Please look at your figures again."), code="figures")
        self._check_pictures()
        if not self.errors and not cleaned.get("same_language"):
            self._ask_about_equal_halves()
        return cleaned

    def _check_pictures(self) -> None:
        if self.pictures.is_valid():
            return
        said = [ValidationError(found.plain, code="pictures") for found in self.pictures.problems]
        again = ValidationError(_("Please look at your pictures again."), code="pictures")
        raise ValidationError(said or [again])

    @property
    def asks_same_language(self) -> bool:
        """True where the page should show the box that answers the question."""
        return any(error.code == "same_language" for error in self.non_field_errors().as_data())

    def draft(self) -> Draft:
        body, other = self.cleaned_data["body"], self.cleaned_data["body_other"]
        return Draft(
            body=body or other,
            body_other=other if body else "",
            language=self.cleaned_data["language"],
            used_translator=self.cleaned_data["used_translator"],
            wants_correction={"yes": True, "no": False}.get(self.cleaned_data["corrections"]),
        )

    def carried(self) -> dict[str, Any]:
        """Its words and what goes with them, as boards.actions take it."""
        said = self.draft()
        shown = self.pictures.drafts(said)
        return {
            "draft": said if said.body else _wordless(said, shown),
            "entries": self.figures.drafts(),
            "pictures": shown,
        }

    def _ask_about_equal_halves(self) -> None:
        for first, second in self.pairs:
            language = self.cleaned_data["language"] if first == "body" else ""
            draft = Draft(self.cleaned_data[first], self.cleaned_data[second], language)
            if draft.body_other and _tongue(draft.found) == _tongue(draft.found_other) != "other":
                raise ValidationError(
                    _(
                        "Both halves look like the same language. "
                        "Is that what you mean? Then tick the box and send again."
                    ),
                    code="same_language",
                )


class ReplyForm(PassageForm):
    client_id = forms.CharField(required=False, max_length=64)


# What a draft keeps of a form. An edit goes on from the versions that it was begun with.
TYPED_FIELDS = (
    "board",
    "title",
    "title_other",
    "body",
    "body_other",
    "language",
    "used_translator",
    "corrections",
)
VERSION_FIELDS = ("version", "title_version")
DRAFT_FIELDS = TYPED_FIELDS + VERSION_FIELDS
# Five times what a post may hold: too long is still worth keeping until it is shortened.
MOST_DRAFT_LETTERS = 5 * POST_LIMIT


def is_carried(name: str) -> bool:
    """Whether a field is of a figure or a picture, or says that the form has room for pictures."""
    return bool(
        figures.NAME.fullmatch(name) or pictures.NAME.fullmatch(name) or name == pictures.SHOWN
    )


class DraftForm(forms.Form):
    """Unsent words, whatever state they are in; only what cannot be stored is taken out.

    An edit's form does not begin empty, so what was emptied there is told as well (`of_edit`).
    """

    draft_version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    client_id = forms.CharField(required=False, max_length=64)

    def __init__(self, data: Any, *, of_edit: bool = False) -> None:
        super().__init__(data)
        self.of_edit = of_edit

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        carried = [name for name in self.data if is_carried(name)]
        typed = {name: self.data.get(name) or "" for name in (*DRAFT_FIELDS, *carried)}
        fields = {name: text.without_unprintable(text.normalise(v)) for name, v in typed.items()}
        if sum(map(len, fields.values())) > MOST_DRAFT_LETTERS:
            raise ValidationError("", code="max_length")  # the page for 413 says it
        emptied = TYPED_FIELDS if self.of_edit else ()
        kept = {name: value for name, value in fields.items() if value or name in emptied}
        return cleaned | {"fields": kept}


class ThreadForm(PassageForm):
    board = forms.ModelChoiceField(
        Board.objects.none(),
        to_field_name="slug",
        error_messages={"required": _("Choose a board.")},
    )
    title = TitleField(limit=TITLE_LIMIT)
    title_other = TitleField(limit=TITLE_LIMIT, required=False)
    client_id = forms.CharField(required=False, max_length=64)

    pairs = (("title", "title_other"), ("body", "body_other"))
    field_order = ("board", "title", "title_other", "body", "body_other")

    def __init__(self, data: Any = None, *, reader: Reader, **kwargs: Any) -> None:
        super().__init__(data, reader=reader, **kwargs)
        board: Any = self.fields["board"]  # a ModelChoiceField, which the types do not know
        board.queryset = boards(reader)

    def title_draft(self) -> Draft:
        return Draft(self.cleaned_data["title"], self.cleaned_data["title_other"])


class EditForm(PassageForm):
    """`version` is what the author saw when the form was opened; `may_wait` says that the whole post may
    wait, if a moderator has to look at the new words."""

    may_wait = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, post: Post, **kwargs: Any) -> None:
        self.post = post
        super().__init__(data, reader=post.author, **kwargs)

    def stands_on(self) -> int | None:
        return self.post.passage_id

    def carried(self) -> dict[str, Any]:
        """None for `pictures` where the form has no room for them: those of the post stay."""
        found = super().carried()
        has_room = self.pictures.is_shown or bool(found["pictures"])
        return found if has_room else found | {"pictures": None}


class OpeningEditForm(EditForm):
    title = TitleField(limit=TITLE_LIMIT)
    title_other = TitleField(limit=TITLE_LIMIT, required=False)
    title_version = forms.IntegerField(min_value=1, max_value=2**31 - 1)

    pairs = ThreadForm.pairs
    field_order = ThreadForm.field_order
    title_draft = ThreadForm.title_draft


def _wordless(said: Draft, shown: Sequence[PictureDraft] | None) -> Draft:
    """Pictures alone are in the language of what is said below them."""
    captions = [picture.caption.found for picture in shown or () if picture.caption]
    return replace(said, language=next(iter(captions), ""), wants_correction=False)


def _tongue(language: str) -> str:
    """The two Chinese scripts are one language; mixed and unknown texts are never asked about."""
    return "zh" if language.startswith("zh") else "en" if language == "en" else "other"
