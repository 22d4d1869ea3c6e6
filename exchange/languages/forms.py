"""Fields and forms for what people write, whatever it is about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import text


class TextField(forms.CharField):
    """What people type, in its normal form; too long, blank or unprintable is refused."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(strip=False, **kwargs)
        self.validators = []  # NUL is refused below, together with its like and by name

    def to_python(self, value: Any) -> str:
        return text.normalise(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        if text.is_blank(value):
            if self.required:
                raise ValidationError(_("Please write something."), code="required")
            return
        length = text.weighted_length(value)
        if length > self.limit:
            raise ValidationError(
                _(
                    "This is too long: %(length)s letters; the limit is %(limit)s. "
                    "A Chinese character counts as two."
                )
                % {"length": length, "limit": self.limit},
                code="max_length",
            )

    def clean(self, value: Any) -> str:
        cleaned: str = super().clean(value)
        return "" if text.is_blank(cleaned) else cleaned


class TitleField(TextField):
    """One line that cannot turn its neighbours' text round."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if text.is_blank(value):
            return
        if text.has_direction_override(value):
            raise ValidationError(
                _("Please take out the invisible marks that change the writing direction.")
            )
        if text.excess_marks(value):
            raise ValidationError(_("Please take out the extra marks stacked on the letters."))


class WordsForm(forms.Form):
    """A form of texts. Characters that cannot be stored are taken out and asked about once."""

    data: dict[str, Any]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(_without_unprintable(data), **kwargs)
        self.taken_out = _unprintable(data, self.text_names(data)) if data else 0

    def text_names(self, data: Any) -> list[str]:
        """The names of the fields that hold what somebody typed."""
        return list(self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.taken_out:
            raise ValidationError(
                ngettext(
                    "We took %(count)s invisible character out of your text. "
                    "Please look at it and send it again.",
                    "We took %(count)s invisible characters out of your text. "
                    "Please look at it and send it again.",
                    self.taken_out,
                )
                % {"count": self.taken_out}
            )
        return cleaned


def _unprintable(data: Any, names: list[str]) -> int:
    return sum(len(text.unprintable(text.normalise(data.get(name) or ""))) for name in names)


def _without_unprintable(data: Any) -> Any:
    """A copy of the typed data that can be shown again and stored."""
    if data is None:
        return None
    return {name: text.without_unprintable(text.normalise(data[name])) for name in data}
