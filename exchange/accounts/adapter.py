import logging
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.web import kept
from exchange.web.context import HTML_LANG

from . import letters, names, rules
from .models import User

EMAIL_MOST = 254  # RFC 5321 with errata; allauth would cut longer ones
log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    # Those that reach our pages, in our words: allauth's Chinese is of another tone.
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("This is your account's address already."),
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "email_taken": _("Another account uses this address."),
        "enter_current_password": _("Please enter your current password."),
        "incorrect_password": _("This password is wrong."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The normalised name. Raises ValidationError with the reason it is refused for."""
        if refusal := rules.may_be_called(username):
            raise ValidationError(refusal)
        return names.normalise(username)

    def clean_email(self, email: str) -> str:
        if len(email) > EMAIL_MOST:
            raise ValidationError(_("This e-mail address is too long."))
        return email

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """False for an address that another account has, which might not have confirmed it."""
        others = User.objects.exclude(pk=email_address.user_id)
        if others.filter(email=email_address.email).exists():
            return False
        return bool(super().confirm_email(request, email_address))

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """A wish for another address can be dropped; the one that logs in is never removed."""
        return bool(email_address.email != email_address.user.email)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.reads = form.cleaned_data.get("reads", [])
        user.learning = form.cleaned_data.get("learning", [])
        return super().save_user(request, user, form, commit)

    def is_safe_url(self, url: str) -> bool:
        """`next` leads to a page of this site. allauth would also allow other hosts and ports."""
        return kept.is_own_path(url)

    def render_mail(
        self, template_prefix: str, email: Any, context: Any, headers: Any = None
    ) -> Any:
        """The mail with its HTML part, which is made from the text."""
        message = super().render_mail(template_prefix, email, context, headers)
        said, signature = letters.blocks(message.body)
        parts = {
            "subject": message.subject.removeprefix(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX),
            "blocks": said,
            "signature": signature,
            "html_lang": HTML_LANG.get(get_language() or "en", "en"),
        }
        message.attach_alternative(render_to_string("email/letter.html", parts), "text/html")
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail that cannot be sent must not keep anybody from logging in or signing up."""
        context = {"email": email} | {key: canonical(key, context[key]) for key in context}
        message = self.render_mail(template_prefix, email, context)
        try:
            message.send()
        except Exception:
            log.exception("mail %s could not be sent", template_prefix)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count for each account, not one for each way to write its address or the Host header.

        PostgreSQL compares in capitals, where ſ is an S, K a K and ı an I.
        """
        return str(credentials.get("email", "")).upper().lower()


def canonical(key: str, value: Any) -> Any:
    """Links in mails lead to SITE_URL, whatever Host header the request came with."""
    if not key.endswith("_url"):
        return value
    return settings.SITE_URL + urlsplit(value)._replace(scheme="", netloc="").geturl()
