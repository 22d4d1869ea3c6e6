from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import rules
from .models import User

# Codes that other programs and habits send for the interface's own.
ALIASES = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-tw": "zh-hant", "zh-hk": "zh-hant"}
ODD_ADDRESS = _("This does not look like an e-mail address.")


class TakenMeanwhile(Exception):
    """Somebody signed up with this name or address after it had been found free."""

    def __init__(self, field: str, reason: Any) -> None:
        super().__init__(field)
        self.field, self.reason = field, reason


def named(form: forms.Form, **labels: Any) -> None:
    """The site's own names for allauth's fields; a name needs no copy inside the field."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    for name, label in labels.items():
        form.fields[name].label = label


def _refuse_thrown_away(email: str) -> None:
    if refusal := rules.may_write_from(email):
        raise ValidationError(refusal)


class LanguagesField(forms.MultipleChoiceField):
    """Codes of the interface's languages; plain `zh` is taken as Simplified Chinese."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        codes = [code.strip().lower() for code in super().to_python(value)]
        return list(dict.fromkeys(ALIASES.get(code, code) for code in codes if code))


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
        named(self, username=_("Name"), email=_("E-mail"))
        self.fields["username"].help_text = _("People see it. It may be Chinese.")
        self.fields["username"].max_length = None  # the rule counts by width and says so itself
        self.fields["username"].validators = []
        self.fields["username"].widget.attrs["maxlength"] = "40"
        self.fields["email"].error_messages["invalid"] = ODD_ADDRESS

    def clean_email(self) -> str:
        _refuse_thrown_away(self.cleaned_data["email"])
        return str(super().clean_email())

    def clean_reads(self) -> list[str]:
        return self.cleaned_data["reads"] or [get_language()]

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # Nobody shall read from the time it takes that the address is known.
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        """Raises TakenMeanwhile. The slow hash is made before the transaction holds its lock."""
        adapter = get_adapter()
        user = adapter.save_user(request, adapter.new_user(request), self, commit=False)
        try:
            with transaction.atomic():
                user.save()
                setup_user_email(request, user, [])
        except IntegrityError as taken:
            raise self.taken_meanwhile(user) from taken
        return user

    def taken_meanwhile(self, user: User) -> TakenMeanwhile:
        if rules.is_taken(user.username):
            return TakenMeanwhile("username", rules.TAKEN)
        return TakenMeanwhile("email", get_adapter().error_messages["email_taken"])


class LogInForm(LoginForm):
    # Who was refused although the password is right: nobody else may learn why.
    kept_out: User | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named(self, login=_("E-mail"))
        self.fields["login"].error_messages["invalid"] = ODD_ADDRESS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.user and (refusal := rules.may_log_in(self.user)):
            self.kept_out = self.user
            raise ValidationError(refusal)
        return cleaned


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named(self, email=_("E-mail"))
        self.fields["email"].error_messages["invalid"] = ODD_ADDRESS


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named(self, password1=_("New password"), password2=_("New password, again"))


class OtherPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named(
            self,
            oldpassword=_("Current password"),
            password1=_("New password"),
            password2=_("New password, again"),
        )


class ChangeEmailForm(AddEmailForm):
    somebody_elses = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = ODD_ADDRESS

    def clean_email(self) -> str:
        """Says that an address is somebody's only where sign-up says it too."""
        _refuse_thrown_away(self.cleaned_data["email"])
        email = super().clean_email()
        email, self.somebody_elses = email_already_exists(email, user=self.user)
        return str(email)

    def save(self, request: HttpRequest) -> EmailAddress:
        """The wish for another address, in place of an earlier one. The account's own stays."""
        email = self.cleaned_data["email"]
        addresses = EmailAddress.objects.filter(user=self.user)
        with transaction.atomic():
            addresses.filter(verified=False).exclude(email=self.user.email).delete()
            wished = EmailAddress.objects.create(user=self.user, email=email)
        if self.somebody_elses:
            # Its owner is told; to the one who asked it looks the same.
            send_verification_email_to_address(request, EmailAddress(email=email), signup=True)
        else:
            send_verification_email_to_address(request, wished)
        return wished
