from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import names, rules


class LanguagesField(forms.MultipleChoiceField):
    """Codes of the interface's languages; plain `zh` is taken as Simplified Chinese."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        codes = [code.strip().lower() for code in super().to_python(value)]
        return ["zh-hans" if code == "zh" else code for code in codes]


class SignUpForm(SignupForm):
    reads = LanguagesField(
        label=_("Languages I read"), help_text=_("We show these to you as they are written.")
    )
    learning = LanguagesField(
        label=_("I am learning"), help_text=_("Shown beside your name, so people can be kind.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reads"].initial = [get_language()]
        self.fields["username"].label = _("Name")
        self.fields["username"].help_text = _("People see it. It may be Chinese.")
        self.fields["username"].max_length = None  # the rule counts by width and says so itself
        self.fields["username"].validators = []
        self.fields["username"].widget.attrs |= {"maxlength": "40", "placeholder": ""}
        self.fields["email"].widget.attrs |= {"placeholder": ""}
        self.fields["password1"].widget.attrs |= {"placeholder": ""}

    def clean_username(self) -> str:
        name = names.normalise(self.cleaned_data["username"])
        if refusal := rules.may_be_called(name):
            raise ValidationError(refusal)
        return name

    def clean_reads(self) -> list[str]:
        return self.cleaned_data["reads"] or [get_language()]


class LogInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        for name in ("login", "password"):
            self.fields[name].widget.attrs |= {"placeholder": ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.user and (refusal := rules.may_log_in(self.user)):
            raise ValidationError(refusal)
        return cleaned
